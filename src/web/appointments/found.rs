//! What a client's link leads to.

use crate::{
    app::App,
    booking::{
        closing::rebooking::{self, Rebooking},
        known,
        slots::{self, NextOpening},
    },
    domain::{
        appointment::{
            Appointment,
            reschedule_request::{LatestReschedule, RescheduleRequest},
        },
        availability::{late, rules::Rules, slot::Slot},
        ids::Token,
        time::{self, Instant, Interval},
    },
    store::GivenIn,
    web::http::error::Error,
};

/// What a link shows, as its client knows it, and the rules in force.
pub struct Found {
    pub token: Token,
    pub appointment: Appointment,
    pub given_in: GivenIn,
    /// The reschedule request that waits for an answer.
    pub reschedule_request: Option<RescheduleRequest>,
    /// How many other visits' moves have one answer with it.
    pub moves_with: usize,
    /// How the latest request for another time stands.
    pub latest: Option<LatestReschedule>,
    pub rules: Rules,
    /// They have said that they'll be there.
    pub attends: bool,
    /// When it is expected, where either side is late.
    pub expected: Option<Interval>,
    /// The client has said that they're late.
    pub is_late: bool,
    /// What can still be done where the visit was closed.
    pub rebooking: Option<Rebooking>,
    /// Whoever holds the link is known: they have been here, and read the emails about it.
    pub is_known: bool,
    /// What was asked for, or booked, with it, itself included, in order of time.
    pub together: Vec<Appointment>,
    /// Each office's next opening, where the visit isn't to come and booking isn't paused.
    pub next: Vec<NextOpening>,
    /// The openings right before and right after a visit to come.
    pub adjoining: [Option<Slot>; 2],
}

impl Found {
    /// Live, and not begun.
    pub fn is_to_come(&self, now: Instant) -> bool {
        self.appointment.is_to_come(now)
    }
}

/// Finds what a link shows; without it, or when it has run out, there is no page.
pub async fn found(app: &App, token: &str) -> Result<Found, Error> {
    let token = Token::parse(token).ok_or(Error::NotFound)?;
    let mut tx = app.store.read().await?;
    let now = app.now();
    let found = tx.appointment_by_link(&token, now).await?;
    let (appointment, given_in) = found.ok_or(Error::NotFound)?;
    let rules = tx.rules(&app.site.first_rules, now).await?;
    let (appointment, waits) = match tx.known_to_client(appointment.id, now).await? {
        Some(known) => (known.appointment, known.reschedule_request),
        None => {
            let waits = tx.reschedule_request_of(appointment.id).await?;
            (appointment, waits)
        }
    };
    let attends = tx.attendance(appointment.id).await?.is_some_and(|said| said.holds(&appointment));
    let day = Interval::new(appointment.span.start, appointment.span.end);
    let arrival = tx.late_arrivals(day).await?.remove(&appointment.id);
    let delay = tx.delays(day, Some(now)).await?.remove(&appointment.id);
    let expected = late::together(&appointment, arrival, delay).filter(|span| *span != appointment.span);
    let is_late = arrival.is_some_and(|late| late.holds(&appointment));
    let ended = tx.ended_reschedule_request_of(appointment.id).await?;
    let latest = LatestReschedule::of(waits, ended, appointment.state.answered_at(), now);
    let reschedule_request = match &latest {
        Some(LatestReschedule::Waits(reschedule_request)) => Some(reschedule_request.clone()),
        _ => None,
    };
    let rebooking = rebooking::look(&mut tx, app.practice().zone, &appointment, now).await?;
    let leads_on = appointment.leads_to_another(now);
    let is_known = leads_on && known::is_known(&mut tx, &appointment, given_in, now).await?;
    let mut together = Vec::new();
    for one in tx.asked_with(&appointment).await? {
        let known = tx.known_to_client(one.id, now).await?;
        together.push(known.map_or(one, |known| known.appointment));
    }
    let moves_with = match &reschedule_request {
        Some(waits) => tx.asked_with_reschedule(waits.id).await?.len().saturating_sub(1),
        None => 0,
    };
    drop(tx);
    let mut found = Found {
        token,
        appointment,
        given_in,
        reschedule_request,
        moves_with,
        latest,
        rules,
        attends,
        expected,
        is_late,
        rebooking,
        is_known,
        together,
        next: Vec::new(),
        adjoining: [None, None],
    };
    if found.is_to_come(now) {
        found.adjoining = adjoining(app, &found.appointment).await?;
    } else {
        found.next = openings_now(app, &found.appointment).await?;
    }
    Ok(found)
}

/// What is open right before and right after it, of its service, while that is given.
async fn adjoining(app: &App, a: &Appointment) -> Result<[Option<Slot>; 2], Error> {
    let Some(service) = app.practice().services_offered().find(|service| service.slug == a.service) else {
        return Ok([None, None]);
    };
    let zone = app.practice().zone;
    let (before, after) = (a.span.start - service.length() - service.buffer(), a.span.end + a.buffer);
    let days = (time::date(zone, before), time::date(zone, after));
    Ok(slots::snapshot_of_days(app, days.0, days.1).await?.adjoining(service, a))
}

/// Each office's next opening of the service that it was, or of any where that is no longer given.
async fn openings_now(app: &App, a: &Appointment) -> Result<Vec<NextOpening>, Error> {
    let snapshot = slots::snapshot(app).await?;
    if snapshot.rules().pause.is_some() {
        return Ok(Vec::new());
    }
    let service = app.practice().services_offered().find(|service| service.slug == a.service);
    Ok(service.map_or_else(|| snapshot.next().openings, |service| snapshot.next_openings(service)))
}
