//! What articles are about, as their front matter says: `topics = ["headache"]`.

use super::{article::Article, slug::slug_of, table::Table};

/// A topic by name, and by the slug in its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    pub name: String,
    pub slug: String,
}

/// A topic with its articles, by their position in the site's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicPage {
    pub topic: Topic,
    pub articles: Vec<usize>,
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
    let wanted = "texts with a letter from a to z or a digit, since a topic has an address made of them";
    let read = keys.optional_list("topics", wanted, |value| Topic::named(value.as_str()?));
    let mut topics: Vec<Topic> = Vec::new();
    for found in read.unwrap_or_default() {
        if !topics.iter().any(|topic| topic.slug == found.value.slug) {
            topics.push(found.value);
        }
    }
    topics
}

/// The topics of all articles in order of name, each with its articles in
/// theirs. A topic that is spelled in two ways is called as the newest article does.
pub fn pages(articles: &[Article]) -> Vec<TopicPage> {
    let mut pages: Vec<TopicPage> = Vec::new();
    for (position, article) in articles.iter().enumerate() {
        for topic in &article.topics {
            match pages.iter_mut().find(|page| page.topic.slug == topic.slug) {
                Some(page) => page.articles.push(position),
                None => pages.push(TopicPage { topic: topic.clone(), articles: vec![position] }),
            }
        }
    }
    pages.sort_by_key(|page| page.topic.name.to_lowercase());
    pages
}
