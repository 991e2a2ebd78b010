//! The search: the site's texts in a table of words (FTS5) of their own. It is
//! made anew from the content whenever that is read, and lives in memory, beside the
//! file and not in it: nothing in it needs a backup.

pub mod dictionary;

use std::{
    collections::HashMap,
    ops::Range,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sqlx::{
    FromRow, Sqlite, SqliteConnection, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use self::dictionary::Dictionary;
use super::StoreError;
use crate::content::{
    passages::{self, Part},
    site::Site,
};

/// How many passages are shown at a time.
pub const MOST: usize = 12;
/// How many passages are counted and ranked, the newest: of a word that stands
/// everywhere no search need look at more.
const RANKED: usize = 1000;
/// How many passages are put in at once.
const AT_ONCE: usize = 200;
/// How many words of what was typed are looked for, and how long one may be.
const WORDS: usize = 12;
const LONGEST_WORD: usize = 40;
/// Stand around a found word. Private characters: no text of a site holds them.
const BEGIN: char = '\u{e000}';
const END: char = '\u{e001}';

/// The table of words.
#[derive(Clone)]
pub struct SearchIndex {
    pool: SqlitePool,
    filled: Arc<Mutex<Filled>>,
}

/// What a query finds, [`MOST`] passages of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    pub passages: Vec<Found>,
    /// How many passages were found in all.
    pub count: usize,
    /// How many of them are better than the first that is here.
    pub before: usize,
    /// False where no passage holds all the words, and these hold some of them.
    pub hold_all: bool,
}

/// A passage in which the words were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub address: String,
    pub title: Vec<Piece>,
    pub heading: Vec<Piece>,
    /// The part of the text that holds the words.
    pub snippet: Vec<Piece>,
}

/// A piece of a text, and whether it is what was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub is_found: bool,
}

#[derive(FromRow)]
struct Row {
    address: String,
    title: String,
    heading: String,
    snippet: String,
}

/// What is in the table.
#[derive(Default)]
struct Filled {
    /// Of each part its stamp and its rows.
    parts: HashMap<String, (u64, Range<i64>)>,
    /// Every word of the texts in lower case, and how often it stands in them.
    words: HashMap<String, u32>,
    dictionary: Arc<Dictionary>,
    next_row: i64,
}

impl SearchIndex {
    /// The texts of a site. They are filled in beside what goes on; whoever searches
    /// meanwhile waits for it.
    pub async fn of(site: Arc<Site>) -> Result<Self, StoreError> {
        let index = Self::empty().await?;
        let tx = index.pool.begin_with("BEGIN").await?;
        let filling = index.clone();
        tokio::spawn(async move {
            if let Err(error) = filling.fill(tx, &passages::parts(&site)).await {
                tracing::error!(%error, "the search cannot be filled; it finds nothing");
            }
        });
        Ok(index)
    }

    async fn empty() -> Result<Self, StoreError> {
        // One connection that is never closed: with it the table would be gone.
        let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = pool.connect_with(SqliteConnectOptions::new().in_memory(true)).await?;
        // English words by their stems: who looks for "headaches" finds "headache". What begins with two or three
        // letters is much, so it has an index; what begins with more is looked up among the words.
        sqlx::query(
            "CREATE VIRTUAL TABLE passages USING fts5
                 (address UNINDEXED, title, heading, text, tokenize = 'porter unicode61 remove_diacritics 2',
                  prefix = '2 3')",
        )
        .execute(&pool)
        .await?;
        Ok(Self { pool, filled: Arc::default() })
    }

    /// Takes another state of the site in: the parts that it says otherwise.
    pub async fn update(&self, site: &Site) -> Result<(), StoreError> {
        let tx = self.pool.begin_with("BEGIN").await?;
        self.fill(tx, &passages::parts(site)).await
    }

    /// Only one at a time has the transaction, and with it what is noted beside the table.
    async fn fill(&self, mut tx: Transaction<'static, Sqlite>, parts: &[Part<'_>]) -> Result<(), StoreError> {
        let mut filled = std::mem::take(&mut *self.filled());
        let result = fill(&mut tx, &mut filled, parts).await;
        let is_changed = *result.as_ref().unwrap_or(&false);
        if is_changed {
            filled.dictionary = Arc::new(Dictionary::new(&filled.words));
        }
        *self.filled() = filled;
        result?;
        Ok(tx.commit().await?)
    }

    fn filled(&self) -> MutexGuard<'_, Filled> {
        self.filled.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The passages that hold all the words of a query, or, where there is
    /// none, any of them; the best first. A query is words and nothing else,
    /// whatever signs stand in it. The pages are counted from 1; whoever asks
    /// for one behind the last gets the last.
    pub async fn find(&self, query: &str, page: usize) -> Result<Findings, StoreError> {
        let words = words(query);
        let mut expression = expression(&words, " ");
        let mut ranked = self.ranked(&expression).await?;
        let hold_all = !ranked.is_empty() || words.len() < 2;
        if !hold_all {
            expression = self::expression(&words, " OR ");
            ranked = self.ranked(&expression).await?;
        }
        let last = ranked.len().div_ceil(MOST);
        let before = page.min(last).saturating_sub(1) * MOST;
        let passages = self.shown(&expression, ranked.iter().skip(before)).await?;
        Ok(Findings { passages, count: ranked.len(), before, hold_all })
    }

    /// The best passages that hold any of the words.
    pub async fn find_any(&self, query: &str) -> Result<Vec<Found>, StoreError> {
        let expression = expression(&words(query), " OR ");
        let ranked = self.ranked(&expression).await?;
        self.shown(&expression, ranked.iter()).await
    }

    /// True when a text of the site holds a word, in whatever form.
    pub async fn holds(&self, word: &str) -> Result<bool, StoreError> {
        let expression = expression(&words(word), " ");
        if expression.is_empty() {
            return Ok(false);
        }
        let holds = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM passages WHERE passages MATCH ?)");
        Ok(holds.bind(expression).fetch_one(&self.pool).await?)
    }

    /// The words of the texts.
    pub fn dictionary(&self) -> Arc<Dictionary> {
        self.filled().dictionary.clone()
    }

    /// The rows that an expression finds, the best first.
    async fn ranked(&self, expression: &str) -> Result<Vec<i64>, StoreError> {
        if expression.is_empty() {
            return Ok(Vec::new());
        }
        // A table of its own, since SQLite would else take the order into it, and rank every row to choose these.
        let rows = sqlx::query_scalar(
            "WITH found AS MATERIALIZED (SELECT rowid AS id, bm25(passages, 0.0, 4.0, 6.0, 1.0) AS rank
                                         FROM passages WHERE passages MATCH ? LIMIT ?)
             SELECT id FROM found ORDER BY rank, id",
        );
        Ok(rows.bind(expression).bind(RANKED as i64).fetch_all(&self.pool).await?)
    }

    /// The first [`MOST`] of such rows with the words marked.
    async fn shown(
        &self,
        expression: &str,
        ranked: impl Iterator<Item = &i64>,
    ) -> Result<Vec<Found>, StoreError> {
        let ranked: Vec<i64> = ranked.take(MOST).copied().collect();
        let (Some(first), Some(last)) = (ranked.iter().min(), ranked.iter().max()) else {
            return Ok(Vec::new());
        };
        // One look through the stretch in which they are: to look each of them up would begin as many times.
        let rows = sqlx::query_as(
            "SELECT address,
                    highlight(passages, 1, ?1, ?2) AS title,
                    highlight(passages, 2, ?1, ?2) AS heading,
                    snippet(passages, 3, ?1, ?2, '…', 32) AS snippet
             FROM passages
             WHERE passages MATCH ?3 AND rowid BETWEEN ?4 AND ?5
               AND +rowid IN (SELECT value FROM json_each(?6))
             ORDER BY (SELECT key FROM json_each(?6) WHERE value = passages.rowid)",
        )
        .bind(BEGIN.to_string())
        .bind(END.to_string())
        .bind(expression)
        .bind(first)
        .bind(last)
        .bind(serde_json::to_string(&ranked).unwrap_or_default());
        let rows: Vec<Row> = rows.fetch_all(&self.pool).await?;
        let found = rows.into_iter().map(|row| Found {
            address: row.address,
            title: pieces(&row.title),
            heading: pieces(&row.heading),
            snippet: pieces(&row.snippet),
        });
        Ok(found.collect())
    }
}

/// The words of what was typed, as the table knows words.
pub fn words(query: &str) -> Vec<String> {
    split(query).take(WORDS).map(|word| word.chars().take(LONGEST_WORD).collect()).collect()
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Words as the table is asked for them; nothing for none.
fn expression(words: &[String], between: &str) -> String {
    let Some((last, before)) = words.split_last() else { return String::new() };
    // In quotes a word is never an operator; the last may be the beginning of one, if it is more than a letter.
    let mut quoted: Vec<String> = before.iter().map(|word| format!("\"{word}\"")).collect();
    let may_begin = if last.chars().nth(1).is_some() { "*" } else { "" };
    quoted.push(format!("\"{last}\"{may_begin}"));
    quoted.join(between)
}

/// Puts the parts that have changed in the place of what the table holds. True if there are any.
async fn fill(
    tx: &mut SqliteConnection,
    filled: &mut Filled,
    parts: &[Part<'_>],
) -> Result<bool, StoreError> {
    let wanted: HashMap<&str, u64> = parts.iter().map(|part| (part.key, part.stamp)).collect();
    let is_gone = |(key, (stamp, _)): &(&String, &(u64, Range<i64>))| wanted.get(key.as_str()) != Some(stamp);
    let gone: Vec<(String, Range<i64>)> =
        filled.parts.iter().filter(is_gone).map(|(key, (_, rows))| (key.clone(), rows.clone())).collect();
    let mut is_changed = !gone.is_empty();
    for (key, rows) in gone {
        filled.parts.remove(&key);
        let texts =
            sqlx::query_as("SELECT title, heading, text FROM passages WHERE rowid >= ? AND rowid < ?");
        let texts: Vec<(String, String, String)> =
            texts.bind(rows.start).bind(rows.end).fetch_all(&mut *tx).await?;
        for (title, heading, text) in &texts {
            for word in [title, heading, text].into_iter().flat_map(|text| split(text)) {
                if let Some(count) = filled.words.get_mut(&word.to_lowercase()) {
                    *count = count.saturating_sub(1);
                }
            }
        }
        let delete = sqlx::query("DELETE FROM passages WHERE rowid >= ? AND rowid < ?");
        delete.bind(rows.start).bind(rows.end).execute(&mut *tx).await?;
    }
    filled.words.retain(|_, count| *count > 0);
    let mut rows = Vec::new();
    for part in parts.iter().filter(|part| !filled.parts.contains_key(part.key)).collect::<Vec<_>>() {
        is_changed = true;
        let first = filled.next_row;
        for passage in part.passages() {
            let heading = passage.heading.unwrap_or_default();
            for word in [&passage.title, &heading, &passage.text].into_iter().flat_map(|text| split(text)) {
                count_word(&mut filled.words, word);
            }
            let row = filled.next_row;
            filled.next_row += 1;
            rows.push((row, passage.address, passage.title, heading, passage.text));
        }
        filled.parts.insert(part.key.to_owned(), (part.stamp, first..filled.next_row));
        if rows.len() >= AT_ONCE {
            insert(tx, &std::mem::take(&mut rows)).await?;
        }
    }
    insert(tx, &rows).await?;
    Ok(is_changed)
}

type PassageRow = (i64, String, String, String, String);

/// Many rows in one statement: each statement has its price.
async fn insert(tx: &mut SqliteConnection, rows: &[PassageRow]) -> Result<(), StoreError> {
    let rows = serde_json::to_string(rows).unwrap_or_default();
    sqlx::query(
        "INSERT INTO passages (rowid, address, title, heading, text)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)",
    )
    .bind(rows)
    .execute(tx)
    .await?;
    Ok(())
}

fn count_word(words: &mut HashMap<String, u32>, word: &str) {
    let word = word.to_lowercase();
    match words.get_mut(&word) {
        Some(count) => *count = count.saturating_add(1),
        None => drop(words.insert(word, 1)),
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (nth, stretch) in text.split(BEGIN).enumerate() {
        let (found, plain) = match stretch.split_once(END) {
            Some((found, plain)) if nth > 0 => (found, plain),
            _ => ("", stretch),
        };
        for (text, is_found) in [(found, true), (plain, false)] {
            if !text.is_empty() {
                pieces.push(Piece { text: text.to_owned(), is_found });
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::passages::Passage;

    fn passage(address: &str, title: &str, heading: &str, text: &str) -> Passage {
        let heading = Some(heading.to_owned()).filter(|heading| !heading.is_empty());
        Passage { address: address.to_owned(), title: title.to_owned(), heading, text: text.to_owned() }
    }

    async fn filled(passages: Vec<Passage>) -> SearchIndex {
        let index = SearchIndex::empty().await.expect("an index");
        let tx = index.pool.begin_with("BEGIN").await.expect("a transaction");
        index.fill(tx, &[Part::of(1, passages)]).await.expect("filled");
        index
    }

    #[tokio::test]
    async fn what_is_said_otherwise_takes_the_place_of_what_was() {
        let index = filled(vec![passage("/a", "Knees", "", "A knee, artfully.")]).await;
        let tx = index.pool.begin_with("BEGIN").await.expect("a transaction");
        let parts = [Part::of(2, vec![passage("/b", "Elbows", "", "An elbow.")])];
        index.fill(tx, &parts).await.expect("filled");
        assert_eq!(index.find("knee", 1).await.expect("a search").count, 0);
        assert_eq!(index.find("elbow", 1).await.expect("a search").passages[0].address, "/b");
        let dictionary = index.dictionary();
        assert_eq!((dictionary.nearest("elboww"), dictionary.nearest("artfullly")), (Some("elbow"), None));
    }

    async fn index() -> SearchIndex {
        let passages = vec![
            passage("/a", "Headaches", "", "What to do about a sore neck."),
            passage("/a#doctor", "Headaches", "When to see a doctor", "A sudden headache, or fever."),
            passage(
                "/faq#cost",
                "Questions",
                "What does it cost?",
                "The prices are with the services. Café.",
            ),
        ];
        filled(passages).await
    }

    async fn addresses(query: &str) -> Vec<String> {
        let found = index().await.find(query, 1).await.expect("a search");
        found.passages.into_iter().map(|found| found.address).collect()
    }

    #[tokio::test]
    async fn words_are_found_by_their_stems_their_beginnings_and_without_accents() {
        assert_eq!(addresses("price").await, ["/faq#cost"]);
        assert_eq!(addresses("doctors").await, ["/a#doctor"]);
        assert_eq!(addresses("serv").await, ["/faq#cost"]);
        assert_eq!(addresses("CAFE").await, ["/faq#cost"]);
        assert_eq!(addresses("sudden headache").await, ["/a#doctor"]);
    }

    #[tokio::test]
    async fn where_no_passage_holds_all_words_any_of_them_will_do() {
        assert_eq!(addresses("fever prices").await.len(), 2);
        assert_eq!(addresses("bicycle").await, [""; 0]);
    }

    #[tokio::test]
    async fn what_is_found_comes_a_page_at_a_time() {
        let passages: Vec<_> =
            (0..MOST + 2).map(|n| passage(&format!("/{n}"), "Knees", "", "A knee.")).collect();
        let index = filled(passages).await;
        for (page, before, shown) in [(0, 0, MOST), (1, 0, MOST), (2, MOST, 2), (3, MOST, 2)] {
            let found = index.find("knee", page).await.expect("a search");
            assert_eq!(
                (found.before, found.passages.len(), found.count),
                (before, shown, MOST + 2),
                "{page}"
            );
        }
        assert_eq!(index.find("elbow", 7).await.expect("a search").before, 0);
    }

    #[tokio::test]
    async fn any_input_is_words_and_nothing_else() {
        let long = "headache ".repeat(5000);
        for query in [
            "",
            " ",
            "\"",
            "\"\"\"",
            "*",
            "a AND",
            "OR",
            "NOT",
            "NEAR(",
            "NEAR(a b, 2)",
            "title:x",
            "^a",
            "-",
            "(",
            "{title} : x",
            "'; DROP TABLE passages; --",
            "\u{0}",
            "💆",
            "a\u{e000}b\u{e001}",
            &long,
        ] {
            let _ = addresses(query).await;
        }
        assert_eq!(addresses("\"sudden\" AND").await, ["/a#doctor"], "all words, or any of them");
    }

    #[tokio::test]
    async fn what_was_looked_for_is_marked() {
        let found = index().await.find("neck", 1).await.expect("a search").passages.remove(0);
        let marked: Vec<_> = found.snippet.iter().filter(|piece| piece.is_found).collect();
        assert_eq!(marked, [&Piece { text: "neck".to_owned(), is_found: true }]);
        assert_eq!(
            found.snippet.iter().map(|piece| piece.text.as_str()).collect::<String>(),
            "What to do about a sore neck."
        );
    }
}
