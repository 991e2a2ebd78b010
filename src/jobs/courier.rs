//! The courier: carries emails from the outbox to the mailer, several at once.
//! An email that could not go out waits and is tried again; none stops the
//! others, and a slow one holds up those of its own thread alone.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

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

/// How many emails go out at once. Mail servers count connections.
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
/// The same while emails are under way: one may have become slow, and another can set out.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// How long to wait before what became of emails is noted again.
const NOTED_AGAIN: Duration = Duration::from_secs(1);

/// Carries emails until the program stops; emails under way are finished
/// first, and those behind them wait for the next start.
pub async fn run(current: Arc<Current>, mut stop: watch::Receiver<bool>) {
    let mut courier = Courier::new(AT_ONCE, MOST);
    while !*stop.borrow() {
        let app = current.app();
        let sleep = match courier.round(&app).await {
            Ok(()) if !courier.under_way.is_empty() => LOOK_AGAIN,
            Ok(()) if app.mailer.is_held() => LONGEST_SLEEP,
            Ok(()) => until_next(&app).await.unwrap_or(LONGEST_SLEEP),
            Err(_) if !courier.back.is_empty() => NOTED_AGAIN,
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
    courier.ends(&current.app()).await;
}

/// Tries every email whose turn and time have come, once, one after the other.
pub async fn deliver(app: &App) -> Result<(), StoreError> {
    let mut courier = Courier::new(1, 1);
    loop {
        if let Err(error) = courier.round(app).await {
            if courier.back.is_empty() {
                return Err(error);
            }
            tokio::time::sleep(NOTED_AGAIN).await;
            continue;
        }
        if courier.under_way.is_empty() {
            return Ok(());
        }
        courier.one_comes_back().await;
    }
}

struct Courier {
    /// How many may be under way.
    most: usize,
    carriers: JoinSet<Back>,
    under_way: HashMap<Id, (EmailId, Thread)>,
    /// One for each email that may be on the wire now.
    hands: Arc<Semaphore>,
    /// How many of those under way wait for a hand.
    behind: Arc<AtomicUsize>,
    /// What has come back, and is not noted yet: until it stands, what went out would be sent again.
    back: Vec<Back>,
}

/// An email that is not under way any more, and what became of it.
struct Back {
    stored: StoredEmail,
    outcome: Outcome,
    /// It could not be noted at first, and was said in the log.
    is_late: bool,
}

impl Courier {
    fn new(at_once: usize, most: usize) -> Self {
        Self {
            most,
            carriers: JoinSet::new(),
            under_way: HashMap::new(),
            hands: Arc::new(Semaphore::new(at_once)),
            behind: Arc::default(),
            back: Vec::new(),
        }
    }

    /// Notes what became of those that have come back, and takes others out of the outbox, in
    /// one transaction. The attempts are noted before they are made, so that an email goes out
    /// twice only when we end between the mail server's yes and our note of it; no transaction
    /// is open while one is sent.
    async fn round(&mut self, app: &App) -> Result<(), StoreError> {
        // Not even an attempt is noted: what is held is as it was written.
        if app.mailer.is_held() && self.under_way.is_empty() && self.back.is_empty() {
            return Ok(());
        }
        match self.notes_and_takes(app).await {
            Ok(taken) => {
                taken.into_iter().for_each(|email| self.sets_out(app, email));
                Ok(())
            }
            Err(error) => {
                self.is_not_noted(&error);
                if error.trouble().is_none() {
                    // What is wrong with one keeps nothing from being noted of the others.
                    self.note_each_alone(app).await;
                }
                Err(error)
            }
        }
    }

    async fn note_each_alone(&mut self, app: &App) {
        let mut left = Vec::new();
        for back in std::mem::take(&mut self.back) {
            if note_alone(app, &back).await.is_err() {
                left.push(back);
            }
        }
        self.back = left;
    }

    async fn notes_and_takes(&mut self, app: &App) -> Result<Vec<StoredEmail>, StoreError> {
        let mut tx = app.store.write_first().await?;
        let now = app.now();
        // Whatever has come back while we have waited for the lock, too.
        while let Some(back) = self.carriers.try_join_next_with_id() {
            self.is_back(back);
        }
        for back in &self.back {
            note(&mut tx, back, now).await?;
        }
        // As many as have come back are soon gone again; where they come slowly, few wait behind the hands.
        let enough = self.hands.available_permits() + self.back.len();
        let enough = enough.saturating_sub(self.behind.load(Ordering::Relaxed));
        let enough = match self.hands.is_closed() {
            true => 0,
            false => enough.min(self.most.saturating_sub(self.under_way.len())),
        };
        let under_way: Vec<_> = self.under_way.values().copied().collect();
        let taken = match enough {
            0 => Vec::new(),
            _ => tx.due_emails(enough, &under_way, now).await?,
        };
        if !taken.is_empty() {
            let tried = taken.iter().map(|email| (email.id, now + wait(email, now)));
            tx.emails_are_tried(tried, now).await?;
        }
        if !taken.is_empty() || !self.back.is_empty() {
            tx.commit().await?;
        }
        self.back.drain(..).for_each(|back| tell(&back, now));
        Ok(taken)
    }

    fn sets_out(&mut self, app: &App, email: StoredEmail) {
        let its = (email.id, email.email.appointment.map(|id| (id, email.email.side)));
        self.behind.fetch_add(1, Ordering::Relaxed);
        let (hands, behind) = (self.hands.clone(), self.behind.clone());
        let carrier = self.carriers.spawn(carry(app.clone(), email, hands, behind));
        self.under_way.insert(carrier.id(), its);
    }

    fn is_not_noted(&mut self, error: &StoreError) {
        for back in self.back.iter_mut().filter(|back| !back.is_late) {
            let email = back.stored.id.0;
            tracing::error!(email, %error, "can't note what became of an email; trying until it works");
            back.is_late = true;
        }
    }

    /// Waits for the next that comes back; for ever when none is under way.
    async fn one_comes_back(&mut self) {
        match self.carriers.join_next_with_id().await {
            Some(back) => self.is_back(back),
            None => std::future::pending().await,
        }
    }

    /// Waits for those that are on the wire, and notes what became of all.
    async fn ends(mut self, app: &App) {
        self.hands.close();
        loop {
            while !self.back.is_empty() && self.round(app).await.is_err() {
                tokio::time::sleep(NOTED_AGAIN).await;
            }
            match self.carriers.join_next_with_id().await {
                Some(back) => self.is_back(back),
                None => return,
            }
        }
    }

    fn is_back(&mut self, back: Result<(Id, Back), JoinError>) {
        let id = back.as_ref().map_or_else(JoinError::id, |(id, _)| *id);
        let its = self.under_way.remove(&id);
        match back {
            Ok((_, back)) => self.back.push(back),
            Err(error) => {
                let email = its.map(|(email, _)| email.0);
                tracing::error!(email, %error, "sending an email broke off");
            }
        }
    }
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
async fn carry(app: App, stored: StoredEmail, hands: Arc<Semaphore>, behind: Arc<AtomicUsize>) -> Back {
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
async fn note_alone(app: &App, back: &Back) -> Result<(), StoreError> {
    let mut tx = app.store.write_first().await?;
    let now = app.now();
    note(&mut tx, back, now).await?;
    tx.commit().await?;
    tell(back, now);
    Ok(())
}

async fn note(tx: &mut Writing, back: &Back, now: Instant) -> Result<(), StoreError> {
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
fn tell(back: &Back, now: Instant) {
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
