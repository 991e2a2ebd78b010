//! The therapist books a series: the same time every few weeks, all of it or nothing.

use super::{expire, sent_form::digest};
use crate::{
    app::Current,
    domain::{
        act::Kind,
        appointment::{
            Appointment, NewAppointment, Wanted,
            overriding::Override,
            refusal::{Refusal, SlotRefusal},
        },
        client::Contact,
        ids::{AppointmentId, OfficeSlug},
        practice::service::Service,
        series::together,
        time::{self, Instant, Interval},
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
};

/// A series as it was put together, each date of it settled.
#[derive(Clone, Debug)]
pub struct Series {
    /// The visit that it follows: whose it is, what for, and who comes.
    pub after: AppointmentId,
    /// Where and when, in order of time.
    pub visits: Vec<(OfficeSlug, Instant)>,
    /// Whether the client gets an email with all of them.
    pub is_told: bool,
    /// Drawn with the form: tells one form that was sent twice from two forms.
    pub key: String,
}

/// Writes every visit, or none: each is looked at again after those before it, by the
/// function that proposed it. The very same form again is the same series. Returns the first visit.
pub async fn book(current: &Current, series: Series) -> Result<Appointment, Error> {
    let mut op = expire::begin(current).await?;
    let app = op.app.clone();

    let digest = series.digest();
    if let Some(first) = op.tx.appointment_by_request(&digest).await? {
        op.commit().await?;
        return Ok(first);
    }
    let before = op.tx.appointment(series.after).await?.ok_or(Error::Missing)?;
    op.is_somebodys(&before).await?;
    let service = app.practice().service(&before.service).ok_or(Refusal::from(SlotRefusal::Retired))?;
    let person = op.tx.person(before.client).await?.ok_or(Error::Missing)?;
    let reach = op.tx.reach(&person).await?;
    let contact = Contact {
        email: reach.email.or_else(|| before.contact.email.clone()),
        phone: reach.phone.or_else(|| before.contact.phone.clone()),
    };

    op.tx.begin_act(Kind::Booked, None, op.now).await?;
    // One visit is no series.
    let its = match series.visits.len() {
        1 => None,
        _ => Some(op.tx.insert_series(together::Kind::Rhythm, op.now).await?),
    };
    let mut booked = Vec::with_capacity(series.visits.len());
    for (office, start) in series.visits {
        op.is_free(service, &office, start).await?;
        let wanted = Wanted {
            client: person.id(),
            name: person.name().clone(),
            guest: before.guest.clone(),
            contact: contact.clone(),
            note: None,
            office,
            service,
            start,
            uid: app.fresh_world_id(),
        };
        let new = NewAppointment::booked(wanted, &op.rules.policy, Override::none(), op.now);
        let digest = booked.is_empty().then_some(digest);
        let appointment = op.tx.insert_appointment(new, digest).await?;
        if let Some(its) = its {
            op.tx.is_of_series(appointment.id, its).await?;
        }
        let appointment = Appointment { series: its, ..appointment };
        op.tx.keep_made(&appointment).await?;
        op.agree_to_conflict(&appointment).await?;
        booked.push(appointment);
    }
    if series.is_told {
        op.tell_of_booked(&booked).await?;
    }
    op.commit().await?;
    booked.into_iter().next().ok_or(Error::Missing)
}

impl Operation {
    /// One email with all dates. Somebody without an address has just heard them.
    async fn tell_of_booked(&mut self, booked: &[Appointment]) -> Result<(), Error> {
        match booked.first().is_some_and(|first| first.contact.email.is_some()) {
            true => self.tell_of_all(booked, Occasion::Confirmed).await,
            false => Ok(()),
        }
    }

    /// Refuses a time that could not be booked by itself.
    async fn is_free(&mut self, service: &Service, office: &OfficeSlug, start: Instant) -> Result<(), Error> {
        let app = self.app.clone();
        let office = app.practice().office(office).ok_or(Refusal::from(SlotRefusal::NotGivenThere))?;
        let span = Interval::new(start, start + service.length());
        let busy = self.tx.busy(span, self.now).await?;
        let refusals = self.calendar(&busy).refusals_of_booking(service, office, start);
        if refusals.is_empty() { Ok(()) } else { Err(Error::NotThen(refusals)) }
    }
}

impl Series {
    /// A hash of who is booked when.
    fn digest(&self) -> [u8; 32] {
        let after = self.after.to_string();
        let visits: Vec<String> = self
            .visits
            .iter()
            .map(|(office, start)| format!("{office} {}", time::write_instant(*start)))
            .collect();
        let visits = visits.join(",");
        digest(&["series", &self.key, &after, &visits])
    }
}
