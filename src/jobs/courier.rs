//! The courier: carries letters from the outbox to the mailer. A letter that
//! could not go out waits and is tried again; none stops the others.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use tokio::sync::watch;

use crate::{
    app::App,
    domain::time::Instant,
    mail::mailer::Failed,
    store::{StoreError, StoredLetter},
};

/// How long to wait after each failed attempt; after the last the letter is given up.
const WAITS: [TimeDelta; 5] = [
    TimeDelta::minutes(1),
    TimeDelta::minutes(5),
    TimeDelta::minutes(30),
    TimeDelta::hours(2),
    TimeDelta::hours(12),
];

/// How long the courier sleeps at most: letters written by a command beside
/// the server do not wake it.
const LONGEST_SLEEP: Duration = Duration::from_secs(20);

/// Carries letters until the program stops; a letter under way is finished first.
pub async fn run(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let sleep = match deliver(&app).await {
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

/// Tries every letter that is due, once.
pub async fn deliver(app: &App) -> Result<(), StoreError> {
    let mut tx = app.store.read().await?;
    let due = tx.due_letters(app.now()).await?;
    drop(tx); // No transaction is open while a mail server is waited for.
    for letter in due {
        deliver_one(app, letter).await?;
    }
    Ok(())
}

async fn deliver_one(app: &App, stored: StoredLetter) -> Result<(), StoreError> {
    let id = stored.id;
    if stored.letter.not_after.is_some_and(|end| end < app.now()) {
        let mut tx = app.store.write().await?;
        tx.letter_lapsed(id, app.now()).await?;
        return tx.commit().await;
    }
    let outcome = app.mailer.send(&stored.letter, id.0, stored.written_at).await;
    let mut tx = app.store.write().await?;
    let now = app.now();
    match outcome {
        Ok(()) => {
            tx.letter_was_sent(&stored, now).await?;
            tracing::info!(letter = id.0, "a letter went out");
        }
        Err(failed) => {
            let next = next_attempt(&failed, stored.attempts, now);
            tx.letter_failed(id, &failed.to_string(), next, now).await?;
            tracing::warn!(letter = id.0, attempts = stored.attempts + 1, given_up = next.is_none(), %failed, "a letter did not go out");
        }
    }
    tx.commit().await
}

/// When a letter is tried again that has failed, `attempts` times before; `None` gives it up.
fn next_attempt(failed: &Failed, attempts: u32, now: Instant) -> Option<Instant> {
    match failed {
        Failed::ForGood(_) => None,
        Failed::ForNow(_) => WAITS.get(attempts as usize).map(|wait| now + *wait),
    }
}

async fn until_next(app: &App) -> Option<Duration> {
    let next = app.store.read().await.ok()?.next_letter_at().await.ok()??;
    let wait = (next - app.now()).to_std().unwrap_or(Duration::ZERO);
    Some(wait.clamp(Duration::from_secs(1), LONGEST_SLEEP))
}
