//! Words that were mistyped, and what they were probably meant to be.

use crate::store::{
    StoreError,
    search::{self, SearchIndex},
};

/// How many words of a query are put right. Whoever mistypes more types nothing that anybody can mend.
const PUT_RIGHT: usize = 4;

/// A query with the words that no text holds put right after the words of the
/// site. `None` where there is nothing that could be put right.
pub async fn put_right(index: &SearchIndex, query: &str) -> Result<Option<String>, StoreError> {
    let dictionary = index.dictionary();
    let (mut right, mut is_changed, mut wrong) = (Vec::new(), false, 0);
    for word in search::words(query) {
        if wrong == PUT_RIGHT || index.holds(&word).await? {
            right.push(word);
            continue;
        }
        wrong += 1;
        let suggestion = dictionary.nearest(&word.to_lowercase());
        is_changed |= suggestion.is_some();
        right.push(suggestion.map_or(word, str::to_owned));
    }
    Ok(is_changed.then(|| right.join(" ")))
}
