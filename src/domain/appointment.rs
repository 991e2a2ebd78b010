//! An appointment and what may happen to it. Every transition takes the
//! appointment and gives it back changed, or refuses with the reason.

use chrono::TimeDelta;

use super::{
    client::{Contact, Name, Note},
    ids::{AppointmentId, ClientId, OfficeSlug, ServiceSlug},
    interval::Interval,
    policy::Policy,
    price::Price,
    refusal::Refusal,
    time::{self, Instant},
};

/// Where an appointment stands. The words are the file's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Asked for, held until the therapist answers.
    Requested,
    Confirmed,
    Declined,
    Cancelled,
    /// The hold ended without an answer.
    Expired,
    Arrived,
    NoShow,
}

impl Status {
    const ALL: [Self; 7] = [
        Self::Requested,
        Self::Confirmed,
        Self::Declined,
        Self::Cancelled,
        Self::Expired,
        Self::Arrived,
        Self::NoShow,
    ];

    /// As the file spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Arrived => "arrived",
            Self::NoShow => "no_show",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// The word that stands first in titles and subjects.
    pub fn word(self) -> &'static str {
        match self {
            Self::Requested => "Requested",
            Self::Confirmed => "Confirmed",
            Self::Declined => "Declined",
            Self::Cancelled => "Cancelled",
            Self::Expired => "Expired",
            Self::Arrived => "Arrived",
            Self::NoShow => "No-show",
        }
    }

    /// A live appointment has the therapist's time.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Requested | Self::Confirmed)
    }
}

/// The two sides of an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Client,
    Therapist,
}

impl Side {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Therapist => "therapist",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Client, Self::Therapist].into_iter().find(|side| side.as_str() == text)
    }
}

/// What was agreed, or asked for. Minutes, buffer, price and office are frozen
/// at the request: later changes of the practice file touch none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    pub id: AppointmentId,
    pub client: ClientId,
    /// Name, contact and note as given with this request.
    pub name: Name,
    pub contact: Contact,
    pub note: Option<Note>,
    pub office: OfficeSlug,
    pub service: ServiceSlug,
    /// The service's name when it was asked for.
    pub service_name: String,
    /// Without the buffer.
    pub session: Interval,
    pub buffer: TimeDelta,
    pub price: Price,
    pub status: Status,
    pub requested_at: Instant,
    /// Until when the request holds its time. Kept after the answer.
    pub held_until: Instant,
    pub answered_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    pub cancelled_by: Option<Side>,
    /// Cancelled by the client inside the cancellation notice.
    pub is_late: bool,
    /// What the therapist added in their own words to the last answer.
    pub sentence: Option<Note>,
    /// Identifies the event in calendars, for ever.
    pub uid: String,
    /// Rises with every change; iCalendar's SEQUENCE.
    pub revision: u32,
}

impl Appointment {
    pub fn minutes(&self) -> i64 {
        self.session.length().num_minutes()
    }

    /// The therapist says yes. An expired request may still get its yes; that
    /// its time is still free is for the calendar to say.
    pub fn confirm(self, sentence: Option<Note>, now: Instant) -> Result<Self, Refusal> {
        match self.status {
            Status::Requested | Status::Expired => {
                self.not_begun(now)?.answered(Status::Confirmed, sentence, now)
            }
            status => Err(Refusal::Is(status)),
        }
    }

    /// The therapist says no.
    pub fn decline(self, sentence: Option<Note>, now: Instant) -> Result<Self, Refusal> {
        match self.status {
            Status::Requested => self.answered(Status::Declined, sentence, now),
            status => Err(Refusal::Is(status)),
        }
    }

    /// The client takes back a request or an appointment, until it begins.
    pub fn cancel_by_client(self, policy: &Policy, now: Instant) -> Result<Self, Refusal> {
        match self.status {
            Status::Requested | Status::Confirmed => {
                let is_late = self.is_inside_notice(policy, now);
                Ok(Self { is_late, ..self.not_begun(now)?.cancelled(Side::Client, None, now) })
            }
            status => Err(Refusal::Is(status)),
        }
    }

    /// The therapist calls off a confirmed appointment, until it begins.
    pub fn cancel_by_therapist(self, sentence: Option<Note>, now: Instant) -> Result<Self, Refusal> {
        match self.status {
            Status::Confirmed => Ok(self.not_begun(now)?.cancelled(Side::Therapist, sentence, now)),
            status => Err(Refusal::Is(status)),
        }
    }

    /// Nobody answered in time.
    pub fn expire(self, now: Instant) -> Result<Self, Refusal> {
        match self.status {
            Status::Requested if self.held_until <= now => {
                Ok(Self { status: Status::Expired, ended_at: Some(now), revision: self.revision + 1, ..self })
            }
            status => Err(Refusal::Is(status)),
        }
    }

    /// The client corrects where we write to, until the first answer.
    pub fn correct_contact(self, client: ClientId, contact: Contact) -> Result<Self, Refusal> {
        match self.status {
            Status::Requested => Ok(Self { client, contact, revision: self.revision + 1, ..self }),
            _ => Err(Refusal::IsAnswered),
        }
    }

    /// True when a client who cancels now does it late: only what was confirmed can be late.
    pub fn is_inside_notice(&self, policy: &Policy, now: Instant) -> bool {
        self.status == Status::Confirmed && self.free_until(policy) <= now
    }

    /// Until when cancelling is not late.
    pub fn free_until(&self, policy: &Policy) -> Instant {
        self.session.start - time::hours(policy.cancellation_notice_hours)
    }

    fn not_begun(self, now: Instant) -> Result<Self, Refusal> {
        if now < self.session.start { Ok(self) } else { Err(Refusal::HasBegun) }
    }

    fn answered(self, status: Status, sentence: Option<Note>, now: Instant) -> Result<Self, Refusal> {
        let ended_at = (!status.is_live()).then_some(now);
        Ok(Self { status, sentence, answered_at: Some(now), ended_at, revision: self.revision + 1, ..self })
    }

    fn cancelled(self, by: Side, sentence: Option<Note>, now: Instant) -> Self {
        Self {
            status: Status::Cancelled,
            cancelled_by: Some(by),
            sentence,
            ended_at: Some(now),
            revision: self.revision + 1,
            ..self
        }
    }
}

/// Until when a request made now holds its time: `hold_hours`, at the latest
/// `answer_before_hours` before the start. Where the policy lets clients ask
/// nearer than that, until the start.
pub fn held_until(policy: &Policy, start: Instant, now: Instant) -> Instant {
    let latest = start - time::hours(policy.answer_before_hours);
    let latest = if latest > now { latest } else { start };
    latest.min(now + time::hours(policy.hold_hours))
}
