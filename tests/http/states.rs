//! Every action from every state by every actor: allowed, with one email to
//! each side that is to know; or refused with its reason, and nothing changed.

use chrono::TimeDelta;
use stillpoint::domain::{
    appointment::Appointment,
    ids::AppointmentId,
    time::{parse_instant, write_instant},
};

use crate::support::{
    mailbox::Email,
    page::Page,
    people::{JUNE, Opening, PETER, THERAPIST, TUESDAY, Therapist, WEDNESDAY},
    practice::{TestPractice, practice},
};

/// Wednesday, December 2, 9:00 am: what is asked for.
const HERE: Opening = Opening { start: "2026-12-02T17:00:00Z", ..WEDNESDAY };
/// Saturday, December 5, 10:00 am: what is asked for instead.
const THERE: Opening = Opening { start: "2026-12-05T18:00:00Z", ..TUESDAY };
/// Thursday, December 3, 9:00 am.
const ELSEWHERE: Opening = Opening { start: "2026-12-03T17:00:00Z", ..TUESDAY };

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Requested,
    Confirmed,
    /// Confirmed, and the client has asked for [`THERE`].
    Changing,
    /// Confirmed, and the session begins.
    Begun,
    Declined,
    Canceled,
    Expired,
    Arrived,
    NoShow,
}
use State::*;

/// What somebody does: the client on their own page, the therapist on theirs,
/// or time itself.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Action {
    ClientCancels,
    /// To [`ELSEWHERE`].
    ClientMoves,
    ClientTakesChangeBack,
    ClientCorrectsAddress,
    TherapistConfirms,
    TherapistDeclines,
    TherapistCancels,
    TherapistCancelsForClient,
    /// To [`ELSEWHERE`].
    TherapistMoves,
    TherapistNotesArrival,
    TherapistNotesNoShow,
    ADayPasses,
}
use Action::*;

const ACTIONS: [Action; 12] = [
    ClientCancels,
    ClientMoves,
    ClientTakesChangeBack,
    ClientCorrectsAddress,
    TherapistConfirms,
    TherapistDeclines,
    TherapistCancels,
    TherapistCancelsForClient,
    TherapistMoves,
    TherapistNotesArrival,
    TherapistNotesNoShow,
    ADayPasses,
];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    /// How it stands then, and of which kind an email goes to the client and to the therapist.
    Leads(&'static str, [&'static str; 2]),
    /// A status and words of the page.
    Refused(u16, &'static str),
    /// Time passes and nothing happens.
    Nothing,
}
use Outcome::*;

const NO_LETTER: [&str; 2] = ["", ""];
const NO_CHANGE: Outcome = Refused(409, "There's no reschedule request to answer anymore.");
const HAS_BEGUN: Outcome = Refused(409, "The session has already started.");
const HAS_NOT_BEGUN: Outcome = Refused(409, "The session hasn't started yet.");

/// The whole state machine.
fn outcome(state: State, action: Action) -> Outcome {
    let already = Refused(
        409,
        match state {
            Requested => "This appointment is not confirmed yet.",
            Confirmed | Changing | Begun => "This appointment is already confirmed.",
            Declined => "This appointment is already declined.",
            Canceled => "This appointment is already canceled.",
            Expired => "This request has already expired.",
            Arrived => "This appointment is already marked as arrived.",
            NoShow => "This appointment is already marked as a no-show.",
        },
    );
    match (state, action) {
        (Requested, ClientCancels) => {
            Leads("cancelled by the client", ["cancelled: a request", "cancelled_by_client"])
        }
        (Requested, ClientMoves) => {
            Leads("requested elsewhere", ["received", "changed_by_client: a request"])
        }
        (Requested, ClientCorrectsAddress) => Leads("requested", ["received", ""]),
        (Requested | Expired, TherapistConfirms) => Leads("confirmed", ["confirmed", ""]),
        (Requested, TherapistDeclines) => Leads("declined", ["declined", ""]),
        (Requested, ADayPasses) => Leads("expired", ["expired", ""]),
        (Requested | Expired, TherapistMoves) => Leads("confirmed elsewhere", ["changed: a request", ""]),

        (Confirmed | Changing, ClientCancels) => {
            Leads("cancelled by the client", ["cancelled: by the client", "cancelled_by_client"])
        }
        (Confirmed | Changing, ClientMoves) => Leads(
            "confirmed, and elsewhere is asked for",
            ["reschedule_request_received", "reschedule_request_arrived"],
        ),
        (Confirmed | Changing, TherapistCancels) => {
            Leads("cancelled by the therapist", ["cancelled: by the therapist", ""])
        }
        (Confirmed | Changing, TherapistCancelsForClient) => {
            Leads("cancelled by the client", ["cancelled: by the client", ""])
        }
        (Confirmed | Changing, TherapistMoves) => {
            Leads("confirmed elsewhere", ["changed: by the therapist", ""])
        }
        (Changing, ClientTakesChangeBack) => {
            Leads("confirmed", ["unchanged: taken back", "reschedule_request_withdrawn"])
        }
        (Changing, TherapistConfirms) => Leads("confirmed there", ["changed: as asked", ""]),
        (Changing, TherapistDeclines) => Leads("confirmed", ["unchanged: declined", ""]),
        (Changing, ADayPasses) => Leads("confirmed", ["unchanged: expired", ""]),

        (Begun, TherapistCancelsForClient) => {
            Leads("cancelled by the client, late", ["cancelled: by the client", ""])
        }
        (Begun | NoShow, TherapistNotesArrival) => Leads("arrived", NO_LETTER),
        (Begun | Arrived, TherapistNotesNoShow) => Leads("no_show", NO_LETTER),

        (Begun, ClientCancels | ClientMoves | TherapistCancels | TherapistMoves) => HAS_BEGUN,
        (Confirmed | Changing, TherapistNotesArrival | TherapistNotesNoShow) => HAS_NOT_BEGUN,
        (Changing, ClientCorrectsAddress) => already,
        (_, ClientTakesChangeBack) => NO_CHANGE,
        (_, ADayPasses) => Nothing,
        _ => already,
    }
}

/// One appointment of June's, and everybody who may do something to it.
struct Case {
    practice: TestPractice,
    therapist: Therapist,
    own_page: String,
}

impl Case {
    /// A case whose mailbox is empty.
    async fn in_state(state: State) -> Self {
        let practice = practice().open().await;
        let own_page = practice.has_asked(&JUNE, &HERE).await;
        let own_page = own_page.split('?').next().expect("a path").to_owned();
        let therapist = practice.therapist().await;
        let case = Self { practice, therapist, own_page };
        for step in match state {
            Requested => vec![],
            Confirmed => vec![TherapistConfirms],
            Changing => vec![TherapistConfirms],
            Begun => vec![TherapistConfirms],
            Declined => vec![TherapistDeclines],
            Canceled => vec![ClientCancels],
            Expired => vec![ADayPasses],
            Arrived => vec![TherapistConfirms],
            NoShow => vec![TherapistConfirms],
        } {
            case.acts(step).await;
        }
        if state == Changing {
            case.moves(&case.own_reschedule(), THERE).await.expect(303);
        }
        if [Begun, Arrived, NoShow].contains(&state) {
            let start = parse_instant(HERE.start).expect("an instant");
            case.practice.passes(start - case.practice.running.app().now()).await;
        }
        match state {
            Arrived => drop(case.acts(TherapistNotesArrival).await),
            NoShow => drop(case.acts(TherapistNotesNoShow).await),
            _ => {}
        }
        case.practice.emails().await;
        case
    }

    fn own_reschedule(&self) -> String {
        format!("{}/reschedule", self.own_page)
    }

    async fn moves(&self, address: &str, to: Opening) -> Page {
        let fields = [("office", to.office), ("start", to.start)];
        match address.starts_with("/admin") {
            true => self.therapist.sends(address, &fields).await,
            false => self.practice.visitor().sends(address, &fields).await,
        }
    }

    /// Does it. `None` where nobody does anything.
    async fn acts(&self, action: Action) -> Option<Page> {
        let client = self.practice.visitor();
        let own = |what: &str| format!("{}/{what}", self.own_page);
        let desk = |what: &str| format!("/admin/appointments/1/{what}");
        let page = match action {
            ClientCancels => client.sends(&own("cancellation"), &[]).await,
            ClientMoves => self.moves(&self.own_reschedule(), ELSEWHERE).await,
            ClientTakesChangeBack => client.sends(&own("reschedule/end"), &[]).await,
            ClientCorrectsAddress => {
                client.sends(&own("address"), &[("email", "j.okafor@example.com")]).await
            }
            TherapistConfirms => self.therapist.sends(&desk("confirmation"), &[]).await,
            TherapistDeclines => self.therapist.sends(&desk("decline"), &[]).await,
            TherapistCancels => self.therapist.sends(&desk("cancellation"), &[]).await,
            TherapistCancelsForClient => self.therapist.sends(&desk("client-cancellation"), &[]).await,
            TherapistMoves => self.moves(&desk("reschedule"), ELSEWHERE).await,
            TherapistNotesArrival => self.therapist.sends(&desk("arrival"), &[]).await,
            TherapistNotesNoShow => self.therapist.sends(&desk("no-show"), &[]).await,
            ADayPasses => {
                self.practice.passes(TimeDelta::hours(25)).await;
                return None;
            }
        };
        Some(page)
    }

    async fn appointment(&self) -> Appointment {
        let mut tx = self.practice.running.app().store.read().await.expect("a store");
        tx.appointment(AppointmentId(1)).await.expect("a row").expect("June's appointment")
    }

    /// How it stands, in words.
    async fn stands(&self) -> String {
        let place = |start: &str| match start {
            start if start == HERE.start => "here",
            start if start == THERE.start => "there",
            start if start == ELSEWHERE.start => "elsewhere",
            start => panic!("{start}"),
        };
        let a = self.appointment().await;
        let mut words = a.status().as_str().to_owned();
        match place(&write_instant(a.span.start)) {
            "here" => {}
            place => words += &format!(" {place}"),
        }
        if let Some(one) = a.state.cancellation() {
            words += &format!(" by the {}{}", one.by.as_str(), if one.is_late { ", late" } else { "" });
        }
        let mut tx = self.practice.running.app().store.read().await.expect("a store");
        if let Some(change) = tx.reschedule_request_of(a.id).await.expect("a change") {
            words += &format!(", and {} is asked for", place(&write_instant(change.span.start)));
        }
        words
    }

    /// Of which kinds emails have come to the client and to the therapist.
    async fn emails(&self) -> [String; 2] {
        let emails = self.practice.emails().await;
        [false, true].map(|to_therapist| {
            let to_them = emails.iter().filter(|email| (email.to == THERAPIST) == to_therapist);
            to_them.map(Email::kind).collect::<Vec<_>>().join(", ")
        })
    }
}

/// Tries everything in a state: first whatever is refused, one after the other,
/// which must change nothing; then each thing that is allowed.
async fn everything_in(state: State) {
    let case = Case::in_state(state).await;
    let before = case.appointment().await;
    let stood = case.stands().await;
    for action in ACTIONS {
        let what = format!("{state:?}, {action:?}");
        match outcome(state, action) {
            Leads(..) => continue,
            Refused(status, words) => {
                let page = case.acts(action).await.expect("somebody acts");
                assert_eq!(page.status, status, "{what}: {}", page.text());
                page.says(words);
            }
            Nothing => assert!(case.acts(action).await.is_none()),
        }
        assert_eq!(case.stands().await, stood, "{what}");
        assert_eq!(case.appointment().await, before, "{what}");
        if outcome(state, action) != Nothing {
            assert_eq!(case.emails().await, NO_LETTER, "{what}");
        }
    }
    case.practice.deliver().await;
    case.practice.close().await;

    for action in ACTIONS {
        let Leads(stands, emails) = outcome(state, action) else { continue };
        let what = format!("{state:?}, {action:?}");
        let case = Case::in_state(state).await;
        let before = case.appointment().await;
        if let Some(page) = case.acts(action).await {
            assert_eq!(page.status, 303, "{what}: {}", page.text());
        }
        assert_eq!(case.stands().await, stands, "{what}");
        assert_eq!(case.emails().await, emails, "{what}");
        assert_eq!(case.appointment().await.revision, before.revision + 1, "{what}");

        // Whatever came of it, the practice goes on: holds end, and others ask.
        case.practice.passes(TimeDelta::days(4)).await;
        let next = Opening { start: "2026-12-15T17:00:00Z", ..TUESDAY };
        case.practice.asks(&PETER, &next).await;
        case.practice.deliver().await;
        case.practice.close().await;
    }
}

#[tokio::test]
async fn everything_that_can_be_done_to_a_request() {
    everything_in(Requested).await;
}

#[tokio::test]
async fn everything_that_can_be_done_to_a_confirmed_appointment() {
    everything_in(Confirmed).await;
}

#[tokio::test]
async fn everything_that_can_be_done_while_a_change_waits() {
    everything_in(Changing).await;
}

#[tokio::test]
async fn everything_that_can_be_done_when_the_session_begins() {
    everything_in(Begun).await;
}

#[tokio::test]
async fn everything_that_can_be_done_to_what_was_declined_or_canceled_is_nothing() {
    everything_in(Declined).await;
    everything_in(Canceled).await;
}

#[tokio::test]
async fn everything_that_can_be_done_to_an_expired_request() {
    everything_in(Expired).await;
}

#[tokio::test]
async fn everything_that_can_be_done_to_a_visit_that_has_been_or_has_not() {
    everything_in(Arrived).await;
    everything_in(NoShow).await;
}

#[tokio::test]
async fn nobody_else_does_anything_whatever_the_state() {
    for state in [Requested, Changing] {
        let case = Case::in_state(state).await;
        let (before, stood) = (case.appointment().await, case.stands().await);
        let stranger = case.practice.visitor();
        for what in [
            "confirmation",
            "decline",
            "cancellation",
            "client-cancellation",
            "reschedule",
            "arrival",
            "no-show",
        ] {
            let page = stranger.sends(&format!("/admin/appointments/1/{what}"), &[]).await;
            assert!(page.leads_to().starts_with("/admin/session"), "{what}");
            // Nor the therapist to an appointment that there is not.
            case.therapist.sends(&format!("/admin/appointments/2/{what}"), &[]).await.expect(404);
        }
        for what in ["cancellation", "reschedule", "reschedule/end", "address"] {
            let fields = [("office", THERE.office), ("start", THERE.start), ("email", "x@example.com")];
            stranger.sends(&format!("/appointments/{:032x}/{what}", 7), &fields).await.expect(404);
        }
        assert_eq!((case.appointment().await, case.stands().await), (before, stood), "{state:?}");
        assert_eq!(case.emails().await, NO_LETTER, "{state:?}");
        case.practice.close().await;
    }
}

#[tokio::test]
async fn inside_the_notice_the_client_calls_and_the_therapist_moves() {
    let case = Case::in_state(Confirmed).await;
    let start = parse_instant(HERE.start).expect("an instant");
    case.practice.passes(start - TimeDelta::hours(24) - case.practice.running.app().now()).await;
    case.practice.emails().await;
    let refused = case.acts(ClientMoves).await.expect("somebody acts");
    refused.expect(410).says("(530) 555-0100");
    assert_eq!(case.emails().await, NO_LETTER);
    assert_eq!(case.acts(TherapistMoves).await.expect("somebody acts").status, 303);
    assert_eq!(case.stands().await, "confirmed elsewhere");
    assert_eq!(case.emails().await, ["changed: by the therapist", ""]);
    case.practice.close().await;
}

#[tokio::test]
async fn a_client_who_comes_although_another_time_was_asked_for_ends_the_change() {
    let practice = practice().with("cancellation_notice_hours", "0").open().await;
    let own_page = practice.has_asked(&JUNE, &HERE).await;
    let own_page = own_page.split('?').next().expect("a path").to_owned();
    let therapist = practice.therapist().await;
    let case = Case { practice, therapist, own_page };
    case.acts(TherapistConfirms).await;
    let start = parse_instant(HERE.start).expect("an instant");
    case.practice.passes(start - TimeDelta::minutes(50) - case.practice.running.app().now()).await;
    case.moves(&case.own_reschedule(), THERE).await.expect(303);
    assert_eq!(case.stands().await, "confirmed, and there is asked for");
    assert_eq!(case.acts(TherapistNotesArrival).await.expect("somebody acts").status, 303);
    assert_eq!(case.stands().await, "arrived");
    // The hold of the change would have ended with the start.
    case.practice.passes(TimeDelta::hours(2)).await;
    case.practice.asks(&PETER, &THERE).await;
    case.practice.deliver().await;
    case.practice.close().await;
}
