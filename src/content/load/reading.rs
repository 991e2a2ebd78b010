//! A reading of the content folder that is going on.

use std::path::Path;

use crate::content::{
    problem::{Problems, Source},
    read::folder::{Folder, ReadFile},
    site::ReadFiles,
};

pub struct Reading<'a> {
    pub folder: Folder<'a>,
    /// What is wrong in more than one file, or in a file as a whole.
    pub problems: &'a Problems,
    /// Where the sizes of pictures are kept.
    pub sizes: Option<&'a Path>,
    /// What the reading before this one read.
    pub before: &'a ReadFiles,
}

impl Reading<'_> {
    /// Remarks on a file as a whole.
    pub fn remark(&self, path: &str, wrong: &str) {
        self.problems.remark(Source::new(path, "").problem(0, wrong));
    }

    /// Notes what is wrong with a file as a whole.
    pub fn problem(&self, path: &str, wrong: impl Into<String>) {
        self.problems.add(Source::new(path, "").problem(0, wrong));
    }
}

/// A file, and what was made of it.
pub type Made<'a, T> = (&'a ReadFile<T>, &'a T);
