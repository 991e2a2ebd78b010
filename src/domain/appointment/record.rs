//! The appointment: what all of them have, wherever they stand.

use chrono::TimeDelta;

use super::{
    cancellation::CancellationTerms,
    overriding::Override,
    refusal::Refusal,
    state::State,
    status::{Side, Status},
};
use crate::domain::{
    client::{Contact, History, Name, Note},
    ids::{AppointmentId, ClientId, OfficeSlug, SeriesId, ServiceSlug},
    practice::{FirstVisit, office::Office, policy::Policy, price::Price, service::Service},
    time::{Instant, Interval},
};

/// What was agreed, or asked for. Minutes, buffer, price and office are frozen
/// at the request: later changes of the practice file touch none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// The row's number, which no other one is ever given.
    pub id: AppointmentId,
    /// Whose appointment it is.
    pub client: ClientId,
    /// Name, contact and note as given with this request.
    pub name: Name,
    /// What it was asked for with, or booked with, if not alone.
    pub series: Option<SeriesId>,
    /// Who comes, where it is somebody else than the client, who has asked for it and is written to.
    pub guest: Option<Name>,
    /// Where emails and calls about it go.
    pub contact: Contact,
    /// For the therapist alone: no email repeats it.
    pub note: Option<Note>,
    /// Where the session is.
    pub office: OfficeSlug,
    /// Which service it was asked for as.
    pub service: ServiceSlug,
    /// The service's name when it was asked for.
    pub service_name: String,
    /// Without the buffer.
    pub span: Interval,
    /// What the therapist needs after the session, as agreed.
    pub buffer: TimeDelta,
    /// As agreed: a change of content touches none.
    pub price: Price,
    /// When it was asked for, or booked.
    pub requested_at: Instant,
    /// How it stands, with what only that state has.
    pub state: State,
    /// The rules that the therapist has knowingly booked against.
    pub overridden: Override,
    /// What the therapist added in their own words to the last answer.
    pub sentence: Option<Note>,
    /// Identifies the event in calendars, for ever.
    pub uid: String,
    /// How often its client has moved it.
    pub moves: u32,
    /// Rises with everything that happens; iCalendar's SEQUENCE.
    pub revision: u32,
}

impl Appointment {
    /// The word of its state, for the file and for sentences.
    pub fn status(&self) -> Status {
        self.state.status()
    }

    /// True of what is off: nobody comes, and nobody is to.
    pub fn is_over(&self) -> bool {
        matches!(self.status(), Status::Declined | Status::Canceled | Status::Expired)
    }

    /// How long the session is, in whole minutes.
    pub fn minutes(&self) -> i64 {
        self.span.length().num_minutes()
    }

    /// Its service as it was agreed: with its minutes, buffer and price, and given
    /// where it is given now and where the appointment is, whatever has become of it since.
    pub fn agreed(&self, service: &Service) -> Service {
        let mut offices = service.offices.clone();
        if !offices.contains(&self.office) {
            offices.push(self.office.clone());
        }
        Service {
            minutes: u32::try_from(self.minutes()).unwrap_or(service.minutes),
            buffer_minutes: u32::try_from(self.buffer.num_minutes()).unwrap_or(service.buffer_minutes),
            price: self.price,
            offices,
            retired: false,
            ..service.clone()
        }
    }

    /// Refuses what was decided about another state of things: `seen` is the
    /// revision that whoever pressed the button was shown, where their page said
    /// it. That a request has expired since is no change: a late yes is to work.
    pub fn is_as_seen(&self, seen: Option<u32>) -> Result<(), Refusal> {
        let Some(seen) = seen else { return Ok(()) };
        let unexpired = match self.status() {
            Status::Expired => self.revision.checked_sub(1),
            _ => None,
        };
        if seen == self.revision || Some(seen) == unexpired {
            Ok(())
        } else {
            Err(Refusal::ChangedMeanwhile(self.status()))
        }
    }

    /// Who comes in.
    pub fn visitor(&self) -> &Name {
        self.guest.as_ref().unwrap_or(&self.name)
    }

    /// True once it has taken place, as far as anybody knows.
    pub fn was_a_visit(&self, now: Instant) -> bool {
        self.status() == Status::Arrived || self.status() == Status::Confirmed && self.span.end <= now
    }

    /// True where its client may ask for another from its page, and is asked neither for a name
    /// nor for an address: it has taken place, or is still to come.
    pub fn leads_to_another(&self, now: Instant) -> bool {
        self.was_a_visit(now) || self.is_to_come(now)
    }

    /// Live, and not begun.
    pub fn is_to_come(&self, now: Instant) -> bool {
        self.status().is_live() && now < self.span.start
    }

    /// True when a client who cancels now does it late: only what was confirmed can be late.
    pub fn is_inside_notice(&self, policy: &Policy, now: Instant) -> bool {
        let terms = self.cancellation_terms(policy).filter(|_| self.status() == Status::Confirmed);
        terms.is_some_and(|terms| terms.is_late(now))
    }

    /// Until when canceling is free, and the fee after that; `None` for what was never
    /// confirmed. The policy counts only where nothing was kept with the confirmation.
    pub fn cancellation_terms(&self, policy: &Policy) -> Option<CancellationTerms> {
        let agreement = self.state.agreement()?;
        let before_fees = || CancellationTerms::before_fees(policy, self.span.start, agreement.at);
        Some(agreement.terms.unwrap_or_else(before_fees))
    }

    /// When the time as it is now was agreed, of what was.
    pub fn confirmed_at(&self) -> Instant {
        self.state.agreement().map_or(self.requested_at, |agreement| agreement.at)
    }

    /// True where the therapist is to have spoken with the client before the yes: to a
    /// first visit, where the practice wants it so.
    pub fn wants_a_talk(&self, rules: FirstVisit, history: History) -> bool {
        rules.spoken_with && !self.was_confirmed() && history.visits == 0
    }

    /// True where its client is told the address of its office: where that is public, or
    /// once they are to come, or were.
    pub fn tells_address(&self, office: &Office) -> bool {
        let is_or_was_expected =
            matches!(self.state, State::Confirmed(_) | State::Arrived(_) | State::NoShow(_));
        office.is_address_public || is_or_was_expected
    }

    /// True for what stands or stood, and not for a request that was taken back.
    pub fn was_confirmed(&self) -> bool {
        self.state.agreement().is_some()
    }

    /// Which side canceled, where one did.
    pub fn canceled_by(&self) -> Option<Side> {
        self.state.cancellation().map(|cancellation| cancellation.by)
    }

    /// Canceled by the client inside the cancellation notice.
    pub fn was_canceled_late(&self) -> bool {
        self.state.cancellation().is_some_and(|cancellation| cancellation.is_late)
    }

    /// True where another stands at the same time in the same office.
    pub fn is_where(&self, other: &Self) -> bool {
        self.office == other.office && self.span == other.span
    }

    /// When what is so now came about.
    pub fn changed_at(&self) -> Instant {
        self.state.ended_at().or(self.state.answered_at()).unwrap_or(self.requested_at)
    }

    /// The same as a request, as whoever knows it that has not heard of the answer.
    pub fn as_request(self, held_until: Instant) -> Self {
        Self { state: State::Requested { held_until }, ..self }
    }
}
