//! A person's name, as they write it, and the part of it that a greeting says.

use std::fmt;

use unicode_normalization::char::is_combining_mark;

use super::typed;

/// Why what was typed can't be kept as a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameError {
    /// Nothing was typed, or only spaces.
    Missing,
    /// Part of it shows nothing, or nothing of it shows.
    Unseen,
    /// More than [`Name::LONGEST`] characters.
    TooLong,
    /// More than [`Name::MOST_WORDS`] words.
    TooManyWords,
    /// More marks on one letter than any script asks for.
    TooManyMarks,
    /// It holds what only a web or email address does.
    Address,
    /// It could be the name of a website.
    Host,
    /// As many digits as a number to call has.
    PhoneNumber,
    /// Digits and signs alone are nobody's name.
    NoLetters,
}

/// A person's name. Shown, it cannot reorder the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

/// What a host name ends in: those of the root zone, in their own letters.
const TOP_LEVEL_DOMAINS: &str = include_str!("top_level_domains.txt");
/// Kept for examples and for networks at home; never in the root zone.
const RESERVED: [&str; 7] = ["example", "test", "invalid", "localhost", "local", "onion", "internal"];

/// What may stand before a name or behind it, in lower case and without periods.
const TITLES: &str = include_str!("titles.txt");
const SUFFIXES: &str = include_str!("suffixes.txt");

impl Name {
    /// In characters, of what is left after the spaces around it.
    pub const LONGEST: usize = 80;
    /// More than that is a sentence.
    pub const MOST_WORDS: usize = 8;
    /// From here on, digits are a number to call.
    const DIGITS_OF_A_PHONE: usize = 7;
    /// More marks on one letter than any script asks for.
    const MOST_MARKS: usize = 4;

    /// Reads a name. What is asked for again could be taken for something else
    /// than a name where it is shown or mailed: a link that would bear our
    /// domain's good faith, a number to call, a sentence.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let name = typed::line(text);
        if text.chars().any(typed::is_tag) || (name.is_empty() && !text.trim().is_empty()) {
            return Err(NameError::Unseen);
        }
        if name.is_empty() {
            return Err(NameError::Missing);
        }
        if name.chars().count() > Self::LONGEST {
            return Err(NameError::TooLong);
        }
        if most_marks(&name) > Self::MOST_MARKS {
            return Err(NameError::TooManyMarks);
        }
        let plain = typed::plain(&name).replace('。', ".");
        if plain.contains(['\\', '@', '<', '>', ':']) || plain.contains("//") {
            return Err(NameError::Address);
        }
        if has_a_host(&plain) {
            return Err(NameError::Host);
        }
        if plain.chars().filter(|c| c.is_numeric()).count() >= Self::DIGITS_OF_A_PHONE {
            return Err(NameError::PhoneNumber);
        }
        if !name.chars().any(|c| c.is_alphabetic() && !is_combining_mark(c)) {
            return Err(NameError::NoLetters);
        }
        if name.split(' ').count() > Self::MOST_WORDS {
            return Err(NameError::TooManyWords);
        }
        Ok(Self(name))
    }

    /// Takes back a name that was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The name as it was typed, for a field or a row.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form by which two spellings of one name are the same.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }

    /// The first name alone, if there surely is one: `Walter` of
    /// `Dr. Walter Hobbs` and of `Hobbs, Walter`. Nothing but letters, so that
    /// what a stranger typed cannot say more than a name.
    pub fn first(&self) -> Option<&str> {
        let mut parts = self.0.split(',').map(str::trim).filter(|part| !part.is_empty());
        let before = parts.next()?;
        let behind = parts.find(|part| !part.split(' ').all(|word| is_one_of(SUFFIXES, word)));
        let part = behind.unwrap_or(before);
        let words: Vec<&str> = words(part).collect();
        let skipped = words.iter().take_while(|word| is_one_of(TITLES, word) || is_shortened(word)).count();
        let first = *words.get(skipped)?;
        // A title or an initial before a single word: that word is the family's.
        let is_family = skipped > 0 && skipped + 1 == words.len() && behind.is_none();
        let is_particle = behind.is_none() && words.len() > 1 && is_particle(first);
        let is_saint = words.first().is_some_and(|word| word.eq_ignore_ascii_case("st."));
        (!is_family && !is_particle && !is_saint && is_a_first_name(first)).then_some(first)
    }
}

/// Isolated where it runs from right to left.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&typed::isolated(&self.0))
    }
}

/// The words of a name; a period ends one, as in `Ma.Theresa`.
fn words(part: &str) -> impl Iterator<Item = &str> {
    part.split_inclusive([' ', '.']).map(str::trim).filter(|word| !word.is_empty())
}

/// `J.`, `J`, `Ma.`: not what a person is called.
fn is_shortened(word: &str) -> bool {
    word.ends_with('.') || (word.chars().count() == 1 && word.is_ascii())
}

fn is_one_of(list: &str, word: &str) -> bool {
    let word = word.replace('.', "").to_lowercase();
    list.split_whitespace().any(|known| known == word)
}

/// What begins the name of a family: `van der Berg`.
fn is_particle(word: &str) -> bool {
    ["van", "von", "der", "de", "da", "di", "du", "la", "le", "den", "zu", "bin", "al", "dos"].contains(&word)
}

fn is_a_first_name(word: &str) -> bool {
    let is_letter =
        |c: char| c.is_alphabetic() || is_combining_mark(c) || matches!(c, '\'' | '’' | '-' | '\u{200c}');
    word.chars().all(is_letter)
        && word.chars().count() <= 20
        && word.starts_with(char::is_alphabetic)
        && word.matches('-').count() <= 2
}

/// The most marks that stand on one letter.
fn most_marks(name: &str) -> usize {
    let runs = name.split(|c: char| !is_combining_mark(c)).map(|run| run.chars().count());
    runs.max().unwrap_or_default()
}

/// True where a mail program would make a link: `evil.com`, `t.me`,
/// `45.33.32.156`, but not `J.Smith` or `St.John`, since nothing ends in those.
fn has_a_host(name: &str) -> bool {
    let pieces = name.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c) && c != '.' && c != '-');
    pieces.map(|piece| piece.trim_matches(['.', '-']).to_lowercase()).any(|piece| {
        let labels: Vec<&str> = piece.split('.').filter(|label| !label.is_empty()).collect();
        let Some(last) = labels.last().filter(|_| labels.len() > 1) else { return false };
        labels[0] == "www"
            || last.starts_with("xn--")
            || RESERVED.contains(last)
            || TOP_LEVEL_DOMAINS.lines().any(|known| known == *last)
            || (labels.len() == 4 && labels.iter().all(|label| label.bytes().all(|b| b.is_ascii_digit())))
    })
}

#[cfg(test)]
mod tests;
