//! Which articles go together: those about the same topics, and those that use
//! words which few others use. An article is compared with those that share one
//! of its telling words, never with all, so the work grows with the articles and
//! not with their pairs.

use std::{cmp::Ordering, collections::HashMap, num::NonZero, panic, sync::Arc, thread};

use super::read::{article::Article, word_counts::BITS};

/// How many articles stand below one.
const MOST: usize = 3;
/// How many words tell what an article is about.
const TELLING: usize = 16;
/// A word in more articles than this tells nothing of any, and as many of a topic's are compared.
const WIDEST: usize = 200;
/// How often a word has to stand in an article for its weight to be computed by itself.
const MANY: u16 = 255;
/// Fewer articles than this are not worth a thread of their own.
const FEW: usize = 500;
/// What sharing every topic counts, beside the 1 of using the very same words.
const TOPICS: f32 = 0.5;

/// What is needed to say which articles go with one. Each is compared when it is
/// asked for, so that a change to one costs no comparison of all.
pub struct Related {
    /// Of each article the words that tell most of it, with their weights.
    telling: Vec<Vec<(u32, f32)>>,
    /// The same by word, then by article.
    by_word: Vec<(u32, usize, f32)>,
    topics: Vec<Vec<usize>>,
    by_topic: HashMap<usize, Vec<usize>>,
}

impl Related {
    pub fn new(articles: &[Arc<Article>]) -> Self {
        let telling = telling(articles);
        let entries = telling.iter().enumerate();
        let mut by_word: Vec<(u32, usize, f32)> = entries
            .flat_map(|(at, words)| words.iter().map(move |(word, weight)| (*word, at, *weight)))
            .collect();
        by_word.sort_unstable_by_key(|(word, at, _)| (*word, *at));
        let topics = topics(articles);
        let mut by_topic: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, topic) in topics.iter().enumerate().flat_map(|(at, own)| own.iter().map(move |it| (at, *it)))
        {
            let others = by_topic.entry(topic).or_default();
            if others.len() < WIDEST {
                others.push(at);
            }
        }
        Self { telling, by_word, topics, by_topic }
    }

    /// The positions of the articles that go with the one at a position, the nearest first.
    pub fn of(&self, at: usize) -> Vec<usize> {
        let (Some(telling), Some(topics)) = (self.telling.get(at), self.topics.get(at)) else {
            return Vec::new();
        };
        let by_words = telling.iter().flat_map(|(word, weight)| {
            self.with_word(*word).iter().map(move |(_, other, others)| (*other, weight * others))
        });
        let by_topics = topics.iter().flat_map(|topic| &self.by_topic[topic]).map(|other| (*other, 0.0));
        // How near each is, of those that are compared.
        let mut nearness: HashMap<usize, f32> = HashMap::new();
        for (other, nearer) in by_words.chain(by_topics).filter(|(other, _)| *other != at) {
            *nearness.entry(other).or_default() += nearer;
        }
        let near = nearness.into_iter().filter_map(|(other, near)| {
            let near = near + TOPICS * shared(topics, &self.topics[other]);
            (near > 0.0).then_some((near, other))
        });
        nearest(near.collect())
    }

    fn with_word(&self, word: u32) -> &[(u32, usize, f32)] {
        let rest = &self.by_word[self.by_word.partition_point(|(other, _, _)| *other < word)..];
        &rest[..rest.partition_point(|(other, _, _)| *other == word)]
    }
}

/// The nearest few; of two that are equally near the newer stands first.
fn nearest(mut near: Vec<(f32, usize)>) -> Vec<usize> {
    let order = |(a, newer): &(f32, usize), (b, other): &(f32, usize)| b.total_cmp(a).then(newer.cmp(other));
    first_of(&mut near, MOST, order);
    near.into_iter().map(|(_, other)| other).collect()
}

/// The first few of many, in order.
fn first_of<T>(all: &mut Vec<T>, few: usize, order: impl Fn(&T, &T) -> Ordering) {
    if all.len() > few {
        all.select_nth_unstable_by(few, &order);
        all.truncate(few);
    }
    all.sort_by(order);
}

/// The few words of each article that tell most: often here, rarely elsewhere.
fn telling(articles: &[Arc<Article>]) -> Vec<Vec<(u32, f32)>> {
    let mut used_by = vec![0_u32; 1 << BITS];
    for (word, _) in articles.iter().flat_map(|article| &article.counts) {
        used_by[*word as usize] += 1;
    }
    let all = articles.len() as f32;
    // Millions are asked for, and few are different.
    let rarity: Vec<f32> = (0..=articles.len()).map(|used_by| (all / used_by as f32).ln()).collect();
    let often: Vec<f32> = (0..=MANY).map(|count| 1.0 + f32::from(count).ln()).collect();
    let of = |article: &Arc<Article>| {
        let (mut length, mut shared) = (0.0, Vec::new());
        for (word, count) in &article.counts {
            let used_by = used_by[*word as usize];
            let often = often.get(usize::from(*count)).copied();
            let weight = often.unwrap_or_else(|| 1.0 + f32::from(*count).ln()) * rarity[used_by as usize];
            length += weight * weight;
            // A word that nobody else uses tells nothing of what goes together.
            if (2..=WIDEST as u32).contains(&used_by) && weight > 0.0 {
                shared.push((*word, weight));
            }
        }
        let length: f32 = f32::sqrt(length);
        shared.iter_mut().for_each(|(_, weight)| *weight /= length);
        first_of(&mut shared, TELLING, |(a, weight), (b, other)| other.total_cmp(weight).then(a.cmp(b)));
        shared
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let some = articles.len().div_ceil(threads).max(FEW);
    thread::scope(|scope| {
        let of = &of;
        let all = articles.chunks(some).map(|some| scope.spawn(move || some.iter().map(of).collect()));
        let all: Vec<thread::ScopedJoinHandle<'_, Vec<_>>> = all.collect();
        all.into_iter().flat_map(|some| some.join().unwrap_or_else(|it| panic::resume_unwind(it))).collect()
    })
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
