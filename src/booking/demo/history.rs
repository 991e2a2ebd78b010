//! Who did what of it, and when: each request, its answer, and what came of it.

use crate::{
    domain::{
        act::Kind,
        appointment::{Appointment, Side, Status},
        history::{Entry, What, Who},
    },
    store::{StoreError, Writing},
};

pub async fn note(tx: &mut Writing, written: &[Appointment]) -> Result<(), StoreError> {
    let mut entries: Vec<Entry> = written.iter().flat_map(of).collect();
    entries.sort_by_key(|entry| entry.at);
    for entry in entries {
        tx.note_happened(&entry).await?;
    }
    Ok(())
}

/// What happened to one appointment, in order.
fn of(a: &Appointment) -> Vec<Entry> {
    let mut entries = vec![Entry::of(Who::Client, What::Requested, a, a.requested_at)];
    if a.was_confirmed() {
        entries.push(Entry::of(Who::Therapist, What::Act(Kind::Confirmed), a, a.confirmed_at()));
    }
    let ended = match (a.status(), a.canceled_by()) {
        (Status::Arrived, _) => Some((Who::Therapist, What::Act(Kind::Arrived), a.span.start)),
        (Status::NoShow, _) => Some((Who::Therapist, What::Act(Kind::NoShow), a.span.end)),
        (Status::Canceled, Some(Side::Client)) => Some((Who::Client, What::CanceledByClient, a.changed_at())),
        (Status::Declined, _) => Some((Who::Therapist, What::Act(Kind::Declined), a.changed_at())),
        (Status::Expired, _) => Some((Who::Program, What::Expired, a.changed_at())),
        _ => None,
    };
    entries.extend(ended.map(|(who, what, at)| Entry::of(who, what, a, at)));
    entries
}
