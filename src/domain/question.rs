//! A reader's question about an article: nothing is booked with it, and
//! nothing of it is published.

use super::client::{Email, Name, is_invisible};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub name: Name,
    /// Where the answer goes.
    pub email: Email,
    pub text: QuestionText,
}

/// What is asked; lines are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionText(String);

impl QuestionText {
    pub const LONGEST: usize = 2000;

    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        if text.is_empty() {
            return Err("Please write your question.");
        }
        if text.chars().count() > Self::LONGEST {
            return Err("Please shorten the question to 2,000 characters.");
        }
        if text.chars().any(|c| c != '\n' && c != '\t' && is_invisible(c)) {
            return Err("The question contains control characters. Please type it again.");
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_some_lines_of_text() {
        let text = QuestionText::parse(" Why?\r\n\r\nAnd how? ").expect("a question");
        assert_eq!(text.as_str(), "Why?\n\nAnd how?");
        for wrong in ["", " \r\n ", "a\u{0}b", &"x".repeat(2001)] {
            assert!(QuestionText::parse(wrong).is_err(), "{wrong:?}");
        }
        assert!(QuestionText::parse(&"é".repeat(2000)).is_ok());
    }
}
