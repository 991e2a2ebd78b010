//! Sessions: begun by the right password, prolonged by use, ended on purpose or by time.

use chrono::TimeDelta;

use super::{
    Error, password,
    second_step::{self, NotTaken},
};
use crate::{
    app::{App, Current},
    domain::{
        ids::{SessionId, Token},
        time::Instant,
    },
    operation::{self, Operation},
    store::StoreError,
};

/// How long a session lasts after it was used.
pub const LASTS: TimeDelta = TimeDelta::days(30);
/// How long a session that has run out is remembered: what its owner was typing then is not lost.
pub const LATELY: TimeDelta = TimeDelta::days(7);
/// How often the use of a session is written down.
const PROLONGED_EVERY: TimeDelta = TimeDelta::days(1);

/// How long after the password the one-time code is waited for.
const CODE_WITHIN: TimeDelta = TimeDelta::minutes(10);
/// After so many wrong codes a sign-in begins anew with the password.
const MOST_WRONG: u32 = 5;

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

/// What came of an address and a password.
pub enum SignIn {
    Wrong,
    Begun(Token),
    /// They are right, and a one-time code is asked for: [`sign_in_with_code`] goes on from here.
    NeedsCode(Token),
}

/// Begins a session in a `browser` for the right address and password. A wrong
/// address takes as long as a wrong password, and no password at all as long as both.
pub async fn sign_in(
    current: &Current,
    email: &str,
    password: String,
    browser: &str,
) -> Result<SignIn, Error> {
    let app = current.app();
    let stored = app.store.read().await?.password_hash().await?;
    let is_right = password::is_right(password, stored.clone()).await?;
    let is_therapist = app.practice().therapist.email.eq_ignore_ascii_case(email.trim());
    if !(is_right && is_therapist) {
        return Ok(SignIn::Wrong);
    }
    let mut op = Operation::begin(current).await?;
    // It was looked at before the lock was taken: another may have been set meanwhile.
    if op.tx.password_hash().await? != stored {
        return Ok(SignIn::Wrong);
    }
    let token = op.app.fresh_token();
    if op.tx.second_step().await?.is_some() {
        op.tx.insert_half_sign_in(&token, browser, op.now + CODE_WITHIN).await?;
        op.commit().await?;
        return Ok(SignIn::NeedsCode(token));
    }
    op.tx.insert_session(&token, browser, op.now, op.now + LASTS).await?;
    op.commit().await?;
    Ok(SignIn::Begun(token))
}

/// What came of a sign-in's code.
pub enum CodeSignIn {
    Begun(Token),
    /// It goes on with another code.
    Not(NotTaken),
    /// It took too long, there were too many wrong codes, or something else has ended it.
    Over,
}

/// Goes on with a sign-in whose address and password were right.
pub async fn sign_in_with_code(current: &Current, sign_in: &Token, code: &str) -> Result<CodeSignIn, Error> {
    let mut op = Operation::begin(current).await?;
    let half = op.tx.half_sign_in(sign_in, op.now).await?.filter(|half| half.wrong_codes < MOST_WRONG);
    let Some(half) = half else { return Ok(CodeSignIn::Over) };
    // Turned off meanwhile by whoever may: then the password was enough.
    if let Some(second_step) = op.tx.second_step().await?
        && let Err(not) = second_step::check(&mut op, &second_step, code).await?
    {
        op.tx.half_sign_in_was_wrong(sign_in).await?;
        op.commit().await?;
        return Ok(CodeSignIn::Not(not));
    }
    op.tx.end_half_sign_in(sign_in).await?;
    let token = op.app.fresh_token();
    op.tx.insert_session(&token, &half.browser, op.now, op.now + LASTS).await?;
    op.commit().await?;
    Ok(CodeSignIn::Begun(token))
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

/// Ends one session, by the number that the list has it under.
pub async fn end(current: &Current, id: SessionId) -> Result<(), operation::Error> {
    let mut op = Operation::begin(current).await?;
    op.tx.end_session_of(id).await?;
    op.commit().await
}

/// Ends every session but the one that asks.
pub async fn end_others(current: &Current, own: &Token) -> Result<(), operation::Error> {
    let mut op = Operation::begin(current).await?;
    op.tx.end_other_sessions(own).await?;
    op.commit().await
}
