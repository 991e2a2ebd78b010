//! Which articles go together: those about the same topics, and those that use
//! words which few others use. An article is compared with those that share one
//! of its telling words, never with all, so the work grows with the articles and
//! not with their pairs.

use std::{collections::HashMap, sync::Arc};

use super::read::{
    article::Article,
    word_counts::{BITS, Count},
};

/// How many articles stand below one.
const MOST: usize = 3;
/// How many words tell what an article is about.
const TELLING: usize = 16;
/// A word in more articles than this tells nothing of any, and as many of a topic's are compared.
const WIDEST: usize = 200;
/// What sharing every topic counts, beside the 1 of using the very same words.
const TOPICS: f32 = 0.5;

/// For each article the positions of those that go with it, the nearest first.
pub fn related(articles: &[Arc<Article>]) -> Vec<Vec<usize>> {
    let telling = telling(articles);
    let mut by_word: HashMap<u32, Vec<(usize, f32)>> = HashMap::new();
    for (at, words) in telling.iter().enumerate() {
        words.iter().for_each(|(word, weight)| by_word.entry(*word).or_default().push((at, *weight)));
    }
    let topics = topics(articles);
    let mut by_topic: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, topic) in topics.iter().enumerate().flat_map(|(at, own)| own.iter().map(move |it| (at, *it))) {
        let others = by_topic.entry(topic).or_default();
        if others.len() < WIDEST {
            others.push(at);
        }
    }
    // How near each article is to the one that is looked at, of those that are compared with it.
    let mut nearness: Vec<Option<f32>> = vec![None; articles.len()];
    let of = |(at, words): (usize, &Vec<(u32, f32)>)| {
        let by_words = words.iter().flat_map(|(word, weight)| {
            by_word[word].iter().map(move |(other, other_weight)| (*other, weight * other_weight))
        });
        let by_topics = topics[at].iter().flat_map(|topic| &by_topic[topic]).map(|other| (*other, 0.0));
        let mut compared: Vec<usize> = Vec::new();
        for (other, nearer) in by_words.chain(by_topics).filter(|(other, _)| *other != at) {
            match &mut nearness[other] {
                Some(near) => *near += nearer,
                unknown => {
                    *unknown = Some(nearer);
                    compared.push(other);
                }
            }
        }
        let near = compared.into_iter().filter_map(|other| {
            let near = nearness[other].take()? + TOPICS * shared(&topics[at], &topics[other]);
            (near > 0.0).then_some((near, other))
        });
        nearest(near.collect())
    };
    telling.iter().enumerate().map(of).collect()
}

/// The nearest few; of two that are equally near the newer stands first.
fn nearest(mut near: Vec<(f32, usize)>) -> Vec<usize> {
    let order = |(a, newer): &(f32, usize), (b, other): &(f32, usize)| b.total_cmp(a).then(newer.cmp(other));
    if near.len() > MOST {
        near.select_nth_unstable_by(MOST, order);
        near.truncate(MOST);
    }
    near.sort_by(order);
    near.into_iter().map(|(_, other)| other).collect()
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

/// The topics of each article, as numbers: these are compared more quickly than names.
fn topics(articles: &[Arc<Article>]) -> Vec<Vec<usize>> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut all = Vec::with_capacity(articles.len());
    for article in articles {
        let slugs = article.topics.iter().map(|topic| topic.slug.as_str());
        let number = |slug| {
            let next = numbers.len();
            *numbers.entry(slug).or_insert(next)
        };
        all.push(slugs.map(number).collect());
    }
    all
}

/// The part of their topics that two articles share.
fn shared(a: &[usize], b: &[usize]) -> f32 {
    let both = a.iter().filter(|topic| b.contains(topic)).count();
    let all = a.len() + b.len() - both;
    if all > 0 { both as f32 / all as f32 } else { 0.0 }
}
