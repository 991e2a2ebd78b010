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

macro_rules! whats {
    ($($(#[$doc:meta])* $what:ident = $word:literal,)*) => {
        /// What was done. The words are the file's.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum What {
            /// What the therapist did to an appointment, which could be undone for a minute.
            Act(Kind),
            /// Such an act was undone.
            Undone(Kind),
            /// Such an act was taken back, since the client had acted before they heard of it.
            Overtaken(Kind),
            $($(#[$doc])* $what,)*
        }

        impl What {
            /// Those that are no act, each with its word.
            const PLAIN: &[(Self, &'static str)] = &[$((Self::$what, $word)),*];
        }
    };
}

whats! {
    /// A client asked for a time.
    Requested = "requested",
    /// A client asked for a time, and has it at once.
    BookedByClient = "booked_by_client",
    /// A client asked for another time.
    RescheduleRequested = "reschedule_requested",
    /// A client no longer wants the other time.
    RescheduleWithdrawn = "reschedule_withdrawn",
    /// A client moved their request, or a visit that is moved at once.
    MovedByClient = "moved_by_client",
    /// A client says that they'll be there.
    WillAttend = "will_attend",
    /// A client says how late they are.
    ClientLate = "client_late",
    /// A client canceled.
    CanceledByClient = "canceled_by_client",
    /// A request was not answered in time.
    Expired = "expired",
    /// A request for another time was not answered in time.
    RescheduleExpired = "reschedule_expired",
    /// A client corrected a mistyped address.
    AddressCorrected = "address_corrected",
    /// The therapist keeps what its day's plan no longer covers.
    Kept = "kept",
    /// Somebody was called.
    Called = "called",
    /// What was paid was noted, or corrected.
    PaymentNoted = "payment_noted",
    /// Nothing was paid after all.
    PaymentForgotten = "payment_forgotten",
    /// A late fee was let go.
    FeeWaived = "fee_waived",
    /// A late fee is asked for after all.
    FeeAskedFor = "fee_asked_for",
    /// An email came back.
    CameBack = "came_back",
    /// A client's name or contact was changed.
    DetailsChanged = "details_changed",
    /// The private note was changed.
    NoteChanged = "note_changed",
    /// Another record became one with this.
    Merged = "merged",
    /// Another record is somebody else again.
    Unmerged = "unmerged",
    /// What a client asks for holds nothing from now on.
    Blocked = "blocked",
    /// It does again.
    Unblocked = "unblocked",
    /// A client was erased.
    Erased = "erased",
    /// Weekly hours were set from a date on.
    HoursChanged = "hours_changed",
    /// Weekly hours to come were taken back.
    HoursTakenBack = "hours_taken_back",
    /// The weekdays were changed on which the first booking decides the office.
    FirstBookingChanged = "first_booking_changed",
    /// A date was planned.
    DayPlanned = "day_planned",
    /// A date has its usual hours again.
    DayAsUsual = "day_as_usual",
    /// Time off was entered.
    TimeOffTaken = "time_off_taken",
    /// Time off was ended.
    TimeOffEnded = "time_off_ended",
    /// A date, or a part of it, was closed.
    DayClosed = "day_closed",
    /// What was closed is open again.
    DayReopened = "day_reopened",
    /// A client has seen that their day is closed.
    ClosingSeen = "closing_seen",
    /// Online booking was paused.
    Paused = "paused",
    /// Online booking goes on.
    Resumed = "resumed",
    /// Everybody proves their email before a time is held for them.
    ProofAskedFor = "proof_asked_for",
    /// They need not any more.
    ProofNotAskedFor = "proof_not_asked_for",
    /// The policy was changed.
    PolicyChanged = "policy_changed",
    /// The password was set.
    PasswordSet = "password_set",
    /// A one-time code is asked for from now on.
    SecondStepOn = "second_step_on",
    /// It is not asked for anymore.
    SecondStepOff = "second_step_off",
    /// Everything on record was downloaded as an archive.
    EverythingExported = "everything_exported",
    /// The table of appointments was downloaded.
    AppointmentsExported = "appointments_exported",
    /// The table of clients was downloaded.
    ClientsExported = "clients_exported",
    /// The table of emails was downloaded.
    EmailsExported = "emails_exported",
    /// A backup took the place of the file.
    Restored = "restored",
    /// The emails that waited since were let go.
    EmailsReleased = "emails_released",
}

impl What {
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
                let known = Self::PLAIN.iter().find(|(_, word)| *word == what);
                known.map(|(plain, _)| *plain).or_else(|| Kind::parse(what).map(Self::Act))
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
        for what in acts.chain(What::PLAIN.iter().map(|(what, _)| *what)) {
            let (word, act) = what.as_strs();
            assert_eq!(What::parse(word, act), Some(what), "{word}");
        }
        assert_eq!((What::parse("", None), What::parse("undone", None)), (None, None));
    }
}
