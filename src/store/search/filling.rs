//! What the site says comes into the table of words: at once where it is little,
//! and else beside what goes on, the newest first.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    path::Path,
    sync::Arc,
};

use sqlx::SqliteConnection;

use super::{
    SearchIndex, State,
    dictionary::{self, Dictionary},
    split, table,
};
use crate::{
    content::{
        passages::{self, Part},
        site::Site,
    },
    store::StoreError,
};

/// How many parts are filled in before anything goes on, and how many at a time after that.
const AT_FIRST: usize = 200;
const AT_ONCE: usize = 400;

/// A part that the table holds otherwise, or one of the two.
struct Change<'a> {
    gone: Option<(String, Range<i64>)>,
    part: Option<&'a Part<'a>>,
    /// It is newer than what is in the table, so that its rows stand before the others.
    is_new: bool,
}

impl SearchIndex {
    /// The table in a file, with the texts of a site.
    pub async fn of(file: &Path, site: Arc<Site>) -> Result<Self, StoreError> {
        let table = match table::in_file(file).await {
            Ok(table) => table,
            Err(error) => {
                tracing::warn!(%error, "the search can't be kept in {}; it lives in memory", file.display());
                table::in_memory().await?
            }
        };
        let index = Self::new(table);
        index.bring(site).await;
        Ok(index)
    }

    #[cfg(test)]
    pub(super) async fn in_memory() -> Result<Self, StoreError> {
        Ok(Self::new(table::in_memory().await?))
    }

    pub(super) fn new(table: table::Table) -> Self {
        let table::Table { reading, writing } = table;
        Self(Arc::new(super::Inner { reading, writing, state: std::sync::Mutex::new(State::default()) }))
    }

    /// Takes another state of the site in: the parts that it says otherwise. What
    /// cannot be filled in is found later, and keeps nothing from being shown.
    pub async fn bring(&self, site: Arc<Site>) {
        {
            let mut state = self.state();
            if state.is_filling {
                state.is_whole = false;
                state.next = Some(site);
                return;
            }
            state.is_filling = true;
        }
        if !self.has_next(self.fill(&passages::parts(&site), AT_FIRST).await) && self.is_whole() {
            return;
        }
        let index = self.clone();
        tokio::spawn(async move {
            let mut site = site;
            while index.state().is_filling {
                site = index.state().next.take().unwrap_or(site);
                let result = index.fill(&passages::parts(&site), usize::MAX).await;
                index.has_next(result);
            }
        });
    }

    /// Notes how filling ended. True where it goes on.
    fn has_next(&self, result: Result<bool, StoreError>) -> bool {
        let mut state = self.state();
        match result {
            Ok(is_whole) => {
                state.is_whole = is_whole && state.next.is_none();
                state.is_filling = !state.is_whole;
            }
            Err(error) => {
                tracing::error!(%error, "the search can't be brought up to date; it finds what it has");
                state.is_whole = false;
                state.is_filling = state.next.is_some();
            }
        }
        state.is_filling
    }

    /// Puts what has changed in the place of what the table holds, so many parts at
    /// most. True when nothing is left to do.
    pub(super) async fn fill(&self, parts: &[Part<'_>], most: usize) -> Result<bool, StoreError> {
        let changes = self.changes(parts).await?;
        let first = most.clamp(1, AT_FIRST);
        let (begin, rest) = changes.split_at(changes.len().min(first));
        let more = rest[..rest.len().min(most - begin.len().min(most))].chunks(AT_ONCE);
        for some in [begin].into_iter().chain(more) {
            let mut tx = self.0.writing.begin_with("BEGIN IMMEDIATE").await?;
            apply(&mut tx, some).await?;
            tx.commit().await?;
        }
        if !changes.is_empty() || self.dictionary().is_empty() {
            let words =
                "SELECT word, count FROM words WHERE length(word) >= ? ORDER BY count DESC, word LIMIT ?";
            let words = sqlx::query_as(words).bind(dictionary::SHORTEST as i64).bind(dictionary::MOST as i64);
            let words: Vec<(String, u32)> = words.fetch_all(&self.0.writing).await?;
            self.state().dictionary = Arc::new(Dictionary::new(words));
        }
        Ok(changes.len() <= most)
    }

    /// What the table holds otherwise than these parts, those that stand last first: they
    /// are what the site says of itself.
    async fn changes<'a>(&self, parts: &'a [Part<'a>]) -> Result<Vec<Change<'a>>, StoreError> {
        let known = sqlx::query_as("SELECT key, stamp, first, behind FROM parts");
        let known: Vec<(String, i64, i64, i64)> = known.fetch_all(&self.0.writing).await?;
        let mut known: HashMap<String, (i64, Range<i64>)> =
            known.into_iter().map(|(key, stamp, first, behind)| (key, (stamp, first..behind))).collect();
        let mut is_new = !known.is_empty();
        let mut changes = Vec::new();
        for part in parts {
            match known.remove(part.key) {
                Some((stamp, _)) if stamp == part.stamp.cast_signed() => is_new = false,
                Some((_, rows)) => {
                    let gone = Some((part.key.to_owned(), rows));
                    changes.push(Change { gone, part: Some(part), is_new: true });
                }
                None => changes.push(Change { gone: None, part: Some(part), is_new }),
            }
        }
        let is_of_the_pages = |change: &Change<'_>| change.part.is_some_and(|part| part.key.is_empty());
        changes.sort_by_key(|change| !is_of_the_pages(change));
        let gone = known.into_iter().map(|(key, (_, rows))| Change {
            gone: Some((key, rows)),
            part: None,
            is_new: false,
        });
        changes.extend(gone);
        Ok(changes)
    }
}

async fn apply(tx: &mut SqliteConnection, changes: &[Change<'_>]) -> Result<(), StoreError> {
    let mut words: HashMap<String, i64> = HashMap::new();
    for (key, rows) in changes.iter().filter_map(|change| change.gone.as_ref()) {
        let texts =
            sqlx::query_as("SELECT title, heading, text FROM passages WHERE rowid >= ? AND rowid < ?");
        let texts: Vec<(String, String, String)> =
            texts.bind(rows.start).bind(rows.end).fetch_all(&mut *tx).await?;
        for (title, heading, text) in &texts {
            count_words(&mut words, [title, heading, text], -1);
        }
        let delete = sqlx::query("DELETE FROM passages WHERE rowid >= ? AND rowid < ?");
        delete.bind(rows.start).bind(rows.end).execute(&mut *tx).await?;
        sqlx::query("DELETE FROM parts WHERE key = ?").bind(key).execute(&mut *tx).await?;
    }
    let taken = "SELECT coalesce(min(first), 0), coalesce(max(behind), 0) FROM parts";
    let (first, mut behind): (i64, i64) = sqlx::query_as(taken).fetch_one(&mut *tx).await?;
    let found: Vec<_> = changes
        .iter()
        .filter_map(|change| Some((change.part?, change.part?.passages(), change.is_new)))
        .collect();
    // Of a word that stands everywhere the first rows are looked at, which are to be the newest.
    let count_new =
        found.iter().filter(|(_, _, is_new)| *is_new).map(|(_, passages, _)| passages.len() as i64);
    let mut before = first - count_new.sum::<i64>();
    let (mut rows, mut stamps) = (Vec::new(), Vec::new());
    for (part, passages, is_new) in found {
        let next = if is_new { &mut before } else { &mut behind };
        let first = *next;
        for passage in passages {
            let heading = passage.heading.unwrap_or_default();
            count_words(&mut words, [&passage.title, &heading, &passage.text], 1);
            rows.push((*next, passage.address, passage.title, heading, passage.text));
            *next += 1;
        }
        stamps.push((part.key, part.stamp.cast_signed(), first, *next));
    }
    // Many rows in one statement: each statement has its price.
    let insert = sqlx::query(
        "INSERT INTO passages (rowid, address, title, heading, text)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)",
    );
    insert.bind(json(&rows)).execute(&mut *tx).await?;
    let insert = sqlx::query(
        "INSERT INTO parts (key, stamp, first, behind)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)",
    );
    insert.bind(json(&stamps)).execute(&mut *tx).await?;
    let fewer: HashSet<&String> =
        words.iter().filter(|(_, count)| **count < 0).map(|(word, _)| word).collect();
    let insert = sqlx::query(
        "INSERT INTO words (word, count) SELECT key, value FROM json_each(?) WHERE value <> 0
         ON CONFLICT DO UPDATE SET count = count + excluded.count",
    );
    insert.bind(json(&words)).execute(&mut *tx).await?;
    let delete = "DELETE FROM words WHERE word IN (SELECT value FROM json_each(?)) AND count <= 0";
    sqlx::query(delete).bind(json(&fewer)).execute(tx).await?;
    Ok(())
}

fn json(rows: &impl serde::Serialize) -> String {
    serde_json::to_string(rows).unwrap_or_default()
}

fn count_words(words: &mut HashMap<String, i64>, texts: [&String; 3], by: i64) {
    for word in texts.into_iter().flat_map(|text| split(text)) {
        *words.entry(word.to_lowercase()).or_default() += by;
    }
}
