//! Emails that were taken back before they went out, what was not yet said on the telephone, and
//! how their reader knows the appointment without them: each tells the difference from that.

use crate::{
    domain::{
        appointment::{Appointment, Side, Status},
        client::Note,
        time::Instant,
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
    store::{Known, StoredEmail},
};

/// The kinds of emails that say that it is over.
const ENDS: [&str; 6] = [
    Occasion::DECLINED,
    Occasion::SERIES_DECLINED,
    Occasion::EXPIRED,
    Occasion::SERIES_EXPIRED,
    Occasion::CANCELED,
    Occasion::CLOSED,
];

/// The kinds of emails to a client whose reader knows that it is on, or was.
const SAY_IT_IS_ON: [&str; 9] = [
    Occasion::CONFIRMED,
    Occasion::SERIES,
    Occasion::SERIES_CHANGED,
    Occasion::PUT_BACK,
    Occasion::CHANGED,
    Occasion::RESCHEDULE_REQUEST_RECEIVED,
    Occasion::UNCHANGED,
    Occasion::NEW_ADDRESS,
    Occasion::REMINDER,
];

/// What a reader has not heard.
pub(super) struct Unheard {
    /// Emails that were taken back before they went out, the oldest first.
    pub emails: Vec<StoredEmail>,
    /// How a client who is told by telephone knows it.
    pub by_telephone: Option<Known>,
}

impl Unheard {
    pub(super) fn has(&self, kind: &str) -> bool {
        self.emails.iter().any(|unheard| unheard.email.kind() == kind)
    }

    /// When the first of a kind was written.
    pub(super) fn first_of(&self, kind: &str) -> Option<Instant> {
        let mut all = self.emails.iter();
        all.find(|unheard| unheard.email.kind() == kind).map(|unheard| unheard.written_at)
    }

    /// True for what they know to be over, and not that it was to be on again.
    pub(super) fn was_to_be_on_again(&self) -> bool {
        let is_over = |known: &Known| known.appointment.is_over();
        self.has(Occasion::PUT_BACK) || self.by_telephone.as_ref().is_some_and(is_over)
    }

    /// True when an end is among them, and none that may have been read.
    pub(super) fn has_none_of_its_end(&self) -> bool {
        let mut ends = self.emails.iter().filter(|unheard| ENDS.contains(&unheard.email.kind()));
        ends.clone().next().is_some() && ends.all(|end| !end.may_have_come)
    }

    /// Where the reader of a move or an end knows the appointment from, where that is
    /// not where it was last: they have heard nothing of the moves between.
    pub(super) fn before(&self, a: &Appointment, occasion: Occasion<'_>) -> Option<Appointment> {
        // One that broke off after it was said may have been read.
        let since = self.emails.iter().rposition(|unheard| unheard.may_have_come).map_or(0, |at| at + 1);
        let mut unheard = self.emails[since..].iter().map(|stored| &stored.email);
        let before = unheard.find_map(|email| match (email.kind(), occasion) {
            // They know the time that they asked for, and not yet that it was confirmed.
            (Occasion::CONFIRMED, Occasion::Changed { from, .. }) => {
                Some(from.clone().as_request(from.requested_at))
            }
            _ if email.side == occasion.side() => Some(email.before.clone()?.appointment(a)),
            _ => None,
        });
        before.or_else(|| self.by_telephone.as_ref().map(|known| known.appointment.clone()))
    }
}

/// The end of what its reader knows: of a request, that it is declined.
pub(super) fn known_end<'o>(known: &Appointment, end: Occasion<'o>) -> Occasion<'o> {
    match (end, known.status()) {
        (Occasion::Canceled, Status::Declined) => Occasion::Declined { offers_times: true },
        (end, _) => end,
    }
}

impl Operation {
    /// The therapist's sentence of an email that still waits, or of an act whose minute runs
    /// where its client is told by telephone, which a newer one without one takes the place of.
    pub(super) async fn unheard_sentence(&mut self, a: &Appointment) -> Result<Option<Note>, Error> {
        let said_with = [Occasion::CONFIRMED, Occasion::CHANGED, Occasion::PUT_BACK];
        let waiting = self.tx.waiting_client_emails(a.id).await?;
        let mut is_unheard = waiting.iter().any(|stored| said_with.contains(&stored.email.kind()));
        if self.writes_to(a).await?.is_none() {
            let known = self.tx.known_to_client(a.id, self.now).await?;
            is_unheard |= known.is_some_and(|known| known.appointment.sentence != a.sentence);
        }
        Ok(a.sentence.clone().filter(|_| is_unheard))
    }

    /// What the therapist has ended, as its client knows it: where they know it, and as
    /// a request where that is all they have heard of. `None` where that is what ended.
    pub(super) async fn end_as_known(
        &mut self,
        a: &Appointment,
        end: Occasion<'_>,
        unheard: &Unheard,
    ) -> Result<Option<Appointment>, Error> {
        let is_an_end = matches!(end, Occasion::Canceled | Occasion::Closed { .. });
        if !is_an_end || a.canceled_by() == Some(Side::Client) {
            return Ok(None);
        }
        let before = unheard.before(a, end);
        let is_a_request = match &before {
            Some(before) if before.status() == Status::Requested => true,
            _ => unheard.has(Occasion::CONFIRMED) && self.knows_a_request_alone(a).await?,
        };
        let at = before.map_or_else(|| (a.office.clone(), a.span), |before| (before.office, before.span));
        let known = Appointment { office: at.0, span: at.1, ..a.clone() };
        if is_a_request {
            let revision = a.revision;
            let request = known.as_request(self.now).decline(a.sentence.clone(), self.now)?;
            return Ok(Some(Appointment { revision, ..request }));
        }
        Ok((!known.is_where(a)).then_some(known))
    }

    /// True where the client has asked for it, and has not heard that it was confirmed.
    async fn knows_a_request_alone(&mut self, a: &Appointment) -> Result<bool, Error> {
        let was_asked_for = self.tx.has_email_since(a.id, Occasion::RECEIVED, a.requested_at).await?;
        let knows_more = self.has_heard(a, Side::Client, |kind| SAY_IT_IS_ON.contains(&kind)).await?;
        Ok(was_asked_for && !knows_more)
    }
}
