//! Either side cancels a visit of a series and what comes after it: all of it, or nothing.

use super::{cancel, confirm::Answer, expire};
use crate::{
    app::Current,
    domain::{
        act::Kind,
        appointment::Appointment,
        history::{Entry, What, Who},
        ids::{AppointmentId, Token},
        series::later::{self, Place},
    },
    operation::{Error, Operation},
};

/// The therapist calls them off; the client is told once. `seen` are the later visits that
/// the page has named.
pub async fn by_therapist(
    current: &Current,
    id: AppointmentId,
    seen: &[Place],
    answer: Answer,
) -> Result<Appointment, Error> {
    if seen.is_empty() {
        return cancel::by_therapist(current, id, answer).await;
    }
    let mut op = expire::begin(current).await?;

    let appointment = op.tx.appointment(id).await?.ok_or(Error::Missing)?;
    let visits = op.with_the_later(&appointment, seen).await?;
    let mut canceled = Vec::with_capacity(visits.len());
    for visit in visits {
        canceled.push(visit.cancel_by_therapist(answer.sentence.clone(), op.now)?);
    }
    let mut op = op.about_what_was_seen(&appointment, answer.seen).await?;

    op.tx.begin_act(Kind::Canceled, None, op.now).await?;
    for visit in &canceled {
        op.takes_up(visit).await?;
        op.end(visit).await?;
    }
    op.tell_client_of_ends(&canceled).await?;
    op.commit().await?;
    canceled.into_iter().next().ok_or(Error::Missing)
}

/// The therapist notes that the client has called to cancel them, some perhaps late. `seen` are
/// the later visits that the page has named.
pub async fn for_client(current: &Current, id: AppointmentId, seen: &[Place]) -> Result<Appointment, Error> {
    if seen.is_empty() {
        return cancel::for_client(current, id).await;
    }
    let mut op = expire::begin(current).await?;

    let appointment = op.tx.appointment(id).await?.ok_or(Error::Missing)?;
    let visits = op.with_the_later(&appointment, seen).await?;
    let mut canceled = Vec::with_capacity(visits.len());
    for visit in visits {
        canceled.push(visit.cancel_for_client(&op.rules.policy, op.now)?);
    }

    op.tx.begin_act(Kind::CanceledForClient, None, op.now).await?;
    for visit in &canceled {
        op.takes_up(visit).await?;
        op.end(visit).await?;
    }
    op.tell_who_has_canceled_all(&canceled).await?;
    op.commit().await?;
    canceled.into_iter().next().ok_or(Error::Missing)
}

/// The client cancels them; both sides are told once. `seen` is the revision of the first that
/// their page showed, and the later visits that it has named.
pub async fn by_client(
    current: &Current,
    link: &Token,
    (seen, named): (Option<u32>, &[Place]),
) -> Result<Appointment, Error> {
    if named.is_empty() {
        return cancel::by_client(current, link, seen).await;
    }
    let mut op = expire::begin(current).await?;

    let appointment = op.of_series_for_client(link).await?;
    let visits = op.with_the_later(&appointment, named).await?;
    let mut canceled = Vec::with_capacity(visits.len());
    for visit in &visits {
        canceled.push(visit.clone().cancel_by_client(&op.rules.policy, op.now)?);
    }
    let mut op = op.about_what_was_seen(&appointment, seen).await?;

    for (visit, was) in canceled.iter().zip(&visits) {
        op.end(visit).await?;
        op.tx.note_happened(&Entry::of(Who::Client, What::CanceledByClient, was, op.now)).await?;
    }
    op.tell_who_has_canceled_all(&canceled).await?;
    op.tell_therapist_of_ends(&canceled).await?;
    op.commit().await?;
    canceled.into_iter().next().ok_or(Error::Missing)
}

impl Operation {
    /// A visit of a series, and the later ones, if they are those that a page has named.
    pub(super) async fn with_the_later(
        &mut self,
        first: &Appointment,
        named: &[Place],
    ) -> Result<Vec<Appointment>, Error> {
        let later = later::later(&self.tx.series_with(first.id).await?, first);
        later::are_as_seen(&later, named)?;
        Ok([first.clone()].into_iter().chain(later).collect())
    }
}
