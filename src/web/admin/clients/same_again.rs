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

/// The next opening like the latest visit: the same service and office, weekday
/// and time; or, where none is like it, the openings of that service.
pub async fn link(
    app: &App,
    person: &Person,
    visits: &[Appointment],
    now: Instant,
) -> Result<Option<String>, Error> {
    let is_offered = |service: &&Service| !service.retired;
    let last = visits.iter().find(|a| a.was_a_visit(now) || a.status() == Status::Confirmed);
    let Some((last, service)) =
        last.and_then(|a| Some((a, app.practice().service(&a.service).filter(is_offered)?)))
    else {
        return Ok(None);
    };
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
