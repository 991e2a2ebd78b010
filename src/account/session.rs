//! Sessions: begun by the right password, prolonged by use, ended on purpose or by time.

use chrono::TimeDelta;

use super::{Error, password};
use crate::{
    app::{App, Current},
    domain::{ids::Token, time::Instant},
    operation::{self, Operation},
    store::StoreError,
};

/// How long a session lasts after it was used.
pub const LASTS: TimeDelta = TimeDelta::days(30);
/// How long a session that has run out is remembered: what its owner was typing then is not lost.
pub const LATELY: TimeDelta = TimeDelta::days(7);
/// How often the use of a session is written down.
const PROLONGED_EVERY: TimeDelta = TimeDelta::days(1);

/// How a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Session {
    /// Good until then.
    Good(Instant),
    /// It ran out a short time ago.
    RanOut,
    /// There is none, or it was ended on purpose, or long ago.
    None,
}

/// Begins a session for the right address and password. A wrong address takes
/// as long as a wrong password, and no password at all as long as both.
pub async fn sign_in(current: &Current, email: &str, password: String) -> Result<Option<Token>, Error> {
    let app = current.app();
    let stored = app.store.read().await?.password_hash().await?;
    let is_right = password::is_right(password, stored).await?;
    let is_therapist = app.practice().therapist.email.eq_ignore_ascii_case(email.trim());
    if !(is_right && is_therapist) {
        return Ok(None);
    }
    let mut op = Operation::begin(current).await?;
    let session = op.app.fresh_token();
    op.tx.insert_session(&session, op.now + LASTS).await?;
    op.commit().await?;
    Ok(Some(session))
}

pub async fn session(app: &App, token: &Token) -> Result<Session, StoreError> {
    let end = app.store.read().await?.session_end(token).await?;
    let now = app.now();
    Ok(match end {
        Some(end) if now < end => Session::Good(end),
        Some(end) if now < end + LATELY => Session::RanOut,
        _ => Session::None,
    })
}

/// Prolongs a session that is used and good until `end`, at most once a day.
/// True when it was: whatever keeps this from being written keeps nobody out.
pub async fn prolong(current: &Current, token: &Token, end: Instant) -> bool {
    let prolonged = current.app().now() + LASTS;
    if prolonged - end < PROLONGED_EVERY {
        return false;
    }
    let write = async {
        let mut op = Operation::begin(current).await?;
        op.tx.prolong_session(token, prolonged).await?;
        op.commit().await
    };
    let written: Result<(), operation::Error> = write.await;
    if let Err(error) = &written {
        tracing::debug!(%error, "a session couldn't be extended");
    }
    written.is_ok()
}

pub async fn sign_out(current: &Current, session: &Token) -> Result<(), operation::Error> {
    let mut op = Operation::begin(current).await?;
    op.tx.end_session(session).await?;
    op.commit().await
}
