//! Reading the files of the content folder. What cannot be read is a fault.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    fault::{Fault, Faults, Source},
    inventory,
};

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

    /// The paths of a folder's files below the content folder, those that are
    /// read, in order of name. No folder, no files.
    pub fn paths(&self, folder: &str) -> Vec<String> {
        let entries = match fs::read_dir(self.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) => {
                if self.has(folder) {
                    self.cannot_read(folder, &error);
                }
                return Vec::new();
            }
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let is_read = |name: &String| inventory::is_content(name) && inventory::is_read(folder, name);
        let mut paths: Vec<String> = names.filter(is_read).map(|name| format!("{folder}/{name}")).collect();
        paths.sort();
        paths
    }

    /// Everything that lies there, in order of place.
    pub fn entries(&self) -> Vec<inventory::Entry> {
        let mut entries = inventory::entries(&self.root);
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries
    }

    /// True for what cannot be read, too: a link that leads nowhere.
    pub fn has(&self, path: &str) -> bool {
        self.root.join(path).symlink_metadata().is_ok()
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
        let file = self.root.join(path);
        // A pipe would keep whoever opens it waiting.
        if file.metadata().is_ok_and(|found| !found.is_file()) {
            self.faults.add(Source::new(path, "").fault(0, "this is no file, and cannot be read as one"));
            return None;
        }
        fs::read(file).inspect_err(|error| self.cannot_read(path, error)).ok()
    }

    fn cannot_read(&self, path: &str, error: &io::Error) {
        self.faults.add(Source::new(path, "").fault(0, format!("cannot be read: {error}")));
    }
}
