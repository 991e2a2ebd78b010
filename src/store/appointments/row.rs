//! A row of the table, and the appointment that it holds.

use chrono::TimeDelta;
use sqlx_macros::FromRow;

use crate::{
    domain::{
        appointment::{
            Agreement, Appointment, Cancellation, Side, State, Status,
            cancellation::{CancellationTerms, LateFee},
            overriding::Override,
        },
        client::{Contact, EmailAddress, Name, Phone},
        ids::{AppointmentId, ClientId, OfficeSlug, SeriesId, ServiceSlug},
        practice::price::Price,
        time::Interval,
    },
    sealing::Keys,
    store::{
        columns::{instant, optional_instant},
        file::StoreError,
        sealed::{NOTE, SENTENCE},
    },
};

#[derive(FromRow)]
pub struct Row {
    id: i64,
    client: i64,
    series: Option<i64>,
    office: String,
    service: String,
    service_name: String,
    starts_at: i64,
    ends_at: i64,
    buffer_minutes: i64,
    price: i64,
    status: String,
    name: String,
    guest: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    note: Option<Vec<u8>>,
    requested_at: i64,
    held_until: i64,
    answered_at: Option<i64>,
    ended_at: Option<i64>,
    free_until: Option<i64>,
    late_fee: Option<i64>,
    late_fee_percent: Option<u32>,
    cancelled_by: Option<String>,
    is_late: bool,
    overridden: String,
    sentence: Option<Vec<u8>>,
    uid: String,
    moves: u32,
    revision: i64,
}

impl Row {
    /// Of what was written before an instant was kept, the one before it is told.
    fn state(&self) -> Result<State, StoreError> {
        let requested_at = instant(self.requested_at)?;
        let answered_at = optional_instant(self.answered_at)?;
        let ended_at = optional_instant(self.ended_at)?.or(answered_at).unwrap_or(requested_at);
        let terms = self.terms()?;
        let agreement = Agreement { at: answered_at.unwrap_or(requested_at), terms };
        Ok(match Status::parse(&self.status).ok_or(StoreError::Unreadable("status"))? {
            Status::Requested => State::Requested { held_until: instant(self.held_until)? },
            Status::Confirmed => State::Confirmed(agreement),
            Status::Declined => State::Declined { at: ended_at },
            Status::Canceled => State::Canceled(Cancellation {
                at: ended_at,
                by: self
                    .cancelled_by
                    .as_deref()
                    .and_then(Side::parse)
                    .ok_or(StoreError::Unreadable("side"))?,
                is_late: self.is_late,
                agreement: answered_at.map(|_| agreement),
            }),
            Status::Expired => State::Expired { at: ended_at },
            Status::Arrived => State::Arrived(agreement),
            Status::NoShow => State::NoShow(agreement),
        })
    }

    fn terms(&self) -> Result<Option<CancellationTerms>, StoreError> {
        let fee = self.late_fee.zip(self.late_fee_percent);
        let fee = fee.map(|(amount, percent)| LateFee { amount: Price(amount), percent });
        let free_until = optional_instant(self.free_until)?;
        Ok(free_until.map(|free_until| CancellationTerms { free_until, fee }))
    }
}

impl Row {
    pub fn appointment(self, keys: &Keys) -> Result<Appointment, StoreError> {
        let state = self.state()?;
        Ok(Appointment {
            id: AppointmentId(self.id),
            client: ClientId(self.client),
            series: self.series.map(SeriesId),
            name: Name::stored(self.name),
            guest: self.guest.map(Name::stored),
            contact: Contact {
                email: self.email.map(EmailAddress::stored),
                phone: self.phone.map(Phone::stored),
            },
            note: NOTE.note(keys, &self.uid, self.note),
            office: OfficeSlug::parse(&self.office).ok_or(StoreError::Unreadable("office"))?,
            service: ServiceSlug::parse(&self.service).ok_or(StoreError::Unreadable("service"))?,
            service_name: self.service_name,
            span: Interval::new(instant(self.starts_at)?, instant(self.ends_at)?),
            buffer: TimeDelta::minutes(self.buffer_minutes),
            price: Price(self.price),
            state,
            requested_at: instant(self.requested_at)?,
            overridden: Override::parse(&self.overridden),
            sentence: SENTENCE.note(keys, &self.uid, self.sentence),
            uid: self.uid,
            moves: self.moves,
            revision: u32::try_from(self.revision).map_err(|_| StoreError::Unreadable("revision"))?,
        })
    }
}
