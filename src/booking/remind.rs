//! What is written because its time has come: reminders of visits, the day
//! ahead, and to the therapist what waits for an answer.

use chrono::NaiveDate;

use super::{asked_together::and_later, conflicts::Plans, expire};
use crate::{
    app::Current,
    domain::{
        appointment::{
            Appointment,
            reminder::{self, EVENING, Reminder},
        },
        availability::hold,
        ids::AppointmentId,
        time::{self, Instant, Interval},
    },
    mail::{day_ahead, emails::Occasion},
    operation::{Error, Operation},
    urls,
};

/// Writes whatever is due, each once, in a transaction of its own. Returns how
/// many emails and calls it came to.
pub async fn remind(current: &Current) -> Result<usize, Error> {
    let mut op = expire::begin(current).await?;
    let written = op.look_for_conflicts().await?
        + op.remind_clients().await?
        + op.nudge().await?
        + op.tell_days_ahead().await?;
    op.commit().await?;
    Ok(written)
}

impl Operation {
    /// Reminds clients of visits at the policy's times.
    async fn remind_clients(&mut self) -> Result<usize, Error> {
        let policy = &self.rules.policy;
        let furthest = reminder::furthest(&policy.reminder_hours, policy.cancellation_notice_hours);
        let near = Interval::new(self.now, self.now + furthest + time::minutes(1));
        let plans = Plans::read(&mut self.tx, self.now).await?;
        let lately = self.tx.acted_on_lately(self.now).await?;
        let mut written = 0;
        for id in self.tx.confirmed_in(near).await? {
            if lately.contains(&id) {
                // It may still be undone: the next tick after its minute knows how it is.
                continue;
            }
            self.begin_alone().await?;
            let outcome = self.remind_client(id, &plans).await;
            written += self.end_alone(outcome, "the reminder of an appointment", id.0).await?;
        }
        Ok(written)
    }

    async fn remind_client(&mut self, id: AppointmentId, plans: &Plans) -> Result<usize, Error> {
        let visit = self.tx.appointment(id).await?.ok_or(Error::Missing)?;
        if self.is_in_conflict(plans, &visit) {
            return Ok(0);
        }
        let Some(Reminder { hours, at: due_since }) = self.reminder_due(&visit) else { return Ok(0) };
        // Not asked for by its hours: those may have been changed since it was written.
        let is_reminded = match self.writes_to(&visit).await? {
            Some(_) => self.tx.has_email_since(visit.id, Occasion::REMINDER, due_since).await?,
            None => self.tx.has_standing_call_since(visit.id, due_since).await?,
        };
        if is_reminded {
            return Ok(0);
        }
        self.tell_client(&visit, Occasion::Reminder { hours }).await?;
        Ok(1)
    }

    fn reminder_due(&self, visit: &Appointment) -> Option<Reminder> {
        let policy = &self.rules.policy;
        let of = reminder::Visit::of(visit, policy);
        reminder::due(&policy.reminder_hours, self.app.practice().zone, of, self.now)
    }

    /// Tells the therapist of what still waits when half of its hold has run.
    async fn nudge(&mut self) -> Result<usize, Error> {
        let mut written = 0;
        for id in self.tx.waiting_requests().await? {
            self.begin_alone().await?;
            let outcome = self.nudge_of_request(id).await;
            written += self.end_alone(outcome, "the nudge about an appointment", id.0).await?;
        }
        for id in self.tx.waiting_reschedule_requests().await? {
            self.begin_alone().await?;
            let outcome = self.nudge_of_reschedule_request(id).await;
            written += self.end_alone(outcome, "the nudge about a change of an appointment", id.0).await?;
        }
        Ok(written)
    }

    async fn nudge_of_request(&mut self, id: AppointmentId) -> Result<usize, Error> {
        let request = self.tx.appointment(id).await?.ok_or(Error::Missing)?;
        let Some(held_until) = request.state.held_until() else { return Ok(0) };
        if !self.is_half_over(request.requested_at, held_until).await? {
            return Ok(0);
        }
        // What was asked for together is one request.
        let together = self.answered_with(&request).await?;
        match together.as_slice() {
            [_] => self.tell_once(&request, Occasion::Waiting(None)).await,
            [first, ..] if first.id == id => {
                let visits = self.with_pages(&together, Occasion::Waiting(None)).await?;
                let of_each = &Occasion::Waiting(None);
                self.tell_once(&request, Occasion::Together { of_each, visits: &visits }).await
            }
            _ => Ok(0),
        }
    }

    async fn nudge_of_reschedule_request(&mut self, id: AppointmentId) -> Result<usize, Error> {
        let reschedule_request = self.tx.reschedule_request_of(id).await?.ok_or(Error::Missing)?;
        if !self.is_half_over(reschedule_request.requested_at, reschedule_request.held_until).await? {
            return Ok(0);
        }
        // What was asked for at once is one request.
        let asked = self.tx.asked_with_reschedule(reschedule_request.id).await?;
        let Some(((first, _), later)) = asked.split_first().filter(|((first, _), _)| first.id == id) else {
            return Ok(0);
        };
        let of_each = Occasion::Waiting(Some(&reschedule_request));
        self.tell_once(first, and_later(&of_each, later)).await
    }

    /// True when half of a hold has run, and not all of it: one that could not
    /// end is nothing to answer any more.
    async fn is_half_over(&mut self, from: Instant, held_until: Instant) -> Result<bool, Error> {
        let time_off = self.tx.time_off_since(from).await?;
        Ok(self.now < held_until && hold::half_time(&time_off, from, held_until) <= self.now)
    }

    /// True for a visit of which the therapist has not said yet that they will be there.
    fn is_in_conflict(&self, plans: &Plans, visit: &Appointment) -> bool {
        let standing = plans.standing(self.app.practice(), &self.rules, visit);
        standing.is_some_and(|standing| !standing.is_kept)
    }

    /// Tells the therapist in the evening of the day ahead; or, when we were not
    /// there in the evening, in the morning, as long as the day has not begun.
    async fn tell_days_ahead(&mut self) -> Result<usize, Error> {
        let here = time::civil(self.app.practice().zone, self.now);
        let tomorrow = here.date().succ_opt().filter(|_| here.time() >= EVENING);
        let mut written = 0;
        for date in [Some(here.date()), tomorrow].into_iter().flatten() {
            self.begin_alone().await?;
            let outcome = self.tell_day_ahead(date).await;
            written += self.end_alone(outcome, "the email about the day ahead", date).await?;
        }
        Ok(written)
    }

    async fn tell_day_ahead(&mut self, date: NaiveDate) -> Result<usize, Error> {
        let zone = self.app.practice().zone;
        let plans = Plans::read(&mut self.tx, self.now).await?;
        let visits = self.tx.visits(time::day(zone, date)).await?;
        // Where none but these are left, the emails about them say all there is to say.
        let (conflicts, visits): (Vec<_>, Vec<_>) =
            visits.into_iter().partition(|visit| self.is_in_conflict(&plans, visit));
        let has_begun = visits.first().is_none_or(|first| first.span.start <= self.now);
        // What was agreed on the day itself is no news to the therapist.
        // While something can be undone it is not sure yet whom the therapist sees.
        let is_unsure = !self.tx.running_acts(self.now).await?.is_empty();
        let is_known = visits.iter().all(|visit| visit.confirmed_at() >= time::start_of_day(zone, date));
        if has_begun || is_known || is_unsure || self.tx.has_email(&day_ahead::key(date)).await? {
            return Ok(0);
        }
        let facts = day_ahead::Facts {
            practice: self.app.practice(),
            date,
            visits: &visits,
            conflicts: &conflicts,
            page: self.app.base.to(&urls::day(date)),
            now: self.now,
        };
        let email = day_ahead::write(&facts, format!("<{}>", self.app.fresh_world_id()))?;
        self.tx.enqueue(&email, self.now).await?;
        Ok(1)
    }
}
