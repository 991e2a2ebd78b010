//! Faults in what the therapist wrote, each as `file:line: what is wrong`.

use std::{cell::RefCell, fmt};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The path below the content folder.
    pub file: String,
    /// Counts from 1.
    pub line: usize,
    pub wrong: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.wrong)
    }
}

/// Collects faults while reading goes on, so that all are told at once.
#[derive(Debug, Default)]
pub struct Faults(RefCell<Vec<Fault>>);

impl Faults {
    pub fn add(&self, fault: Fault) {
        self.0.borrow_mut().push(fault);
    }

    /// All faults in order of file and line.
    pub fn into_sorted(self) -> Vec<Fault> {
        let mut faults = self.0.into_inner();
        faults.sort();
        faults.dedup();
        faults
    }
}

/// A file that was read, or the part of it that is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The path below the content folder.
    pub file: &'a str,
    pub text: &'a str,
    /// How many lines of the file stand before `text`.
    pub lines_before: usize,
}

impl<'a> Source<'a> {
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, lines_before: 0 }
    }

    /// The line of a byte offset into `text`, counting from 1 in the file.
    pub fn line(&self, offset: usize) -> usize {
        let before = &self.text.as_bytes()[..offset.min(self.text.len())];
        self.lines_before + 1 + before.iter().filter(|byte| **byte == b'\n').count()
    }

    pub fn fault(&self, offset: usize, wrong: impl Into<String>) -> Fault {
        Fault { file: self.file.to_owned(), line: self.line(offset), wrong: wrong.into() }
    }
}
