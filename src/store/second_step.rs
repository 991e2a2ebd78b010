//! The tables `second_step`, `recovery_codes` and `half_sign_ins`: one-time
//! codes, and the sign-ins that wait for one.

use super::{
    columns::{hash, instant, seconds},
    file::{Reading, StoreError, Writing},
    sealed::CODE_SECRET,
};
use crate::domain::{ids::Token, time::Instant};

/// The one row of the table.
const ROW: &str = "1";

/// The second step, while it is on.
pub struct StoredSecondStep {
    /// `None` where it can't be read: its key is not there.
    pub secret: Option<Vec<u8>>,
    pub on_since: Instant,
    /// The thirty seconds, counted since 1970, of the last code that was taken.
    pub last_step: i64,
    /// How many wrong codes were typed in a row, and since when.
    pub wrong_codes: u32,
    pub wrong_since: Instant,
}

/// A sign-in with the right password that waits for its code.
pub struct HalfSignIn {
    /// In words.
    pub browser: String,
    pub wrong_codes: u32,
}

impl Reading {
    pub async fn second_step(&mut self) -> Result<Option<StoredSecondStep>, StoreError> {
        let row: Option<(Vec<u8>, i64, i64, u32, i64)> =
            sqlx::query_as("SELECT secret, on_since, last_step, wrong_codes, wrong_since FROM second_step")
                .fetch_optional(&mut *self.0)
                .await?;
        let Some((secret, on_since, last_step, wrong_codes, wrong_since)) = row else { return Ok(None) };
        Ok(Some(StoredSecondStep {
            secret: CODE_SECRET.open(&self.1, ROW, &secret),
            on_since: instant(on_since)?,
            last_step,
            wrong_codes,
            wrong_since: instant(wrong_since)?,
        }))
    }

    /// How many recovery codes have not been used.
    pub async fn recovery_codes_left(&mut self) -> Result<u32, StoreError> {
        let (left,): (u32,) =
            sqlx::query_as("SELECT count(*) FROM recovery_codes").fetch_one(&mut *self.0).await?;
        Ok(left)
    }

    /// A sign-in that waits for its code, while it is good.
    pub async fn half_sign_in(
        &mut self,
        token: &Token,
        now: Instant,
    ) -> Result<Option<HalfSignIn>, StoreError> {
        let row: Option<(String, u32)> = sqlx::query_as(
            "SELECT browser, wrong_codes FROM half_sign_ins WHERE token_hash = ? AND expires_at > ?",
        )
        .bind(hash(token))
        .bind(seconds(now))
        .fetch_optional(&mut *self.0)
        .await?;
        Ok(row.map(|(browser, wrong_codes)| HalfSignIn { browser, wrong_codes }))
    }
}

impl Writing {
    /// Turns the second step on, with recovery codes by their hashes. False, and nothing
    /// is changed, when it is on already.
    pub async fn insert_second_step(
        &mut self,
        secret: &[u8],
        step: i64,
        recovery_codes: &[Vec<u8>],
        now: Instant,
    ) -> Result<bool, StoreError> {
        let inserted = sqlx::query(
            "INSERT INTO second_step (id, secret, on_since, last_step) VALUES (1, ?, ?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(CODE_SECRET.seal(&self.0.1, ROW, secret)?)
        .bind(seconds(now))
        .bind(step)
        .execute(&mut *self.0.0)
        .await?;
        if inserted.rows_affected() == 0 {
            return Ok(false);
        }
        for code in recovery_codes {
            sqlx::query("INSERT INTO recovery_codes (code_hash) VALUES (?)")
                .bind(code)
                .execute(&mut *self.0.0)
                .await?;
        }
        Ok(true)
    }

    /// Turns the second step off; its recovery codes go with it.
    /// False where there was none.
    pub async fn remove_second_step(&mut self) -> Result<bool, StoreError> {
        let removed = sqlx::query("DELETE FROM second_step").execute(&mut *self.0.0).await?;
        sqlx::query("DELETE FROM recovery_codes").execute(&mut *self.0.0).await?;
        Ok(removed.rows_affected() > 0)
    }

    /// Takes the code of a step; none before it is taken any more.
    pub async fn code_was_right(&mut self, step: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE second_step SET last_step = max(last_step, ?), wrong_codes = 0")
            .bind(step)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Uses a recovery code up. False when there is no such code.
    pub async fn use_up_recovery_code(&mut self, code_hash: &[u8]) -> Result<bool, StoreError> {
        let used = sqlx::query("DELETE FROM recovery_codes WHERE code_hash = ?")
            .bind(code_hash)
            .execute(&mut *self.0.0)
            .await?;
        Ok(used.rows_affected() == 1)
    }

    /// Notes how many wrong codes there were, and since when.
    pub async fn codes_were_wrong(&mut self, wrong_codes: u32, since: Instant) -> Result<(), StoreError> {
        sqlx::query("UPDATE second_step SET wrong_codes = ?, wrong_since = ?")
            .bind(wrong_codes)
            .bind(seconds(since))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    pub async fn insert_half_sign_in(
        &mut self,
        token: &Token,
        browser: &str,
        expires_at: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO half_sign_ins (token_hash, browser, expires_at) VALUES (?, ?, ?)")
            .bind(hash(token))
            .bind(browser)
            .bind(seconds(expires_at))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    pub async fn half_sign_in_was_wrong(&mut self, token: &Token) -> Result<(), StoreError> {
        sqlx::query("UPDATE half_sign_ins SET wrong_codes = wrong_codes + 1 WHERE token_hash = ?")
            .bind(hash(token))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    pub async fn end_half_sign_in(&mut self, token: &Token) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM half_sign_ins WHERE token_hash = ?")
            .bind(hash(token))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
