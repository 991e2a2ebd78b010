//! Telling both sides: the letters that an operation causes, written in its
//! transaction, and the calls in place of those that have no address.

use chrono::TimeDelta;

use super::{Error, Operation};
use crate::{
    domain::{
        appointment::Appointment,
        call::{Matter, Topic},
    },
    mail::letters::{self, Facts, Occasion},
    store::GivenIn,
    urls,
};

/// How long after the visit a link still shows its page.
pub const LINK_OUTLIVES_VISIT: TimeDelta = TimeDelta::days(14);
/// What happens to a visit nearer than this is told by telephone as well: a
/// letter may not be read in time.
const NEAR: TimeDelta = TimeDelta::hours(24);

impl Operation {
    /// Writes to the client. Without an email address the letter becomes a call to make.
    pub(super) async fn tell_client(&mut self, a: &Appointment, occasion: Occasion<'_>) -> Result<(), Error> {
        if matches!(occasion, Occasion::Changed { .. } | Occasion::Cancelled) {
            // A reminder that has not gone out yet is of a visit that is not to be, and so is a conflict.
            self.tx.take_back_kind(a.id, Occasion::REMINDER, self.now).await?;
            self.tx.take_back_kind(a.id, Occasion::CONFLICT, self.now).await?;
        }
        let is_off_there = match occasion {
            Occasion::Cancelled => true,
            Occasion::Changed { from, .. } => from.office != a.office,
            _ => false,
        };
        if is_off_there {
            // They do not come to that office any more, wherever it is.
            self.tx.forget_call(a.id, Matter::Address).await?;
        }
        if occasion.ends_waiting() {
            // A nudge that has not gone out yet is about what does not wait any more.
            self.tx.take_back_kind(a.id, Occasion::WAITING, self.now).await?;
        }
        let good_until = a.session.end + LINK_OUTLIVES_VISIT;
        if matches!(occasion, Occasion::Changed { .. } | Occasion::Received) {
            // The links that they have are of the visit where it is now, which may be weeks later.
            self.tx.prolong_links(a.id, good_until, self.now).await?;
        }
        let Some(email) = &a.contact.email else {
            return match occasion.topic() {
                Some(Topic::Reminder) => {
                    // What is on the list already is about this visit too.
                    Ok(self.tx.insert_call_unless_open(a.id, Topic::Reminder, self.now).await?)
                }
                Some(topic) => Ok(self.tx.insert_call(a.id, topic, self.now).await?),
                None => Ok(self.tx.forget_call(a.id, Matter::Standing).await?),
            };
        };
        let token = self.app.fresh_token();
        self.tx.insert_link(&token, a.id, GivenIn::Letter, good_until).await?;
        let page = self.app.base.to(&urls::appointment(&token));
        self.write(a, occasion, page, email.to_string()).await
    }

    /// The same, and by telephone as well when the visit is, or was to be, near.
    pub(super) async fn tell_client_in_time(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
    ) -> Result<(), Error> {
        self.tell_client(a, occasion).await?;
        let start = match occasion {
            Occasion::Changed { from, .. } => from.session.start.min(a.session.start),
            _ => a.session.start,
        };
        if let (Some(topic), Some(_)) = (occasion.topic(), &a.contact.phone)
            && start - self.now < NEAR
        {
            self.tx.insert_call(a.id, topic, self.now).await?;
        }
        Ok(())
    }

    /// Writes to the therapist. The link leads to a page that asks to sign in.
    pub(super) async fn tell_therapist(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
    ) -> Result<(), Error> {
        let page = self.app.base.to(&urls::admin_appointment(a.id));
        self.write(a, occasion, page, self.app.practice().therapist.email.clone()).await
    }

    /// Writes to the therapist unless that was done before. Returns how many emails it came to.
    pub(super) async fn tell_once(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
    ) -> Result<usize, Error> {
        if self.tx.has_letter(&occasion.key(a)).await? {
            return Ok(0);
        }
        self.tell_therapist(a, occasion).await?;
        Ok(1)
    }

    async fn write(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
        page: String,
        recipient: String,
    ) -> Result<(), Error> {
        let app = self.app.clone();
        let pending = self.tx.change_of(a.id).await?;
        let facts = Facts {
            practice: app.practice(),
            policy: &self.rules.policy,
            base: &app.base,
            occasion,
            a,
            pending: pending.as_ref(),
            page,
            policies: app.site.pages.contains_key("policies").then(|| app.base.to(urls::POLICIES)),
            waives_late_fee: app.site.waives_late_fee(),
            now: self.now,
        };
        let letter = letters::write(&facts, recipient, format!("<{}>", app.fresh_world_id()))?;
        Ok(self.tx.enqueue(&letter, self.now).await?)
    }
}
