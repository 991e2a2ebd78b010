//! A row of the table, and the appointment that it holds.

use chrono::TimeDelta;
use sqlx::FromRow;

use crate::{
    domain::{
        appointment::{
            Agreement, Appointment, Cancellation, Side, State, Status,
            cancellation::{CancellationTerms, LateFee},
            overriding::Override,
        },
        client::{Contact, EmailAddress, Name, Note, Phone},
        ids::{AppointmentId, ClientId, OfficeSlug, ServiceSlug},
        practice::price::Price,
        time::Interval,
    },
    store::{
        columns::{instant, optional_instant},
        file::StoreError,
    },
};

#[derive(FromRow)]
pub struct Row {
    id: i64,
    client: i64,
    office: String,
    service: String,
    service_name: String,
    starts_at: i64,
    ends_at: i64,
    buffer_minutes: i64,
    price: i64,
    status: String,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    note: Option<String>,
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
    sentence: Option<String>,
    uid: String,
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

impl TryFrom<Row> for Appointment {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let state = row.state()?;
        Ok(Self {
            id: AppointmentId(row.id),
            client: ClientId(row.client),
            name: Name::stored(row.name),
            contact: Contact {
                email: row.email.map(EmailAddress::stored),
                phone: row.phone.map(Phone::stored),
            },
            note: row.note.map(Note::stored),
            office: OfficeSlug::parse(&row.office).ok_or(StoreError::Unreadable("office"))?,
            service: ServiceSlug::parse(&row.service).ok_or(StoreError::Unreadable("service"))?,
            service_name: row.service_name,
            span: Interval::new(instant(row.starts_at)?, instant(row.ends_at)?),
            buffer: TimeDelta::minutes(row.buffer_minutes),
            price: Price(row.price),
            state,
            requested_at: instant(row.requested_at)?,
            overridden: Override::parse(&row.overridden),
            sentence: row.sentence.map(Note::stored),
            uid: row.uid,
            revision: u32::try_from(row.revision).map_err(|_| StoreError::Unreadable("revision"))?,
        })
    }
}
