//! Everybody is told of what has happened, once, and of nothing else.

use std::collections::BTreeSet;

use stillpoint::{booking::conflicts::Plans, domain::ids::AppointmentId};

use super::{
    actors::Actors,
    file::{ClosedVisit, Email, File, RescheduleRequest, Visit},
    steps::Step,
};
use crate::support::people::THERAPIST;

/// Whose doing a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Client,
    Therapist,
    Time,
    Nobody,
}

impl Step {
    pub fn by(&self) -> By {
        match self {
            Self::Asks(..)
            | Self::AsksAnyway(..)
            | Self::SendsAgain(..)
            | Self::BooksAgain(..)
            | Self::OnOwnPage(..)
            | Self::Rebooks(..)
            | Self::SeesClosing(_)
            | Self::Proves(_)
            | Self::AsksQuestion => By::Client,
            Self::Answers(..)
            | Self::Undoes(..)
            | Self::DeclinesMany(_)
            | Self::KeepsRecord(..)
            | Self::SeesToMoney(_)
            | Self::Taps(..)
            | Self::Books(..)
            | Self::BooksSeries(..)
            | Self::Moves(..)
            | Self::TakesOff(..)
            | Self::ClosesDay(..)
            | Self::Reopens(..)
            | Self::Plans(..)
            | Self::ChangesWeek(..)
            | Self::FirstBooking(_)
            | Self::ClosesRequests
            | Self::AsksProof(_)
            | Self::RunsLate(_)
            | Self::ChangesPolicy(_) => By::Therapist,
            Self::Passes(_) | Self::Nears => By::Time,
            Self::Writes(_) | Self::Mail(_) | Self::Fails(_) | Self::Restarts => By::Nobody,
        }
    }
}

/// An email: its kind and whom it is to.
type Told = (&'static str, &'static str);

pub const CLIENT: &str = "client";
pub const THE_THERAPIST: &str = "therapist";
/// Written because their time has come, and not because something has happened.
pub const TIMELY: [&str; 7] =
    ["reminder", "waiting", "conflict", "day_ahead", "question", "client_late", "therapist_late"];

/// What there is to tell of what has become of a visit.
fn to_tell(before: &File, after: &File, visit: &Visit, by: By) -> BTreeSet<Told> {
    let mut told = BTreeSet::new();
    let old = before.visits.get(&visit.id);
    let reschedule_requests = after
        .reschedule_requests
        .values()
        .filter(|reschedule_request| reschedule_request.appointment == visit.id);
    let is_new = |reschedule_request: &&RescheduleRequest| {
        before
            .reschedule_requests
            .get(&reschedule_request.id)
            .is_none_or(|old| old.status != reschedule_request.status)
    };
    let reschedule_requests: Vec<&RescheduleRequest> = reschedule_requests.filter(is_new).collect();
    for reschedule_request in &reschedule_requests {
        match reschedule_request.status.as_str() {
            "requested" => told.extend([
                ("reschedule_request_received", CLIENT),
                ("reschedule_request_arrived", THE_THERAPIST),
            ]),
            "confirmed" => told.extend([("changed", CLIENT)]),
            "expired"
                if is_long_past(
                    visit.ends_at.max(reschedule_request.ends_at),
                    reschedule_request.ended_at,
                ) => {}
            "declined" | "expired" => told.extend([("unchanged", CLIENT)]),
            "cancelled" if visit.is("confirmed") => {
                told.extend([("unchanged", CLIENT), ("reschedule_request_withdrawn", THE_THERAPIST)]);
            }
            _ => {}
        }
    }
    let is_moved = old.is_some_and(|old| old.place() != visit.place());
    match (old.map(|old| old.status.as_str()), visit.status.as_str()) {
        (None, "requested") => told.extend([("received", CLIENT), ("arrived", THE_THERAPIST)]),
        (None, _) if by == By::Client => told.extend([("confirmed", CLIENT), ("arrived", THE_THERAPIST)]),
        (None, _) => {} // On the telephone, and by email where the therapist likes.
        (Some("declined" | "cancelled"), "confirmed") => told.extend([("put_back", CLIENT)]),
        (Some("requested" | "expired"), "confirmed") if is_moved => told.extend([("changed", CLIENT)]),
        (Some("requested" | "expired"), "confirmed") => told.extend([("confirmed", CLIENT)]),
        (Some("requested" | "confirmed"), "declined") | (Some("confirmed"), "cancelled")
            if closed_by(before, after, visit) =>
        {
            told.extend([("closed", CLIENT)]);
        }
        // Whoever has not heard that it was confirmed reads that their request is declined.
        (Some("requested" | "confirmed"), "declined") => told.extend([("declined", CLIENT)]),
        (Some("requested"), "expired") if is_long_past(visit.ends_at, visit.ended_at) => {}
        (Some("requested"), "expired") => told.extend([("expired", CLIENT)]),
        (Some("requested" | "confirmed"), "cancelled") => {
            told.extend([("cancelled", CLIENT)]);
            if by == By::Client {
                told.extend([("cancelled_by_client", THE_THERAPIST)]);
            }
        }
        (Some("requested"), "requested") if is_moved => {
            told.extend([("received", CLIENT), ("changed_by_client", THE_THERAPIST)]);
        }
        (Some("requested"), "requested") if old.is_some_and(|old| old.email != visit.email) => {
            told.extend([("received", CLIENT)]);
        }
        (Some("confirmed"), "confirmed") if is_moved => {
            told.extend([("changed", CLIENT)]);
            if by == By::Client {
                told.extend([("changed_by_client", THE_THERAPIST)]);
            }
        }
        (Some("confirmed"), "confirmed")
            if reschedule_requests.is_empty() && old.is_some_and(|old| old.revision != visit.revision) =>
        {
            told.extend([("new_address", CLIENT)]);
        }
        _ => {}
    }
    told
}

/// Nobody is told of what ran out more than a day after its time.
pub fn is_long_past(time: i64, ran_out_at: Option<i64>) -> bool {
    ran_out_at.is_some_and(|at| time + 24 * 60 * 60 < at)
}

/// True where a closing of this step has ended it.
fn closed_by(before: &File, after: &File, visit: &Visit) -> bool {
    let closed = after.closed_visit(visit.id).filter(|it| !before.closings.contains_key(&it.closing));
    closed.is_some_and(ClosedVisit::can_be_rebooked)
}

/// Whoever has not heard of what a move began with reads of its end alone.
fn says(email: &Email, told: &str) -> bool {
    let kind = email.kind();
    let unmoved = match kind.as_str() {
        "confirmed" => &["changed", "put_back"][..],
        // Whoever has not heard that it was confirmed reads that their request is declined.
        "declined" => &["cancelled"],
        // Nor of its end.
        "arrived" => &["changed_by_client"],
        _ => &[],
    };
    kind == told || unmoved.contains(&told)
}

/// What was written in a step is what there is to tell of it.
pub async fn hold(actors: &mut Actors, before: &File, after: &File, by: By) {
    let is_new = |one: &&Email| !before.emails.contains_key(&one.id) && !after.was_taken_back(one);
    let new: Vec<&Email> = after.emails.values().filter(is_new).collect();
    for visit in after.visits.values() {
        let about: Vec<&Email> =
            new.iter().copied().filter(|one| one.appointment == Some(visit.id)).collect();
        // Nobody is told that they were erased.
        let mut told = match actors.undone.contains(&visit.id) || visit.is_erased() {
            true => BTreeSet::new(),
            false => to_tell(before, after, visit, by),
        };
        if actors.invited.contains(&visit.id) && !actors.undone.contains(&visit.id) {
            told.insert(("reopened", CLIENT));
        }
        for email in &about {
            let to = if email.side == CLIENT { visit.email.as_deref() } else { Some(THERAPIST) };
            assert_eq!(Some(email.recipient.as_str()), to, "{email:?}");
        }
        let is_booked = !before.visits.contains_key(&visit.id) && by == By::Therapist;
        let is_news = |email: &Email| !TIMELY.contains(&email.kind().as_str());
        let news: Vec<&Email> = about.into_iter().filter(|email| is_news(email) && !is_booked).collect();
        let old = before.visits.get(&visit.id);
        for email in &news {
            let is_it = |(kind, side): &&Told| *side == email.side && says(email, kind);
            assert!(told.iter().any(|told| is_it(&told)), "{email:?} tells of nothing: {old:?}, {visit:?}");
        }
        for (kind, side) in &told {
            let written = news.iter().filter(|email| email.side == *side);
            let count = written.filter(|email| says(email, kind)).count();
            // Whoever has not heard how it was need not hear what became of that.
            let last = before
                .emails
                .values()
                .rfind(|email| email.appointment == Some(visit.id) && email.side == *side && is_news(email));
            let is_unheard = last.is_none_or(|email| email.outcome != "sent") && old.is_some();
            let is_by_call = *side == CLIENT && visit.email.is_none();
            assert!(
                count == 1 || (count == 0 && (is_unheard || is_by_call)),
                "“{kind}” to the {side} is written {count} times: {old:?}, {visit:?}"
            );
        }
        for (kind, side) in &told {
            actors.has(&format!("told: {kind}, to the {side}"));
        }
        if visit.email.is_none() {
            is_called(after, visit, &told);
        }
    }
    for email in new.iter().filter(|one| TIMELY.contains(&one.kind().as_str())) {
        is_timely(actors, after, email, by).await;
    }
}

/// Whom no email reaches stands on the list of calls, with what they do not know yet.
fn is_called(file: &File, visit: &Visit, told: &BTreeSet<Told>) {
    let is_open = file.calls.values().any(|call| call.appointment == visit.id && call.is_open());
    let by_therapist = visit.cancelled_by.as_deref() == Some(THE_THERAPIST);
    let is_news = |(kind, _): &Told| match *kind {
        // Whoever has chosen it instead of a closed time has just read that it is confirmed.
        "confirmed" => !file.closed_visits.values().any(|closed| closed.replacement == Some(visit.id)),
        "put_back" | "declined" | "expired" | "changed" | "closed" | "reopened" => true,
        "cancelled" => by_therapist,
        _ => false,
    };
    let is_to_know = told.iter().any(is_news) && !file.is_as_before(visit);
    assert!(is_open || !is_to_know, "nobody is to call about {visit:?}: {told:?}");
}

/// What is written because of the time is true at that time.
async fn is_timely(actors: &mut Actors, file: &File, email: &Email, by: By) {
    let now = actors.now().timestamp();
    let visit = email.appointment.and_then(|id| file.visits.get(&id));
    let is_to_come = visit.is_some_and(|visit| visit.is("confirmed") && visit.starts_at > now);
    let is_true = match email.kind().as_str() {
        "reminder" => by == By::Time && is_to_come && !is_in_conflict(actors, email).await,
        "waiting" => {
            let is_held = |visit: &Visit| visit.is("requested") && visit.held_until > now;
            let id = email.appointment.unwrap_or_default();
            by == By::Time
                && (visit.is_some_and(is_held)
                    || file.waiting(id).is_some_and(|reschedule_request| reschedule_request.held_until > now))
        }
        "conflict" => {
            matches!(by, By::Time | By::Therapist) && is_to_come && is_in_conflict(actors, email).await
        }
        "question" => by == By::Client,
        "client_late" => by == By::Client && visit.is_some_and(|visit| visit.is("confirmed")),
        "therapist_late" => by == By::Therapist && is_to_come,
        _ => by == By::Time,
    };
    assert!(is_true, "{email:?} about {visit:?}, in a step of {by:?}");
    let kind = email.kind();
    actors.has(&format!("told: {kind}"));
}

async fn is_in_conflict(actors: &Actors, email: &Email) -> bool {
    let app = actors.practice().running.app();
    let mut tx = app.store.read().await.expect("a store");
    let id = AppointmentId(email.appointment.unwrap_or_default());
    let visit = tx.appointment(id).await.expect("a row").expect("a visit");
    let rules = tx.rules(&app.site.first_rules, app.now()).await.expect("rules");
    let plans = Plans::read(&mut tx, app.now()).await.expect("plans");
    plans.standing(app.practice(), &rules, &visit).is_some_and(|standing| !standing.is_kept)
}
