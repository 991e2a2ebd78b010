//! What articles are about, as their front matter says: `topics = ["headache"]`.

use super::table::Table;
use crate::content::slug::slug_of;

/// A topic by name, and by the slug in its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    pub name: String,
    pub slug: String,
}

impl Topic {
    /// `None` for a name that would leave nothing for an address.
    fn named(name: &str) -> Option<Self> {
        let slug = slug_of(name);
        (!slug.is_empty()).then(|| Self { name: name.trim().to_owned(), slug })
    }
}

/// Reads `topics`. One that is named twice counts once.
pub fn read(keys: &Table<'_>) -> Vec<Topic> {
    let wanted = "texts with a letter from a to z or a digit, since they make the topic's address";
    let read = keys.optional_list("topics", wanted, |value| Topic::named(value.as_str()?));
    let mut topics: Vec<Topic> = Vec::new();
    for found in read.unwrap_or_default() {
        if !topics.iter().any(|topic| topic.slug == found.value.slug) {
            topics.push(found.value);
        }
    }
    topics
}
