//! Telling both sides: the emails that an operation causes, written in its
//! transaction, and the calls in place of those that have no address.

use chrono::TimeDelta;

use super::{
    call_instead::topic,
    known::is_known,
    unheard::{Unheard, known_end},
};
use crate::{
    domain::{
        act::Kind,
        appointment::{
            Appointment, Side, Status,
            call::{Matter, Topic},
            reschedule_request::{Outcome, RescheduleRequest},
        },
        ids::ActId,
    },
    mail::{
        email::Email,
        emails::{self, Facts, Occasion},
    },
    operation::{Error, Operation},
    store::GivenIn,
    urls,
};

/// What happens to a visit nearer than this is told by telephone as well: a
/// email may not be read in time.
pub(super) const NEAR: TimeDelta = TimeDelta::hours(24);

/// In so many weeks an email to whoever is known leads to the same time.
const IN_WEEKS: u8 = 3;

impl Operation {
    /// Writes to the client. Without an email address the email becomes a call to make.
    pub(crate) async fn tell_client(&mut self, a: &Appointment, occasion: Occasion<'_>) -> Result<(), Error> {
        self.tell_what_is_new(a, occasion).await?;
        Ok(())
    }

    /// The same; what it came to as a call to make, and `None` where there was nothing to tell.
    async fn tell_what_is_new(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
    ) -> Result<Option<Topic>, Error> {
        let unheard = self.drop_superseded(a, occasion).await?;
        if let Occasion::Canceled | Occasion::Closed { .. } = occasion {
            self.forget_the_address(a).await?;
        }
        if let Occasion::Changed { from, .. } = occasion
            && from.office != a.office
        {
            self.forget_the_address(a).await?;
        }
        let good_until = a.span.end + self.app.practice().keep.links_outlive_visit();
        if matches!(occasion, Occasion::Changed { .. } | Occasion::Received) {
            // The links that they have are of the visit where it is now, which may be weeks later.
            self.tx.prolong_links(a.id, good_until, self.now).await?;
        }
        let before = unheard.before(a, occasion);
        // It is back where they know it, before they heard of any move.
        let is_back = matches!(occasion, Occasion::Changed { .. })
            && before.as_ref().is_some_and(|from| from.is_where(a));
        let asked = if is_back { self.asked_and_not_to_be(a, &unheard).await? } else { None };
        let occasion = match (occasion, &before) {
            (_, Some(from)) if is_back => {
                match (from.status(), &asked) {
                    // Another time was asked for, and is not to be.
                    (Status::Confirmed, Some(asked)) => Occasion::Unchanged(asked, Outcome::Declined),
                    (Status::Confirmed, None) => return self.is_no_news(a, occasion, &unheard).await,
                    _ => Occasion::Confirmed,
                }
            }
            // Of what was booked on the telephone they have read nothing yet.
            (Occasion::Changed { .. }, Some(_))
                if unheard.has(Occasion::CONFIRMED) && self.is_just_booked(a).await? =>
            {
                Occasion::Confirmed
            }
            (Occasion::Changed { wanted_by, .. }, Some(from)) => Occasion::Changed { from, wanted_by },
            // They have not heard that it was over.
            (Occasion::PutBack { .. }, _) if unheard.has_none_of_its_end() => Occasion::Confirmed,
            // They have heard of its end, and not that it was to be on again.
            (Occasion::Canceled, _) if unheard.was_to_be_on_again() => {
                return self.is_over_as_before(a, occasion, &unheard).await;
            }
            (other, _) => other,
        };
        let known = self.end_as_known(a, occasion, &unheard).await?;
        if let Some(known) = &known {
            // Their page says what they are told, and so does whatever looks at it later.
            self.tx.update_appointment(known).await?;
        }
        let (a, occasion) = known.as_ref().map_or((a, occasion), |known| (known, known_end(known, occasion)));
        let topic = topic(a, occasion);
        match self.writes_to(a).await? {
            Some(email) => {
                let page = self.fresh_page(a, occasion).await?;
                self.write(a, occasion, page, email.to_string()).await?;
            }
            None => self.call_instead(a, topic).await?,
        }
        Ok(topic)
    }

    /// They do not come to that office any more, wherever it is.
    pub(super) async fn forget_the_address(&mut self, a: &Appointment) -> Result<(), Error> {
        self.tx.take_back_kinds(a.id, &[Occasion::NEW_ADDRESS], self.now).await?;
        Ok(self.tx.forget_call(a.id, Matter::Address).await?)
    }

    /// The other time that a client has asked for, and that it is not to have after all: the
    /// therapist had said yes to it, and has thought better of it before they heard.
    async fn asked_and_not_to_be(
        &mut self,
        a: &Appointment,
        unheard: &Unheard,
    ) -> Result<Option<RescheduleRequest>, Error> {
        if let Some(known) = &unheard.by_telephone {
            return Ok(known.reschedule_request.clone());
        }
        let Some((asked, Outcome::Confirmed, at)) = self.tx.ended_reschedule_request_of(a.id).await? else {
            return Ok(None);
        };
        Ok(unheard.first_of(Occasion::CHANGED).is_some_and(|moved_at| at >= moved_at).then_some(asked))
    }

    /// True for what the therapist has booked in an act that is still on record.
    pub(super) async fn is_just_booked(&mut self, a: &Appointment) -> Result<bool, Error> {
        let acts = self.tx.acts_since(a.id, ActId(0)).await?;
        Ok(acts.iter().any(|act| act.kind == Kind::Booked))
    }

    /// The page that an email to the client leads to, under a link that nobody has yet.
    pub(super) async fn fresh_page(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
    ) -> Result<String, Error> {
        let token = self.app.fresh_token();
        let good_until = a.span.end + self.app.practice().keep.links_outlive_visit();
        self.tx.insert_link(&token, a.id, GivenIn::Email, good_until).await?;
        let page = match occasion.leads_to_rebooking() {
            true => urls::rebooking(&token),
            false => urls::appointment(&token),
        };
        Ok(self.app.base.to(&page))
    }

    /// The same, and by telephone as well when the visit is, or was to be, near.
    pub(super) async fn tell_client_in_time(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
    ) -> Result<(), Error> {
        let topic = self.tell_what_is_new(a, occasion).await?;
        let start = match occasion {
            Occasion::Changed { from, .. } => from.span.start.min(a.span.start),
            _ => a.span.start,
        };
        // Of a closed day everybody is known to have heard, or is looked after: without a number, too.
        let is_on_the_list = a.contact.phone.is_some() || matches!(occasion, Occasion::Closed { .. });
        if let Some(topic) = topic.filter(|_| is_on_the_list)
            && start - self.now < NEAR
        {
            self.tx.insert_call(a.id, topic, self.now).await?;
        }
        Ok(())
    }

    /// Writes to the therapist. The link leads to a page that asks to sign in. Of what a
    /// blocked client does they hear nothing.
    pub(crate) async fn tell_therapist(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
    ) -> Result<(), Error> {
        if a.id.is_blocked_request() {
            return Ok(());
        }
        let unheard = self.drop_superseded(a, occasion).await?;
        let before = unheard.before(a, occasion);
        let occasion = match (occasion, &before) {
            // What they have not heard of has not been moved, for them.
            (Occasion::ChangedByClient { .. }, _)
                if unheard.has(Occasion::ARRIVED) || unheard.has(Occasion::SERIES_ARRIVED) =>
            {
                Occasion::Arrived
            }
            (Occasion::ChangedByClient { .. }, Some(from)) if from.is_where(a) => return Ok(()),
            (Occasion::ChangedByClient { .. }, Some(from)) => Occasion::ChangedByClient { from },
            (other, _) => other,
        };
        let Some((page, recipient)) = self.page_and_recipient(a, occasion).await? else { return Ok(()) };
        self.write(a, occasion, page, recipient).await
    }

    /// Where an email leads, under a link that nobody has yet, and whom it is to; `None` where
    /// its client is not written to.
    pub(super) async fn page_and_recipient(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
    ) -> Result<Option<(String, String)>, Error> {
        if occasion.side() == Side::Therapist {
            let page = self.app.base.to(&urls::admin_appointment(a.id));
            return Ok(Some((page, self.app.practice().therapist.email.clone())));
        }
        let Some(email) = self.writes_to(a).await? else { return Ok(None) };
        Ok(Some((self.fresh_page(a, occasion).await?, email.to_string())))
    }

    /// Writes to the therapist unless that was done before. Returns how many emails it came to.
    pub(super) async fn tell_once(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
    ) -> Result<usize, Error> {
        if self.tx.has_email(&occasion.key(a)).await? {
            return Ok(0);
        }
        self.tell_therapist(a, occasion).await?;
        Ok(1)
    }

    pub(super) async fn write(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
        page: String,
        recipient: String,
    ) -> Result<(), Error> {
        let email = self.written(a, occasion, page, recipient).await?;
        Ok(self.tx.enqueue(&email, self.now).await?)
    }

    /// An email as it is to go out.
    pub(crate) async fn written(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
        page: String,
        recipient: String,
    ) -> Result<Email, Error> {
        let app = self.app.clone();
        let pending = self.tx.reschedule_request_of(a.id).await?;
        let leads_on = matches!(occasion, Occasion::Confirmed | Occasion::Reminder { .. });
        let is_known = leads_on && is_known(&mut self.tx, a, GivenIn::Email, self.now).await?;
        let facts = Facts {
            same_time: is_known.then(|| urls::same_time(&page, IN_WEEKS)),
            practice: app.practice(),
            policy: &self.rules.policy,
            base: &app.base,
            occasion,
            closes_day: self.tx.begun_act().is_some_and(|act| act.kind == Kind::Closed),
            a,
            pending: pending.as_ref(),
            page,
            policies: app.site.pages.contains_key("policies").then(|| app.base.to(urls::POLICIES)),
            waives_late_fee: app.site.waives_late_fee(),
            now: self.now,
        };
        Ok(emails::write(&facts, recipient, format!("<{}>", app.fresh_world_id()))?)
    }
}
