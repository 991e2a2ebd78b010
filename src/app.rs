//! What every entry point holds: the file, the site, the clock, and where
//! secrets come from; and which state of the site is the present one.

use std::{
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};

use lettre::message::Mailbox;
use tokio::sync::{Notify, RwLock as Gate, RwLockReadGuard, RwLockWriteGuard};

use crate::{
    clock::Clock,
    content::{pictures::picture_maker::PictureMaker, problem::Problem, site::Site},
    domain::{availability::rules::Rules, ids::Token, practice::Practice, time::Instant},
    mail::mailer::Mailer,
    store::{Store, StoreError, search::SearchIndex},
    urls::BaseUrl,
};

/// One state of the site, with all that it works with. A request and a job's
/// round see one state from their beginning to their end; an operation the one
/// that is present when it has the lock.
#[derive(Clone)]
pub struct App {
    pub store: Store,
    pub site: Arc<Site>,
    /// The words of the site.
    pub search: SearchIndex,
    pub picture_maker: Arc<PictureMaker>,
    /// When the site was read.
    pub read_at: Instant,
    /// Counts the sites since the start: what is kept of one page is none of the next one's.
    pub edition: u64,
    /// What keeps the content as it lies there now from being shown. With any
    /// of them, `site` is the last that was good.
    pub problems: Vec<Problem>,
    /// What the practice file said of hours and policy when it was last listened
    /// to: what the therapist has set on their pages does not follow it any more.
    pub heeded: Arc<Rules>,
    /// A file of the content that keeps changing, so that nothing is read again meanwhile.
    pub unsettled: Option<String>,
    pub clock: Arc<dyn Clock>,
    /// What links in emails begin with.
    pub base: BaseUrl,
    pub mailer: Arc<Mailer>,
    /// The part of the sender's address behind the @, for ids that the world sees.
    pub mail_host: String,
    /// Who was erased, so that a restore erases them again. Made when it is needed.
    pub erasures_file: PathBuf,
    pub backups: Arc<Backups>,
    /// Wakes the courier; a courtesy, the outbox is the truth.
    pub outbox: Arc<Notify>,
    /// Wakes the rounds of the waitlist, in the same way.
    pub waitlist: Arc<Notify>,
}

/// Where the backups go, of which file, and whose key opens them.
pub struct Backups {
    pub folder: PathBuf,
    pub database: PathBuf,
    pub recipient: Option<age::x25519::Recipient>,
    /// Where the key lies that words in the database are sealed with. No backup holds it.
    pub key_file: PathBuf,
}

impl App {
    pub fn practice(&self) -> &Practice {
        &self.site.practice
    }

    /// The rules in force now. An operation reads them in its own transaction.
    pub async fn rules(&self) -> Result<Rules, StoreError> {
        let mut tx = self.store.read().await?;
        tx.rules(&self.site.first_rules, self.now()).await
    }

    /// The next state: another site, without problems, and what is heeded of it.
    pub fn with_site(&self, site: Arc<Site>, heeded: Rules) -> Self {
        let (read_at, edition) = (self.now(), self.edition + 1);
        Self { site, read_at, edition, heeded: Arc::new(heeded), problems: Vec::new(), ..self.clone() }
    }

    /// The next state: the same site, since the content has problems.
    pub fn with_problems(&self, problems: Vec<Problem>) -> Self {
        Self { problems, ..self.clone() }
    }

    /// The next state: the same, with the content still being changed or not.
    pub fn with_unsettled(&self, unsettled: Option<String>) -> Self {
        Self { unsettled, ..self.clone() }
    }

    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// 128 bits that nobody can guess.
    pub fn fresh_token(&self) -> Token {
        Token::new(rand::random())
    }

    /// A name for an event or a message that no other has, in any system.
    pub fn fresh_world_id(&self) -> String {
        format!("{}@{}", self.fresh_token(), self.mail_host)
    }
}

/// The present state of the site. When the content has changed, the next takes
/// its place; so what acts on the practice holds this, and looks when it acts.
pub struct Current {
    app: RwLock<Arc<App>>,
    /// Closed while a site is being published.
    gate: Gate<()>,
}

impl Current {
    pub fn new(app: App) -> Self {
        Self { app: RwLock::new(Arc::new(app)), gate: Gate::new(()) }
    }

    pub fn app(&self) -> Arc<App> {
        self.app.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set(&self, app: App) {
        *self.app.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(app);
    }

    /// Waits while a site is being published, and keeps the next one waiting.
    /// Held from before the write lock is asked for until the site is looked at:
    /// nobody who has the lock sees a site that is of the past.
    pub async fn no_publishing(&self) -> RwLockReadGuard<'_, ()> {
        self.gate.read().await
    }

    /// Keeps whatever begins waiting until the site that is published can be seen.
    pub async fn publishing(&self) -> RwLockWriteGuard<'_, ()> {
        self.gate.write().await
    }
}

/// The part of an address behind the @.
pub fn host_of(mailbox: &Mailbox) -> String {
    mailbox.email.domain().to_owned()
}
