//! What every entry point holds: the file, the site, the clock, and where
//! secrets come from.

use std::sync::Arc;

use lettre::message::Mailbox;
use tokio::sync::Notify;

use crate::{
    clock::Clock,
    content::site::Site,
    domain::{ids::Token, practice::Practice, rules::Rules, time::Instant},
    mail::mailer::Mailer,
    store::{Store, StoreError, search::SearchIndex},
    urls::BaseUrl,
};

pub struct App {
    pub store: Store,
    pub site: Site,
    /// The words of the site.
    pub search: SearchIndex,
    pub clock: Arc<dyn Clock>,
    /// What links in letters begin with.
    pub base: BaseUrl,
    pub mailer: Mailer,
    /// The part of the sender's address behind the @, for ids that the world sees.
    pub mail_host: String,
    /// Wakes the courier; a courtesy, the outbox is the truth.
    pub outbox: Notify,
}

impl App {
    pub fn practice(&self) -> &Practice {
        &self.site.practice
    }

    /// The rules in force now. An operation reads them in its own transaction.
    pub async fn rules(&self) -> Result<Rules, StoreError> {
        self.store.read().await?.rules(&self.site.first_rules).await
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

/// The part of an address behind the @.
pub fn host_of(mailbox: &Mailbox) -> String {
    mailbox.email.domain().to_owned()
}
