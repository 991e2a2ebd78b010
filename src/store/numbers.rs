//! What the year's numbers are made of: the table `appointments` with what was
//! paid for each, and whose each is.

use std::collections::BTreeSet;

use sqlx_macros::FromRow;

use super::{
    columns::{instant, optional_instant, seconds},
    file::{Reading, StoreError},
};
use crate::domain::{
    appointment::Status,
    client::person::{self, Alias},
    ids::{ClientId, OfficeSlug, ServiceSlug},
    numbers::{Entry, Outcome, Paid},
    practice::price::Price,
    time::{Instant, Interval},
};

#[derive(FromRow)]
struct Row {
    client: i64,
    office: String,
    service: String,
    service_name: String,
    starts_at: i64,
    ends_at: i64,
    price: i64,
    status: String,
    is_late: bool,
    late_fee: Option<i64>,
    amount: Option<i64>,
    tip: Option<i64>,
    is_waived: bool,
}

impl Row {
    fn entry(self, aliases: &[Alias], now: Instant) -> Result<Entry, StoreError> {
        let span = Interval::new(instant(self.starts_at)?, instant(self.ends_at)?);
        let outcome = match Status::parse(&self.status).ok_or(StoreError::Unreadable("status"))? {
            Status::Arrived => Outcome::Came,
            Status::NoShow => Outcome::NoShow,
            Status::Canceled if self.is_late => Outcome::CanceledLate,
            Status::Confirmed if span.end <= now => Outcome::Unmarked,
            _ => Outcome::Nothing,
        };
        Ok(Entry {
            person: person::root(ClientId(self.client), aliases),
            office: OfficeSlug::parse(&self.office).ok_or(StoreError::Unreadable("office"))?,
            service: ServiceSlug::parse(&self.service).ok_or(StoreError::Unreadable("service"))?,
            service_name: self.service_name,
            span,
            price: Price(self.price),
            outcome,
            fee: self.late_fee.filter(|_| !self.is_waived).map(Price),
            paid: self
                .amount
                .zip(self.tip)
                .map(|(amount, tip)| Paid { amount: Price(amount), tip: Price(tip) }),
        })
    }
}

impl Reading {
    /// The appointments that begin in a span, in order of time, as far as numbers go.
    pub async fn entries(&mut self, span: Interval, now: Instant) -> Result<Vec<Entry>, StoreError> {
        let aliases = self.aliases().await?;
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT a.client, a.office, a.service, a.service_name, a.starts_at, a.ends_at, a.price, a.status,
                    a.is_late, a.late_fee, p.amount, p.tip, w.appointment IS NOT NULL AS is_waived
             FROM appointments AS a
             LEFT JOIN payments AS p ON p.appointment = a.id
             LEFT JOIN waived_fees AS w ON w.appointment = a.id
             WHERE a.starts_at >= ? AND a.starts_at < ? ORDER BY a.starts_at, a.id",
        )
        .bind(seconds(span.start))
        .bind(seconds(span.end))
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(|row| row.entry(&aliases, now)).collect()
    }

    /// Who has come before an instant, each as the record under which they are found.
    pub async fn came_before(&mut self, at: Instant) -> Result<BTreeSet<ClientId>, StoreError> {
        let aliases = self.aliases().await?;
        let clients: Vec<(i64,)> = sqlx::query_as(
            "SELECT DISTINCT client FROM appointments INDEXED BY appointments_arrived
             WHERE status = 'arrived' AND starts_at < ?",
        )
        .bind(seconds(at))
        .fetch_all(&mut *self.0)
        .await?;
        Ok(clients.into_iter().map(|(id,)| person::root(ClientId(id), &aliases)).collect())
    }

    /// When the first appointment begins that is on record, and the last.
    pub async fn first_and_last_start(&mut self) -> Result<Option<(Instant, Instant)>, StoreError> {
        let (first, last): (Option<i64>, Option<i64>) = sqlx::query_as(
            "SELECT (SELECT min(starts_at) FROM appointments), (SELECT max(starts_at) FROM appointments)",
        )
        .fetch_one(&mut *self.0)
        .await?;
        Ok(optional_instant(first)?.zip(optional_instant(last)?))
    }
}
