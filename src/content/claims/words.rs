//! A text as the words that a reader meets, each with where it stands and what
//! divides it from the word before.

use pulldown_cmark::{Event, Options, Tag, TagEnd};

use crate::content::markdown::events::{OPTIONS, events};

/// What stands between two words, the stronger the greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pause {
    #[default]
    None,
    Comma,
    /// A colon, a semicolon, a dash, a bracket.
    Clause,
    Sentence,
    /// The end of a sentence that asks.
    Question,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// In lower case, with a straight apostrophe.
    pub text: String,
    /// The byte of the source at which it begins.
    pub offset: usize,
    pub pause_before: Pause,
}

#[derive(Default)]
pub struct Words {
    words: Vec<Word>,
    pause: Pause,
}

impl Words {
    /// The words of a Markdown text, with those of its captions and alt texts;
    /// without addresses and ids, which nobody reads.
    pub fn of_markdown(text: &str) -> Vec<Word> {
        // A smart apostrophe would be an event of its own, and cut its word in two.
        let options = OPTIONS.difference(Options::ENABLE_SMART_PUNCTUATION);
        let mut words = Self::default();
        for (event, span) in events(text, options) {
            match event {
                Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                    words.read(&text, span.start);
                }
                Event::Start(Tag::Image { title, .. }) => {
                    words.end();
                    words.read(&title, span.start);
                    words.end();
                }
                Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) => {}
                Event::End(_) => words.end(),
                _ => {}
            }
        }
        words.words
    }

    /// The words that a drawing shows, and those of its title.
    pub fn of_drawing(svg: &str) -> Vec<Word> {
        let mut words = Self::default();
        let mut at = 0;
        for piece in svg.split('<') {
            let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
            if !tag.trim_start_matches('/').starts_with("tspan") {
                words.end();
            }
            if !["!", "style", "script"].iter().any(|unseen| tag.starts_with(unseen)) {
                words.read(text, at + tag.len() + 1);
            }
            at += piece.len() + 1;
        }
        words.words
    }

    /// Reads a piece of text that begins at a byte of the source.
    pub fn read(&mut self, text: &str, offset: usize) {
        let mut rest = text.char_indices().peekable();
        while let Some((start, c)) = rest.next() {
            if !c.is_alphanumeric() {
                let ends = rest.peek().is_none_or(|(_, next)| !next.is_alphanumeric());
                self.pause = self.pause.max(pause(c, ends));
                continue;
            }
            let mut word: String = c.to_lowercase().collect();
            while let Some((_, c)) = rest.next_if(|(_, c)| c.is_alphanumeric() || matches!(c, '\'' | '’')) {
                if matches!(c, '\'' | '’') { word.push('\'') } else { word.extend(c.to_lowercase()) }
            }
            let pause_before = std::mem::take(&mut self.pause);
            let text = word.trim_end_matches('\'').to_owned();
            self.words.push(Word { text, offset: offset + start, pause_before });
        }
    }

    /// Ends what is read together: a paragraph, a heading, a value.
    pub fn end(&mut self) {
        self.pause = self.pause.max(Pause::Sentence);
    }

    pub fn into_vec(self) -> Vec<Word> {
        self.words
    }
}

/// `ends` says that no letter follows, as one does in `3.5` and `example.com`.
fn pause(c: char, ends: bool) -> Pause {
    match c {
        '?' => Pause::Question,
        '!' => Pause::Sentence,
        '.' if ends => Pause::Sentence,
        ':' | ';' | '—' | '–' | '(' | ')' => Pause::Clause,
        ',' => Pause::Comma,
        _ => Pause::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_a_reader_meets() {
        let text = "## One's *own* {#id}\n\nTwo, [three](/four) at 3.5? Yes.\n\n![five](/six.svg \"seven\")";
        let words = Words::of_markdown(text);
        let shown: Vec<_> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(shown, ["one's", "own", "two", "three", "at", "3", "5", "yes", "seven", "five"]);
        for word in &words[1..5] {
            assert!(text[word.offset..].to_lowercase().starts_with(&word.text), "{word:?}");
        }
        let pauses: Vec<_> = words.iter().map(|word| word.pause_before).collect();
        use Pause::{Comma, None, Question, Sentence};
        assert_eq!(pauses, [None, None, Sentence, Comma, None, None, None, Question, Sentence, Sentence]);
    }
}
