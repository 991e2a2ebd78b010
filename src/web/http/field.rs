//! The fields of all forms and of all addresses, each with its name: what a
//! handler reads and what a template writes goes by these.

use crate::domain::ids::OfficeSlug;

macro_rules! fields {
    ($($(#[$about:meta])* $field:ident = $name:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Field<'a> {
            $($(#[$about])* $field,)*
            /// The hours at one of the offices, which goes by the office's own name.
            HoursAt(&'a OfficeSlug),
        }

        impl Field<'_> {
            /// Those whose names are always the same.
            const NAMED: &'static [Field<'static>] = &[$(Field::$field,)*];

            pub fn name(&self) -> &str {
                match self {
                    $(Self::$field => $name,)*
                    Self::HoursAt(office) => office.as_str(),
                }
            }
        }
    };
}

fields! {
    // Who somebody is, and what they say.
    Name = "name",
    /// What somebody is called, where that is not their first name.
    GoesBy = "goes_by",
    Email = "email",
    /// An email address that was asked about, and is right.
    EmailAsTyped = "email_as_typed",
    Phone = "phone",
    Note = "note",
    Question = "question",
    /// The therapist's own words to clients.
    Sentence = "sentence",
    /// The same of time off, on a page that has another one.
    ForClients = "for_clients",
    Password = "password",
    NewPassword = "new_password",
    /// A one-time code, or a recovery code.
    Code = "code",
    /// A sign-in that waits for its code.
    SignIn = "sign_in",
    /// What one-time codes are made of, until they are on.
    Secret = "secret",
    /// The honeypot: whoever fills it is a robot, or a password manager.
    Website = "website",

    // What is asked for, and when.
    Service = "service",
    Office = "office",
    Start = "start",
    /// When the second of two sessions begins.
    Second = "second",
    /// Who comes to it, where it is somebody else.
    SecondFor = "second_for",
    Date = "date",
    Time = "time",
    From = "from",
    FromTime = "from_time",
    To = "to",
    /// The last date of weekly hours.
    Until = "until",
    ToTime = "to_time",
    On = "on",
    Windows = "windows",
    Monday = "monday",
    Tuesday = "tuesday",
    Wednesday = "wednesday",
    Thursday = "thursday",
    Friday = "friday",
    Saturday = "saturday",
    Sunday = "sunday",

    // A series.
    /// Every how many weeks.
    Weeks = "weeks",
    /// How many visits.
    Times = "times",
    /// One visit of it, or that and the later ones.
    Which = "which",
    /// The later ones, as the page has named them.
    Later = "later",

    // What was agreed on, and what the page showed.
    Agreed = "agreed",
    Terms = "terms",
    /// What was asked for together, each as the page showed it.
    Together = "together",
    IsFree = "is_free",
    LaterIsFree = "later_is_free",
    Revision = "revision",
    /// How late somebody is.
    Minutes = "minutes",
    Conflict = "conflict",
    /// The appointments that a change touches, as the page showed them.
    Known = "known",
    /// What is closed of a day.
    Closes = "closes",
    /// Those whom the therapist sees although the day is closed.
    Keep = "keep",
    /// The emails that go out after a restore.
    Send = "send",
    /// Those who are declined at once, each as the page showed it.
    Declined = "declined",
    /// Nobody hears of it.
    Quietly = "quietly",
    Override = "override",
    OverrideTravel = "override_travel",

    // Who a booking is for.
    /// Who comes, where it is somebody else than whoever asks; and what a client is looked for.
    For = "for",
    /// With whom a client is merged.
    With = "with",
    WithRevision = "with_revision",
    Told = "told",
    OfferTimes = "offer_times",
    /// The therapist has spoken with whoever comes for the first time.
    SpokenWith = "spoken_with",
    Client = "client",
    Asked = "asked",

    // What somebody on the waitlist would take.
    Weekdays = "weekdays",
    Parts = "parts",
    NoticeHours = "notice_hours",
    /// For how many days they wait.
    Days = "days",

    // What was paid.
    Method = "method",
    Amount = "amount",
    Tip = "tip",
    /// What the page shows as noted already.
    Noted = "noted",

    // What our pages carry for themselves.
    RequestKey = "request_key",
    /// The link to an earlier visit.
    Again = "again",
    /// A form that is kept until its owner has signed in.
    Form = "form",
    Page = "page",
    /// A list shows what has met trouble alone.
    Trouble = "trouble",
    Q = "q",
    /// What is to be exported.
    What = "what",
    /// What a day's row on the year's sheet said.
    Miles = "miles",
    /// The therapist's own rate per mile.
    Rate = "rate",
    /// The year that numbers are about.
    Year = "year",

    // The settings.
    SlotStepMinutes = "slot_step_minutes",
    MinimumNoticeHours = "minimum_notice_hours",
    HorizonDays = "horizon_days",
    HoldHours = "hold_hours",
    AnswerBeforeHours = "answer_before_hours",
    OpenRequestsPerContact = "open_requests_per_contact",
    MovesPerAppointment = "moves_per_appointment",
    UnprovenHoldsPerDay = "unproven_holds_per_day",
    UnprovenHolds = "unproven_holds",
    WaitlistNoticeHours = "waitlist_notice_hours",
    Confirmation = "confirmation",
    BookAgain = "book_again",
    CancellationNoticeHours = "cancellation_notice_hours",
    LateFeePercent = "late_fee_percent",
    ReminderHours = "reminder_hours",
}

impl Field<'_> {
    /// The field of a name that is always the same.
    pub fn named(name: &str) -> Option<Field<'static>> {
        Field::NAMED.iter().copied().find(|field| field.name() == name)
    }
}

/// So that a form can be asked by a field as well as, in templates, by its name.
impl AsRef<str> for Field<'_> {
    fn as_ref(&self) -> &str {
        self.name()
    }
}
