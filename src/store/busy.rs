//! What keeps the therapist busy, from the tables `appointments`, `reschedule_requests` and
//! `offers`: an appointment, and the time that its client asks to be moved to; when it is
//! expected where somebody is late for it; what is offered to somebody on the waitlist; and for
//! the minute in which an act can be undone what it has
//! freed (`acted_on`).

use chrono::TimeDelta;

use super::{
    columns::{instant, seconds},
    file::{Reading, StoreError},
};
use crate::domain::{
    availability::busy::{Busy, Occupied},
    ids::{AppointmentId, Holder, OfferId, OfficeSlug, ServiceSlug},
    time::{Instant, Interval},
};

/// How far around a span its neighbours are looked for: a session, its buffer
/// and a drive last up to a day each, by the file's own rule and the practice file's.
const NEIGHBOURHOOD: TimeDelta = TimeDelta::days(3);

/// What [`Reading::busy`] asks between two starts, on its way by an index. What an act has
/// freed is looked for from the acts that run, which are few: of the earlier acts
/// that its client has not heard of either, too, since what they see is theirs.
pub(super) const BUSY: &str =
    "SELECT id, 0 AS is_offer, office, starts_at, ends_at, buffer_minutes FROM appointments
     WHERE status IN ('requested', 'confirmed', 'arrived') AND starts_at > ?1 AND starts_at < ?2
     UNION ALL
     SELECT a.id, 0, c.office, c.starts_at, c.ends_at, a.buffer_minutes
     FROM reschedule_requests AS c JOIN appointments AS a ON a.id = c.appointment
     WHERE c.status = 'requested' AND c.starts_at > ?1 AND c.starts_at < ?2
     UNION ALL
     SELECT id, 1, office, starts_at, ends_at, buffer_minutes FROM offers INDEXED BY offers_open
     WHERE outcome = 'open' AND is_held = 1 AND good_until > ?3 AND starts_at > ?1 AND starts_at < ?2
     UNION
     SELECT a.id, 0, a.office, l.comes_at, l.ends_at, a.buffer_minutes
     FROM late_arrivals AS l CROSS JOIN appointments AS a ON a.id = l.appointment
     WHERE a.status IN ('confirmed', 'arrived') AND a.starts_at = l.starts_at
       AND l.starts_at > ?1 AND l.starts_at < ?2
     UNION
     SELECT a.id, 0, a.office, d.comes_at, d.ends_at, a.buffer_minutes
     FROM delays AS d CROSS JOIN appointments AS a ON a.id = d.appointment
     WHERE a.status IN ('confirmed', 'arrived') AND a.starts_at = d.starts_at
       AND d.starts_at > ?1 AND d.starts_at < ?2
       AND d.id = (SELECT max(id) FROM delays WHERE appointment = d.appointment)
     UNION
     SELECT b.appointment, 0, b.office, b.starts_at, b.ends_at, a.buffer_minutes
     FROM acts INDEXED BY acts_running
     CROSS JOIN acted_on AS last ON last.act = acts.id
     CROSS JOIN acted_on AS b
         ON b.appointment = last.appointment AND b.act >= last.known_from AND b.act <= last.act
     JOIN acts AS its ON its.id = b.act JOIN appointments AS a ON a.id = b.appointment
     WHERE acts.outcome = 'running' AND acts.ends_at > ?3 AND acts.made_at <= ?3 + 60
       AND its.outcome IN ('running', 'stands')
       AND b.status IN ('requested', 'confirmed', 'arrived') AND b.starts_at > ?1 AND b.starts_at < ?2
     UNION
     SELECT b.appointment, 0, c.office, c.starts_at, c.ends_at, a.buffer_minutes
     FROM acts INDEXED BY acts_running
     CROSS JOIN acted_on AS last ON last.act = acts.id
     CROSS JOIN acted_on AS b
         ON b.appointment = last.appointment AND b.act >= last.known_from AND b.act <= last.act
     JOIN acts AS its ON its.id = b.act JOIN appointments AS a ON a.id = b.appointment
     JOIN reschedule_requests AS c ON c.id = b.reschedule_request
     WHERE acts.outcome = 'running' AND acts.ends_at > ?3 AND acts.made_at <= ?3 + 60
       AND its.outcome IN ('running', 'stands')
       AND c.starts_at > ?1 AND c.starts_at < ?2";

impl Reading {
    /// What keeps the therapist busy in a span and near it, so that the neighbours of
    /// its edges are there: live appointments, reschedule requests that wait for an answer,
    /// open offers, time off, and what can still be undone. Whoever has arrived has the therapist too, perhaps still.
    pub async fn busy(&mut self, span: Interval, now: Instant) -> Result<Busy, StoreError> {
        let rows: Vec<(i64, bool, String, i64, i64, i64)> = sqlx::query_as(BUSY)
            .bind(seconds(span.start - NEIGHBOURHOOD))
            .bind(seconds(span.end + NEIGHBOURHOOD))
            .bind(seconds(now))
            .fetch_all(&mut *self.0)
            .await?;
        let occupied = rows.into_iter().map(|(id, is_offer, office, starts_at, ends_at, buffer_minutes)| {
            Ok(Occupied {
                holder: if is_offer {
                    Holder::Offer(OfferId(id))
                } else {
                    Holder::Appointment(AppointmentId(id))
                },
                office: OfficeSlug::parse(&office).ok_or(StoreError::Unreadable("office"))?,
                span: Interval::new(instant(starts_at)?, instant(ends_at)?),
                buffer: TimeDelta::minutes(buffer_minutes),
            })
        });
        let busy = Busy::new(occupied.collect::<Result<_, StoreError>>()?);
        let mut time_off = self.time_off_since(span.start).await?;
        time_off.retain(|off| off.span.start < span.end);
        Ok(busy.with_time_off(time_off))
    }

    /// The offices and services that live appointments use which are still to come.
    pub async fn slugs_in_use(&mut self, now: Instant) -> Result<Vec<(OfficeSlug, ServiceSlug)>, StoreError> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT DISTINCT office, service FROM appointments
             WHERE status IN ('requested', 'confirmed') AND starts_at > ?1 - 86400 AND ends_at > ?1
             UNION
             SELECT c.office, a.service FROM reschedule_requests AS c JOIN appointments AS a ON a.id = c.appointment
             WHERE c.status = 'requested' AND c.ends_at > ?1
             UNION
             SELECT office, service FROM offers WHERE outcome = 'open' AND starts_at > ?1
             ORDER BY office, service",
        )
        .bind(seconds(now))
        .fetch_all(&mut *self.0)
        .await?;
        let slugs = rows.into_iter().map(|(office, service)| {
            let office = OfficeSlug::parse(&office).ok_or(StoreError::Unreadable("office"))?;
            let service = ServiceSlug::parse(&service).ok_or(StoreError::Unreadable("service"))?;
            Ok((office, service))
        });
        slugs.collect()
    }
}
