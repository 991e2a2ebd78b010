//! One email on its way: sent once a hand is free, and what became of it noted, said in the log,
//! and put on the list of calls where nobody can be written to.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use chrono::TimeDelta;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    app::App,
    domain::{
        appointment::{Side, call::Topic},
        time::Instant,
    },
    mail::{
        email::Email,
        trouble::{Cause, Step, Trouble},
    },
    store::{StoreError, StoredEmail, Writing},
};

/// An email that takes longer than this part of one step's patience is slow:
/// another sets out beside it.
const SLOW_PART: u32 = 6;

/// Between two attempts there is as much time as the email has been tried
/// already, within these bounds.
const SHORTEST_WAIT: TimeDelta = TimeDelta::minutes(1);
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);

/// An email is given up when it has been tried for so long, and so often: days
/// that only the clock has seen, or a machine that was off, are no attempts.
const TRIED_FOR: TimeDelta = TimeDelta::days(3);
const TRIED_OFTEN: u32 = 48;

/// An email that is not under way any more, and what became of it.
pub(super) struct Back {
    pub stored: StoredEmail,
    outcome: Outcome,
    /// It could not be noted at first, and was said in the log.
    pub is_late: bool,
}

/// What became of an email.
enum Outcome {
    /// With the mail server's yes, where there is a server.
    Sent(Option<String>),
    /// Its time had passed.
    Lapsed,
    Failed(Trouble),
    /// The program ends before it was its turn.
    NotTried,
}

/// Waits for a hand, and sends it.
pub(super) async fn carry(
    app: App,
    stored: StoredEmail,
    hands: Arc<Semaphore>,
    behind: Arc<AtomicUsize>,
) -> Back {
    let hand = hands.acquire_owned().await;
    behind.fetch_sub(1, Ordering::Relaxed);
    let outcome = match hand {
        Ok(hand) => send(&app, &stored, hand).await,
        Err(_) => Outcome::NotTried,
    };
    Back { stored, outcome, is_late: false }
}

async fn send(app: &App, stored: &StoredEmail, hand: OwnedSemaphorePermit) -> Outcome {
    if stored.email.not_after.is_some_and(|end| end < app.now()) {
        return Outcome::Lapsed;
    }
    if !stored.is_readable {
        // It waits for its key; an empty one is worth nothing to anybody.
        return Outcome::Failed(Trouble::new(Step::Connecting, Cause::Sealed));
    }
    let mut sending = std::pin::pin!(app.mailer.send(&stored.email, stored.id.0, stored.written_at));
    let slow = app.mailer.patience().step / SLOW_PART;
    let sent = match tokio::time::timeout(slow, &mut sending).await {
        Ok(sent) => sent,
        Err(_) => {
            drop(hand);
            sending.await
        }
    };
    match sent {
        Ok(yes) => Outcome::Sent(yes),
        Err(trouble) => Outcome::Failed(trouble),
    }
}

/// Notes it where it could not be noted with others.
pub(super) async fn note_alone(app: &App, back: &Back) -> Result<(), StoreError> {
    let mut tx = app.store.write_first().await?;
    let now = app.now();
    note(&mut tx, back, now).await?;
    tx.commit().await?;
    tell(back, now);
    Ok(())
}

pub(super) async fn note(tx: &mut Writing, back: &Back, now: Instant) -> Result<(), StoreError> {
    let stored = &back.stored;
    match &back.outcome {
        Outcome::Lapsed => tx.email_lapsed(stored, now).await,
        Outcome::Sent(yes) => tx.email_was_sent(stored, yes.as_deref(), now).await,
        Outcome::Failed(trouble) if is_given_up(stored, trouble, now) => {
            if tx.email_was_given_up(stored, trouble, now).await?
                && tell_by_telephone(tx, &stored.email, now).await?
            {
                tx.email_is_settled(stored.id, now).await?;
            }
            Ok(())
        }
        Outcome::Failed(trouble) => tx.email_failed(stored, trouble, now + wait(stored, now)).await,
        Outcome::NotTried => tx.email_was_not_tried(stored).await,
    }
}

/// Says in the log what became of an email.
pub(super) fn tell(back: &Back, now: Instant) {
    let Back { stored, outcome, is_late } = back;
    let email = stored.id.0;
    if *is_late {
        tracing::info!(email, "noted what became of the email");
    }
    match outcome {
        Outcome::Lapsed => tracing::info!(email, "an email came too late to send"),
        Outcome::Sent(_) => tracing::info!(email, "an email went out"),
        Outcome::NotTried => tracing::info!(email, "an email waits for the next start"),
        Outcome::Failed(trouble) => {
            let is_given_up = is_given_up(stored, trouble, now);
            let attempts = stored.attempts + 1;
            tracing::warn!(email, attempts, is_given_up, "an email didn't go out: {trouble}");
        }
    }
}

/// What a client could not be written is told by telephone, if they have one.
/// True when it stands on the list of calls.
async fn tell_by_telephone(tx: &mut Writing, email: &Email, now: Instant) -> Result<bool, StoreError> {
    let (Side::Client, Some(id)) = (email.side, email.appointment) else { return Ok(false) };
    let Some(appointment) = tx.appointment(id).await? else { return Ok(false) };
    // Once its time has passed, a visit is on no list of calls.
    if appointment.contact.phone.is_none() || appointment.span.end <= now {
        return Ok(false);
    }
    tx.insert_call_unless_open(id, Topic::EmailFailed, now).await?;
    Ok(true)
}

fn is_given_up(email: &StoredEmail, trouble: &Trouble, now: Instant) -> bool {
    if trouble.cause == Cause::Sealed {
        // Nobody has failed: it goes out once its key is back, unless it's too late by then.
        return false;
    }
    trouble.ends_email() || (tried_for(email, now) >= TRIED_FOR && email.attempts + 1 >= TRIED_OFTEN)
}

/// How long to wait after an attempt.
pub(super) fn wait(email: &StoredEmail, now: Instant) -> TimeDelta {
    tried_for(email, now).clamp(SHORTEST_WAIT, LONGEST_WAIT)
}

fn tried_for(email: &StoredEmail, now: Instant) -> TimeDelta {
    email.first_tried_at.map_or(TimeDelta::zero(), |first| now - first)
}
