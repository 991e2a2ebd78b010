//! The tables `sessions` and `welcome_links`: who is signed in, and the
//! one-time links by which a password is set.

use super::{
    columns::{hash, instant, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{ids::Token, time::Instant};

impl Reading {
    /// When a session ends, or has ended.
    pub async fn session_end(&mut self, token: &Token) -> Result<Option<Instant>, StoreError> {
        let end: Option<(i64,)> = sqlx::query_as("SELECT expires_at FROM sessions WHERE token_hash = ?")
            .bind(hash(token))
            .fetch_optional(&mut *self.0)
            .await?;
        end.map(|(end,)| instant(end)).transpose()
    }

    pub async fn welcome_link_is_good(&mut self, token: &Token, now: Instant) -> Result<bool, StoreError> {
        let (good,): (bool,) = sqlx::query_as(
            "SELECT EXISTS (SELECT 1 FROM welcome_links WHERE token_hash = ? AND expires_at > ?)",
        )
        .bind(hash(token))
        .bind(seconds(now))
        .fetch_one(&mut *self.0)
        .await?;
        Ok(good)
    }
}

impl Writing {
    pub async fn insert_session(&mut self, token: &Token, expires_at: Instant) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO sessions (token_hash, expires_at) VALUES (?, ?)")
            .bind(hash(token))
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

    pub async fn end_all_sessions(&mut self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions").execute(&mut *self.0.0).await?;
        Ok(())
    }

    pub async fn insert_welcome_link(
        &mut self,
        token: &Token,
        expires_at: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO welcome_links (token_hash, expires_at) VALUES (?, ?)")
            .bind(hash(token))
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

    /// Removes welcome links that have run out, and sessions that have by an instant before.
    pub async fn prune_sessions(&mut self, now: Instant, ended_by: Instant) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE expires_at <= ?")
            .bind(seconds(ended_by))
            .execute(&mut *self.0.0)
            .await?;
        sqlx::query("DELETE FROM welcome_links WHERE expires_at <= ?")
            .bind(seconds(now))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
