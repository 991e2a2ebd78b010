//! What the doctor has found about one thing, as a line.

use std::fmt;

/// How a thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Ok,
    /// Nothing is broken; somebody should look, or decide.
    Look,
    /// Something doesn't work, or will not for long.
    Fix,
}

/// One thing, how it stands, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub verdict: Verdict,
    /// The variable, or whatever else it is about.
    pub about: &'static str,
    pub says: String,
}

pub fn ok(about: &'static str, says: impl Into<String>) -> Finding {
    Finding { verdict: Verdict::Ok, about, says: says.into() }
}

pub fn look(about: &'static str, says: impl Into<String>) -> Finding {
    Finding { verdict: Verdict::Look, about, says: says.into() }
}

pub fn fix(about: &'static str, says: impl Into<String>) -> Finding {
    Finding { verdict: Verdict::Fix, about, says: says.into() }
}

impl fmt::Display for Finding {
    /// One line, whatever somebody else's words in it hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict {
            Verdict::Ok => "ok  ",
            Verdict::Look => "look",
            Verdict::Fix => "FIX ",
        };
        let says: String = self.says.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        write!(f, "{verdict}  {}: {says}", self.about)
    }
}
