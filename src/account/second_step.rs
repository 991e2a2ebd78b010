//! One-time codes as a second step: turned on by a right code, turned off by the
//! password and a code, and looked at after a right password alone.

use chrono::TimeDelta;

use super::{
    Error,
    code::{self, CodeSecret, Typed},
    password,
};
use crate::{
    app::Current,
    domain::{
        history::{Entry, What},
        time::Instant,
    },
    operation::Operation,
    store::{StoreError, StoredSecondStep},
};

/// So many wrong codes in a row, and no other is looked at until an hour after the first.
const MOST_WRONG: u32 = 10;
const WRONG_WITHIN: TimeDelta = TimeDelta::hours(1);

/// Why a code is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// It is wrong, or was taken before.
    Wrong,
    /// There were too many wrong ones: none is looked at until then.
    TooMany(Instant),
    /// The key file is not the one that the secret was encrypted with.
    NoKey,
}

/// Why the second step was not turned on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTurned {
    WrongPassword,
    Code(NotTaken),
    /// It is on already, or off.
    Already,
}

/// Turns it on. Returns the recovery codes, which are shown now and never again.
pub async fn turn_on(
    current: &Current,
    secret: &CodeSecret,
    code: &str,
    password: String,
) -> Result<Result<Vec<String>, NotTurned>, Error> {
    if !password_is_right(current, password).await? {
        return Ok(Err(NotTurned::WrongPassword));
    }
    let mut op = Operation::begin(current).await?;
    if op.tx.second_step().await?.is_some() {
        return Ok(Err(NotTurned::Already));
    }
    let step = match Typed::parse(code) {
        Some(Typed::OneTime(code)) => secret.step_of(&code, op.now),
        _ => None,
    };
    let Some(step) = step else { return Ok(Err(NotTurned::Code(NotTaken::Wrong))) };
    let codes = code::recovery_codes();
    let hashes = codes.iter().filter_map(|code| match Typed::parse(code) {
        Some(Typed::Recovery(hash)) => Some(hash),
        _ => None,
    });
    op.tx.insert_second_step(secret.as_bytes(), step, &hashes.collect::<Vec<_>>(), op.now).await?;
    op.tx.note_happened(&Entry::planned(What::SecondStepOn, op.now)).await?;
    op.commit().await?;
    Ok(Ok(codes))
}

pub async fn turn_off(
    current: &Current,
    code: &str,
    password: String,
) -> Result<Result<(), NotTurned>, Error> {
    if !password_is_right(current, password).await? {
        return Ok(Err(NotTurned::WrongPassword));
    }
    let mut op = Operation::begin(current).await?;
    let Some(second_step) = op.tx.second_step().await? else { return Ok(Err(NotTurned::Already)) };
    let checked = check(&mut op, &second_step, code).await?;
    if checked.is_ok() {
        op.tx.remove_second_step().await?;
        op.tx.note_happened(&Entry::planned(What::SecondStepOff, op.now)).await?;
    }
    op.commit().await?;
    Ok(checked.map_err(NotTurned::Code))
}

/// Whoever is signed in shows once more that they are the therapist: by the
/// password, and by a code while one-time codes are on, since a browser may fill
/// in a password by itself.
pub async fn is_therapist(
    current: &Current,
    code: &str,
    password: String,
) -> Result<Result<(), NotTurned>, Error> {
    if !password_is_right(current, password).await? {
        return Ok(Err(NotTurned::WrongPassword));
    }
    if current.app().store.read().await?.second_step().await?.is_none() {
        return Ok(Ok(()));
    }
    let mut op = Operation::begin(current).await?;
    let Some(second_step) = op.tx.second_step().await? else { return Ok(Ok(())) };
    let checked = check(&mut op, &second_step, code).await?;
    op.commit().await?;
    Ok(checked.map_err(NotTurned::Code))
}

async fn password_is_right(current: &Current, password: String) -> Result<bool, Error> {
    let stored = current.app().store.read().await?.password_hash().await?;
    password::is_right(password, stored).await
}

/// Takes a code, or counts it as wrong: the operation is to be committed either way.
pub(super) async fn check(
    op: &mut Operation,
    second_step: &StoredSecondStep,
    code: &str,
) -> Result<Result<(), NotTaken>, StoreError> {
    let again_at = second_step.wrong_since + WRONG_WITHIN;
    let is_in_a_row = second_step.wrong_codes > 0 && op.now < again_at;
    if is_in_a_row && second_step.wrong_codes >= MOST_WRONG {
        return Ok(Err(NotTaken::TooMany(again_at)));
    }
    let taken = match Typed::parse(code) {
        Some(Typed::Recovery(hash)) => {
            op.tx.use_up_recovery_code(&hash).await?.then_some(second_step.last_step)
        }
        Some(Typed::OneTime(code)) => {
            let secret = second_step.secret.as_deref().and_then(CodeSecret::of);
            let Some(secret) = secret else { return Ok(Err(NotTaken::NoKey)) };
            secret.step_of(&code, op.now).filter(|step| *step > second_step.last_step)
        }
        None => None,
    };
    if let Some(step) = taken {
        op.tx.code_was_right(step).await?;
        return Ok(Ok(()));
    }
    let (wrong, since) =
        if is_in_a_row { (second_step.wrong_codes + 1, second_step.wrong_since) } else { (1, op.now) };
    op.tx.codes_were_wrong(wrong, since).await?;
    Ok(Err(NotTaken::Wrong))
}
