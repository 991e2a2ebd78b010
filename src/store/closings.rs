//! The table `closings`: days, or parts of them, that the therapist has closed; and
//! `closed_visits`, whom that has touched and what has become of each.

use sqlx_macros::FromRow;

use super::{
    columns::{instant, optional_instant, seconds},
    file::{Reading, StoreError, Writing},
    sealed::{CLOSING_SENTENCE, TIME_OFF_NOTE},
};
use crate::{
    domain::{
        availability::{
            closing::{ClosedVisit, Closing, Outcome},
            time_off::TimeOff,
        },
        client::Note,
        ids::{ActId, AppointmentId, ClosingId, OfficeSlug, TimeOffId},
        time::{Instant, Interval},
    },
    sealing::Keys,
};

#[derive(FromRow)]
struct Row {
    id: i64,
    act: i64,
    time_off: i64,
    office: Option<String>,
    starts_at: i64,
    ends_at: i64,
    made_at: i64,
    sentence: Option<Vec<u8>>,
    note: Option<Vec<u8>>,
    for_clients: Option<String>,
    reopened_at: Option<i64>,
}

impl Row {
    fn closing(self, keys: &Keys) -> Result<Closing, StoreError> {
        let name = self.time_off.to_string();
        let office = self
            .office
            .as_deref()
            .map(|office| OfficeSlug::parse(office).ok_or(StoreError::Unreadable("office")));
        Ok(Closing {
            id: ClosingId(self.id),
            act: ActId(self.act),
            time_off: TimeOffId(self.time_off),
            office: office.transpose()?,
            span: Interval::new(instant(self.starts_at)?, instant(self.ends_at)?),
            made_at: instant(self.made_at)?,
            sentence: CLOSING_SENTENCE.note(keys, &name, self.sentence),
            note: TIME_OFF_NOTE.note(keys, &name, self.note),
            for_clients: self.for_clients.map(Note::stored),
            reopened_at: optional_instant(self.reopened_at)?,
        })
    }
}

#[derive(FromRow)]
struct VisitRow {
    closing: i64,
    appointment: i64,
    outcome: String,
    replacement: Option<i64>,
    seen_at: Option<i64>,
}

impl TryFrom<VisitRow> for ClosedVisit {
    type Error = StoreError;

    fn try_from(row: VisitRow) -> Result<Self, StoreError> {
        Ok(Self {
            closing: ClosingId(row.closing),
            appointment: AppointmentId(row.appointment),
            outcome: Outcome::parse(&row.outcome).ok_or(StoreError::Unreadable("outcome"))?,
            replacement: row.replacement.map(AppointmentId),
            seen_at: optional_instant(row.seen_at)?,
        })
    }
}

impl Reading {
    /// The closings that reach into a span and have not been opened again, in order.
    pub async fn closings(&mut self, span: Interval) -> Result<Vec<Closing>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT * FROM closings INDEXED BY closings_by_end
             WHERE ends_at > ? AND starts_at < ? AND reopened_at IS NULL ORDER BY starts_at, id",
        )
        .bind(seconds(span.start))
        .bind(seconds(span.end))
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(|row| row.closing(&self.1)).collect()
    }

    pub async fn closing(&mut self, id: ClosingId) -> Result<Option<Closing>, StoreError> {
        let row: Option<Row> = sqlx::query_as("SELECT * FROM closings WHERE id = ?")
            .bind(id.0)
            .fetch_optional(&mut *self.0)
            .await?;
        row.map(|row| row.closing(&self.1)).transpose()
    }

    /// The closing that some time off is, while it is closed.
    pub async fn closing_of_time_off(&mut self, off: TimeOffId) -> Result<Option<Closing>, StoreError> {
        let row: Option<Row> =
            sqlx::query_as("SELECT * FROM closings WHERE time_off = ? AND reopened_at IS NULL")
                .bind(off.0)
                .fetch_optional(&mut *self.0)
                .await?;
        row.map(|row| row.closing(&self.1)).transpose()
    }

    /// What an act has closed, or opened again.
    pub async fn closings_of_act(&mut self, act: ActId) -> Result<Vec<Closing>, StoreError> {
        let rows: Vec<Row> =
            sqlx::query_as("SELECT * FROM closings WHERE act = ?1 OR reopened_by = ?1 ORDER BY id")
                .bind(act.0)
                .fetch_all(&mut *self.0)
                .await?;
        rows.into_iter().map(|row| row.closing(&self.1)).collect()
    }

    /// Whom a closing has touched.
    pub async fn closed_visits(&mut self, closing: ClosingId) -> Result<Vec<ClosedVisit>, StoreError> {
        let rows: Vec<VisitRow> =
            sqlx::query_as("SELECT * FROM closed_visits WHERE closing = ? ORDER BY appointment")
                .bind(closing.0)
                .fetch_all(&mut *self.0)
                .await?;
        rows.into_iter().map(ClosedVisit::try_from).collect()
    }

    /// The last closing that has touched an appointment, and what it did.
    pub async fn closed_visit(
        &mut self,
        appointment: AppointmentId,
    ) -> Result<Option<(Closing, ClosedVisit)>, StoreError> {
        let row: Option<VisitRow> =
            sqlx::query_as("SELECT * FROM closed_visits WHERE appointment = ? ORDER BY closing DESC LIMIT 1")
                .bind(appointment.0)
                .fetch_optional(&mut *self.0)
                .await?;
        let Some(visit) = row.map(ClosedVisit::try_from).transpose()? else { return Ok(None) };
        Ok(self.closing(visit.closing).await?.map(|closing| (closing, visit)))
    }
}

impl Writing {
    /// Notes that an act has closed a span. `off` is the time off that it is.
    pub async fn insert_closing(
        &mut self,
        act: ActId,
        off: &TimeOff,
        sentence: Option<&Note>,
        now: Instant,
    ) -> Result<ClosingId, StoreError> {
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO closings (act, time_off, office, starts_at, ends_at, made_at, sentence, note, for_clients)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(act.0)
        .bind(off.id.0)
        .bind(off.office.as_ref().map(OfficeSlug::as_str))
        .bind(seconds(off.span.start))
        .bind(seconds(off.span.end))
        .bind(seconds(now))
        .bind(CLOSING_SENTENCE.of_note(&self.0.1, &off.id.0.to_string(), sentence)?)
        .bind(TIME_OFF_NOTE.of_note(&self.0.1, &off.id.0.to_string(), off.note.as_ref())?)
        .bind(off.sentence.as_ref().map(Note::as_str))
        .fetch_one(&mut *self.0.0)
        .await?;
        Ok(ClosingId(id))
    }

    pub async fn insert_closed_visit(
        &mut self,
        closing: ClosingId,
        appointment: AppointmentId,
        outcome: Outcome,
    ) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO closed_visits (closing, appointment, outcome) VALUES (?, ?, ?)")
            .bind(closing.0)
            .bind(appointment.0)
            .bind(outcome.as_str())
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// What an act has closed was never closed.
    pub async fn forget_closings(&mut self, act: ActId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM closings WHERE act = ?").bind(act.0).execute(&mut *self.0.0).await?;
        Ok(())
    }

    /// The therapist has opened it again, by an act.
    pub async fn closing_is_reopened(
        &mut self,
        closing: ClosingId,
        act: ActId,
        now: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE closings SET reopened_at = ?, reopened_by = ? WHERE id = ?")
            .bind(seconds(now))
            .bind(act.0)
            .bind(closing.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// What an act has opened again is as closed as before.
    pub async fn closings_stay_closed(&mut self, act: ActId) -> Result<(), StoreError> {
        sqlx::query("UPDATE closings SET reopened_at = NULL, reopened_by = NULL WHERE reopened_by = ?")
            .bind(act.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// The client has chosen another time.
    pub async fn closed_visit_is_replaced(
        &mut self,
        visit: &ClosedVisit,
        replacement: AppointmentId,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE closed_visits SET replacement = ? WHERE closing = ? AND appointment = ?")
            .bind(replacement.0)
            .bind(visit.closing.0)
            .bind(visit.appointment.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// The client has seen that it is closed.
    pub async fn closed_visit_is_seen(
        &mut self,
        visit: &ClosedVisit,
        now: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE closed_visits SET seen_at = coalesce(seen_at, ?) WHERE closing = ? AND appointment = ?",
        )
        .bind(seconds(now))
        .bind(visit.closing.0)
        .bind(visit.appointment.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }
}
