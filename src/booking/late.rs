//! Running late: the client says so, or the therapist does, and both sides know when a
//! visit is expected.

use std::collections::BTreeMap;

use super::{expire, undo::OfClient};
use crate::{
    app::{App, Current},
    domain::{
        act::Kind,
        appointment::{Appointment, Status, refusal::Refusal},
        availability::{
            Calendar,
            late::{self, Coming, Expected},
            rules::Rules,
        },
        history::{Entry, What, Who},
        ids::{AppointmentId, Token},
        practice::Practice,
        time::{self, Instant, Interval},
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
    store::{Reading, StoreError},
};

/// What would be of a visit whose client is so many minutes late: when they are to come and
/// until when there is time. `None` where too little of the session is left, so that
/// only a call helps.
pub async fn would_fit(
    app: &App,
    tx: &mut Reading,
    (a, minutes): (&Appointment, u32),
    rules: &Rules,
    now: Instant,
) -> Result<Option<Interval>, StoreError> {
    let day = time::day(app.practice().zone, time::date(app.practice().zone, a.span.start));
    let delay = tx.delays(day, Some(now)).await?.remove(&a.id).filter(|delay| delay.holds(a));
    let said = a.span.start + time::minutes(minutes);
    let from = delay.map_or(said, |delay| delay.span.start.max(said));
    let busy = tx.busy(day, now).await?.without(a.id);
    let calendar = Calendar { practice: app.practice(), rules, busy: &busy, now };
    Ok(calendar.still_fits(a, from))
}

/// The client is late: what still fits is noted, and the therapist told at once.
/// `shown` is what their page has promised them. Returns the visit.
pub async fn by_client(
    current: &Current,
    link: &Token,
    minutes: u32,
    shown: Interval,
) -> Result<Appointment, Error> {
    let mut op = expire::begin(current).await?;

    // What the therapist has just done they are to see first.
    let OfClient { appointment, .. } = op.for_client(link, None, |_| false).await?;
    let app = op.app.clone();
    let zone = app.practice().zone;
    let comes = appointment.span.start + time::minutes(minutes);
    if !late::may_be_said(&appointment, zone, op.now) || comes <= op.now {
        return Err(match appointment.status() {
            Status::Confirmed => Refusal::NotLateNow,
            status => Refusal::Is(status),
        }
        .into());
    }
    let (rules, now) = (op.rules.clone(), op.now);
    let span = would_fit(&app, &mut op.tx, (&appointment, minutes), &rules, now).await?;
    let span = span.ok_or(Refusal::TooLittleLeft)?;
    if span != shown {
        return Err(Refusal::OtherwiseByNow.into());
    }

    let said = Expected { start: appointment.span.start, span, minutes, said_at: now };
    let before = op.tx.late_arrivals(appointment.span).await?.remove(&appointment.id);
    if before.is_some_and(|before| Expected { said_at: now, ..before } == said) {
        // The same form again says nothing new.
        op.commit().await?;
        return Ok(appointment);
    }
    op.tx.note_late_arrival(appointment.id, &said).await?;
    op.tx.note_happened(&Entry::of(Who::Client, What::ClientLate, &appointment, now)).await?;
    op.tell_therapist(&appointment, Occasion::ClientLate { expected: &said }).await?;
    op.commit().await?;
    Ok(appointment)
}

/// A visit of today that the therapist's being late moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub visit: Appointment,
    /// When it is expected then.
    pub span: Interval,
    /// Its client is to hear of it: it is not the one that is on, and they know another time.
    pub is_told: bool,
}

/// Whom the therapist keeps waiting who is so many minutes late now.
pub async fn would_move(
    practice: &Practice,
    tx: &mut Reading,
    minutes: u32,
    now: Instant,
) -> Result<Vec<Moved>, StoreError> {
    let day = time::day(practice.zone, time::date(practice.zone, now));
    let (arrivals, delays) = (tx.late_arrivals(day).await?, tx.delays(day, None).await?);
    let mut visits = tx.visits(day).await?;
    visits.retain(|a| matches!(a.status(), Status::Confirmed | Status::Arrived));
    let without_delay =
        |a: &Appointment| late::together(a, arrivals.get(&a.id).copied(), None).unwrap_or(a.span);
    let is_over = |a: &Appointment| {
        let expected = late::together(a, arrivals.get(&a.id).copied(), delays.get(&a.id).copied());
        expected.unwrap_or(a.span).end <= now
    };
    visits.retain(|a| !is_over(a));
    visits.sort_by_key(|a| (without_delay(a), a.id));
    let coming: Vec<Coming<'_>> =
        visits.iter().map(|visit| Coming { visit, expected: without_delay(visit) }).collect();
    let moved: BTreeMap<AppointmentId, Interval> =
        late::delayed(&coming, &practice.travel, minutes, now).into_iter().collect();
    let told = |a: &Appointment| delays.get(&a.id).filter(|delay| delay.holds(a)).map(|delay| delay.span);
    let of = |a: &Appointment| {
        let (known, expected) = (told(a), without_delay(a));
        // Whoever was told of a delay that is made up for hears that, too.
        let span = moved.get(&a.id).copied().or(known.map(|_| expected))?;
        let is_on = expected.start <= now || a.status() == Status::Arrived;
        let is_told = !is_on && span.start != known.unwrap_or(expected).start;
        (is_told || known != Some(span)).then(|| Moved { visit: a.clone(), span, is_told })
    };
    Ok(visits.iter().filter_map(of).collect())
}

/// The therapist is late: whoever is kept waiting is written to, and stands among those to
/// reach. `shown` is whom their page has named, and with which time.
pub async fn by_therapist(
    current: &Current,
    minutes: u32,
    shown: &BTreeMap<AppointmentId, Instant>,
) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    let (app, now) = (op.app.clone(), op.now);

    let moved = would_move(app.practice(), &mut op.tx, minutes, now).await?;
    let told = moved.iter().filter(|moved| moved.is_told);
    if told.map(|moved| (moved.visit.id, moved.span.start)).collect::<BTreeMap<_, _>>() != *shown {
        return Err(Refusal::SomebodyNew.into());
    }
    if moved.is_empty() {
        return Err(Refusal::NobodyWaits.into());
    }

    op.tx.begin_act(Kind::RanLate, None, now).await?;
    for Moved { visit, span, is_told } in moved {
        op.delay(visit, minutes, span, is_told).await?;
    }
    op.commit().await
}

impl Operation {
    async fn delay(
        &mut self,
        visit: Appointment,
        minutes: u32,
        span: Interval,
        is_told: bool,
    ) -> Result<(), Error> {
        let expected = Expected { start: visit.span.start, span, minutes, said_at: self.now };
        self.tx.keep_before(visit.id, visit.revision).await?;
        if let Some(act) = self.tx.begun_act().cloned() {
            self.tx.note_delay(&act, visit.id, &expected).await?;
        }
        if is_told {
            self.tell_client_in_time(&visit, Occasion::TherapistLate { expected: &expected }).await?;
        }
        Ok(())
    }
}
