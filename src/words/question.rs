//! What a reader is told whose question can't be sent.

use crate::domain::question::QuestionError;

pub fn text(error: QuestionError) -> &'static str {
    match error {
        QuestionError::Missing => "Please write your question.",
        QuestionError::TooLong => "Please shorten the question to 2,000 characters.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::question::QuestionText;

    #[test]
    fn a_long_question_is_told_how_long_it_may_be() {
        assert_eq!(QuestionText::LONGEST, 2000);
        assert!(text(QuestionError::TooLong).contains("2,000 characters"));
    }
}
