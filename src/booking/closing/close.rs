//! Closing: in one transaction the time can't be booked any more, what stood is
//! canceled, what was asked for is declined, and everybody is written to or called.

use super::touched::{self, Touched};
use crate::{
    app::Current,
    booking::expire,
    domain::{
        act::Kind,
        appointment::{
            Appointment, Side, Status,
            call::Topic,
            overriding::Override,
            reschedule_request::{self, RescheduleRequest},
        },
        availability::{
            closing::{Fate, Outcome, rebook_until},
            time_off::TimeOff,
        },
        client::Note,
        history::{Entry, What},
        ids::{ActId, AppointmentId, ClosingId, OfficeSlug},
        time::{self, Instant, Interval},
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
};

/// What is to be closed, as the therapist has said it.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The times, none of which is on record yet: one of the whole practice, or one at each office.
    pub closed: Vec<TimeOff>,
    /// What everybody reads first.
    pub sentence: Option<Note>,
    /// Whom the therapist sees all the same, and calls.
    pub kept: Vec<AppointmentId>,
    /// Whom the page showed.
    pub known: Vec<AppointmentId>,
}

/// Closes it. Whoever is touched has to be known, or the therapist is shown them first.
pub async fn close(current: &Current, wanted: Wanted) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;

    let touched = touched::read(&mut op.tx, &wanted.closed, op.now).await?;
    let ids: Vec<AppointmentId> = touched.iter().map(|one| one.appointment.id).collect();
    if !ids.iter().all(|id| wanted.known.contains(id)) {
        return Err(Error::Touches(ids));
    }

    let before = op.tx.all_time_off().await?;
    let is_off = |off: &TimeOff| before.iter().any(|one| one.office == off.office && one.span == off.span);
    if ids.iter().all(|id| wanted.kept.contains(id)) && wanted.closed.iter().all(is_off) {
        // Pressed twice: it is closed already.
        return op.commit().await;
    }
    let act = op.tx.begin_act(Kind::Closed, None, op.now).await?;
    let mut closings = Vec::new();
    for off in wanted.closed {
        let id = op
            .tx
            .insert_time_off(off.office.as_ref(), off.span, (off.note.as_ref(), off.sentence.as_ref()))
            .await?;
        let off = TimeOff { id, ..off };
        let closing = op.tx.insert_closing(act, &off, wanted.sentence.as_ref(), op.now).await?;
        op.note_of_day(What::DayClosed, off.office.as_ref(), off.span).await?;
        closings.push((closing, off));
    }
    for one in touched {
        let id = one.appointment.id;
        let closing = closes(&closings, &one);
        let is_kept = wanted.kept.contains(&id);
        let outcome = op.close_one(one, is_kept, wanted.sentence.clone()).await?;
        if let Some(closing) = closing {
            op.tx.insert_closed_visit(closing, id, outcome).await?;
        }
    }
    op.hold_anew(&before).await?;
    op.look_for_conflicts().await?;
    op.commit().await
}

/// The closing that touches somebody.
fn closes(closings: &[(ClosingId, TimeOff)], one: &Touched) -> Option<ClosingId> {
    let touches = |off: &TimeOff| {
        let asked = one.reschedule_request.as_ref();
        Fate::of(&one.appointment, asked, std::slice::from_ref(off), Instant::MIN_UTC).is_some()
    };
    closings.iter().find(|(_, off)| touches(off)).map(|(closing, _)| *closing)
}

impl Operation {
    async fn close_one(
        &mut self,
        one: Touched,
        is_kept: bool,
        sentence: Option<Note>,
    ) -> Result<Outcome, Error> {
        let Touched { appointment: a, reschedule_request, fate, .. } = one;
        match (fate, reschedule_request) {
            (Fate::Stands, Some(asked)) => {
                self.unmove(a, &asked, sentence).await?;
                Ok(Outcome::Stands)
            }
            (Fate::Ends, Some(asked)) if is_kept => {
                let a = self.unmove(a, &asked, sentence).await?;
                self.keep(&a).await?;
                Ok(Outcome::Kept)
            }
            _ if is_kept => {
                self.tx.keep_before(a.id, a.revision).await?;
                self.keep(&a).await?;
                Ok(Outcome::Kept)
            }
            (Fate::MovesIfFree, Some(asked)) => match self.moves_away(&a, &asked, sentence.clone()).await? {
                Some(moved) => {
                    self.tx.keep_before(a.id, moved.revision).await?;
                    let confirmed = reschedule_request::Outcome::Confirmed;
                    self.tx.end_reschedule_request(a.id, confirmed, self.now).await?;
                    self.tx.take_time(&moved).await?;
                    self.agree_to_conflict(&moved).await?;
                    let occasion = Occasion::Changed { from: &a, wanted_by: Side::Client };
                    self.tell_client_in_time(&moved, occasion).await?;
                    Ok(Outcome::Moved)
                }
                None => self.call_off(a, sentence).await,
            },
            _ => self.call_off(a, sentence).await,
        }
    }

    /// The visit stands; that it be moved into the closed time is declined.
    async fn unmove(
        &mut self,
        a: Appointment,
        asked: &RescheduleRequest,
        sentence: Option<Note>,
    ) -> Result<Appointment, Error> {
        let declined = reschedule_request::Outcome::Declined;
        let a = Appointment { sentence, ..a.unmoved()? };
        self.tx.keep_before(a.id, a.revision).await?;
        self.tx.end_reschedule_request(a.id, declined, self.now).await?;
        self.tx.update_appointment(&a).await?;
        self.tell_client(&a, Occasion::Unchanged(asked, declined)).await?;
        Ok(a)
    }

    /// The therapist is there all the same, and calls.
    async fn keep(&mut self, a: &Appointment) -> Result<(), Error> {
        if a.status() == Status::Confirmed {
            self.agree_to_conflict(a).await?;
        }
        Ok(self.tx.insert_call(a.id, Topic::Kept, self.now).await?)
    }

    /// The appointment where its client has asked to have it, if that may be.
    async fn moves_away(
        &mut self,
        a: &Appointment,
        asked: &RescheduleRequest,
        sentence: Option<Note>,
    ) -> Result<Option<Appointment>, Error> {
        let policy = &self.rules.policy;
        let moved = a.clone().confirm_reschedule_request(policy, asked, sentence, Override::none(), self.now);
        let Ok(moved) = moved else { return Ok(None) };
        match self.may_stand(moved, &Override::none()).await {
            Ok(moved) => Ok(Some(moved)),
            Err(Error::NotThen(_) | Error::Refused(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// It is over, and its client may choose another time.
    async fn call_off(&mut self, a: Appointment, sentence: Option<Note>) -> Result<Outcome, Error> {
        let was = a.status();
        let (over, outcome) = match was {
            Status::Requested => (a.decline(sentence, self.now)?, Outcome::Declined),
            _ => (a.cancel_by_therapist(sentence, self.now)?, Outcome::Canceled),
        };
        self.tx.keep_before(over.id, over.revision).await?;
        let canceled = reschedule_request::Outcome::Canceled;
        self.tx.end_reschedule_request(over.id, canceled, self.now).await?;
        self.tx.update_appointment(&over).await?;
        self.tx.forget_conflict(over.id).await?;
        let until = rebook_until(self.app.practice().zone, self.now, over.span.start);
        self.tell_client_in_time(&over, Occasion::Closed { was, until }).await?;
        Ok(outcome)
    }

    /// Notes what was done to the day on which a span begins.
    pub(super) async fn note_of_day(
        &mut self,
        what: What,
        office: Option<&OfficeSlug>,
        span: Interval,
    ) -> Result<(), Error> {
        let date = time::date(self.app.practice().zone, span.start);
        let entry = Entry::planned(what, self.now).in_office(office).on(date);
        Ok(self.tx.note_happened(&entry).await?)
    }

    /// Takes away what an act has closed, as if it had never been; its appointments
    /// are for whoever takes the act back.
    pub(in crate::booking) async fn unclose(&mut self, act: ActId) -> Result<(), Error> {
        let before = self.tx.all_time_off().await?;
        for closing in self.tx.closings_of_act(act).await? {
            self.tx.remove_time_off(closing.time_off).await?;
            self.note_of_day(What::DayReopened, closing.office.as_ref(), closing.span).await?;
        }
        self.tx.forget_closings(act).await?;
        self.hold_anew(&before).await
    }
}
