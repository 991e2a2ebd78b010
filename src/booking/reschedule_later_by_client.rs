//! The client moves a visit of a series, and later ones with it: all that are to be moved, or
//! nothing. Where a move waits for the therapist's answer, all of them are one reschedule
//! request: each holds its own time, and there is one answer, and one email to each side.

use super::{
    expire,
    reschedule::{self, Target},
    reschedule_later::{Later, in_turn},
};
use crate::{
    app::Current,
    domain::{
        appointment::{
            Appointment, Side, Status,
            call::Matter,
            refusal::{Refusal, SlotRefusal},
            reschedule_request::{Outcome, RescheduleRequest},
        },
        availability::{Calendar, busy::Occupied, hold, slot::Slot},
        history::{Entry, What, Who},
        ids::{RescheduleRequestId, Token},
        practice::service::Service,
        series::later,
        time::{Instant, Interval},
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
    store::GivenIn,
};

/// What choosing other times for several visits does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Nobody has answered the requests yet; they are moved.
    MovesRequests,
    MovesAtOnce,
    /// The old times are valid until the answer.
    Asks,
}

/// Moves them, or asks for it. `later` are the later visits as the page has named them, and
/// where each is to be; `seen` is the revision of the first that their page showed.
pub async fn by_client(
    current: &Current,
    link: &Token,
    target: Target,
    later: Later,
    seen: Option<u32>,
) -> Result<Appointment, Error> {
    if later.to.iter().all(Option::is_none) {
        return reschedule::by_client(current, link, target, seen).await;
    }
    let mut op = expire::begin(current).await?;

    let first = op.of_series_for_client(link).await?;
    let visits = later::later_alike(&op.tx.asked_with(&first).await?, &first);
    later::are_as_seen(&visits, &later.seen)?;
    if visits.len() != later.to.len() {
        return Err(Refusal::SeriesChanged.into());
    }
    if target.is_of(&first.office, first.span) {
        return Err(Refusal::SameTime.into());
    }
    let targets = [Some(target)].into_iter().chain(later.to);
    let wanted: Vec<(Appointment, Target)> = [first.clone()]
        .into_iter()
        .chain(visits)
        .zip(targets)
        .filter_map(|(a, target)| Some((a, target?)))
        .collect();
    // Whether each may be moved at all is said before where to.
    for (a, _) in &wanted {
        a.may_be_moved_by_client(&op.rules.policy, op.now)?;
    }
    let mut op = op.about_what_was_seen(&first, seen).await?;
    let way = op.way_of(&wanted)?;
    for (a, _) in &wanted {
        // What they have asked for before is in none of their ways.
        op.tx.end_reschedule_request(a.id, Outcome::Replaced, op.now).await?;
    }
    let mut moves = Vec::with_capacity(wanted.len());
    for (a, target) in &wanted {
        let slot = op.slot_among(a, target, &wanted, &moves, way).await?;
        op.may_move_unproven(a, slot.start).await?;
        moves.push((a.clone(), Appointment { office: slot.office.clone(), span: slot.span(), ..a.clone() }));
    }

    for (a, _) in &moves {
        // They have seen how it stands: what there was to call them about that is out of date.
        op.tx.forget_call(a.id, Matter::Standing).await?;
        let what = if way == Way::Asks { What::RescheduleRequested } else { What::MovedByClient };
        op.tx.note_happened(&Entry::of(Who::Client, what, a, op.now)).await?;
    }
    match way {
        Way::Asks => op.ask_to_move(&moves).await?,
        Way::MovesRequests | Way::MovesAtOnce => op.move_all(moves, way).await?,
    }
    let all = op.tx.asked_with(&first).await?;
    op.commit().await?;
    all.into_iter().find(|a| a.id == first.id).ok_or(Error::Missing)
}

impl Operation {
    /// The appointment of a link, for its client to act on it and others of its series; not while
    /// they know one of them otherwise than it is.
    pub(super) async fn of_series_for_client(&mut self, link: &Token) -> Result<Appointment, Error> {
        let found = self.tx.appointment_by_link(link, self.now).await?;
        let (appointment, given_in) = found.ok_or(Error::Missing)?;
        if given_in == GivenIn::Email {
            self.tx.is_proven(appointment.id).await?;
        }
        for visit in self.tx.asked_with(&appointment).await? {
            // They would act on another one than they have seen.
            if self.tx.known_to_client(visit.id, self.now).await?.is_some() {
                return Err(Refusal::BeingChanged.into());
            }
        }
        Ok(appointment)
    }

    /// Where one of them waits for an answer, all of them do.
    fn way_of(&self, wanted: &[(Appointment, Target)]) -> Result<Way, Refusal> {
        let app = &self.app;
        if wanted.iter().any(|(a, _)| a.status() == Status::Requested) {
            return Ok(Way::MovesRequests);
        }
        let service = |a: &Appointment| app.practice().service(&a.service).ok_or(SlotRefusal::Retired);
        let services: Vec<&Service> = wanted.iter().map(|(a, _)| service(a)).collect::<Result<_, _>>()?;
        let at_once = services.iter().all(|service| self.rules.policy.confirms_at_once(service, false));
        Ok(if at_once { Way::MovesAtOnce } else { Way::Asks })
    }

    /// The slot to which one of them may go: an opening for everybody but those that leave their
    /// times with it, and beside where these will be. The later ones were agreed on past the
    /// horizon, and go on past it.
    async fn slot_among(
        &mut self,
        a: &Appointment,
        target: &Target,
        wanted: &[(Appointment, Target)],
        moves: &[(Appointment, Appointment)],
        way: Way,
    ) -> Result<Slot, Error> {
        let app = self.app.clone();
        let practice = app.practice();
        let service = practice.service(&a.service).ok_or(Refusal::from(SlotRefusal::Retired))?;
        let service = a.agreed(service);
        let office = practice.office(&target.office).ok_or(Refusal::from(SlotRefusal::NotGivenThere))?;
        let span = Interval::new(target.start, target.start + service.length());
        let mut busy = self.tx.busy(span, self.now).await?.without(a.id);
        if way != Way::Asks {
            // Until the answer they are where they were.
            busy = wanted.iter().fold(busy, |busy, (other, _)| busy.without(other.id));
        }
        busy = moves.iter().fold(busy, |busy, (_, to)| busy.and(Occupied::by(to)));
        let is_first = moves.is_empty();
        let rules = if is_first { self.rules.clone() } else { self.rules.past_the_horizon() };
        let calendar = Calendar { practice, rules: &rules, busy: &busy, now: self.now };
        Ok(calendar.find_slot(&service, office, target.start).map_err(Refusal::from)?)
    }

    /// They go where they are to be, in an order in which none comes to where another still is.
    async fn move_all(&mut self, moves: Vec<(Appointment, Appointment)>, way: Way) -> Result<(), Error> {
        let policy = self.rules.policy.clone();
        let time_off = self.tx.time_off_since(self.now).await?;
        let now = self.now;
        let held_until = |start: Instant| hold::held_until(&policy, &time_off, start, now);
        let order = in_turn(&moves)?;
        let mut moved = Vec::with_capacity(moves.len());
        for (from, to) in moves {
            let (office, span) = (to.office, to.span);
            let to = match way {
                Way::MovesRequests => {
                    from.clone().move_request(office, span, held_until(span.start), self.now)?
                }
                _ => from.clone().move_by_client(&policy, office, span, self.now)?,
            };
            moved.push((from, to));
        }
        for (_, to) in order.iter().filter_map(|nth| moved.get(*nth)) {
            self.tx.take_time(to).await?;
        }
        if way == Way::MovesAtOnce {
            self.tell_client_of_moves(&moved, Side::Client).await?;
            return self.tell_therapist_of_moves(&moved).await;
        }
        let Some((_, first)) = moved.first() else { return Ok(()) };
        let first = self.hold_together(first.clone(), held_until).await?;
        let all = self.answered_with(&first).await?;
        self.tell_of_all(&all, Occasion::Received).await?;
        for (_, to) in &mut moved {
            if let Some(held) = all.iter().find(|one| one.id == to.id) {
                to.clone_from(held);
            }
        }
        self.tell_therapist_of_moves(&moved).await
    }

    /// Each holds its new time until the one answer to all of them.
    async fn ask_to_move(&mut self, moves: &[(Appointment, Appointment)]) -> Result<(), Error> {
        let policy = self.rules.policy.clone();
        let time_off = self.tx.time_off_since(self.now).await?;
        // An answer that comes when one of the old times has passed helps nobody.
        let nearest = moves.iter().map(|(from, to)| from.span.start.min(to.span.start)).min();
        let nearest = nearest.ok_or(Error::Missing)?;
        let held_until = hold::held_until(&policy, &time_off, nearest, self.now);
        let mut asked = Vec::with_capacity(moves.len());
        for (from, to) in moves {
            let standing = from.clone().ask_for_reschedule(&policy, self.now)?;
            let reschedule_request = RescheduleRequest {
                id: RescheduleRequestId(0), // given by the file
                appointment: standing.id,
                office: to.office.clone(),
                span: to.span,
                requested_at: self.now,
                held_until,
            };
            self.tx.update_appointment(&standing).await?;
            asked.push(self.tx.insert_reschedule_request(reschedule_request).await?);
        }
        let ids: Vec<RescheduleRequestId> = asked.iter().map(|one| one.id).collect();
        self.tx.have_one_answer(&ids).await?;
        let first = ids.first().ok_or(Error::Missing)?;
        let asked = self.tx.asked_with_reschedule(*first).await?;
        self.tell_of_asked(&asked, Occasion::RescheduleRequestReceived).await?;
        self.tell_of_asked(&asked, Occasion::RescheduleRequestArrived).await
    }
}
