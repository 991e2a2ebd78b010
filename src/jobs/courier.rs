//! The courier: carries letters from the outbox to the mailer. A letter that
//! could not go out waits and is tried again; none stops the others.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use tokio::sync::watch;

use crate::{
    app::{App, Current},
    domain::{appointment::Side, call::Topic, time::Instant},
    mail::{letter::Letter, mailer::Failed},
    store::{StoreError, StoredLetter, Writing},
};

/// How long to wait after each failed attempt; after the last the letter is given up.
const WAITS: [TimeDelta; 5] = [
    TimeDelta::minutes(1),
    TimeDelta::minutes(5),
    TimeDelta::minutes(30),
    TimeDelta::hours(2),
    TimeDelta::hours(12),
];

/// After the last attempt, should we end before it is noted what became of it.
const LAST_WAIT: TimeDelta = TimeDelta::hours(12);

/// How long the courier sleeps at most: letters written by a command beside
/// the server do not wake it.
const LONGEST_SLEEP: Duration = Duration::from_secs(20);

/// Carries letters until the program stops; a letter under way is finished
/// first, and those behind it wait for the next start.
pub async fn run(current: Arc<Current>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let app = current.app();
        let sleep = match deliver_until(&app, || *stop.borrow()).await {
            Ok(()) => until_next(&app).await.unwrap_or(LONGEST_SLEEP),
            Err(error) => {
                tracing::error!(%error, "the courier cannot read the outbox");
                LONGEST_SLEEP
            }
        };
        tokio::select! {
            () = app.outbox.notified() => {}
            () = tokio::time::sleep(sleep) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Tries every letter whose turn and time have come, once.
pub async fn deliver(app: &App) -> Result<(), StoreError> {
    deliver_until(app, || false).await
}

async fn deliver_until(app: &App, stops: impl Fn() -> bool) -> Result<(), StoreError> {
    while !stops()
        && let Some(letter) = take(app).await?
    {
        carry(app, letter).await?;
    }
    Ok(())
}

/// Takes the next letter out of the outbox. The attempt is noted before it is
/// made, so that a letter goes out twice only when we end between the mail
/// server's yes and our note of it. No transaction is open while it is sent.
async fn take(app: &App) -> Result<Option<StoredLetter>, StoreError> {
    let mut tx = app.store.write().await?;
    let now = app.now();
    let Some(letter) = tx.due_letter(now).await? else { return Ok(None) };
    tx.letter_is_tried(letter.id, now + wait(letter.attempts).unwrap_or(LAST_WAIT)).await?;
    tx.commit().await?;
    Ok(Some(letter))
}

async fn carry(app: &App, stored: StoredLetter) -> Result<(), StoreError> {
    let id = stored.id;
    let is_too_late = stored.letter.not_after.is_some_and(|end| end < app.now());
    let outcome = match is_too_late {
        true => None,
        false => Some(app.mailer.send(&stored.letter, id.0, stored.written_at).await),
    };
    let mut tx = app.store.write().await?;
    let now = app.now();
    match outcome {
        None => tx.letter_lapsed(&stored, now).await?,
        Some(Ok(())) => {
            tx.letter_was_sent(&stored, now).await?;
            tracing::info!(letter = id.0, "a letter went out");
        }
        Some(Err(failed)) => {
            let is_given_up = matches!(failed, Failed::ForGood(_)) || wait(stored.attempts).is_none();
            tracing::warn!(letter = id.0, attempts = stored.attempts + 1, is_given_up, %failed, "a letter did not go out");
            if !is_given_up {
                tx.letter_failed(id, &failed.to_string()).await?;
            } else if tx.letter_was_given_up(&stored, &failed.to_string(), now).await? {
                tell_by_telephone(&mut tx, &stored.letter, now).await?;
            }
        }
    }
    tx.commit().await
}

/// What a client could not be written is told by telephone, if they have one.
async fn tell_by_telephone(tx: &mut Writing, letter: &Letter, now: Instant) -> Result<(), StoreError> {
    let (Side::Client, Some(id)) = (letter.side, letter.appointment) else { return Ok(()) };
    let Some(appointment) = tx.appointment(id).await? else { return Ok(()) };
    if appointment.contact.phone.is_some() {
        tx.insert_call_unless_open(id, Topic::LetterFailed, now).await?;
    }
    Ok(())
}

/// How long to wait after an attempt that failed, when there were `before` others.
fn wait(before: u32) -> Option<TimeDelta> {
    WAITS.get(before as usize).copied()
}

async fn until_next(app: &App) -> Option<Duration> {
    let next = app.store.read().await.ok()?.next_letter_at().await.ok()??;
    let wait = (next - app.now()).to_std().unwrap_or(Duration::ZERO);
    Some(wait.clamp(Duration::from_secs(1), LONGEST_SLEEP))
}
