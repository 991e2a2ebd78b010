//! The topics of the site, each with the articles that are about it.

use std::{collections::BTreeMap, sync::Arc};

use super::read::{article::Article, topic::Topic};

/// A topic with its articles, by their position in the site's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicPage {
    pub topic: Topic,
    pub articles: Vec<usize>,
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
