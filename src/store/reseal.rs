//! Sealing what stands in the file already: what a version of before wrote as it was typed, and
//! what another key has sealed. Both go by parts, each in a transaction of its own, and go on
//! where they were broken off.

use std::{
    io,
    path::{Path, PathBuf},
};

use sqlx::AssertSqlSafe;

use super::{
    file::{OpenError, Store, StoreError},
    sealed::{ACTED_ON, CODE_SECRET, COLUMNS, Column, EMAIL_CALENDAR, EMAIL_HTML},
};
use crate::sealing::{HEAD, key_file};

/// How many rows go in one transaction.
const AT_ONCE: i64 = 200;

/// What sealing anew came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// How many values were sealed.
    pub sealed: u64,
    /// How many can't be read, and stay as they are.
    pub unreadable: u64,
}

/// What is to be sealed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// What stands there as it was typed.
    Typed,
    /// What another key has sealed.
    OfOtherKeys,
}

impl Column {
    fn condition(&self, which: Which) -> String {
        let column = self.column;
        match which {
            // Of an email that was written long ago the text is removed.
            Which::Typed => format!("typeof({column}) = 'text' AND {column} <> ''"),
            Which::OfOtherKeys => {
                format!("typeof({column}) = 'blob' AND substr({column}, 1, {HEAD}) <> ?3")
            }
        }
    }

    /// So many rows after one: its number, its name, and what stands in it.
    fn select(&self, which: Which) -> String {
        let Self { table, column, key, row, .. } = self;
        let condition = self.condition(which);
        format!(
            "SELECT {key}, {row}, CAST({column} AS BLOB) FROM {table}
             WHERE {key} > ?1 AND {condition} ORDER BY {key} LIMIT ?2"
        )
    }

    fn update(&self) -> String {
        let Self { table, column, key, .. } = self;
        format!("UPDATE {table} SET {column} = ? WHERE {key} = ? AND CAST({column} AS BLOB) = ?")
    }

    fn count(&self) -> String {
        let Self { table, column, .. } = self;
        format!(
            "SELECT count(*) FROM {table}
             WHERE typeof({column}) = 'blob' AND substr({column}, 1, {HEAD}) = ?"
        )
    }

    /// Whether its rows count: an email is one, however many parts it has.
    fn is_counted(&self) -> bool {
        self.table != ACTED_ON && self.words != EMAIL_HTML && self.words != EMAIL_CALENDAR
    }

    /// How many rows are looked at together. The rows of the acts of a day are, since several
    /// have the same number.
    fn most(&self, at_once: i64) -> i64 {
        if self.table == ACTED_ON { i64::MAX } else { at_once }
    }
}

impl Store {
    /// Notes the key that seals from now on, seals what isn't yet, and counts what can't be read.
    pub(super) async fn bring_sealing_up_to_date(&mut self) -> Result<(), StoreError> {
        let noted: Vec<(Vec<u8>,)> =
            sqlx::query_as("SELECT head FROM sealing_keys").fetch_all(&self.writer).await?;
        // Before anything is sealed with it: by this list it is known what can't be read.
        if !noted.iter().any(|(head,)| *head == self.keys.head()) {
            let mut tx = self.write().await?;
            sqlx::query("INSERT INTO sealing_keys (head) VALUES (?) ON CONFLICT DO NOTHING")
                .bind(self.keys.head())
                .execute(&mut *tx.0.0)
                .await?;
            tx.commit().await?;
        }
        let (is_to_be_sealed,): (bool,) =
            sqlx::query_as("SELECT EXISTS (SELECT 1 FROM to_be_sealed)").fetch_one(&self.writer).await?;
        if is_to_be_sealed {
            self.seal_what_was_typed().await?;
        }
        self.forget_unused_keys().await?;
        self.unreadable = self.count_unreadable().await?;
        Ok(())
    }

    /// Seals what a version of before wrote as it was typed, and leaves no trace of that.
    async fn seal_what_was_typed(&self) -> Result<(), StoreError> {
        let mut sealed = 0;
        for column in &COLUMNS {
            sealed += self.pass(column, Which::Typed).await?.sealed;
            if column.words == CODE_SECRET {
                sealed += self.pass(column, Which::OfOtherKeys).await?.sealed;
            }
        }
        // What was typed may be left on free pages, and in the journal. Where there is no room to
        // write the file anew, it is tried at the next start again.
        if let Err(error) = sqlx::query("VACUUM").execute(&self.writer).await {
            tracing::warn!(%error, "what was sealed may be left as it was typed on free pages of the database");
            return Ok(());
        }
        if !self.checkpoint().await? {
            tracing::warn!("what was sealed may be left as it was typed in the journal of the database");
            return Ok(());
        }
        // Only now: broken off before, all of it is done at the next start again.
        let mut tx = self.write().await?;
        sqlx::query("DELETE FROM to_be_sealed").execute(&mut *tx.0.0).await?;
        tx.commit().await?;
        tracing::info!(
            sealed,
            "notes and emails are sealed now; backups of before have them as they were typed"
        );
        Ok(())
    }

    /// Seals anew whatever another key has sealed and can be read.
    pub async fn reseal(&self) -> Result<Resealed, StoreError> {
        let mut done = Resealed::default();
        for column in &COLUMNS {
            let Resealed { sealed, unreadable } = self.pass(column, Which::OfOtherKeys).await?;
            done.sealed += sealed;
            done.unreadable += unreadable;
        }
        self.forget_unused_keys().await?;
        self.empty_journal().await?;
        Ok(done)
    }

    async fn pass(&self, column: &Column, which: Which) -> Result<Resealed, StoreError> {
        let (mut done, mut after) = (Resealed::default(), i64::MIN);
        while let Some((last, part)) = self.part(column, which, after, AT_ONCE).await? {
            done.sealed += part.sealed;
            done.unreadable += part.unreadable;
            after = last;
        }
        Ok(done)
    }

    /// Seals so many rows of a column after one. Returns the last of them; `None` where there was none.
    pub(super) async fn part(
        &self,
        column: &Column,
        which: Which,
        after: i64,
        at_once: i64,
    ) -> Result<Option<(i64, Resealed)>, StoreError> {
        let mut tx = self.write().await?;
        let select = column.select(which);
        let rows = sqlx::query_as(AssertSqlSafe(select.as_str())).bind(after).bind(column.most(at_once));
        let rows = if which == Which::OfOtherKeys { rows.bind(self.keys.head()) } else { rows };
        let rows: Vec<(i64, String, Vec<u8>)> = rows.fetch_all(&mut *tx.0.0).await?;
        let Some((last, ..)) = rows.last() else { return Ok(None) };
        let (last, update) = (*last, column.update());
        let mut done = Resealed::default();
        for (key, row, stored) in rows {
            let words = match which {
                Which::Typed => Some(stored.clone()),
                Which::OfOtherKeys => column.words.open(&self.keys, &row, &stored),
            };
            let Some(words) = words else {
                done.unreadable += 1;
                continue;
            };
            sqlx::query(AssertSqlSafe(update.as_str()))
                .bind(column.words.seal(&self.keys, &row, &words)?)
                .bind(key)
                .bind(stored)
                .execute(&mut *tx.0.0)
                .await?;
            done.sealed += 1;
        }
        tx.commit().await?;
        Ok(Some((last, done)))
    }

    /// The keys that have sealed something, but for the one that seals now.
    async fn other_keys(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        let noted: Vec<(Vec<u8>,)> = sqlx::query_as("SELECT head FROM sealing_keys WHERE head <> ?")
            .bind(self.keys.head())
            .fetch_all(&self.writer)
            .await?;
        Ok(noted.into_iter().map(|(head,)| head).collect())
    }

    /// How many values of a column a key has sealed.
    async fn sealed_by(&self, head: &[u8], column: &Column) -> Result<u64, StoreError> {
        let count = AssertSqlSafe(column.count());
        let (rows,): (u64,) = sqlx::query_as(count).bind(head).fetch_one(&self.writer).await?;
        Ok(rows)
    }

    /// Takes the keys off the list that have nothing sealed any more.
    async fn forget_unused_keys(&self) -> Result<(), StoreError> {
        for head in self.other_keys().await? {
            let mut sealed = 0;
            for column in &COLUMNS {
                sealed += self.sealed_by(&head, column).await?;
            }
            if sealed == 0 {
                let mut tx = self.write().await?;
                sqlx::query("DELETE FROM sealing_keys WHERE head = ?")
                    .bind(head)
                    .execute(&mut *tx.0.0)
                    .await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }

    /// How many notes and emails can't be read, since their key is not there.
    async fn count_unreadable(&self) -> Result<u64, StoreError> {
        let (own, mut unreadable) = (self.keys.heads(), 0);
        for head in self.other_keys().await?.into_iter().filter(|head| !own.contains(head)) {
            for column in COLUMNS.iter().filter(|column| column.is_counted()) {
                unreadable += self.sealed_by(&head, column).await?;
            }
        }
        Ok(unreadable)
    }
}

/// Why the key could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum NotRotated {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the key file {0} (KEY_FILE) can't be changed: {1}")]
    KeyFile(PathBuf, io::Error),
}

/// Makes a new key, and seals everything with it. Until that is done the key file has both; done
/// again, it goes on from wherever it was broken off.
pub async fn rotate_key(database: &Path, key_file: &Path) -> Result<Resealed, NotRotated> {
    let unchanged = |error| NotRotated::KeyFile(key_file.to_owned(), error);
    key_file::add_new(key_file).map_err(unchanged)?;
    let store = Store::open(database, key_file).await?;
    let resealed = store.reseal().await;
    store.close().await;
    let resealed = resealed?;
    key_file::leave_first(key_file).map_err(unchanged)?;
    Ok(resealed)
}
