//! How often each word stands in a text, for what goes together with it.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

/// Shorter words hold sentences together and tell nothing.
const SHORTEST: usize = 4;
/// Words are known by so many bits of their hash; that two share one is rare and harmless.
pub const BITS: u32 = 22;

/// A word, and how often it is used.
pub type Count = (u32, u16);

/// Counts the words of some texts that belong together.
pub fn count<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Count> {
    let mut counts: HashMap<u32, u16> = HashMap::new();
    for text in texts {
        let words = text.split(|c: char| !c.is_alphanumeric());
        for word in words.filter(|word| word.chars().count() >= SHORTEST) {
            let count = counts.entry(number(word)).or_default();
            *count = count.saturating_add(1);
        }
    }
    let mut counts: Vec<Count> = counts.into_iter().collect();
    counts.sort_unstable();
    counts
}

fn number(word: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    word.to_lowercase().hash(&mut hasher);
    (hasher.finish() >> (u64::BITS - BITS)) as u32
}
