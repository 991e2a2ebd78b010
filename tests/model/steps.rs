//! What may happen, by whom. An [`Index`] picks among whatever there is then.

use proptest::{option, prelude::*, sample::Index};

/// One thing that happens.
#[derive(Clone, Debug)]
pub enum Step {
    /// A stranger asks for an opening that the page offers.
    Asks(Who, usize, Index),
    /// A stranger asks for any half hour at any office, if need be by a forged form.
    AsksAnyway(usize, usize, u16),
    /// A form that has made a request is sent again: for the same time, or for
    /// another, as well as the first or instead.
    SendsAgain(Index, Option<(Index, bool)>),
    /// A client books again from the page of an earlier visit.
    BooksAgain(Index, Index),
    /// A client does something on their own page.
    OnOwnPage(Index, Own),
    /// A client chooses another time instead of a closed one, or says that they have seen it.
    Rebooks(Index, Index),
    SeesClosing(Index),
    /// Somebody presses the button of the page that an email about their proof leads to.
    Proves(Index),
    /// A reader asks something about an article.
    AsksQuestion,
    /// The therapist answers about an appointment, whether or not its page says so now.
    Answers(Index, Answer),
    /// The therapist answers, and undoes it within the minute; the client may do something in between.
    Undoes(Index, Answer, Option<Own>),
    /// The therapist declines many at once, and perhaps undoes it.
    DeclinesMany(bool),
    /// The therapist does something to the record of a client.
    KeepsRecord(Index, Record),
    /// The therapist notes what was paid, lets a fee go, or thinks better of it. It comes
    /// every few steps and is not drawn: nothing else gets less likely by it.
    SeesToMoney(usize),
    /// The therapist presses any button of one of their pages.
    Taps(Place, Index),
    /// The therapist books any half hour, for somebody new or known, against
    /// whatever can be overridden or not.
    Books(Who, usize, (usize, u16), bool),
    /// The therapist books the same time every few weeks, so many times.
    BooksSeries(Index, u8, u8),
    /// The therapist moves an appointment to any half hour.
    Moves(Index, (usize, u16), bool),
    /// The therapist takes a day off, at one office or at all.
    TakesOff(u8, Option<usize>),
    /// The therapist closes a day, or a part of it.
    ClosesDay(u8, usize, Keeps, Course),
    /// The therapist opens again what was closed.
    Reopens(Index, Course),
    /// The therapist types the hours of a date.
    Plans(u8, Option<usize>),
    /// A weekday of an office has other hours, from today or in a week.
    ChangesWeek(usize, usize, bool),
    /// On Saturdays the first booking decides, or does not.
    FirstBooking(bool),
    ClosesRequests,
    /// Everybody proves their email first, or nobody needs to.
    AsksProof(bool),
    ChangesPolicy(Policy),
    Writes(Content),
    /// The mail server is in another mood.
    Mail(Mail),
    /// The therapist runs late, for whomever they see next.
    RunsLate(usize),
    /// Time goes by until an hour before the next visit.
    Nears,
    /// So many minutes go by.
    Passes(i64),
    /// The file refuses some writes during the next step.
    Fails(usize),
    /// The program ends and starts again.
    Restarts,
}

/// Who asks, or is booked.
#[derive(Clone, Copy, Debug)]
pub enum Who {
    /// Somebody whom nobody knows.
    ByEmail,
    ByPhone,
    ByBoth,
    /// Always the same person.
    Regular,
}

#[derive(Clone, Debug)]
pub enum Own {
    Cancels,
    Reschedules(Index),
    TakesBack,
    CorrectsAddress,
    /// They'll be there.
    Attends,
    RunsLate,
}

/// By the end of its address.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    Confirmation,
    Decline,
    Cancellation,
    ClientCancellation,
    Arrival,
    NoShow,
    PutBack,
}

impl Answer {
    pub fn address(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::Decline => "decline",
            Self::Cancellation => "cancellation",
            Self::ClientCancellation => "client-cancellation",
            Self::Arrival => "arrival",
            Self::NoShow => "no-show",
            Self::PutBack => "put-back",
        }
    }
}

/// What can be done to a client's record.
#[derive(Clone, Debug)]
pub enum Record {
    /// Merges it with another, for good or for a moment.
    Merges(Index, bool),
    /// Blocks whoever comes regularly, or unblocks them.
    Blocks,
    Erases,
}

/// Whom the therapist sees all the same on a closed day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeps {
    Nobody,
    TheFirst,
    Everybody,
}

/// How a closing, or a reopening, goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    AtOnce,
    /// From a page that does not show yet whom it touches.
    Stale,
    /// It is undone within the minute.
    Undone,
    /// It is undone, and meanwhile one whom it touches wants to cancel.
    Meanwhile,
}

/// A page of the therapist's.
#[derive(Clone, Debug)]
pub enum Place {
    Today,
    Visit(Index),
    Hours,
    TimeOff,
    Day(u8),
}

#[derive(Clone, Copy, Debug)]
pub enum Policy {
    MinimumNotice(u8),
    CancellationNotice(u8),
    Hold(u8),
    AtOnce(bool),
}

/// What the therapist writes in the practice file.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    Minutes(u8),
    Price(u8),
    Moves,
    /// The week of an office is another, where the therapist has not said so themselves.
    Hours(u8),
    /// A service is no longer given, or is again.
    Retires(bool),
    /// Something that cannot be read, until the next thing is written.
    Problem,
}

#[derive(Clone, Copy, Debug)]
pub enum Mail {
    Kind,
    /// Not now.
    Later,
    /// No such mailbox.
    Never,
    /// It does not take anything from us.
    NotFromUs,
    HangsUp,
}

/// Writes that the file refuses: of what, and of which rows.
pub const REFUSED: [(&str, &str); 6] = [
    ("INSERT ON emails", "1"),
    ("INSERT ON emails", "NEW.side = 'therapist'"),
    ("INSERT ON appointments", "1"),
    ("UPDATE ON appointments", "NEW.id % 2 = 0"),
    ("INSERT ON links", "1"),
    ("UPDATE ON reschedule_requests", "1"),
];

/// Parts of a day that are closed; after them all, two days.
pub const PARTS: [&str; 8] = [
    "",
    "closes=office/mt-shasta",
    "closes=office/redding",
    "closes=road/mt-shasta",
    "closes=road/redding",
    "to_time=13:00",
    "from_time=12:00",
    "closes=office/redding&from_time=9:00&to_time=15:00",
];

pub fn a_step() -> impl Strategy<Value = Step> {
    let clients = prop_oneof![
        7 => (who(), 0..2usize, any::<Index>()).prop_map(|(who, service, pick)| Step::Asks(who, service, pick)),
        2 => (0..2usize, 0..2usize, any::<u16>()).prop_map(|(service, at, when)| Step::AsksAnyway(service, at, when)),
        2 => (any::<Index>(), option::of((any::<Index>(), any::<bool>())))
            .prop_map(|(form, other)| Step::SendsAgain(form, other)),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(page, pick)| Step::BooksAgain(page, pick)),
        8 => (any::<Index>(), own()).prop_map(|(page, what)| Step::OnOwnPage(page, what)),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(page, pick)| Step::Rebooks(page, pick)),
        1 => any::<Index>().prop_map(Step::SeesClosing),
        3 => any::<Index>().prop_map(Step::Proves),
        1 => Just(Step::AsksQuestion),
    ];
    let answers = prop_oneof![
        9 => (any::<Index>(), answer()).prop_map(|(visit, what)| Step::Answers(visit, what)),
        5 => (any::<Index>(), answer(), option::of(own()))
            .prop_map(|(visit, what, own)| Step::Undoes(visit, what, own)),
        1 => any::<bool>().prop_map(Step::DeclinesMany),
        2 => (0..3usize).prop_map(Step::RunsLate),
        4 => (any::<Index>(), record()).prop_map(|(visit, what)| Step::KeepsRecord(visit, what)),
        9 => (place(), any::<Index>()).prop_map(|(page, pick)| Step::Taps(page, pick)),
        5 => (who(), 0..2usize, half_hour(), any::<bool>())
            .prop_map(|(who, service, when, yes)| Step::Books(who, service, when, yes)),
        2 => (any::<Index>(), 1..=4u8, 1..=4u8)
            .prop_map(|(visit, weeks, times)| Step::BooksSeries(visit, weeks, times)),
        3 => (any::<Index>(), half_hour(), any::<bool>()).prop_map(|(visit, when, yes)| Step::Moves(visit, when, yes)),
    ];
    let planning = prop_oneof![
        2 => (0..5u8, option::of(0..2usize)).prop_map(|(day, at)| Step::TakesOff(day, at)),
        2 => (0..5u8, option::of(0..2usize)).prop_map(|(day, at)| Step::Plans(day, at)),
        4 => (0..5u8, 0..PARTS.len() + 1, keeps(), course())
            .prop_map(|(day, part, keeps, course)| Step::ClosesDay(day, part, keeps, course)),
        3 => (any::<Index>(), course()).prop_map(|(closing, course)| Step::Reopens(closing, course)),
        2 => (0..2usize, 0..5usize, any::<bool>()).prop_map(|(at, day, now)| Step::ChangesWeek(at, day, now)),
        1 => any::<bool>().prop_map(Step::FirstBooking),
        2 => Just(Step::ClosesRequests),
        2 => any::<bool>().prop_map(Step::AsksProof),
        2 => policy().prop_map(Step::ChangesPolicy),
        4 => content().prop_map(Step::Writes),
    ];
    let around = prop_oneof![
        10 => minutes().prop_map(Step::Passes),
        3 => Just(Step::Nears),
        4 => mail().prop_map(Step::Mail),
        4 => (0..REFUSED.len()).prop_map(Step::Fails),
        1 => Just(Step::Restarts),
    ];
    prop_oneof![10 => clients, 12 => answers, 4 => planning, 8 => around]
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![4 => Just(Who::ByEmail), 1 => Just(Who::ByPhone), 1 => Just(Who::ByBoth), 5 => Just(Who::Regular)]
}

fn own() -> impl Strategy<Value = Own> {
    prop_oneof![
        1 => Just(Own::Cancels),
        6 => any::<Index>().prop_map(Own::Reschedules),
        4 => Just(Own::TakesBack),
        2 => Just(Own::CorrectsAddress),
        3 => Just(Own::Attends),
        3 => Just(Own::RunsLate),
    ]
}

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        5 => Just(Answer::Confirmation),
        2 => Just(Answer::Decline),
        1 => Just(Answer::Cancellation),
        1 => Just(Answer::ClientCancellation),
        3 => Just(Answer::Arrival),
        3 => Just(Answer::NoShow),
        3 => Just(Answer::PutBack),
    ]
}

fn record() -> impl Strategy<Value = Record> {
    prop_oneof![
        2 => (any::<Index>(), any::<bool>()).prop_map(|(other, stays)| Record::Merges(other, stays)),
        3 => Just(Record::Blocks),
        1 => Just(Record::Erases),
    ]
}

fn keeps() -> impl Strategy<Value = Keeps> {
    prop_oneof![4 => Just(Keeps::Nobody), 2 => Just(Keeps::TheFirst), 1 => Just(Keeps::Everybody)]
}

fn course() -> impl Strategy<Value = Course> {
    prop_oneof![
        4 => Just(Course::AtOnce),
        1 => Just(Course::Stale),
        1 => Just(Course::Undone),
        1 => Just(Course::Meanwhile),
    ]
}

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![
        8 => Just(Place::Today),
        3 => any::<Index>().prop_map(Place::Visit),
        2 => Just(Place::Hours),
        4 => Just(Place::TimeOff),
        3 => (0..5u8).prop_map(Place::Day),
    ]
}

/// An office, and a half hour of the coming days.
fn half_hour() -> impl Strategy<Value = (usize, u16)> {
    (0..2usize, any::<u16>())
}

fn policy() -> impl Strategy<Value = Policy> {
    prop_oneof![
        (0..3u8).prop_map(Policy::MinimumNotice),
        (0..3u8).prop_map(Policy::CancellationNotice),
        (0..3u8).prop_map(Policy::Hold),
        any::<bool>().prop_map(Policy::AtOnce),
    ]
}

fn content() -> impl Strategy<Value = Content> {
    prop_oneof![
        1 => (0..3u8).prop_map(Content::Minutes),
        1 => (0..3u8).prop_map(Content::Price),
        3 => Just(Content::Moves),
        1 => (0..3u8).prop_map(Content::Hours),
        1 => any::<bool>().prop_map(Content::Retires),
        1 => Just(Content::Problem),
    ]
}

fn mail() -> impl Strategy<Value = Mail> {
    prop_oneof![
        3 => Just(Mail::Kind),
        1 => Just(Mail::Later),
        1 => Just(Mail::Never),
        1 => Just(Mail::NotFromUs),
        1 => Just(Mail::HangsUp),
    ]
}

fn minutes() -> impl Strategy<Value = i64> {
    let hours = |hours: i64| hours * 60;
    prop_oneof![
        Just(1),
        Just(10),
        Just(30),
        Just(90),
        Just(hours(5)),
        Just(hours(12)),
        Just(hours(25)),
        Just(hours(3 * 24)),
    ]
}
