//! Reading the files of the content folder. What cannot be read is a problem.

pub mod inventory;
pub mod seen;

use std::{
    collections::HashMap,
    fs, io,
    num::NonZero,
    panic,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use self::seen::Seen;
use super::{forbidden, front_matter};
use crate::content::problem::{Noted, Problem, Problems, Source};

/// Fewer files than this are not worth a thread of their own.
const FEW: usize = 32;

pub struct Folder<'a> {
    root: PathBuf,
    problems: &'a Problems,
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

/// A file as it was read, and what came of it.
pub struct ReadFile<T> {
    /// Below the content folder.
    pub path: String,
    /// `None` for a file of which nothing could be made.
    pub made: Option<T>,
    noted: Noted,
    /// What the file was like before it was read; `None` when it had only just changed.
    seen: Option<Seen>,
}

impl<T> ReadFile<T> {
    /// The file's name without its ending.
    pub fn name(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// The files of a folder in order of name. What has not changed is shared with
/// the reading before.
pub type Files<T> = Vec<Arc<ReadFile<T>>>;

/// What could be made of files, each with its file.
pub fn made<T>(files: &Files<T>) -> impl Iterator<Item = (&ReadFile<T>, &T)> {
    files.iter().filter_map(|file| Some((&**file, file.made.as_ref()?)))
}

impl<'a> Folder<'a> {
    pub fn new(root: &Path, problems: &'a Problems) -> Self {
        Self { root: root.to_owned(), problems }
    }

    /// Where what is wrong is noted.
    pub fn problems(&self) -> &Problems {
        self.problems
    }

    /// Reads files, several at a time, each as `read` takes it, but for those that are as they were `before`. Of
    /// these it reads what depends on something else that has changed.
    pub fn each<T: Send + Sync>(
        &self,
        paths: Vec<String>,
        before: &Files<T>,
        depends: impl Fn(Option<&T>) -> bool + Sync,
        read: impl Fn(&Folder<'_>, &str) -> Option<T> + Sync,
    ) -> Files<T> {
        let before: HashMap<&str, &Arc<ReadFile<T>>> =
            before.iter().map(|file| (file.path.as_str(), file)).collect();
        let root = self.root.as_path();
        let one = |path: &String| {
            let seen = Seen::at(&root.join(path));
            if let Some(known) = before.get(path.as_str())
                && known.seen.is_some()
                && known.seen == seen
                && !depends(known.made.as_ref())
            {
                return (*known).clone();
            }
            let problems = Problems::default();
            let made = read(&Folder::new(root, &problems), path);
            let seen = seen.filter(Seen::has_settled);
            Arc::new(ReadFile { path: path.clone(), made, noted: problems.into_noted(), seen })
        };
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let some = paths.len().div_ceil(threads).max(FEW);
        let files: Files<T> = thread::scope(|scope| {
            let one = &one;
            let all = paths.chunks(some).map(|paths| scope.spawn(move || paths.iter().map(one).collect()));
            let all: Vec<thread::ScopedJoinHandle<'_, Vec<_>>> = all.collect();
            all.into_iter()
                .flat_map(|some| some.join().unwrap_or_else(|it| panic::resume_unwind(it)))
                .collect()
        });
        files.iter().for_each(|file| self.problems.take_in(&file.noted));
        files
    }

    /// The same for the files of a folder that end in `.md`.
    pub fn markdown<T: Send + Sync>(
        &self,
        folder: &str,
        before: &Files<T>,
        depends: impl Fn(Option<&T>) -> bool + Sync,
        read: impl Fn(&File, &Problems) -> Option<T> + Sync,
    ) -> Files<T> {
        let mut paths = self.paths(folder);
        paths.retain(|path| path.ends_with(".md"));
        self.each(paths, before, depends, |folder, path| {
            let name = path.rsplit('/').next()?.strip_suffix(".md")?.to_owned();
            let text = front_matter::without_comments(&folder.text(path)?);
            read(&File { name, text, path: path.to_owned() }, folder.problems)
        })
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

    /// A file's text, without the characters that cannot stand on a page.
    pub fn text(&self, path: &str) -> Option<String> {
        match String::from_utf8(self.bytes(path)?) {
            Ok(text) => Some(forbidden::left_out(Source::new(path, &text), self.problems)),
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let bytes = error.into_bytes();
                let line = 1 + bytes[..good].iter().filter(|byte| **byte == b'\n').count();
                self.problems.add(Problem {
                    file: path.to_owned(),
                    line,
                    wrong: "this isn't UTF-8 text".to_owned(),
                });
                None
            }
        }
    }

    /// How long a file is, in bytes.
    pub fn length(&self, path: &str) -> u64 {
        self.root.join(path).metadata().map_or(0, |found| found.len())
    }

    pub fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let file = self.root.join(path);
        // A pipe would keep whoever opens it waiting.
        if file.metadata().is_ok_and(|found| !found.is_file()) {
            self.problems.add(Source::new(path, "").problem(0, "this isn't a file, so it can't be read"));
            return None;
        }
        fs::read(file).inspect_err(|error| self.cannot_read(path, error)).ok()
    }

    fn cannot_read(&self, path: &str, error: &io::Error) {
        self.problems.add(Source::new(path, "").problem(0, format!("this can't be read: {error}")));
    }
}
