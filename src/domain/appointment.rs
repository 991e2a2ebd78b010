//! An appointment and what may happen to it. Every transition takes the
//! appointment and gives it back changed, or refuses with the reason.

use chrono::TimeDelta;

use super::{
    change::Change,
    client::{Contact, Name, Note},
    ids::{AppointmentId, ClientId, OfficeSlug, ServiceSlug},
    interval::Interval,
    policy::Policy,
    price::Price,
    refusal::{Overruled, Refusal, SlotRefusal},
    time::{self, Instant},
};

/// How long before the start somebody may arrive.
const EARLIEST_ARRIVAL: TimeDelta = TimeDelta::hours(1);

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
    /// When the therapist last agreed to the time as it is now, or said no.
    pub answered_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    pub cancelled_by: Option<Side>,
    /// Cancelled by the client inside the cancellation notice.
    pub is_late: bool,
    /// The rules that the therapist has knowingly booked against.
    pub overruled: Overruled,
    /// What the therapist added in their own words to the last answer.
    pub sentence: Option<Note>,
    /// Identifies the event in calendars, for ever.
    pub uid: String,
    /// Rises with everything that happens; iCalendar's SEQUENCE.
    pub revision: u32,
}

impl Appointment {
    pub fn minutes(&self) -> i64 {
        self.session.length().num_minutes()
    }

    /// The therapist says yes. An expired request may still get its yes; that
    /// its time is still free, or what was overruled, is for the calendar to say.
    pub fn confirm(
        self,
        sentence: Option<Note>,
        overruled: Overruled,
        now: Instant,
    ) -> Result<Self, Refusal> {
        match self.status {
            Status::Requested | Status::Expired => {
                Self { overruled, ..self.not_begun(now)? }.answered(Status::Confirmed, sentence, now)
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

    /// The client has told the therapist that they will not come, which may be
    /// as late as during the session.
    pub fn cancel_for_client(self, policy: &Policy, now: Instant) -> Result<Self, Refusal> {
        match self.status {
            Status::Confirmed if now < self.session.end => {
                let is_late = self.is_inside_notice(policy, now);
                Ok(Self { is_late, ..self.cancelled(Side::Client, None, now) })
            }
            Status::Confirmed => Err(Refusal::HasBegun),
            status => Err(Refusal::Is(status)),
        }
    }

    /// The therapist moves it, at once: what was asked for is confirmed by it.
    pub fn reschedule(
        self,
        office: OfficeSlug,
        session: Interval,
        sentence: Option<Note>,
        overruled: Overruled,
        now: Instant,
    ) -> Result<Self, Refusal> {
        match self.status {
            Status::Requested | Status::Expired | Status::Confirmed => {
                let moved = self.not_begun(now)?.moved(office, session)?;
                Self { overruled, ended_at: None, ..moved }.answered(Status::Confirmed, sentence, now)
            }
            status => Err(Refusal::Is(status)),
        }
    }

    /// The therapist says yes to a change that the client has asked for, while
    /// neither time has come.
    pub fn confirm_change(
        self,
        change: &Change,
        sentence: Option<Note>,
        overruled: Overruled,
        now: Instant,
    ) -> Result<Self, Refusal> {
        match self.status {
            Status::Confirmed if change.session.start <= now => Err(SlotRefusal::Past.into()),
            Status::Confirmed => {
                self.reschedule(change.office.clone(), change.session, sentence, overruled, now)
            }
            status => Err(Refusal::Is(status)),
        }
    }

    /// The client moves a request, which nobody has answered: it is the same
    /// request for another time, held anew.
    pub fn move_request(
        self,
        office: OfficeSlug,
        session: Interval,
        held_until: Instant,
        now: Instant,
    ) -> Result<Self, Refusal> {
        match self.status {
            Status::Requested => {
                let moved = self.not_begun(now)?.moved(office, session)?;
                Ok(Self { held_until, requested_at: now, revision: moved.revision + 1, ..moved })
            }
            status => Err(Refusal::Is(status)),
        }
    }

    /// The client asks for another time; this one stays valid until the answer.
    pub fn ask_for_change(self, policy: &Policy, now: Instant) -> Result<Self, Refusal> {
        match self.status {
            Status::Confirmed => {
                let standing = self.not_begun(now)?;
                if standing.is_inside_notice(policy, now) {
                    return Err(Refusal::InsideNotice);
                }
                standing.unmoved()
            }
            status => Err(Refusal::Is(status)),
        }
    }

    /// A change was declined, taken back or not answered: the appointment stands as it is.
    pub fn unmoved(self) -> Result<Self, Refusal> {
        match self.status {
            Status::Confirmed => Ok(Self { revision: self.revision + 1, ..self }),
            status => Err(Refusal::Is(status)),
        }
    }

    /// The client is there. Also how a no-show that was noted by mistake is mended.
    pub fn arrive(self, now: Instant) -> Result<Self, Refusal> {
        match self.status {
            Status::Confirmed | Status::NoShow => {
                if now < self.session.start - EARLIEST_ARRIVAL {
                    return Err(Refusal::HasNotBegun);
                }
                Ok(Self { status: Status::Arrived, revision: self.revision + 1, ..self })
            }
            status => Err(Refusal::Is(status)),
        }
    }

    /// The client has not come. Also how an arrival that was noted by mistake is mended.
    pub fn miss(self, now: Instant) -> Result<Self, Refusal> {
        match self.status {
            Status::Confirmed | Status::Arrived => {
                if now < self.session.start {
                    return Err(Refusal::HasNotBegun);
                }
                Ok(Self { status: Status::NoShow, revision: self.revision + 1, ..self })
            }
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
            status => Err(Refusal::Is(status)),
        }
    }

    /// The office has moved to another address, and the client is told.
    pub fn told_of_new_address(self) -> Self {
        Self { revision: self.revision + 1, ..self }
    }

    /// The therapist gives the request more or less time, because of time off.
    pub fn held(self, held_until: Instant) -> Self {
        Self { held_until, ..self }
    }

    /// True once it has taken place, as far as anybody knows.
    pub fn was_a_visit(&self, now: Instant) -> bool {
        self.status == Status::Arrived || self.status == Status::Confirmed && self.session.end <= now
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

    fn moved(self, office: OfficeSlug, session: Interval) -> Result<Self, Refusal> {
        if self.office == office && self.session.start == session.start {
            return Err(Refusal::SameTime);
        }
        Ok(Self { office, session, ..self })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        client::{Email, Phone},
        example::{at, office_slug, rules, service_slug},
    };
    use Status::{Cancelled, Confirmed, Declined, Expired, Requested};

    const SECOND: TimeDelta = TimeDelta::seconds(1);

    fn start() -> Instant {
        at("2026-12-08 14:30")
    }

    /// Two days before the start: nothing is late, no hold has ended.
    fn early() -> Instant {
        start() - time::hours(48)
    }

    fn policy() -> Policy {
        rules().policy
    }

    fn by_email(address: &str) -> Contact {
        Contact { email: Some(Email::parse(address).expect("an address")), phone: None }
    }

    fn by_phone(number: &str) -> Contact {
        Contact { email: None, phone: Some(Phone::stored(number.to_owned())) }
    }

    fn note(text: &str) -> Option<Note> {
        Note::parse(text).expect("a note")
    }

    fn appointment(status: Status) -> Appointment {
        Appointment {
            id: AppointmentId(1),
            client: ClientId(1),
            name: Name::parse("June Okafor").expect("a name"),
            contact: by_email("june@example.com"),
            note: note("First visit."),
            office: office_slug("north"),
            service: service_slug("hour"),
            service_name: "An hour".to_owned(),
            session: Interval::new(start(), start() + time::minutes(60)),
            buffer: time::minutes(15),
            price: Price(9500),
            status,
            requested_at: early() - time::hours(24),
            held_until: early(),
            answered_at: None,
            ended_at: (!status.is_live()).then(|| early() - SECOND),
            cancelled_by: None,
            is_late: false,
            overruled: Overruled::none(),
            sentence: None,
            uid: "1@example.com".to_owned(),
            revision: 7,
        }
    }

    #[test]
    fn the_files_words_for_a_status_read_back() {
        let words = Status::ALL.map(Status::as_str);
        assert_eq!(
            words,
            ["requested", "confirmed", "declined", "cancelled", "expired", "arrived", "no_show"]
        );
        assert_eq!(words.map(Status::parse), Status::ALL.map(Some));
        assert_eq!(Status::parse("Requested"), None);
        assert_eq!(
            [Side::Client, Side::Therapist].map(|side| Side::parse(side.as_str())),
            [Some(Side::Client), Some(Side::Therapist)]
        );
    }

    #[test]
    fn only_a_request_and_a_confirmed_appointment_have_the_therapists_time() {
        let live = Status::ALL.into_iter().filter(|status| status.is_live());
        assert_eq!(live.collect::<Vec<_>>(), [Requested, Confirmed]);
    }

    type Act = fn(Appointment, Instant) -> Result<Appointment, Refusal>;

    /// What may happen, from which status it leads to which, and how it is
    /// refused from every other.
    struct Action {
        name: &'static str,
        act: Act,
        leads: &'static [(Status, Status)],
        refusal: fn(Status) -> Refusal,
    }

    #[test]
    fn each_status_allows_its_own_actions_and_every_allowed_one_raises_the_revision_by_one() {
        let actions = [
            Action {
                name: "confirm",
                act: |a, now| a.confirm(None, Overruled::none(), now),
                leads: &[(Requested, Confirmed), (Expired, Confirmed)],
                refusal: Refusal::Is,
            },
            Action {
                name: "decline",
                act: |a, now| a.decline(None, now),
                leads: &[(Requested, Declined)],
                refusal: Refusal::Is,
            },
            Action {
                name: "cancel by client",
                act: |a, now| a.cancel_by_client(&policy(), now),
                leads: &[(Requested, Cancelled), (Confirmed, Cancelled)],
                refusal: Refusal::Is,
            },
            Action {
                name: "cancel by therapist",
                act: |a, now| a.cancel_by_therapist(None, now),
                leads: &[(Confirmed, Cancelled)],
                refusal: Refusal::Is,
            },
            Action {
                name: "expire",
                act: |a, now| a.expire(now),
                leads: &[(Requested, Expired)],
                refusal: Refusal::Is,
            },
            Action {
                name: "correct contact",
                act: |a, _| a.correct_contact(ClientId(2), by_email("jun@example.com")),
                leads: &[(Requested, Requested)],
                refusal: Refusal::Is,
            },
        ];
        for Action { name, act, leads, refusal } in actions {
            for from in Status::ALL {
                let before = appointment(from);
                let outcome = act(before.clone(), early()).map(|after| (after.status, after.revision));
                let expected = match leads.iter().find(|(lead, _)| *lead == from) {
                    Some((_, to)) => Ok((*to, before.revision + 1)),
                    None => Err(refusal(from)),
                };
                assert_eq!(outcome, expected, "{name} what is {}", from.as_str());
            }
        }
    }

    #[test]
    fn a_yes_keeps_everything_that_was_agreed() {
        for from in [Requested, Expired] {
            let before = appointment(from);
            let expected = Appointment {
                status: Confirmed,
                sentence: note("See you then."),
                answered_at: Some(early()),
                ended_at: None,
                revision: 8,
                ..before.clone()
            };
            assert_eq!(
                before.confirm(note("See you then."), Overruled::none(), early()),
                Ok(expected),
                "{}",
                from.as_str()
            );
        }
    }

    #[test]
    fn a_no_is_an_answer_and_an_end() {
        let before = appointment(Requested);
        let expected = Appointment {
            status: Declined,
            sentence: note("I am away."),
            answered_at: Some(early()),
            ended_at: Some(early()),
            revision: 8,
            ..before.clone()
        };
        assert_eq!(before.decline(note("I am away."), early()), Ok(expected));
    }

    #[test]
    fn a_cancellation_tells_who_cancelled() {
        let before = appointment(Confirmed);
        let cancelled = |by, sentence| Appointment {
            status: Cancelled,
            cancelled_by: Some(by),
            sentence,
            ended_at: Some(early()),
            revision: 8,
            ..before.clone()
        };
        assert_eq!(
            before.clone().cancel_by_client(&policy(), early()),
            Ok(cancelled(Side::Client, None)),
            "by the client"
        );
        assert_eq!(
            before.clone().cancel_by_therapist(note("I am ill."), early()),
            Ok(cancelled(Side::Therapist, note("I am ill."))),
            "by the therapist"
        );
    }

    #[test]
    fn an_expired_request_has_ended_without_an_answer() {
        let before = appointment(Requested);
        let expected =
            Appointment { status: Expired, ended_at: Some(early()), revision: 8, ..before.clone() };
        assert_eq!(before.expire(early()), Ok(expected));
    }

    #[test]
    fn a_corrected_contact_changes_where_we_write_to_and_nothing_else() {
        let before = appointment(Requested);
        let contact = by_phone("+15305550142");
        let expected =
            Appointment { client: ClientId(2), contact: contact.clone(), revision: 8, ..before.clone() };
        assert_eq!(before.correct_contact(ClientId(2), contact), Ok(expected));
    }

    #[test]
    fn a_request_expires_when_its_hold_ends_and_not_before() {
        let request = appointment(Requested);
        let held_until = request.held_until;
        assert_eq!(request.clone().expire(held_until - SECOND), Err(Refusal::Is(Requested)));
        assert!(request.expire(held_until).is_ok());
    }

    #[test]
    fn once_the_session_has_begun_nobody_confirms_or_cancels_it() {
        let actions: [(&str, Status, Act); 5] = [
            ("confirm a request", Requested, |a, now| a.confirm(None, Overruled::none(), now)),
            ("confirm an expired request", Expired, |a, now| a.confirm(None, Overruled::none(), now)),
            ("take back a request", Requested, |a, now| a.cancel_by_client(&policy(), now)),
            ("cancel", Confirmed, |a, now| a.cancel_by_client(&policy(), now)),
            ("call off", Confirmed, |a, now| a.cancel_by_therapist(None, now)),
        ];
        for (name, status, act) in actions {
            assert!(act(appointment(status), start() - SECOND).is_ok(), "{name}, a second before");
            for late in [start(), start() + time::hours(24)] {
                assert_eq!(act(appointment(status), late), Err(Refusal::HasBegun), "{name}, {late}");
            }
        }
    }

    #[test]
    fn a_cancellation_is_late_from_the_notice_on_if_the_appointment_was_confirmed() {
        let day_before = start() - time::hours(24);
        for (status, notice_hours, now, is_late) in [
            (Confirmed, 24, day_before - SECOND, false),
            (Confirmed, 24, day_before, true),
            (Confirmed, 24, start() - SECOND, true),
            (Confirmed, 0, start() - SECOND, false),
            (Requested, 24, start() - SECOND, false),
        ] {
            let policy = Policy { cancellation_notice_hours: notice_hours, ..policy() };
            let what = format!("{} with {notice_hours} h notice at {now}", status.as_str());
            assert_eq!(appointment(status).is_inside_notice(&policy, now), is_late, "{what}");
            let cancelled = appointment(status).cancel_by_client(&policy, now).expect("not begun");
            assert_eq!(cancelled.is_late, is_late, "{what}");
        }
    }
}
