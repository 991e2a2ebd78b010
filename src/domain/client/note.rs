//! A few sentences that somebody typed.

use std::fmt;

use super::typed;

/// More than [`Note::LONGEST`] characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoteTooLong;

/// A few sentences that somebody typed: a client with a request, the therapist
/// with an answer, time off, or closed requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    /// What is stored of one whose words can't be read: it must come back as it was.
    sealed: Option<Vec<u8>>,
}

impl Note {
    /// In characters; a line break is one.
    pub const LONGEST: usize = 1000;

    /// Reads a note; lines are kept, what cannot be seen is dropped. An empty one is `None`.
    pub fn parse(text: &str) -> Result<Option<Self>, NoteTooLong> {
        let text = typed::lines(text);
        if text.chars().count() > Self::LONGEST {
            return Err(NoteTooLong);
        }
        Ok((!text.is_empty()).then_some(Self::stored(text)))
    }

    /// Takes back a note that was stored.
    pub fn stored(text: String) -> Self {
        Self { text, sealed: None }
    }

    /// Takes back a note whose words can't be read. `in_its_place` is what people read instead.
    pub fn unreadable(in_its_place: &str, sealed: Vec<u8>) -> Self {
        Self { text: in_its_place.to_owned(), sealed: Some(sealed) }
    }

    /// What is stored of a note whose words can't be read.
    pub fn sealed(&self) -> Option<&[u8]> {
        self.sealed.as_deref()
    }

    /// Whether these are the words that somebody typed.
    pub fn is_readable(&self) -> bool {
        self.sealed.is_none()
    }

    /// With the lines as they were typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Isolated where it runs from right to left.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&typed::isolated(&self.text))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::example::any_text;

    #[test]
    fn a_note_keeps_its_lines() {
        assert_eq!(Note::parse(" a\r\nb ").map(|n| n.map(|n| n.text)), Ok(Some("a\nb".to_owned())));
        assert_eq!(Note::parse(" \n "), Ok(None));
        assert_eq!(Note::parse(&"x".repeat(1001)), Err(NoteTooLong));
        assert_eq!(Note::parse("a\u{0}b\u{202e}").map(|n| n.map(|n| n.text)), Ok(Some("ab".to_owned())));
    }

    proptest! {
        #[test]
        fn a_note_is_read_again_as_it_is_kept(text in any_text(&[
            "a", " ", "\r\n", "\n", "\r", "\t", "\u{2028}", "\u{200d}", "\u{202e}", "\u{0}", "\u{fe0f}", "é",
        ])) {
            let read = Note::parse(&text);
            if let Ok(Some(note)) = &read {
                prop_assert_eq!(&Note::parse(note.as_str()), &read, "{:?}", text);
            }
        }
    }
}
