//! What articles are about, as their front matter says: `topics = ["headache"]`.

use std::{collections::BTreeMap, sync::Arc};

use super::{article::Article, table::Table};
use crate::content::slug::slug_of;

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

/// The topics of all articles in order of name, each with its articles in
/// theirs. A topic that is spelled in two ways is called as the newest article does.
pub fn pages(articles: &[Arc<Article>]) -> Vec<TopicPage> {
    let mut pages: BTreeMap<&str, TopicPage> = BTreeMap::new();
    for (position, article) in articles.iter().enumerate() {
        for topic in &article.topics {
            let page = pages.entry(&topic.slug);
            let page = page.or_insert_with(|| TopicPage { topic: topic.clone(), articles: Vec::new() });
            page.articles.push(position);
        }
    }
    let mut pages: Vec<TopicPage> = pages.into_values().collect();
    pages.sort_by_key(|page| page.topic.name.to_lowercase());
    pages
}
