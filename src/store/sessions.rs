//! The tables `sessions` and `welcome_links`: who is signed in, and the
//! one-time links by which a password is set.

use sqlx_macros::FromRow;

use super::{
    columns::{hash, instant, optional_instant, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    ids::{SessionId, Token},
    time::Instant,
};

/// A session as the therapist sees it in their list.
pub struct StoredSession {
    pub id: SessionId,
    /// `None`: it began before this was noted.
    pub begun_at: Option<Instant>,
    pub expires_at: Instant,
    /// In words; `None`: it began before this was noted.
    pub browser: Option<String>,
    /// It is the one that asks.
    pub is_own: bool,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    begun_at: Option<i64>,
    expires_at: i64,
    browser: Option<String>,
    is_own: bool,
}

impl TryFrom<Row> for StoredSession {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: SessionId(row.id),
            begun_at: optional_instant(row.begun_at)?,
            expires_at: instant(row.expires_at)?,
            browser: row.browser,
            is_own: row.is_own,
        })
    }
}

/// Where a welcome link was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WelcomeFrom {
    /// Printed on the server.
    Server,
    /// In an email to the therapist.
    Email,
}

impl WelcomeFrom {
    fn as_str(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Email => "email",
        }
    }
}

impl Reading {
    /// When a session ends, or has ended.
    pub async fn session_end(&mut self, token: &Token) -> Result<Option<Instant>, StoreError> {
        let end: Option<(i64,)> = sqlx::query_as("SELECT expires_at FROM sessions WHERE token_hash = ?")
            .bind(hash(token))
            .fetch_optional(&mut *self.0)
            .await?;
        end.map(|(end,)| instant(end)).transpose()
    }

    /// Every session that is good, the one used last first. `own` is the one that asks.
    pub async fn sessions(&mut self, own: &Token, now: Instant) -> Result<Vec<StoredSession>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, begun_at, expires_at, browser, token_hash = ?1 AS is_own FROM sessions
             WHERE expires_at > ?2 ORDER BY token_hash = ?1 DESC, expires_at DESC, id DESC",
        )
        .bind(hash(own))
        .bind(seconds(now))
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(StoredSession::try_from).collect()
    }

    /// Where a welcome link was given, while it is good.
    pub async fn welcome_link(
        &mut self,
        token: &Token,
        now: Instant,
    ) -> Result<Option<WelcomeFrom>, StoreError> {
        let given_in: Option<(String,)> =
            sqlx::query_as("SELECT given_in FROM welcome_links WHERE token_hash = ? AND expires_at > ?")
                .bind(hash(token))
                .bind(seconds(now))
                .fetch_optional(&mut *self.0)
                .await?;
        let known = [WelcomeFrom::Server, WelcomeFrom::Email];
        let parse = |(text,): (String,)| {
            known.into_iter().find(|from| from.as_str() == text).ok_or(StoreError::Unreadable("given_in"))
        };
        given_in.map(parse).transpose()
    }
}

impl Writing {
    /// Begins a session. `browser` says in words which one it is in.
    pub async fn insert_session(
        &mut self,
        token: &Token,
        browser: &str,
        now: Instant,
        expires_at: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO sessions (token_hash, browser, begun_at, expires_at) VALUES (?, ?, ?, ?)")
            .bind(hash(token))
            .bind(browser)
            .bind(seconds(now))
            .bind(seconds(expires_at))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    pub async fn prolong_session(&mut self, token: &Token, expires_at: Instant) -> Result<(), StoreError> {
        sqlx::query("UPDATE sessions SET expires_at = max(expires_at, ?) WHERE token_hash = ?")
            .bind(seconds(expires_at))
            .bind(hash(token))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    pub async fn end_session(&mut self, token: &Token) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE token_hash = ?")
            .bind(hash(token))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Ends the session of a number; the one that asks as well, if it is that.
    pub async fn end_session_of(&mut self, id: SessionId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE id = ?").bind(id.0).execute(&mut *self.0.0).await?;
        Ok(())
    }

    /// Ends every session but one, and every sign-in that waits for its code.
    pub async fn end_other_sessions(&mut self, own: &Token) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE token_hash <> ?")
            .bind(hash(own))
            .execute(&mut *self.0.0)
            .await?;
        self.end_half_sign_ins().await
    }

    /// Ends every session, and every sign-in that waits for its code.
    pub async fn end_all_sessions(&mut self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions").execute(&mut *self.0.0).await?;
        self.end_half_sign_ins().await
    }

    async fn end_half_sign_ins(&mut self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM half_sign_ins").execute(&mut *self.0.0).await?;
        Ok(())
    }

    pub async fn insert_welcome_link(
        &mut self,
        token: &Token,
        from: WelcomeFrom,
        expires_at: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO welcome_links (token_hash, given_in, expires_at) VALUES (?, ?, ?)")
            .bind(hash(token))
            .bind(from.as_str())
            .bind(seconds(expires_at))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Uses up every welcome link, the one at hand and any other that is about.
    pub async fn use_up_welcome_links(&mut self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM welcome_links").execute(&mut *self.0.0).await?;
        Ok(())
    }

    pub async fn remove_welcome_link(&mut self, token: &Token) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM welcome_links WHERE token_hash = ?")
            .bind(hash(token))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Removes what has run out: welcome links and sign-ins that wait for their code,
    /// and sessions that have by an instant before.
    pub async fn prune_sessions(
        &mut self,
        now: Instant,
        ended_by: Instant,
        begun_before: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE expires_at <= ? OR begun_at <= ?")
            .bind(seconds(ended_by))
            .bind(seconds(begun_before))
            .execute(&mut *self.0.0)
            .await?;
        sqlx::query("DELETE FROM welcome_links WHERE expires_at <= ?")
            .bind(seconds(now))
            .execute(&mut *self.0.0)
            .await?;
        sqlx::query("DELETE FROM half_sign_ins WHERE expires_at <= ?")
            .bind(seconds(now))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
