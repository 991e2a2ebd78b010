//! The courier: carries emails from the outbox to the mailer, several at once.
//! An email that could not go out waits and is tried again; none stops the
//! others, and a slow one holds up those of its own thread alone.

use std::{collections::HashMap, sync::Arc, time::Duration};

use chrono::TimeDelta;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::{Id, JoinError, JoinSet},
};

use crate::{
    app::{App, Current},
    domain::{
        appointment::{Side, call::Topic},
        ids::EmailId,
        time::Instant,
    },
    mail::{
        email::Email,
        trouble::{Cause, Step, Trouble},
    },
    store::{StoreError, StoredEmail, Thread, Writing},
};

/// How many emails set out at once. Mail servers count connections.
const AT_ONCE: usize = 4;
/// How many are under way at the most, those included that have become slow.
const MOST: usize = 64;
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

/// How long the courier sleeps at most: emails written by a command beside
/// the server do not wake it.
const LONGEST_SLEEP: Duration = Duration::from_secs(20);

/// How long to wait before what became of an email is noted again.
const NOTED_AGAIN: Duration = Duration::from_secs(1);

/// Carries emails until the program stops; emails under way are finished
/// first, and those behind them wait for the next start.
pub async fn run(current: Arc<Current>, mut stop: watch::Receiver<bool>) {
    let mut courier = Courier::new(AT_ONCE);
    while !*stop.borrow() {
        let app = current.app();
        let sleep = match courier.sets_out(&app).await {
            Ok(()) if app.mailer.is_held() => LONGEST_SLEEP,
            Ok(()) => until_next(&app).await.unwrap_or(LONGEST_SLEEP),
            Err(error) => {
                tracing::error!(%error, "the outbox can't be read");
                LONGEST_SLEEP
            }
        };
        tokio::select! {
            () = app.outbox.notified() => {}
            () = tokio::time::sleep(sleep) => {}
            () = courier.one_comes_back() => {}
            _ = stop.changed() => {}
        }
    }
    courier.all_come_back().await;
}

/// Tries every email whose turn and time have come, once, one after the other.
pub async fn deliver(app: &App) -> Result<(), StoreError> {
    let mut courier = Courier::new(1);
    loop {
        courier.sets_out(app).await?;
        if courier.under_way.is_empty() {
            return Ok(());
        }
        courier.one_comes_back().await;
    }
}

struct Courier {
    carriers: JoinSet<()>,
    under_way: HashMap<Id, (EmailId, Thread)>,
    /// One for each email that may set out now.
    hands: Arc<Semaphore>,
}

impl Courier {
    fn new(at_once: usize) -> Self {
        Self { carriers: JoinSet::new(), under_way: HashMap::new(), hands: Arc::new(Semaphore::new(at_once)) }
    }

    /// Sends out emails while there are any whose turn it is, and hands for them.
    async fn sets_out(&mut self, app: &App) -> Result<(), StoreError> {
        // Not even an attempt is noted: what is held is as it was written.
        if app.mailer.is_held() {
            return Ok(());
        }
        while self.under_way.len() < MOST
            && let Ok(hand) = self.hands.clone().try_acquire_owned()
        {
            let under_way: Vec<_> = self.under_way.values().copied().collect();
            let Some(email) = take(app, &under_way).await? else { return Ok(()) };
            let its = (email.id, email.email.appointment.map(|id| (id, email.email.side)));
            let carrier = self.carriers.spawn(carry(app.clone(), email, hand));
            self.under_way.insert(carrier.id(), its);
        }
        Ok(())
    }

    /// Waits for the next that comes back; for ever when none is under way.
    async fn one_comes_back(&mut self) {
        match self.carriers.join_next_with_id().await {
            Some(back) => self.is_back(back),
            None => std::future::pending().await,
        }
    }

    async fn all_come_back(mut self) {
        while let Some(back) = self.carriers.join_next_with_id().await {
            self.is_back(back);
        }
    }

    fn is_back(&mut self, back: Result<(Id, ()), JoinError>) {
        let id = back.as_ref().map_or_else(JoinError::id, |(id, ())| *id);
        if let (Some((email, _)), Err(error)) = (self.under_way.remove(&id), back) {
            tracing::error!(email = email.0, %error, "sending an email broke off");
        }
    }
}

/// Takes the next email out of the outbox. The attempt is noted before it is
/// made, so that an email goes out twice only when we end between the mail
/// server's yes and our note of it. No transaction is open while it is sent.
async fn take(app: &App, under_way: &[(EmailId, Thread)]) -> Result<Option<StoredEmail>, StoreError> {
    let mut tx = app.store.write().await?;
    let now = app.now();
    let Some(email) = tx.due_email(under_way, now).await? else { return Ok(None) };
    tx.email_is_tried(email.id, now, now + wait(&email, now)).await?;
    tx.commit().await?;
    Ok(Some(email))
}

/// What became of an email.
enum Outcome {
    /// With the mail server's yes, where there is a server.
    Sent(Option<String>),
    /// Its time had passed.
    Lapsed,
    Failed(Trouble),
}

async fn carry(app: App, stored: StoredEmail, hand: OwnedSemaphorePermit) {
    let is_too_late = stored.email.not_after.is_some_and(|end| end < app.now());
    let outcome = if is_too_late {
        Outcome::Lapsed
    } else if !stored.is_readable {
        // It waits for its key; an empty one is worth nothing to anybody.
        Outcome::Failed(Trouble::new(Step::Connecting, Cause::Sealed))
    } else {
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
    };
    // Until it stands: what is not noted would be sent again.
    let mut is_said = false;
    while let Err(error) = note(&app, &stored, &outcome).await {
        if !is_said {
            tracing::error!(email = stored.id.0, %error, "can't note what became of an email; trying until it works");
            is_said = true;
        }
        tokio::time::sleep(NOTED_AGAIN).await;
    }
    if is_said {
        tracing::info!(email = stored.id.0, "noted what became of the email");
    }
}

async fn note(app: &App, stored: &StoredEmail, outcome: &Outcome) -> Result<(), StoreError> {
    let id = stored.id;
    let mut tx = app.store.write().await?;
    let now = app.now();
    match outcome {
        Outcome::Lapsed => tx.email_lapsed(stored, now).await?,
        Outcome::Sent(yes) => tx.email_was_sent(stored, yes.as_deref(), now).await?,
        Outcome::Failed(trouble) if is_given_up(stored, trouble, now) => {
            if tx.email_was_given_up(stored, trouble, now).await?
                && tell_by_telephone(&mut tx, &stored.email, now).await?
            {
                tx.email_is_settled(id, now).await?;
            }
        }
        Outcome::Failed(trouble) => {
            tx.email_failed(stored, trouble, now + wait(stored, now)).await?;
        }
    }
    tx.commit().await?;
    match outcome {
        Outcome::Lapsed => tracing::info!(email = id.0, "an email came too late to send"),
        Outcome::Sent(_) => tracing::info!(email = id.0, "an email went out"),
        Outcome::Failed(trouble) => {
            let is_given_up = is_given_up(stored, trouble, now);
            tracing::warn!(
                email = id.0,
                attempts = stored.attempts + 1,
                is_given_up,
                "an email didn't go out: {trouble}"
            );
        }
    }
    Ok(())
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
fn wait(email: &StoredEmail, now: Instant) -> TimeDelta {
    tried_for(email, now).clamp(SHORTEST_WAIT, LONGEST_WAIT)
}

fn tried_for(email: &StoredEmail, now: Instant) -> TimeDelta {
    email.first_tried_at.map_or(TimeDelta::zero(), |first| now - first)
}

async fn until_next(app: &App) -> Option<Duration> {
    let next = app.store.read().await.ok()?.next_email_at().await.ok()??;
    let wait = (next - app.now()).to_std().unwrap_or(Duration::ZERO);
    Some(wait.clamp(Duration::from_secs(1), LONGEST_SLEEP))
}
