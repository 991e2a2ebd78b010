//! The courier: carries emails from the outbox to the mailer, several at once.
//! An email that could not go out waits and is tried again; none stops the
//! others, and a slow one holds up those of its own thread alone.

mod carry;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{Semaphore, watch},
    task::{Id, JoinError, JoinSet},
};

use self::carry::{Back, carry, note, note_alone, tell, wait};
use crate::{
    app::{App, Current},
    domain::ids::EmailId,
    store::{StoreError, StoredEmail, Thread},
};

/// How many emails go out at once. Mail servers count connections.
const AT_ONCE: usize = 4;
/// How many are under way at the most, those included that have become slow.
const MOST: usize = 64;
/// How long the courier sleeps at most: emails written by a command beside
/// the server do not wake it.
const LONGEST_SLEEP: Duration = Duration::from_secs(20);
/// The same while emails are under way: one may have become slow, and another can set out.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// How long those that come at nearly the same time are gathered, to be taken and noted at once:
/// each round keeps whoever asks for an appointment waiting for a commit.
const GATHERING: Duration = Duration::from_millis(20);

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
            _ = stop.changed() => continue,
        }
        tokio::time::sleep(GATHERING).await;
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
        self.those_that_are_back();
        if self.back.is_empty() && self.enough() == 0 {
            return Ok(Vec::new());
        }
        let mut tx = app.store.write_first().await?;
        let now = app.now();
        // Whatever has come back while we have waited for the lock, too.
        self.those_that_are_back();
        for back in &self.back {
            note(&mut tx, back, now).await?;
        }
        let under_way: Vec<_> = self.under_way.values().copied().collect();
        let taken = match self.enough() {
            0 => Vec::new(),
            enough => tx.due_emails(enough, &under_way, now).await?,
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

    /// How many more can set out. As many as have come back are soon gone again; where they come
    /// slowly, few wait behind the hands.
    fn enough(&self) -> usize {
        if self.hands.is_closed() {
            return 0;
        }
        let enough = self.hands.available_permits() + self.back.len();
        let enough = enough.saturating_sub(self.behind.load(Ordering::Relaxed));
        enough.min(self.most.saturating_sub(self.under_way.len()))
    }

    fn those_that_are_back(&mut self) {
        while let Some(back) = self.carriers.try_join_next_with_id() {
            self.is_back(back);
        }
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

async fn until_next(app: &App) -> Option<Duration> {
    let next = app.store.read().await.ok()?.next_email_at().await.ok()??;
    let wait = (next - app.now()).to_std().unwrap_or(Duration::ZERO);
    Some(wait.clamp(Duration::from_secs(1), LONGEST_SLEEP))
}
