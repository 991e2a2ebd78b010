//! The words of the site, to look up what a mistyped one was meant to be. The work
//! is bounded: so many words are known, and most are passed over at a glance.

use std::cmp::Reverse;

/// How many words are known, those that stand in the texts most often.
pub const MOST: usize = 20_000;
/// Shorter words are never put right.
pub const SHORTEST: usize = 4;

#[derive(Default)]
pub struct Dictionary(Vec<Entry>);

struct Entry {
    word: String,
    length: usize,
    letters: u32,
    count: u32,
}

impl Dictionary {
    /// Out of words in lower case, each with how often it stands in the texts, the most frequent first.
    pub fn new(words: Vec<(String, u32)>) -> Self {
        let entry = |(word, count): (String, u32)| Entry {
            length: word.chars().count(),
            letters: letters(&word),
            word,
            count,
        };
        Self(words.into_iter().take(MOST).map(entry).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The known word that differs by the fewest slips, and of these the one that
    /// stands in the texts most often.
    pub fn nearest(&self, word: &str) -> Option<&str> {
        let (length, own) = (word.chars().count(), letters(word));
        let near = self.0.iter().filter_map(|entry| {
            let forgiven = forgiven(length.min(entry.length));
            let may_be =
                length.abs_diff(entry.length) <= forgiven && may_differ_by(forgiven, own, entry.letters);
            let slips = may_be.then(|| strsim::osa_distance(word, &entry.word))?;
            (slips <= forgiven).then_some((slips, Reverse(entry.count), entry.word.as_str()))
        });
        near.min().map(|(_, _, word)| word)
    }
}

/// True for words that differ by a slip or two, or where one begins the other.
pub fn is_nearly(a: &str, b: &str) -> bool {
    let (long, short) = (a.chars().count(), b.chars().count());
    let shorter = long.min(short);
    if shorter < SHORTEST {
        return false;
    }
    let forgiven = forgiven(shorter);
    a.starts_with(b)
        || b.starts_with(a)
        || (long.abs_diff(short) <= forgiven
            && may_differ_by(forgiven, letters(a), letters(b))
            && strsim::osa_distance(a, b) <= forgiven)
}

/// How many letters put in, left out, changed or swapped with the next are forgiven.
fn forgiven(length: usize) -> usize {
    match length {
        ..SHORTEST => 0,
        SHORTEST..7 => 1,
        _ => 2,
    }
}

/// False for words with so different letters that no such number of slips makes one of the other.
fn may_differ_by(slips: usize, letters: u32, others: u32) -> bool {
    // A slip changes one letter at most, so it takes one away and brings one in.
    (letters ^ others).count_ones() as usize <= 2 * slips
}

/// Which letters a word has, a bit each; beyond a to z several share one.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_forgiven_and_another_word_is_not() {
        for (a, b) in [
            ("artciles", "articles"),
            ("massge", "massage"),
            ("neuromusclar", "neuromuscular"),
            ("headake", "headache"),
        ] {
            assert!(is_nearly(a, b), "{a} {b}");
        }
        for (a, b) in [("faq", "far"), ("pain", "about"), ("policies", "offices")] {
            assert!(!is_nearly(a, b), "{a} {b}");
        }
    }

    #[test]
    fn the_nearest_word_is_found_and_of_two_the_more_frequent_one() {
        let words =
            [("massage", 9), ("message", 2), ("shoulder", 4), ("pain", 7), ("café", 1), ("neuromuscular", 3)];
        let words = words.map(|(word, count)| (word.to_owned(), count)).into_iter().collect();
        let dictionary = Dictionary::new(words);
        for (typed, meant) in [
            ("massge", Some("massage")),
            ("masage", Some("massage")),
            ("messsage", Some("message")),
            ("mossage", Some("massage")),
            ("shuolder", Some("shoulder")),
            ("sholder", Some("shoulder")),
            ("pian", Some("pain")),
            ("neuromusclar", Some("neuromuscular")),
            ("cafe", Some("café")),
            ("bicycle", None),
            ("pa", None),
            ("", None),
        ] {
            assert_eq!(dictionary.nearest(typed), meant, "{typed}");
        }
    }

    #[test]
    fn its_size_is_bounded() {
        let words = (0..MOST as u32 + 9).rev().map(|n| (format!("word{n}"), n + 1)).collect();
        let dictionary = Dictionary::new(words);
        assert_eq!(dictionary.0.len(), MOST);
        assert_ne!(dictionary.nearest("word0"), Some("word0"), "the rarest are left out");
    }
}
