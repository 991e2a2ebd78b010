//! Either side moves an appointment to another time, or another office.

use super::{confirm::Answer, expire, undo::OfClient};
use crate::{
    app::Current,
    domain::{
        act::Kind,
        appointment::{
            Appointment, Side, Status,
            call::Matter,
            overriding::Override,
            refusal::{Refusal, SlotRefusal},
            reschedule_request::{Outcome, RescheduleRequest},
        },
        availability::{hold, slot::Slot},
        history::{Entry, What, Who},
        ids::{AppointmentId, OfficeSlug, RescheduleRequestId, Token},
        practice::service::Service,
        time::{Instant, Interval},
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
};

/// Where an appointment is to be moved.
#[derive(Clone, Debug)]
pub struct Target {
    pub office: OfficeSlug,
    pub start: Instant,
}

impl Target {
    /// True where it is there already.
    pub(super) fn is_of(&self, office: &OfficeSlug, span: Interval) -> bool {
        self.office == *office && self.start == span.start
    }
}

/// The client moves a request, or asks for another time for an appointment
/// that stands: the old time is valid until the therapist answers, and a second
/// request takes the place of the first. Where the service is confirmed at once,
/// so is the reschedule request. `seen` is the revision that their page showed, where it said one.
pub async fn by_client(
    current: &Current,
    link: &Token,
    target: Target,
    seen: Option<u32>,
) -> Result<Appointment, Error> {
    let mut op = expire::begin(current).await?;

    let OfClient { appointment, seen } = op.for_client(link, seen, Kind::is_an_answer).await?;
    let policy = op.rules.policy.clone();
    let is_request = appointment.status() == Status::Requested;
    // Whether it may be moved at all is said before where to.
    appointment.may_be_moved_by_client(&policy, op.now)?;
    let standing = match is_request {
        true => appointment.clone(),
        false => appointment.clone().ask_for_reschedule(&policy, op.now)?,
    };
    let reschedule_request = op.tx.reschedule_request_of(appointment.id).await?;
    if target.is_of(&appointment.office, appointment.span)
        || reschedule_request.is_some_and(|reschedule_request| {
            target.is_of(&reschedule_request.office, reschedule_request.span)
        })
    {
        return Err(Refusal::SameTime.into());
    }
    let mut op = op.about_what_was_seen(&appointment, seen).await?;
    let app = op.app.clone();
    let service = app.practice().service(&appointment.service).ok_or(Refusal::from(SlotRefusal::Retired))?;
    let slot = op.slot_for(&appointment, service, &target).await?;
    let (span, office) = (slot.span(), slot.office);
    op.may_move_unproven(&appointment, span.start).await?;
    let time_off = op.tx.time_off_since(op.now).await?;
    let now = op.now;
    let held_until = |start| hold::held_until(&policy, &time_off, start, now);

    // They have seen how it stands: what there was to call them about that is out of date.
    op.tx.forget_call(appointment.id, Matter::Standing).await?;
    let from = Occasion::ChangedByClient { from: &appointment };
    let mut what = What::MovedByClient;
    let moved = if is_request {
        let moved = standing.move_request(office, span, held_until(span.start), op.now)?;
        op.tx.take_time(&moved).await?;
        let moved = op.hold_together(moved, held_until).await?;
        op.tell_client(&moved, Occasion::Received).await?;
        op.tell_therapist(&moved, from).await?;
        moved
    } else if policy.confirms_at_once(service, false) {
        let moved = standing.move_by_client(&policy, office, span, op.now)?;
        op.tx.end_reschedule_request(moved.id, Outcome::Replaced, op.now).await?;
        op.tx.take_time(&moved).await?;
        op.tell_client(&moved, Occasion::Changed { from: &appointment, wanted_by: Side::Client }).await?;
        op.tell_therapist(&moved, from).await?;
        moved
    } else {
        let reschedule_request = RescheduleRequest {
            id: RescheduleRequestId(0), // given by the file
            appointment: standing.id,
            office,
            span,
            requested_at: op.now,
            // An answer that comes when the old time has passed helps nobody.
            held_until: held_until(span.start.min(standing.span.start)),
        };
        what = What::RescheduleRequested;
        op.tx.end_reschedule_request(standing.id, Outcome::Replaced, op.now).await?;
        op.tx.update_appointment(&standing).await?;
        let reschedule_request = op.tx.insert_reschedule_request(reschedule_request).await?;
        op.tell_client(&standing, Occasion::RescheduleRequestReceived(&reschedule_request)).await?;
        op.tell_therapist(&standing, Occasion::RescheduleRequestArrived(&reschedule_request)).await?;
        standing
    };
    op.tx.note_happened(&Entry::of(Who::Client, what, &appointment, op.now)).await?;
    op.commit().await?;
    Ok(moved)
}

/// The client takes a reschedule request back, with whatever was asked for at once with it: the
/// appointment stays as it is. `seen` is the revision that their page showed, where it said one.
pub async fn take_back(current: &Current, link: &Token, seen: Option<u32>) -> Result<Appointment, Error> {
    let mut op = expire::begin(current).await?;

    let OfClient { appointment, seen } = op.for_client(link, seen, Kind::is_an_answer).await?;
    let reschedule_request =
        op.tx.reschedule_request_of(appointment.id).await?.ok_or(Refusal::NoRescheduleRequest)?;
    let standing = appointment.clone().unmoved()?;
    let mut op = op.about_what_was_seen(&appointment, seen).await?;

    for (a, _) in op.tx.asked_with_reschedule(reschedule_request.id).await? {
        let one = a.unmoved()?;
        op.tx.end_reschedule_request(one.id, Outcome::Canceled, op.now).await?;
        op.tx.update_appointment(&one).await?;
        let entry = Entry::of(Who::Client, What::RescheduleWithdrawn, &one, op.now);
        op.tx.note_happened(&entry).await?;
    }
    let asked = op.tx.asked_with_reschedule(reschedule_request.id).await?;
    let unchanged = |one| Occasion::Unchanged(one, Outcome::Canceled);
    let (first, _) = asked.first().ok_or(Error::Missing)?;
    // Whoever has heard nothing of a reschedule request need not hear that it is over.
    if op.has_heard(first, Side::Client, |kind| kind == Occasion::RESCHEDULE_REQUEST_RECEIVED).await? {
        op.tell_of_asked(&asked, unchanged).await?;
    } else {
        op.forget_asked(&asked, unchanged).await?;
    }
    if op.has_heard(first, Side::Therapist, |kind| kind == Occasion::RESCHEDULE_REQUEST_ARRIVED).await? {
        op.tell_of_asked(&asked, Occasion::RescheduleRequestWithdrawn).await?;
    } else {
        op.forget_asked(&asked, Occasion::RescheduleRequestWithdrawn).await?;
    }
    op.commit().await?;
    Ok(standing)
}

/// The therapist moves an appointment, at once; what was asked for is confirmed by it.
pub async fn by_therapist(
    current: &Current,
    id: AppointmentId,
    target: Target,
    answer: Answer,
) -> Result<Appointment, Error> {
    let mut op = expire::begin_about(current, id).await?;

    let appointment = op.tx.appointment(id).await?.ok_or(Error::Missing)?;
    let app = op.app.clone();
    let practice = app.practice();
    let service = practice.service(&appointment.service).ok_or(Refusal::from(SlotRefusal::Retired))?;
    let service = appointment.agreed(service);
    let office = practice.office(&target.office).ok_or(Refusal::from(SlotRefusal::NotGivenThere))?;
    let span = Interval::new(target.start, target.start + service.length());
    let busy = op.tx.busy(span, op.now).await?.without(id);
    let busy = op.beside_offers(busy, span, &answer.overridden).await?;
    let refusals = op.calendar(&busy).refusals(&service, office, target.start);
    let standing = answer.overridden.standing(&refusals);
    let before = appointment.clone();
    let overridden = Override::needed_for(&refusals);
    let sentence = match answer.sentence.clone() {
        None => op.unheard_sentence(&appointment).await?,
        said => said,
    };
    let policy = &op.rules.policy;
    let moved = appointment.reschedule(policy, target.office, span, sentence, overridden, op.now)?;
    op.is_somebodys(&moved).await?;
    before.is_as_seen(answer.seen)?;
    op.is_spoken_with(&before, &answer).await?;
    if !standing.is_empty() {
        return Err(Error::NotThen(standing));
    }

    if let Some(back) = op.moves_back(&moved).await? {
        op.commit().await?;
        return Ok(back);
    }
    op.begin_act(Kind::Rescheduled, &moved).await?;
    op.tx.end_reschedule_request(id, Outcome::Replaced, op.now).await?;
    op.tx.take_time(&moved).await?;
    op.agree_to_conflict(&moved).await?;
    op.tell_client_in_time(&moved, Occasion::Changed { from: &before, wanted_by: Side::Therapist }).await?;
    op.commit().await?;
    Ok(moved)
}

impl Operation {
    /// The slot to which a client may move an appointment: an opening for
    /// everybody but this one appointment.
    async fn slot_for(&mut self, a: &Appointment, service: &Service, target: &Target) -> Result<Slot, Error> {
        let app = self.app.clone();
        let practice = app.practice();
        let service = a.agreed(service);
        let office = practice.office(&target.office).ok_or(Refusal::from(SlotRefusal::NotGivenThere))?;
        let span = Interval::new(target.start, target.start + service.length());
        let busy = self.tx.busy(span, self.now).await?.without(a.id);
        let slot = self.calendar(&busy).find_slot(&service, office, target.start);
        Ok(slot.map_err(Refusal::from)?)
    }
}
