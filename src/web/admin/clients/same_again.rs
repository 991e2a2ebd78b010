//! Booking for somebody what they had before.

use chrono::Datelike;

use crate::{
    app::App,
    booking::slots,
    domain::{
        appointment::{Appointment, Status},
        client::Person,
        practice::service::Service,
        time::{self, Instant},
    },
    urls,
    web::http::error::Error,
};

/// What somebody came for last, or is to come for, if it is still given. `visits` have the
/// latest first.
pub fn last<'a, 'v>(
    app: &'a App,
    visits: &'v [Appointment],
    now: Instant,
) -> Option<(&'v Appointment, &'a Service)> {
    let last = visits.iter().find(|a| a.was_a_visit(now) || a.status() == Status::Confirmed)?;
    let service = app.practice().service(&last.service).filter(|service| !service.retired)?;
    Some((last, service))
}

/// The next opening like the latest visit: the same service and office, weekday
/// and time; or, where none is like it, the openings of that service.
pub async fn link(
    app: &App,
    person: &Person,
    visits: &[Appointment],
    now: Instant,
) -> Result<Option<String>, Error> {
    let Some((last, service)) = last(app, visits, now) else { return Ok(None) };
    let zone = app.practice().zone;
    let like = |at: Instant| {
        let civil = time::civil(zone, at);
        (civil.weekday(), civil.time())
    };
    let from = now.max(last.span.end);
    let snapshot = slots::for_bookings(app).await?;
    let days = snapshot.days(service, Some(time::date(zone, from)));
    let slot = days.iter().flat_map(|day| day.openings()).find(|slot| {
        slot.start > from && slot.office == last.office && like(slot.start) == like(last.span.start)
    });
    let address = slot.map_or_else(|| urls::new_booking(&service.slug), urls::booking_form);
    Ok(Some(urls::for_client(&address, person.id())))
}
