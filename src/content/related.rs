//! Which articles go together: those about the same topics, and those that use
//! words which the others do not. Worked out once, when everything has been read.

use std::collections::{HashMap, HashSet};

use super::{article::Article, passage};

/// How many articles stand below one.
const MOST: usize = 3;
/// Shorter words hold sentences together and tell nothing.
const SHORTEST: usize = 4;
/// What sharing every topic counts, beside the 1 of using the very same words.
const TOPICS: f64 = 0.5;

type Weights = HashMap<String, f64>;

/// For each article the positions of those that go with it, the nearest first.
pub fn related(articles: &[Article]) -> Vec<Vec<usize>> {
    let weights = weights(articles);
    let near = |a: usize, b: usize| {
        cosine(&weights[a], &weights[b]) + TOPICS * shared_topics(&articles[a], &articles[b])
    };
    let of = |a: usize| {
        let others = (0..articles.len()).filter(|b| *b != a).map(|b| (near(a, b), b));
        let mut others: Vec<(f64, usize)> = others.filter(|(near, _)| *near > 0.0).collect();
        // Stable: of two that are equally near the newer stands first.
        others.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        others.into_iter().take(MOST).map(|(_, b)| b).collect()
    };
    (0..articles.len()).map(of).collect()
}

/// The words of each article by what they tell: often here, rarely elsewhere.
fn weights(articles: &[Article]) -> Vec<Weights> {
    let counts: Vec<Weights> = articles.iter().map(counts).collect();
    let used_by = |word: &str| counts.iter().filter(|words| words.contains_key(word)).count();
    let all = articles.len() as f64;
    let weigh = |words: &Weights| {
        let weighed = words.iter().map(|(word, count)| {
            (word.clone(), (1.0 + count.ln()) * (all / used_by(word).max(1) as f64).ln())
        });
        weighed.collect()
    };
    counts.iter().map(weigh).collect()
}

fn counts(article: &Article) -> Weights {
    let mut counts = Weights::new();
    let passages = passage::passages("", &article.title, Some(&article.description), &article.body);
    let texts = passages.iter().flat_map(|p| [p.heading.as_deref().unwrap_or_default(), p.text.as_str()]);
    for text in texts.chain([article.title.as_str()]) {
        let words = text.split(|c: char| !c.is_alphanumeric());
        for word in words.filter(|word| word.chars().count() >= SHORTEST) {
            *counts.entry(word.to_lowercase()).or_default() += 1.0;
        }
    }
    counts
}

fn cosine(a: &Weights, b: &Weights) -> f64 {
    let dot: f64 = a.iter().filter_map(|(word, weight)| Some(weight * b.get(word)?)).sum();
    let length = |words: &Weights| words.values().map(|weight| weight * weight).sum::<f64>().sqrt();
    let lengths = length(a) * length(b);
    if lengths > 0.0 { dot / lengths } else { 0.0 }
}

/// The part of their topics that two articles share.
fn shared_topics(a: &Article, b: &Article) -> f64 {
    let slugs = |article: &Article| -> HashSet<String> {
        article.topics.iter().map(|topic| topic.slug.clone()).collect()
    };
    let (a, b) = (slugs(a), slugs(b));
    let all = a.union(&b).count();
    if all > 0 { a.intersection(&b).count() as f64 / all as f64 } else { 0.0 }
}
