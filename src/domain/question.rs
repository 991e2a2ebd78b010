//! A reader's question about an article: nothing is booked with it, and
//! nothing of it is published.

use std::fmt;

use super::client::{EmailAddress, Name, typed};

/// What a reader wants to know, and where the answer goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// As the therapist reads it.
    pub name: Name,
    /// Where the answer goes.
    pub email: EmailAddress,
    /// The question itself.
    pub text: QuestionText,
}

/// Why what was typed can't be sent as a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionError {
    /// Nothing was typed, or only spaces.
    Missing,
    /// More than [`QuestionText::LONGEST`] characters.
    TooLong,
}

/// What is asked; lines are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionText(String);

impl QuestionText {
    /// In characters; a line break is one.
    pub const LONGEST: usize = 2000;

    /// Reads what was typed, without the space around it; nothing, or too much, is refused.
    pub fn parse(text: &str) -> Result<Self, QuestionError> {
        let text = typed::lines(text);
        if text.is_empty() {
            return Err(QuestionError::Missing);
        }
        if text.chars().count() > Self::LONGEST {
            return Err(QuestionError::TooLong);
        }
        Ok(Self(text))
    }

    /// With the lines as they were typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Isolated where it runs from right to left.
impl fmt::Display for QuestionText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&typed::isolated(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_some_lines_of_text() {
        let text = QuestionText::parse(" Why?\r\n\r\nAnd how? ").expect("a question");
        assert_eq!(text.as_str(), "Why?\n\nAnd how?");
        for missing in ["", " \r\n ", "\u{3164}"] {
            assert_eq!(QuestionText::parse(missing), Err(QuestionError::Missing), "{missing:?}");
        }
        assert_eq!(QuestionText::parse(&"x".repeat(2001)), Err(QuestionError::TooLong));
        assert!(QuestionText::parse(&"é".repeat(2000)).is_ok());
    }
}
