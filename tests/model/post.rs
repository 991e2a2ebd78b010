//! What was written arrives: once, in order, as long as it is true, and until
//! everybody knows how it is.

use std::collections::{BTreeMap, BTreeSet};

use stillpoint::domain::time;

use super::{
    actors::{Actors, OwnPage},
    file::{Email, File, Visit},
    steps::Mail,
    told::{CLIENT, THE_THERAPIST, TIMELY, is_long_past},
};
use crate::support::{kinds, mailbox, people::path_of};

/// The mail server gets what was written, as it was written, each once and in order.
pub async fn arrives(actors: &mut Actors, before: &File) -> File {
    let come = actors.practice().emails().await;
    let after = actors.file().await;
    let mut last = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for email in &come {
        let is_it = |row: &&Email| row.message_id.trim_matches(['<', '>']) == email.message_id;
        let row = after.emails.values().find(is_it).unwrap_or_else(|| panic!("nobody wrote {email:?}"));
        assert!(actors.received.insert(row.id), "it came twice: {row:?}");
        assert_eq!(row.outcome, "sent", "{row:?}");
        let was = before.emails.get(&row.id).map_or("waiting", |row| row.outcome.as_str());
        assert_eq!(was, "waiting", "it had ended before it came: {row:?}");
        assert_eq!(kinds::folder(email.kind()), row.kind(), "{row:?}: {}", email.text);
        let older = row.appointment.and_then(|id| last.insert((id, row.side.clone()), row.id));
        assert!(older.is_none_or(|older| older < row.id), "it overtook {older:?}: {row:?}");
        ids.insert(row.id);
        is_still_true(actors, &after, row);
        if let Some(id) = row.appointment.filter(|_| !TIMELY.contains(&row.kind().as_str())) {
            actors.heard.insert((id, row.side.clone()), (row.kind(), email.text.clone()));
        }
        finds_page(actors, &after, row, email);
    }
    let now = actors.now().timestamp();
    for row in after.emails.values() {
        let was = before.emails.get(&row.id).map_or("waiting", |row| row.outcome.as_str());
        assert!(row.outcome != "sent" || was == "sent" || ids.contains(&row.id), "it did not come: {row:?}");
        if row.outcome == "given_up" && was != "given_up" {
            assert!(matches!(actors.mail, Mail::Never) || row.attempts >= 48, "it was given up: {row:?}");
            actors.has("an email is given up");
        }
        let is_due = row.waits() && row.next_attempt_at <= now && is_in_turn(&after, row);
        assert!(!is_due || !matches!(actors.mail, Mail::Kind), "it was not tried: {row:?}");
        if row.outcome == "sent" && was == "waiting" && row.attempts > 1 {
            actors.has("an email goes out at a later try");
        }
    }
    // Nobody writes to whoever was erased, whatever waited for them.
    for visit in after.visits.values().filter(|visit| !visit.is_erased()) {
        knows_how_it_is(actors, &after, visit);
    }
    after
}

/// Once nothing is under way to them, what a reader has heard last is how it is.
fn knows_how_it_is(actors: &Actors, file: &File, visit: &Visit) {
    let zone = actors.practice().running.app().practice().zone;
    let start = time::Instant::from_timestamp(visit.starts_at, 0).expect("in range");
    for side in [CLIENT, THE_THERAPIST] {
        let Some((heard, text)) = actors.heard.get(&(visit.id, side.to_owned())) else { continue };
        let mut rows =
            file.emails.values().filter(|row| row.appointment == Some(visit.id) && row.side == side);
        if rows.any(|row| ["waiting", "given_up"].contains(&row.outcome.as_str())) {
            continue;
        }
        let is_asked = file.waiting(visit.id).is_some();
        let known: &[&str] = match (side, visit.status.as_str()) {
            (CLIENT, "requested") => &["received"],
            (CLIENT, "confirmed") if is_asked => &["reschedule_request_received", "new_address"],
            (CLIENT, "confirmed") => {
                &["confirmed", "series", "put_back", "changed", "unchanged", "new_address"]
            }
            (CLIENT, "declined") => &["declined", "closed", "reopened"],
            // Nobody is told of what ran out long after its time.
            (CLIENT, "expired") if is_long_past(visit.ends_at, visit.ended_at) => continue,
            (CLIENT, "expired") => &["expired"],
            (CLIENT, "cancelled") => &["cancelled", "declined", "closed", "reopened"],
            (THE_THERAPIST, "requested") => &["arrived", "changed_by_client"],
            (THE_THERAPIST, "confirmed") if is_asked => &["reschedule_request_arrived"],
            (THE_THERAPIST, "cancelled") if visit.cancelled_by.as_deref() == Some(CLIENT) => continue,
            _ => continue,
        };
        assert!(known.contains(&heard.as_str()), "the {side} has heard last “{heard}” of {visit:?}");
        let phrase = time::phrase(zone, start);
        assert!(
            side != CLIENT || text.contains(&phrase),
            "the {side} does not know {phrase}: {visit:?}\n{text}"
        );
    }
}

/// No older one about the same visit to the same side waits.
fn is_in_turn(file: &File, row: &Email) -> bool {
    let thread = |row: &Email| row.appointment.map(|id| (id, row.side.clone()));
    let mut older = file.emails.values().filter(|other| other.id < row.id && other.outcome == "waiting");
    row.appointment.is_none() || !older.any(|other| thread(other) == thread(row))
}

/// What comes does not tell of what is no more.
fn is_still_true(actors: &Actors, file: &File, row: &Email) {
    let Some(visit) = row.appointment.and_then(|id| file.visits.get(&id)) else { return };
    let start = time::write_instant(time::Instant::from_timestamp(visit.starts_at, 0).expect("in range"));
    let is_true = match row.kind().as_str() {
        "reminder" => {
            visit.is("confirmed") && row.key.contains(&start) && actors.now().timestamp() <= visit.starts_at
        }
        "waiting" => visit.is("requested") || file.waiting(visit.id).is_some(),
        "conflict" => visit.is("confirmed"),
        _ => true,
    };
    assert!(is_true, "it comes too late: {row:?} about {visit:?}");
}

/// The first link of an email to a client leads to their own page.
fn finds_page(actors: &mut Actors, file: &File, row: &Email, email: &mailbox::Email) {
    let unproven = file.unproven_requests.values().find(|it| it.emailed.as_ref() == Some(&row.key));
    if let Some(request) = unproven {
        let address = path_of(email.page()).to_owned();
        actors.unproven.push(OwnPage { address, visit: request.id, is_of_email: true });
        return;
    }
    let Some(visit) = row.appointment.filter(|id| row.side == CLIENT && file.visits.contains_key(id)) else {
        return;
    };
    // Where another time is chosen lies behind their own page.
    let address = path_of(email.page()).trim_end_matches("/rebooking").to_owned();
    actors.pages.push(OwnPage { address, visit, is_of_email: true });
}
