//! Words that were mistyped, and what they were probably meant to be.

use crate::store::{
    StoreError,
    search::{self, SearchIndex},
};

/// A query with each word that no text holds put right after the words of the
/// site: the one with the fewest slips, and of these the one that stands there
/// most often. `None` where there is nothing that could be put right.
pub async fn put_right(index: &SearchIndex, query: &str) -> Result<Option<String>, StoreError> {
    let (mut right, mut is_changed) = (Vec::new(), false);
    for word in search::words(query) {
        if index.holds(&word).await? {
            right.push(word);
            continue;
        }
        let meant = nearest(index, &word.to_lowercase());
        is_changed |= meant.is_some();
        right.push(meant.map_or(word, str::to_owned));
    }
    Ok(is_changed.then(|| right.join(" ")))
}

fn nearest<'a>(index: &'a SearchIndex, word: &str) -> Option<&'a str> {
    let word: Vec<char> = word.chars().collect();
    let near = index.vocabulary().iter().filter_map(|(other, count)| {
        let slips = slips(&word, &other.chars().collect::<Vec<_>>())?;
        Some((slips, std::cmp::Reverse(*count), other.as_str()))
    });
    near.min().map(|(_, _, other)| other)
}

/// True for words that differ by a slip or two, or where one begins the other.
pub fn is_nearly(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let shorter = a.len().min(b.len());
    if shorter < 4 {
        return false;
    }
    a.starts_with(&b) || b.starts_with(&a) || slips(&a, &b).is_some()
}

/// How many slips make one word of the other; `None` where they are too many.
fn slips(a: &[char], b: &[char]) -> Option<usize> {
    let forgiven = match a.len().min(b.len()) {
        ..4 => 0,
        4..7 => 1,
        _ => 2,
    };
    let may_be = a.len().abs_diff(b.len()) <= forgiven;
    may_be.then(|| distance(a, b)).filter(|slips| *slips <= forgiven)
}

/// How many letters are to be put in, left out, changed, or swapped with the
/// next to make one word of the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let least = changed.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least.min(rows[i - 2][j - 2] + 1)
                } else {
                    least
                }
            };
        }
    }
    rows[a.len()][b.len()]
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
}
