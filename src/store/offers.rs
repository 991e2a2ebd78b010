//! The table `offers`: what was offered to those on the waitlist, and what became of it.

use chrono::TimeDelta;
use sqlx_macros::FromRow;

use super::{
    columns::{instant, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    availability::slot::Slot,
    ids::{ActId, AppointmentId, OfferId, OfficeSlug, ServiceSlug, WaitlistEntryId},
    time::{Instant, Interval},
    waitlist::{
        entry::Entry,
        offer::{Offer, Outcome},
    },
};

#[derive(FromRow)]
struct Row {
    id: i64,
    entry: i64,
    office: String,
    service: String,
    starts_at: i64,
    ends_at: i64,
    buffer_minutes: i64,
    made_at: i64,
    good_until: i64,
    is_held: bool,
    is_by_hand: bool,
    outcome: String,
    appointment: Option<i64>,
}

impl TryFrom<Row> for Offer {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: OfferId(row.id),
            entry: WaitlistEntryId(row.entry),
            slot: Slot {
                office: OfficeSlug::parse(&row.office).ok_or(StoreError::Unreadable("office"))?,
                service: ServiceSlug::parse(&row.service).ok_or(StoreError::Unreadable("service"))?,
                start: instant(row.starts_at)?,
                end: instant(row.ends_at)?,
            },
            buffer: TimeDelta::minutes(row.buffer_minutes),
            made_at: instant(row.made_at)?,
            good_until: instant(row.good_until)?,
            is_held: row.is_held,
            is_by_hand: row.is_by_hand,
            outcome: Outcome::parse(&row.outcome).ok_or(StoreError::Unreadable("outcome of an offer"))?,
            appointment: row.appointment.map(AppointmentId),
        })
    }
}

impl Reading {
    pub async fn offer(&mut self, id: OfferId) -> Result<Option<Offer>, StoreError> {
        let row: Option<Row> = sqlx::query_as("SELECT * FROM offers WHERE id = ?")
            .bind(id.0)
            .fetch_optional(&mut *self.0)
            .await?;
        row.map(Offer::try_from).transpose()
    }

    /// Everything that was offered to an entry, the latest first.
    pub async fn offers_to(&mut self, entry: WaitlistEntryId) -> Result<Vec<Offer>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as("SELECT * FROM offers WHERE entry = ? ORDER BY id DESC")
            .bind(entry.0)
            .fetch_all(&mut *self.0)
            .await?;
        rows.into_iter().map(Offer::try_from).collect()
    }

    /// The latest offers, whoever they were made to, up to so many.
    pub async fn latest_offers(&mut self, at_most: u32) -> Result<Vec<Offer>, StoreError> {
        let rows: Vec<Row> =
            sqlx::query_as("SELECT * FROM offers WHERE made_at > 0 ORDER BY made_at DESC, id DESC LIMIT ?")
                .bind(at_most)
                .fetch_all(&mut *self.0)
                .await?;
        rows.into_iter().map(Offer::try_from).collect()
    }

    /// The offers that an act of the therapist's has made.
    pub async fn offers_of_act(&mut self, act: ActId) -> Result<Vec<Offer>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as("SELECT * FROM offers WHERE act = ? ORDER BY id")
            .bind(act.0)
            .fetch_all(&mut *self.0)
            .await?;
        rows.into_iter().map(Offer::try_from).collect()
    }
}

impl Writing {
    /// Writes one, which has no number yet.
    pub async fn insert_offer(&mut self, offer: &Offer) -> Result<OfferId, StoreError> {
        let act = self.begun_act().map(|act| act.id.0);
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO offers (entry, office, service, starts_at, ends_at, buffer_minutes, made_at, good_until,
                 is_held, act, is_by_hand)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(offer.entry.0)
        .bind(offer.slot.office.as_str())
        .bind(offer.slot.service.as_str())
        .bind(seconds(offer.slot.start))
        .bind(seconds(offer.slot.end))
        .bind(offer.buffer.num_minutes())
        .bind(seconds(offer.made_at))
        .bind(seconds(offer.good_until))
        .bind(offer.is_held)
        .bind(act)
        .bind(offer.is_by_hand)
        .fetch_one(&mut *self.0.0)
        .await
        .map_err(StoreError::of_taking)?;
        Ok(OfferId(id))
    }

    /// Notes what became of an open offer. An email about it that has not gone out does not.
    pub async fn end_offer(
        &mut self,
        offer: &Offer,
        outcome: Outcome,
        now: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE offers SET outcome = ?, ended_at = ? WHERE id = ? AND outcome = 'open'")
            .bind(outcome.as_str())
            .bind(seconds(now))
            .bind(offer.id.0)
            .execute(&mut *self.0.0)
            .await?;
        self.take_back_waitlist_emails(&format!("{}/{}/{}/", Entry::OFFERED, offer.entry, offer.id), now)
            .await
    }

    /// Notes the appointment that an offer has become.
    pub async fn offer_became(
        &mut self,
        offer: OfferId,
        appointment: AppointmentId,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE offers SET appointment = ? WHERE id = ?")
            .bind(appointment.0)
            .bind(offer.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Notes of the open offers whose time to answer is over that they have lapsed. Returns
    /// how many they were.
    pub async fn end_lapsed_offers(&mut self, now: Instant) -> Result<usize, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT * FROM offers INDEXED BY offers_open WHERE outcome = 'open' AND good_until <= ?
             ORDER BY starts_at, id",
        )
        .bind(seconds(now))
        .fetch_all(&mut *self.0.0)
        .await?;
        let count = rows.len();
        for row in rows {
            self.end_offer(&row.try_into()?, Outcome::Lapsed, now).await?;
        }
        Ok(count)
    }

    /// Takes back what is offered to an entry.
    pub async fn withdraw_offers_to(
        &mut self,
        entry: WaitlistEntryId,
        now: Instant,
    ) -> Result<(), StoreError> {
        for offer in self.offers_to(entry).await? {
            self.end_offer(&offer, Outcome::Withdrawn, now).await?;
        }
        Ok(())
    }

    /// Ends the open offers that hold a part of a span: what the therapist books there goes before.
    pub async fn withdraw_offers_in(&mut self, span: Interval, now: Instant) -> Result<(), StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT * FROM offers WHERE outcome = 'open' AND starts_at < ? AND ends_at > ?
             ORDER BY starts_at, id",
        )
        .bind(seconds(span.end))
        .bind(seconds(span.start))
        .fetch_all(&mut *self.0.0)
        .await?;
        for row in rows {
            self.end_offer(&row.try_into()?, Outcome::Withdrawn, now).await?;
        }
        Ok(())
    }
}
