//! Reschedule requests that were asked for at once have one answer, and are told of as one.

use crate::{
    domain::appointment::{
        Appointment, Side, Status,
        reschedule_request::{Asked, RescheduleRequest},
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
};

impl Operation {
    /// Everything that has one answer with the other time that was asked for instead of what a
    /// visit has, itself included, in order of time; nothing where none was.
    async fn asked_to_move_with(&mut self, a: &Appointment) -> Result<Vec<Asked>, Error> {
        match self.tx.reschedule_request_of(a.id).await? {
            Some(waits) if a.status() == Status::Confirmed => {
                Ok(self.tx.asked_with_reschedule(waits.id).await?)
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Everything that is answered with an appointment, itself included, in order of time: the
    /// visits, and the moves of them where those are what waits for the answer.
    pub(super) async fn with_one_answer(
        &mut self,
        a: &Appointment,
    ) -> Result<(Vec<Appointment>, Vec<Asked>), Error> {
        let moves = self.asked_to_move_with(a).await?;
        let visits = match moves.is_empty() {
            true => self.answered_with(a).await?,
            false => moves.iter().map(|(a, _)| a.clone()).collect(),
        };
        Ok((visits, moves))
    }

    /// Writes one email about all of these, which are in order of time and stand alike.
    pub(super) async fn tell_of_asked<'o>(
        &mut self,
        asked: &'o [Asked],
        occasion: impl Fn(&'o RescheduleRequest) -> Occasion<'o>,
    ) -> Result<(), Error> {
        let Some(((first, request), later)) = asked.split_first() else { return Ok(()) };
        let of_each = occasion(request);
        for (a, _) in later {
            self.forget(a, of_each).await?;
        }
        let occasion = and_later(&of_each, later);
        match occasion.side() {
            Side::Client => self.tell_client(first, occasion).await,
            Side::Therapist => self.tell_therapist(first, occasion).await,
        }
    }

    /// Takes back what has not gone out about these, whose reader has heard nothing of them.
    pub(super) async fn forget_asked<'o>(
        &mut self,
        asked: &'o [Asked],
        occasion: impl Fn(&'o RescheduleRequest) -> Occasion<'o>,
    ) -> Result<(), Error> {
        for (a, request) in asked {
            self.forget(a, occasion(request)).await?;
        }
        Ok(())
    }

    /// What was asked for at once with another time for a visit, which is not asked for any more,
    /// and still waits: where the email about all of it has not gone out, the rest is told of anew.
    pub(super) async fn tell_of_the_rest(
        &mut self,
        a: &Appointment,
        over: Occasion<'_>,
        is_unheard: impl Fn(&str) -> bool,
    ) -> Result<(), Error> {
        for kind in [Occasion::RESCHEDULE_REQUEST_RECEIVED, Occasion::RESCHEDULE_REQUEST_ARRIVED] {
            if !over.supersedes().contains(&kind) || a.series.is_none() {
                continue;
            }
            let Some((ended, ..)) = self.tx.ended_reschedule_request_of(a.id).await? else { continue };
            let rest = self.tx.still_asked_with(ended.id).await?;
            let Some(((first, request), later)) = rest.split_first() else { continue };
            let of_each = match kind {
                Occasion::RESCHEDULE_REQUEST_RECEIVED => Occasion::RescheduleRequestReceived(request),
                _ => Occasion::RescheduleRequestArrived(request),
            };
            let occasion = and_later(&of_each, later);
            if self.tx.has_email(&occasion.key(first)).await? {
                // Another one that has left with it has seen to that.
                continue;
            }
            let mut was_to_be_told = is_unheard(kind);
            for (one, _) in &rest {
                was_to_be_told |= !self.tx.take_back_kinds(one.id, &[kind], self.now).await?.is_empty();
            }
            if was_to_be_told
                && let Some((page, recipient)) = self.page_and_recipient(first, occasion).await?
            {
                self.write(first, occasion, page, recipient).await?;
            }
        }
        Ok(())
    }
}

/// The same occasion, with the later visits.
pub(super) fn and_later<'o>(of_each: &'o Occasion<'o>, later: &'o [Asked]) -> Occasion<'o> {
    match later {
        [] => *of_each,
        later => Occasion::AndLater { of_each, later },
    }
}
