//! Which articles go together: those about the same topics, and those that use
//! words which few others use. An article is compared with those that share one
//! of its telling words, never with all, so the work grows with the articles and
//! not with their pairs.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use super::{article::Article, passage};

/// How many articles stand below one.
const MOST: usize = 3;
/// Shorter words hold sentences together and tell nothing.
const SHORTEST: usize = 4;
/// How many words tell what an article is about.
const TELLING: usize = 16;
/// A word in more articles than this tells nothing of any, and as many of a topic's are compared.
const WIDEST: usize = 200;
/// What sharing every topic counts, beside the 1 of using the very same words.
const TOPICS: f32 = 0.5;
/// Words are known by so many bits of their hash; that two share one is rare and harmless.
const BITS: u32 = 22;

/// A word, and how often it stands in an article.
pub type Count = (u32, u16);

/// Counts the words of an article.
pub fn counts(article: &Article) -> Vec<Count> {
    let mut counts: HashMap<u32, u16> = HashMap::new();
    let passages = passage::passages("", &article.title, Some(&article.description), &article.body);
    let texts = passages.iter().flat_map(|p| [p.heading.as_deref().unwrap_or_default(), p.text.as_str()]);
    for text in texts.chain([article.title.as_str()]) {
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

/// For each article the positions of those that go with it, the nearest first.
pub fn related(articles: &[Arc<Article>]) -> Vec<Vec<usize>> {
    let telling = telling(articles);
    let mut by_word: HashMap<u32, Vec<(usize, f32)>> = HashMap::new();
    for (at, words) in telling.iter().enumerate() {
        words.iter().for_each(|(word, weight)| by_word.entry(*word).or_default().push((at, *weight)));
    }
    let mut by_topic: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, article) in articles.iter().enumerate() {
        for topic in &article.topics {
            let others = by_topic.entry(&topic.slug).or_default();
            if others.len() < WIDEST {
                others.push(at);
            }
        }
    }
    let of = |(at, words): (usize, &Vec<(u32, f32)>)| {
        let article = &articles[at];
        let mut near: HashMap<usize, f32> = HashMap::new();
        for (word, weight) in words {
            for (other, other_weight) in &by_word[word] {
                *near.entry(*other).or_default() += weight * other_weight;
            }
        }
        for topic in &article.topics {
            for other in &by_topic[topic.slug.as_str()] {
                near.entry(*other).or_default();
            }
        }
        near.remove(&at);
        let mut near: Vec<(f32, usize)> = near
            .into_iter()
            .map(|(other, words)| (words + TOPICS * shared_topics(article, &articles[other]), other))
            .filter(|(near, _)| *near > 0.0)
            .collect();
        // Of two that are equally near the newer stands first.
        near.sort_by(|(a, newer), (b, other)| b.total_cmp(a).then(newer.cmp(other)));
        near.into_iter().take(MOST).map(|(_, other)| other).collect()
    };
    telling.iter().enumerate().map(of).collect()
}

/// The few words of each article that tell most: often here, rarely elsewhere.
fn telling(articles: &[Arc<Article>]) -> Vec<Vec<(u32, f32)>> {
    let mut used_by = vec![0_u32; 1 << BITS];
    for (word, _) in articles.iter().flat_map(|article| &article.counts) {
        used_by[*word as usize] += 1;
    }
    let all = articles.len() as f32;
    let of = |article: &Arc<Article>| {
        let weigh = |(word, count): &Count| {
            let used_by = used_by[*word as usize];
            (*word, used_by, (1.0 + f32::from(*count).ln()) * (all / used_by as f32).ln())
        };
        let weighed: Vec<(u32, u32, f32)> = article.counts.iter().map(weigh).collect();
        let length = weighed.iter().map(|(_, _, weight)| weight * weight).sum::<f32>().sqrt();
        // A word that nobody else uses tells nothing of what goes together.
        let shared = weighed
            .into_iter()
            .filter(|(_, used_by, weight)| (2..=WIDEST as u32).contains(used_by) && *weight > 0.0);
        let mut shared: Vec<(u32, f32)> = shared.map(|(word, _, weight)| (word, weight / length)).collect();
        shared.sort_by(|(a, weight), (b, other)| other.total_cmp(weight).then(a.cmp(b)));
        shared.truncate(TELLING);
        shared
    };
    articles.iter().map(of).collect()
}

/// The part of their topics that two articles share.
fn shared_topics(a: &Article, b: &Article) -> f32 {
    let both = a.topics.iter().filter(|topic| b.topics.iter().any(|other| other.slug == topic.slug)).count();
    let all = a.topics.len() + b.topics.len() - both;
    if all > 0 { both as f32 / all as f32 } else { 0.0 }
}
