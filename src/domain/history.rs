//! What has happened: who did what, when, and to which appointment, client or plan.

use chrono::NaiveDate;

use crate::domain::{
    act::Kind,
    appointment::Appointment,
    ids::{AppointmentId, ClientId, OfficeSlug},
    time::Instant,
};

/// One thing that has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it happened.
    pub at: Instant,
    /// Who did it.
    pub who: Who,
    /// What it was.
    pub what: What,
    /// The appointment that it was done to.
    pub appointment: Option<AppointmentId>,
    /// The client that it was done to, or whose appointment it was.
    pub client: Option<ClientId>,
    /// Where the appointment was before, or the office that it is about.
    pub office: Option<OfficeSlug>,
    /// When the appointment was before.
    pub start: Option<Instant>,
    /// The date that it is about.
    pub date: Option<NaiveDate>,
}

impl Entry {
    /// What the therapist has done to what they plan.
    pub fn planned(what: What, at: Instant) -> Self {
        Self {
            at,
            who: Who::Therapist,
            what,
            appointment: None,
            client: None,
            office: None,
            start: None,
            date: None,
        }
    }

    /// What was done to an appointment, as it was before.
    pub fn of(who: Who, what: What, before: &Appointment, at: Instant) -> Self {
        Self {
            who,
            appointment: Some(before.id),
            client: Some(before.client),
            office: Some(before.office.clone()),
            start: Some(before.span.start),
            ..Self::planned(what, at)
        }
    }

    /// What the therapist has done to a client's record.
    pub fn of_client(what: What, client: ClientId, at: Instant) -> Self {
        Self { client: Some(client), ..Self::planned(what, at) }
    }

    /// The same, about an office.
    pub fn in_office(self, office: Option<&OfficeSlug>) -> Self {
        Self { office: office.cloned(), ..self }
    }

    /// The same, about a date.
    pub fn on(self, date: NaiveDate) -> Self {
        Self { date: Some(date), ..self }
    }
}

/// Who did something. The words are the file's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// On the pages behind the sign-in.
    Therapist,
    /// Whoever holds a link, or has sent a form.
    Client,
    /// Time has passed.
    Program,
}

impl Who {
    const ALL: [Self; 3] = [Self::Therapist, Self::Client, Self::Program];

    /// As the file spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Therapist => "therapist",
            Self::Client => "client",
            Self::Program => "program",
        }
    }

    /// Reads a word of the file.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|who| who.as_str() == text)
    }
}

/// What was done. The words are the file's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// What the therapist did to an appointment, which could be undone for a minute.
    Act(Kind),
    /// Such an act was undone.
    Undone(Kind),
    /// Such an act was taken back, since the client had acted before they heard of it.
    Overtaken(Kind),
    /// A client asked for a time.
    Requested,
    /// A client asked for a time, and has it at once.
    BookedByClient,
    /// A client asked for another time.
    RescheduleRequested,
    /// A client no longer wants the other time.
    RescheduleWithdrawn,
    /// A client moved their request, or a visit that is moved at once.
    MovedByClient,
    /// A client canceled.
    CanceledByClient,
    /// A request was not answered in time.
    Expired,
    /// A request for another time was not answered in time.
    RescheduleExpired,
    /// A client corrected a mistyped address.
    AddressCorrected,
    /// The therapist keeps what its day's plan no longer covers.
    Kept,
    /// Somebody was called.
    Called,
    /// What was paid was noted, or corrected.
    PaymentNoted,
    /// Nothing was paid after all.
    PaymentForgotten,
    /// A late fee was let go.
    FeeWaived,
    /// A late fee is asked for after all.
    FeeAskedFor,
    /// An email came back.
    CameBack,
    /// A client's name or contact was changed.
    DetailsChanged,
    /// The private note was changed.
    NoteChanged,
    /// Another record became one with this.
    Merged,
    /// Another record is somebody else again.
    Unmerged,
    /// What a client asks for holds nothing from now on.
    Blocked,
    /// It does again.
    Unblocked,
    /// A client was erased.
    Erased,
    /// Weekly hours were set from a date on.
    HoursChanged,
    /// Weekly hours to come were taken back.
    HoursTakenBack,
    /// The weekdays were changed on which the first booking decides the office.
    FirstBookingChanged,
    /// A date was planned.
    DayPlanned,
    /// A date has its usual hours again.
    DayAsUsual,
    /// Time off was entered.
    TimeOffTaken,
    /// Time off was ended.
    TimeOffEnded,
    /// A date, or a part of it, was closed.
    DayClosed,
    /// What was closed is open again.
    DayReopened,
    /// A client has seen that their day is closed.
    ClosingSeen,
    /// Online booking was paused.
    Paused,
    /// Online booking goes on.
    Resumed,
    /// The policy was changed.
    PolicyChanged,
    /// The password was set.
    PasswordSet,
    /// A one-time code is asked for from now on.
    SecondStepOn,
    /// It is not asked for anymore.
    SecondStepOff,
}

impl What {
    const PLAIN: [(Self, &'static str); 39] = [
        (Self::Requested, "requested"),
        (Self::BookedByClient, "booked_by_client"),
        (Self::RescheduleRequested, "reschedule_requested"),
        (Self::RescheduleWithdrawn, "reschedule_withdrawn"),
        (Self::MovedByClient, "moved_by_client"),
        (Self::CanceledByClient, "canceled_by_client"),
        (Self::Expired, "expired"),
        (Self::RescheduleExpired, "reschedule_expired"),
        (Self::AddressCorrected, "address_corrected"),
        (Self::Kept, "kept"),
        (Self::Called, "called"),
        (Self::PaymentNoted, "payment_noted"),
        (Self::PaymentForgotten, "payment_forgotten"),
        (Self::FeeWaived, "fee_waived"),
        (Self::FeeAskedFor, "fee_asked_for"),
        (Self::CameBack, "came_back"),
        (Self::DetailsChanged, "details_changed"),
        (Self::NoteChanged, "note_changed"),
        (Self::Merged, "merged"),
        (Self::Unmerged, "unmerged"),
        (Self::Blocked, "blocked"),
        (Self::Unblocked, "unblocked"),
        (Self::Erased, "erased"),
        (Self::HoursChanged, "hours_changed"),
        (Self::HoursTakenBack, "hours_taken_back"),
        (Self::FirstBookingChanged, "first_booking_changed"),
        (Self::DayPlanned, "day_planned"),
        (Self::DayAsUsual, "day_as_usual"),
        (Self::TimeOffTaken, "time_off_taken"),
        (Self::TimeOffEnded, "time_off_ended"),
        (Self::DayClosed, "day_closed"),
        (Self::DayReopened, "day_reopened"),
        (Self::ClosingSeen, "closing_seen"),
        (Self::Paused, "paused"),
        (Self::Resumed, "resumed"),
        (Self::PolicyChanged, "policy_changed"),
        (Self::PasswordSet, "password_set"),
        (Self::SecondStepOn, "second_step_on"),
        (Self::SecondStepOff, "second_step_off"),
    ];

    /// As the file spells it, and of which act where that was undone or overtaken.
    pub fn as_strs(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Act(kind) => (kind.as_str(), None),
            Self::Undone(kind) => ("undone", Some(kind.as_str())),
            Self::Overtaken(kind) => ("overtaken", Some(kind.as_str())),
            plain => {
                let known = Self::PLAIN.iter().find(|(what, _)| *what == plain);
                (known.map_or("", |(_, word)| word), None)
            }
        }
    }

    /// Reads the words of the file.
    pub fn parse(what: &str, act: Option<&str>) -> Option<Self> {
        match (what, act) {
            ("undone", Some(act)) => Kind::parse(act).map(Self::Undone),
            ("overtaken", Some(act)) => Kind::parse(act).map(Self::Overtaken),
            (what, _) => {
                let known = Self::PLAIN.into_iter().find(|(_, word)| *word == what);
                known.map(|(plain, _)| plain).or_else(|| Kind::parse(what).map(Self::Act))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_words_read_back_and_are_all_different() {
        assert_eq!(Who::ALL.map(Who::as_str).map(Who::parse), Who::ALL.map(Some));
        let acts = Kind::ALL
            .into_iter()
            .flat_map(|kind| [What::Act(kind), What::Undone(kind), What::Overtaken(kind)]);
        for what in acts.chain(What::PLAIN.map(|(what, _)| what)) {
            let (word, act) = what.as_strs();
            assert_eq!(What::parse(word, act), Some(what), "{word}");
        }
        assert_eq!((What::parse("", None), What::parse("undone", None)), (None, None));
    }
}
