//! The table `backup`: which backup the file is, or has been restored from.

use sqlx_macros::FromRow;

use super::{
    columns::{hash, instant, optional_instant, seconds},
    file::{Reading, StoreError, Writing},
    sealed::EMAIL_TEXT,
};
use crate::{
    domain::{ids::Token, time::Instant},
    mail::email,
};

/// How many numbers of each kind are passed over after a restore: they may have
/// been given between the backup and now, and stand in emails and notes.
const PASSED_OVER: i64 = 1000;

/// A file that is, or was, a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FromBackup {
    pub made_at: Instant,
    /// `None`: it was put in its place by another hand than ours, and nobody has looked at it yet.
    pub restored_at: Option<Instant>,
}

#[derive(FromRow)]
struct Row {
    made_at: i64,
    restored_at: Option<i64>,
}

impl Reading {
    /// The backup that the file came from, until the therapist has seen what would be emailed.
    pub async fn from_backup(&mut self) -> Result<Option<FromBackup>, StoreError> {
        let row: Option<Row> =
            sqlx::query_as("SELECT made_at, restored_at FROM backup").fetch_optional(&mut *self.0).await?;
        row.map(|row| {
            Ok(FromBackup { made_at: instant(row.made_at)?, restored_at: optional_instant(row.restored_at)? })
        })
        .transpose()
    }

    /// Those of these links that open nothing.
    pub async fn dead_among(&mut self, links: Vec<Token>) -> Result<Vec<Token>, StoreError> {
        let mut dead = Vec::new();
        for link in links {
            let (is_there,): (bool,) = sqlx::query_as(
                "SELECT EXISTS (SELECT 1 FROM links WHERE token_hash = ?1)
                     OR EXISTS (SELECT 1 FROM unproven_requests WHERE email_hash = ?1)
                     OR EXISTS (SELECT 1 FROM waitlist_links WHERE token_hash = ?1)",
            )
            .bind(hash(&link))
            .fetch_one(&mut *self.0)
            .await?;
            if !is_there && !dead.contains(&link) {
                dead.push(link);
            }
        }
        Ok(dead)
    }
}

impl Writing {
    /// Notes that the file is a backup in the place of the served one: no email goes out from now on.
    pub async fn is_restored(&mut self, made_at: Instant, now: Instant) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO backup (id, made_at, restored_at) VALUES (1, ?1, ?2)
             ON CONFLICT (id) DO UPDATE SET made_at = ?1, restored_at = ?2",
        )
        .bind(seconds(made_at))
        .bind(seconds(now))
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Lets emails go out again. False where they do already.
    pub async fn release_emails(&mut self) -> Result<bool, StoreError> {
        let released = sqlx::query("DELETE FROM backup").execute(&mut *self.0.0).await?;
        Ok(released.rows_affected() == 1)
    }

    /// Ends what signs somebody in or opens a client's page, but the links in emails that
    /// wait: those are in nobody's hands. What was ended since the backup would be good again.
    pub async fn end_sessions_and_links(&mut self) -> Result<(), StoreError> {
        for statement in [
            "DELETE FROM sessions",
            "DELETE FROM half_sign_ins",
            "DELETE FROM welcome_links",
            // They carry a link that sets a password.
            "DELETE FROM emails WHERE is_listed = 0 AND outcome = 'waiting'",
        ] {
            sqlx::query(statement).execute(&mut *self.0.0).await?;
        }
        let waiting: Vec<(String, Vec<u8>)> =
            sqlx::query_as("SELECT key, text_body FROM emails WHERE outcome = 'waiting'")
                .fetch_all(&mut *self.0.0)
                .await?;
        // The links of an email that can't be read end too: nobody knows which they are. Should its
        // key be back before emails go out again, they are given anew, or it isn't sent.
        let texts = waiting.iter().filter_map(|(key, text)| EMAIL_TEXT.open_text(&self.0.1, key, text));
        let kept: Vec<_> = texts.flat_map(|text| email::tokens(&text)).map(|token| hash(&token)).collect();
        let links: Vec<(Vec<u8>,)> = sqlx::query_as(
            "SELECT token_hash FROM links
             UNION ALL SELECT email_hash FROM unproven_requests WHERE email_hash IS NOT NULL
             UNION ALL SELECT token_hash FROM waitlist_links",
        )
        .fetch_all(&mut *self.0.0)
        .await?;
        for (link,) in links.iter().filter(|(link,)| !kept.contains(link)) {
            for statement in [
                "DELETE FROM links WHERE token_hash = ?",
                "DELETE FROM waitlist_links WHERE token_hash = ?",
                "UPDATE unproven_requests SET email_hash = NULL WHERE email_hash = ?",
            ] {
                sqlx::query(statement).bind(link).execute(&mut *self.0.0).await?;
            }
        }
        // These were given right after the form, never in an email.
        sqlx::query("UPDATE unproven_requests SET page_hash = randomblob(32)")
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Passes over the numbers that may have been given since the backup was made.
    pub async fn pass_over_numbers(&mut self) -> Result<(), StoreError> {
        sqlx::query("UPDATE sqlite_sequence SET seq = seq + ?")
            .bind(PASSED_OVER)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
