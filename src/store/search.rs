//! The search: the site's texts in a table of words (FTS5), in a file of its own
//! beside the database. It is kept between starts, and only what the content says
//! otherwise is brought up to date; whoever deletes it loses nothing.

pub mod dictionary;
mod filling;
mod table;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::SqlitePool;
use sqlx_macros::FromRow;

use self::dictionary::Dictionary;
use super::StoreError;
use crate::content::site::Site;

/// How many passages are shown at a time.
pub const MOST: usize = 12;
/// How many passages are counted and ranked, the newest: of a word that stands
/// everywhere no search need look at more.
const RANKED: usize = 1000;
/// How many words of what was typed are looked for, and how long one may be.
const WORDS: usize = 12;
const LONGEST_WORD: usize = 40;
/// Stand around a found word. Private characters: no text of a site holds them.
const BEGIN: char = '\u{e000}';
const END: char = '\u{e001}';

/// The table of words.
#[derive(Clone)]
pub struct SearchIndex(Arc<Inner>);

struct Inner {
    reading: SqlitePool,
    /// One connection; the same pool where the table is in memory.
    writing: SqlitePool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    dictionary: Arc<Dictionary>,
    is_filling: bool,
    /// Whose texts are to be filled in after those that are being filled in.
    next: Option<Arc<Site>>,
    /// True once every text of the site is in the table.
    is_whole: bool,
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
        Ok(holds.bind(expression).fetch_one(&self.0.reading).await?)
    }

    /// The words of the texts.
    pub fn dictionary(&self) -> Arc<Dictionary> {
        self.state().dictionary.clone()
    }

    /// False while texts are still being filled in, so that there may be more than is found.
    pub fn is_whole(&self) -> bool {
        self.state().is_whole
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
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
        Ok(rows.bind(expression).bind(RANKED as i64).fetch_all(&self.0.reading).await?)
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
        let rows: Vec<Row> = rows.fetch_all(&self.0.reading).await?;
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
    use proptest::prelude::*;

    use super::*;
    use crate::{
        content::passages::{Part, Passage},
        domain::example::any_text,
    };

    fn passage(address: &str, title: &str, heading: &str, text: &str) -> Passage {
        let heading = Some(heading.to_owned()).filter(|heading| !heading.is_empty());
        Passage { address: address.to_owned(), title: title.to_owned(), heading, text: text.to_owned() }
    }

    async fn filled(passages: Vec<Passage>) -> SearchIndex {
        let index = SearchIndex::in_memory().await.expect("an index");
        index.fill(&[Part::of("", 1, passages)], 1).await.expect("filled");
        index
    }

    #[tokio::test]
    async fn what_is_said_otherwise_takes_the_place_of_what_was() {
        let index = filled(vec![passage("/a", "Knees", "", "A knee, artfully.")]).await;
        let parts = [Part::of("", 2, vec![passage("/b", "Elbows", "", "An elbow.")])];
        index.fill(&parts, 1).await.expect("filled");
        assert_eq!(index.find("knee", 1).await.expect("a search").count, 0);
        assert_eq!(index.find("elbow", 1).await.expect("a search").passages[0].address, "/b");
        let dictionary = index.dictionary();
        assert_eq!((dictionary.nearest("elboww"), dictionary.nearest("artfullly")), (Some("elbow"), None));
    }

    #[tokio::test]
    async fn what_is_kept_in_the_file_is_filled_in_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("search.db");
        let open = async || SearchIndex::new(table::in_file(&file).await.expect("a table"));
        let knees = |stamp| Part::of("", stamp, vec![passage("/a", "Knees", "", "A knee.")]);
        let index = open().await;
        assert!(index.fill(&[knees(1)], 9).await.expect("filled"));
        // What has the same stamp is not looked at.
        let other = Part::of("", 1, vec![passage("/b", "Elbows", "", "An elbow.")]);
        let index = open().await;
        assert!(index.fill(&[other], 9).await.expect("filled"));
        assert_eq!(index.find("knee", 1).await.expect("a search").passages[0].address, "/a");
        assert_eq!(index.dictionary().nearest("kneee"), Some("knee"));
        assert!(index.fill(&[], 9).await.expect("filled"));
        assert_eq!(index.find("knee", 1).await.expect("a search").count, 0);
        assert_eq!(index.dictionary().nearest("kneee"), None);
    }

    #[tokio::test]
    async fn a_damaged_file_is_made_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("search.db");
        std::fs::write(&file, "no table of words").expect("a file");
        let index = SearchIndex::new(table::in_file(&file).await.expect("a table"));
        index.fill(&[Part::of("", 1, vec![passage("/a", "Knees", "", "A knee.")])], 9).await.expect("filled");
        assert_eq!(index.find("knee", 1).await.expect("a search").count, 1);
    }

    #[tokio::test]
    async fn much_is_filled_in_bit_by_bit_and_what_is_new_stands_first() {
        let index = SearchIndex::in_memory().await.expect("an index");
        let keys: Vec<String> = (0..600).map(|n| format!("a{n}")).collect();
        let parts = |keys: &'static [String]| {
            let part = |key: &'static String| {
                Part::of(key, 1, vec![passage(&format!("/{key}"), "Knees", "", "A knee.")])
            };
            keys.iter().map(part).collect::<Vec<_>>()
        };
        let keys = keys.leak();
        assert!(!index.fill(&parts(&keys[1..]), 200).await.expect("filled"), "there is more");
        assert_eq!(index.find("knee", 1).await.expect("a search").count, 200);
        assert!(index.fill(&parts(&keys[1..]), usize::MAX).await.expect("filled"));
        assert!(index.fill(&parts(keys), 200).await.expect("filled"));
        let found = index.find("knee", 1).await.expect("a search");
        let addresses: Vec<&str> = found.passages.iter().map(|found| found.address.as_str()).collect();
        assert_eq!((found.count, &addresses[..3]), (600, &["/a0", "/a1", "/a2"][..]));
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

    proptest! {
        #[test]
        fn a_snippet_is_its_pieces_whatever_it_holds(text in any_text(&["\u{e000}", "\u{e001}", "a", " ", "…", "é"])) {
            let shown: String = pieces(&text).iter().map(|piece| piece.text.as_str()).collect();
            let without = |text: &str| text.replace([BEGIN, END], "");
            prop_assert_eq!(without(&shown), without(&text));
        }

        #[test]
        fn whatever_is_looked_for_is_no_operator(text in any_text(&["\"", "*", "AND", "NOT", "NEAR(", ")", ":", "-", "^", " ", "é", "pain", "\u{0}"])) {
            let words = words(&text);
            prop_assert!(words.len() <= WORDS);
            let asked = expression(&words, " ");
            prop_assert_eq!(asked.matches('"').count(), 2 * words.len(), "{}", asked);
        }
    }
}
