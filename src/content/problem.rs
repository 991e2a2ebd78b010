//! Problems in what the therapist wrote, each as `file:line: what is wrong`, and
//! remarks: what is harmless to the site but probably not meant.

use std::{cell::RefCell, fmt};

use chrono::NaiveDate;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The path below the content folder.
    pub file: String,
    /// Counts from 1.
    pub line: usize,
    pub wrong: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.wrong)
    }
}

/// `1 problem`, `2 problems`
pub fn words(count: usize) -> String {
    if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") }
}

/// Collects problems while reading goes on, so that all are told at once.
#[derive(Debug, Default)]
pub struct Problems(RefCell<Noted>);

/// What has been noted. Of a file it is the same for as long as the file is.
#[derive(Clone, Debug, Default)]
pub struct Noted {
    problems: Vec<Problem>,
    remarks: Vec<(Unless, Problem)>,
    /// Claims that may be made in any file, each with what is remarked upon if none does.
    allowed: Vec<(String, Problem)>,
}

/// When a remark does not stand, as only the whole content tells.
#[derive(Clone, Debug)]
enum Unless {
    Never,
    /// The practice file allows this claim.
    Allowed(&'static str),
    /// This date has come.
    Past(NaiveDate),
}

impl Problems {
    pub fn add(&self, problem: Problem) {
        self.0.borrow_mut().problems.push(problem);
    }

    /// Notes what should be looked at, but keeps nothing from being served.
    pub fn remark(&self, remark: Problem) {
        self.0.borrow_mut().remarks.push((Unless::Never, remark));
    }

    /// Notes a claim, by the word that allows it.
    pub fn remark_claim(&self, word: &'static str, remark: Problem) {
        self.0.borrow_mut().remarks.push((Unless::Allowed(word), remark));
    }

    /// Notes what is remarkable until a date has come.
    pub fn remark_until(&self, date: NaiveDate, remark: Problem) {
        self.0.borrow_mut().remarks.push((Unless::Past(date), remark));
    }

    /// Lets a claim stand in every file. `superfluous` is remarked upon when none makes it.
    pub fn allow(&self, word: &str, superfluous: Problem) {
        self.0.borrow_mut().allowed.push((word.to_owned(), superfluous));
    }

    /// All remarks that stand on a day, in order of file and line.
    pub fn remarks(&self, today: NaiveDate) -> Vec<Problem> {
        let noted = self.0.borrow();
        let Noted { remarks, allowed, .. } = &*noted;
        let stands = |unless: &Unless| match unless {
            Unless::Never => true,
            Unless::Allowed(word) => !allowed.iter().any(|(allowed, _)| allowed == word),
            Unless::Past(date) => *date > today,
        };
        let is_said = |word: &str| {
            remarks.iter().any(|(unless, _)| matches!(unless, Unless::Allowed(said) if *said == word))
        };
        let standing = remarks.iter().filter(|(unless, _)| stands(unless)).map(|(_, remark)| remark);
        let superfluous = allowed.iter().filter(|(word, _)| !is_said(word)).map(|(_, remark)| remark);
        sorted(standing.chain(superfluous).cloned().collect())
    }

    /// Takes over what was noted while a file was read.
    pub fn take_in(&self, noted: &Noted) {
        let mut all = self.0.borrow_mut();
        all.problems.extend_from_slice(&noted.problems);
        all.remarks.extend_from_slice(&noted.remarks);
        all.allowed.extend_from_slice(&noted.allowed);
    }

    pub fn into_noted(self) -> Noted {
        self.0.into_inner()
    }

    /// All problems in order of file and line.
    pub fn into_sorted(self) -> Vec<Problem> {
        sorted(self.0.into_inner().problems)
    }
}

fn sorted(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort();
    problems.dedup();
    problems
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

    pub fn problem(&self, offset: usize, wrong: impl Into<String>) -> Problem {
        Problem { file: self.file.to_owned(), line: self.line(offset), wrong: wrong.into() }
    }
}
