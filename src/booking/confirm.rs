//! The therapist says yes: to a request, or to a reschedule request of what stands.

use super::{
    expire,
    together::{Seen, are_as_seen},
};
use crate::{
    app::Current,
    domain::{
        act::Kind,
        appointment::{
            Appointment, Side,
            overriding::{Override, Rule},
            refusal::{Refusal, SlotRefusal},
            reschedule_request::{Asked, Outcome},
        },
        availability::busy::{Busy, Occupied},
        client::Note,
        ids::AppointmentId,
        time::Interval,
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
};

/// An answer of the therapist's to what they have seen.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// A sentence of their own.
    pub sentence: Option<Note>,
    /// The revision of the appointment that they saw: what has been changed
    /// since was not what they answered.
    pub seen: Option<u32>,
    /// The same of everything that was asked for together, itself included, where that is more
    /// than one.
    pub together: Vec<Seen>,
    /// The rules that they have said yes against.
    pub overridden: Override,
    /// They say that they have spoken with the client.
    pub spoken_with: bool,
}

/// Confirms a request, or the reschedule request that waits, with whatever was asked for together
/// with it, and tells the client. It looks again whether each time is free, so a yes to a
/// request that has expired works while it is; where one is not, none is confirmed.
pub async fn confirm(current: &Current, id: AppointmentId, answer: Answer) -> Result<Appointment, Error> {
    let mut op = expire::begin_about(current, id).await?;

    let appointment = op.tx.appointment(id).await?.ok_or(Error::Missing)?;
    let reschedule_request = op.tx.reschedule_request_of(id).await?;
    let before = appointment.clone();
    let (together, moves) = op.with_one_answer(&appointment).await?;
    let (policy, sentence, overridden) =
        (&op.rules.policy, answer.sentence.clone(), answer.overridden.clone());
    let asked: Vec<Appointment> = match moves.is_empty() {
        false => {
            let confirm = |(a, to): &Asked| {
                let (sentence, overridden) = (sentence.clone(), overridden.clone());
                a.clone().confirm_reschedule_request(policy, to, sentence, overridden, op.now)
            };
            moves.iter().map(confirm).collect::<Result<_, _>>()?
        }
        true => {
            let confirm =
                |a: &Appointment| a.clone().confirm(policy, sentence.clone(), overridden.clone(), op.now);
            together.iter().map(confirm).collect::<Result<_, _>>()?
        }
    };
    before.is_as_seen(answer.seen)?;
    are_as_seen(&together, &answer.together)?;
    op.is_spoken_with(&before, &answer).await?;
    let mut confirmed = Vec::with_capacity(asked.len());
    for a in &asked {
        confirmed.push(op.may_stand_beside(a.clone(), &asked, &answer.overridden).await?);
    }

    let kind = if reschedule_request.is_some() { Kind::RescheduleConfirmed } else { Kind::Confirmed };
    op.begin_act_on_all(kind, &confirmed).await?;
    for a in &confirmed {
        op.tx.end_reschedule_request(a.id, Outcome::Confirmed, op.now).await?;
        op.tx.take_time(a).await?;
        op.agree_to_conflict(a).await?;
    }
    match (moves.as_slice(), reschedule_request) {
        ([], None) => op.tell_of_all(&confirmed, Occasion::Confirmed).await?,
        ([] | [_], _) => {
            let occasion = Occasion::Changed { from: &before, wanted_by: Side::Client };
            op.tell_of_all(&confirmed, occasion).await?;
        }
        (moves, _) => {
            let ways: Vec<_> = moves.iter().map(|(a, _)| a.clone()).zip(confirmed.iter().cloned()).collect();
            op.tell_client_of_moves(&ways, Side::Client).await?;
        }
    }
    op.commit().await?;
    confirmed.into_iter().find(|a| a.id == id).ok_or(Error::Missing)
}

impl Operation {
    /// Refuses a yes to a first visit before the therapist has spoken with whoever comes.
    pub(super) async fn is_spoken_with(&mut self, a: &Appointment, answer: &Answer) -> Result<(), Error> {
        let history = self.tx.history(a.client, self.now).await?;
        match a.wants_a_talk(self.app.practice().first_visit, history) && !answer.spoken_with {
            true => Err(Refusal::NotSpokenWith.into()),
            false => Ok(()),
        }
    }

    /// What is busy for the therapist's own booking in a span: where they have said yes against
    /// what is offered to somebody on the waitlist, that offer ends.
    pub(super) async fn beside_offers(
        &mut self,
        busy: Busy,
        span: Interval,
        overridden: &Override,
    ) -> Result<Busy, Error> {
        if !overridden.contains(Rule::Offer) {
            return Ok(busy);
        }
        self.tx.withdraw_offers_in(span, self.now).await?;
        Ok(busy.without_offers())
    }

    /// Refuses to bring to life what was an erased client's.
    pub(super) async fn is_somebodys(&mut self, a: &Appointment) -> Result<(), Error> {
        match self.tx.person(a.client).await? {
            Some(_) => Ok(()),
            None => Err(Refusal::ClientErased.into()),
        }
    }

    /// An appointment that takes its time now, with the rules that were overridden for
    /// it; refused where others stand against it.
    pub(super) async fn may_stand(
        &mut self,
        a: Appointment,
        overridden: &Override,
    ) -> Result<Appointment, Error> {
        self.may_stand_beside(a, &[], overridden).await
    }

    /// The same of one of several that are answered at once: each is to be where it goes, and not
    /// in the others' way where it was.
    async fn may_stand_beside(
        &mut self,
        a: Appointment,
        all: &[Appointment],
        overridden: &Override,
    ) -> Result<Appointment, Error> {
        self.is_somebodys(&a).await?;
        // While nothing live was there, the office or the service may have gone.
        let practice = self.app.practice();
        if practice.office(&a.office).is_none() || practice.service(&a.service).is_none() {
            return Err(Refusal::from(SlotRefusal::NotGivenThere).into());
        }
        let busy = self.tx.busy(a.span, self.now).await?.without(a.id);
        let others = all.iter().filter(|other| other.id != a.id);
        let busy = others.fold(busy, |busy, other| busy.without(other.id).and(Occupied::by(other)));
        let busy = self.beside_offers(busy, a.span, overridden).await?;
        let reasons = self.calendar(&busy).reasons(&a.office, a.span, a.buffer);
        let standing = overridden.standing(&reasons);
        if !standing.is_empty() {
            return Err(Error::NotThen(standing));
        }
        // What turned out to be no matter needs no overriding.
        Ok(Appointment { overridden: Override::needed_for(&reasons), ..a })
    }
}
