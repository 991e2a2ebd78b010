//! Reading the files of the content folder. What cannot be read is a fault.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::fault::{Fault, Faults, Source};

/// How the names end of files that programs keep beside those that they save.
const LEFT_BESIDE: [&str; 7] = ["~", ".bak", ".crdownload", ".orig", ".part", ".swp", ".tmp"];

/// False for hidden files, and for what editors and copying programs keep
/// beside a file while, or after, they save it.
pub fn is_content(name: &str) -> bool {
    !name.starts_with(['.', '#', '~']) && !LEFT_BESIDE.iter().any(|ending| name.ends_with(ending))
}

pub struct Folder<'a> {
    root: PathBuf,
    faults: &'a Faults,
}

/// A file: its path below the content folder, its name without ending, its text.
pub struct File {
    pub path: String,
    pub name: String,
    pub text: String,
}

impl File {
    pub fn source(&self) -> Source<'_> {
        Source::new(&self.path, &self.text)
    }
}

impl<'a> Folder<'a> {
    pub fn new(root: &Path, faults: &'a Faults) -> Self {
        Self { root: root.to_owned(), faults }
    }

    /// The files of a folder that end in `.md`, in order of name, each as
    /// `read` takes it; those that it cannot make anything of are left out.
    pub fn markdown<T>(&self, folder: &str, read: impl Fn(&File) -> Option<T>) -> Vec<(File, T)> {
        let paths = self.paths(folder);
        let files = paths.iter().filter_map(|path| {
            let name = path.rsplit('/').next()?.strip_suffix(".md")?;
            Some(File { name: name.to_owned(), text: self.text(path)?, path: path.clone() })
        });
        files.filter_map(|file| read(&file).map(|made| (file, made))).collect()
    }

    /// The paths of a folder's files below the content folder, in order of name. No folder, no files.
    pub fn paths(&self, folder: &str) -> Vec<String> {
        let entries = match fs::read_dir(self.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
            Err(error) => {
                self.cannot_read(folder, &error);
                return Vec::new();
            }
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut paths: Vec<String> =
            names.filter(|name| is_content(name)).map(|name| format!("{folder}/{name}")).collect();
        paths.sort();
        paths
    }

    /// The names of the folders within, in order.
    pub fn folders(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.root).into_iter().flatten().flatten();
        let folders = entries.filter(|entry| entry.path().is_dir());
        let names = folders.filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|name| is_content(name)).collect();
        names.sort();
        names
    }

    pub fn has(&self, path: &str) -> bool {
        self.root.join(path).is_file()
    }

    pub fn text(&self, path: &str) -> Option<String> {
        match String::from_utf8(self.bytes(path)?) {
            Ok(text) => Some(text),
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let bytes = error.into_bytes();
                let line = 1 + bytes[..good].iter().filter(|byte| **byte == b'\n').count();
                self.faults.add(Fault { file: path.to_owned(), line, wrong: "not UTF-8".to_owned() });
                None
            }
        }
    }

    pub fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.root.join(path)).inspect_err(|error| self.cannot_read(path, error)).ok()
    }

    fn cannot_read(&self, path: &str, error: &io::Error) {
        self.faults.add(Source::new(path, "").fault(0, format!("cannot be read: {error}")));
    }
}
