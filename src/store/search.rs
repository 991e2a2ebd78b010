//! The search: the site's texts in a table of words (FTS5) of their own. It is
//! made anew from the content whenever that is read, and lives in memory, beside the
//! file and not in it: nothing in it needs a backup.

use std::{collections::BTreeMap, sync::Arc};

use sqlx::{
    FromRow, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use super::StoreError;
use crate::content::passage::Passage;

/// How many passages are shown at a time.
pub const MOST: usize = 12;
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
    vocabulary: Arc<BTreeMap<String, usize>>,
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

impl SearchIndex {
    pub async fn new(passages: &[Passage]) -> Result<Self, StoreError> {
        // One connection that is never closed: with it the table would be gone.
        let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = pool.connect_with(SqliteConnectOptions::new().in_memory(true)).await?;
        let mut tx = pool.begin_with("BEGIN").await?;
        // English words by their stems: who looks for "headaches" finds "headache".
        sqlx::query(
            "CREATE VIRTUAL TABLE passages USING fts5
                 (address UNINDEXED, title, heading, text, tokenize = 'porter unicode61 remove_diacritics 2')",
        )
        .execute(&mut *tx)
        .await?;
        for passage in passages {
            sqlx::query("INSERT INTO passages (address, title, heading, text) VALUES (?, ?, ?, ?)")
                .bind(&passage.address)
                .bind(&passage.title)
                .bind(passage.heading.as_deref().unwrap_or_default())
                .bind(&passage.text)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(Self { pool, vocabulary: Arc::new(vocabulary(passages)) })
    }

    /// The passages that hold all the words of a query, or, where there is
    /// none, any of them; the best first. A query is words and nothing else,
    /// whatever signs stand in it. The pages are counted from 1; whoever asks
    /// for one behind the last gets the last.
    pub async fn find(&self, query: &str, page: usize) -> Result<Findings, StoreError> {
        let words = words(query);
        let mut expression = expression(&words, " ");
        let mut count = self.count(&expression).await?;
        let hold_all = count > 0 || words.len() < 2;
        if !hold_all {
            expression = self::expression(&words, " OR ");
            count = self.count(&expression).await?;
        }
        let last = count.div_ceil(MOST);
        let before = page.min(last).saturating_sub(1) * MOST;
        let passages = self.matching(&expression, before).await?;
        Ok(Findings { passages, count, before, hold_all })
    }

    /// The best passages that hold any of the words.
    pub async fn find_any(&self, query: &str) -> Result<Vec<Found>, StoreError> {
        self.matching(&expression(&words(query), " OR "), 0).await
    }

    /// True when a text of the site holds a word, in whatever form.
    pub async fn holds(&self, word: &str) -> Result<bool, StoreError> {
        Ok(self.count(&expression(&words(word), " ")).await? > 0)
    }

    /// Every word of the texts in lower case, and how often it stands in them.
    pub fn vocabulary(&self) -> &BTreeMap<String, usize> {
        &self.vocabulary
    }

    async fn count(&self, expression: &str) -> Result<usize, StoreError> {
        if expression.is_empty() {
            return Ok(0);
        }
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM passages WHERE passages MATCH ?")
            .bind(expression)
            .fetch_one(&self.pool)
            .await?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    async fn matching(&self, expression: &str, before: usize) -> Result<Vec<Found>, StoreError> {
        if expression.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT address,
                    highlight(passages, 1, ?1, ?2) AS title,
                    highlight(passages, 2, ?1, ?2) AS heading,
                    snippet(passages, 3, ?1, ?2, '…', 32) AS snippet
             FROM passages WHERE passages MATCH ?3
             ORDER BY bm25(passages, 0.0, 4.0, 6.0, 1.0), rowid LIMIT ?4 OFFSET ?5",
        )
        .bind(BEGIN.to_string())
        .bind(END.to_string())
        .bind(expression)
        .bind(MOST as i64)
        .bind(before as i64)
        .fetch_all(&self.pool)
        .await?;
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
    // In quotes a word is never an operator; the last may be the beginning of one.
    let mut quoted: Vec<String> = before.iter().map(|word| format!("\"{word}\"")).collect();
    quoted.push(format!("\"{last}\"*"));
    quoted.join(between)
}

fn vocabulary(passages: &[Passage]) -> BTreeMap<String, usize> {
    let mut vocabulary = BTreeMap::new();
    for passage in passages {
        let heading = passage.heading.as_deref().unwrap_or_default();
        for text in [passage.title.as_str(), heading, passage.text.as_str()] {
            for word in split(text) {
                *vocabulary.entry(word.to_lowercase()).or_default() += 1;
            }
        }
    }
    vocabulary
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

    fn passage(address: &str, title: &str, heading: &str, text: &str) -> Passage {
        let heading = Some(heading.to_owned()).filter(|heading| !heading.is_empty());
        Passage { address: address.to_owned(), title: title.to_owned(), heading, text: text.to_owned() }
    }

    async fn index() -> SearchIndex {
        let passages = [
            passage("/a", "Headaches", "", "What to do about a sore neck."),
            passage("/a#doctor", "Headaches", "When to see a doctor", "A sudden headache, or fever."),
            passage(
                "/faq#cost",
                "Questions",
                "What does it cost?",
                "The prices are with the services. Café.",
            ),
        ];
        SearchIndex::new(&passages).await.expect("an index")
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
        let index = SearchIndex::new(&passages).await.expect("an index");
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
