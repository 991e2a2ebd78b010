//! The therapist moves a visit of a series, and later ones with it: all that are to be moved,
//! or nothing.

use super::{
    confirm::Answer,
    expire,
    reschedule::{self, Target},
};
use crate::{
    app::Current,
    domain::{
        act::Kind,
        appointment::{
            Appointment, Side,
            overriding::Override,
            refusal::{Refusal, SlotRefusal},
            reschedule_request::Outcome,
        },
        availability::busy::Occupied,
        ids::AppointmentId,
        series::later::{self, Place},
        time::Interval,
    },
    operation::{Error, Operation},
};

/// The later visits, as the page has named them, and where each is to be moved; those that
/// stay where they are, nowhere.
#[derive(Clone, Debug, Default)]
pub struct Later {
    pub seen: Vec<Place>,
    pub to: Vec<Option<Target>>,
}

/// Moves them at once, and tells the client once. Only for the first one the therapist can say
/// yes against the rules: a later one that can't be had stands against all of it.
pub async fn by_therapist(
    current: &Current,
    id: AppointmentId,
    target: Target,
    later: Later,
    answer: Answer,
) -> Result<Appointment, Error> {
    if later.to.iter().all(Option::is_none) {
        return reschedule::by_therapist(current, id, target, answer).await;
    }
    let mut op = expire::begin_about(current, id).await?;

    let first = op.tx.appointment(id).await?.ok_or(Error::Missing)?;
    let visits = op.with_the_later(&first, &later.seen).await?;
    if visits.len() != later.to.len() + 1 {
        return Err(Refusal::SeriesChanged.into());
    }
    let targets = [Some(target)].into_iter().chain(later.to);
    let wanted: Vec<(Appointment, Target)> =
        visits.into_iter().zip(targets).filter_map(|(a, target)| Some((a, target?))).collect();
    let sentence = match answer.sentence.clone() {
        None => op.unheard_sentence(&first).await?,
        said => said,
    };
    let mut moves = Vec::with_capacity(wanted.len());
    for (a, target) in &wanted {
        let overridden = if a.id == id { answer.overridden.clone() } else { Override::none() };
        let (span, overridden) = op.may_move(a, target, &wanted, &moves, &overridden).await?;
        let office = target.office.clone();
        let policy = &op.rules.policy;
        let moved = a.clone().reschedule(policy, office, span, sentence.clone(), overridden, op.now)?;
        moves.push((a.clone(), moved));
    }
    op.is_somebodys(&first).await?;
    first.is_as_seen(answer.seen)?;
    op.is_spoken_with(&first, &answer).await?;
    let order = in_turn(&moves)?;

    op.tx.begin_act(Kind::Rescheduled, None, op.now).await?;
    for (_, moved) in &moves {
        op.takes_up(moved).await?;
        op.tx.end_reschedule_request(moved.id, Outcome::Replaced, op.now).await?;
    }
    for (_, moved) in order.iter().filter_map(|nth| moves.get(*nth)) {
        op.tx.take_time(moved).await?;
        op.agree_to_conflict(moved).await?;
    }
    op.tell_client_of_moves(&moves, Side::Therapist).await?;
    op.commit().await?;
    moves.into_iter().next().map(|(_, moved)| moved).ok_or(Error::Missing)
}

/// In which order they go, so that none comes to where another still is.
pub(super) fn in_turn(moves: &[(Appointment, Appointment)]) -> Result<Vec<usize>, Refusal> {
    let spans: Vec<(Interval, Interval)> = moves.iter().map(|(from, to)| (from.span, to.span)).collect();
    later::in_turn(&spans).ok_or(SlotRefusal::SlotTaken { by: None }.into())
}

impl Operation {
    /// Where a visit would be, and what of the rules is overridden for it; refused where others
    /// stand against it. Those that are moved with it are not in its way where they were, but
    /// where they will be.
    async fn may_move(
        &mut self,
        a: &Appointment,
        target: &Target,
        with: &[(Appointment, Target)],
        moved: &[(Appointment, Appointment)],
        overridden: &Override,
    ) -> Result<(Interval, Override), Error> {
        let app = self.app.clone();
        let practice = app.practice();
        let service = practice.service(&a.service).ok_or(Refusal::from(SlotRefusal::Retired))?;
        let service = a.agreed(service);
        let office = practice.office(&target.office).ok_or(Refusal::from(SlotRefusal::NotGivenThere))?;
        let span = Interval::new(target.start, target.start + service.length());
        let busy = self.tx.busy(span, self.now).await?;
        let busy = with.iter().fold(busy, |busy, (other, _)| busy.without(other.id));
        let busy = moved.iter().fold(busy, |busy, (_, other)| busy.and(Occupied::by(other)));
        let busy = self.beside_offers(busy, span, overridden).await?;
        let refusals = self.calendar(&busy).refusals(&service, office, target.start);
        let standing = overridden.standing(&refusals);
        if !standing.is_empty() {
            return Err(Error::NotThen(standing));
        }
        Ok((span, Override::needed_for(&refusals)))
    }
}
