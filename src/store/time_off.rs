//! The table `time_off`.

use sqlx_macros::FromRow;

use super::{
    columns::{instant, seconds},
    file::{Reading, StoreError, Writing},
    sealed::TIME_OFF_NOTE,
};
use crate::{
    domain::{
        availability::time_off::TimeOff,
        client::Note,
        ids::{OfficeSlug, TimeOffId},
        time::{Instant, Interval},
    },
    sealing::Keys,
};

#[derive(FromRow)]
struct Row {
    id: i64,
    office: Option<String>,
    starts_at: i64,
    ends_at: i64,
    note: Option<Vec<u8>>,
    sentence: Option<String>,
}

impl Row {
    fn time_off(self, keys: &Keys) -> Result<TimeOff, StoreError> {
        let office = self
            .office
            .as_deref()
            .map(|office| OfficeSlug::parse(office).ok_or(StoreError::Unreadable("office")));
        Ok(TimeOff {
            id: TimeOffId(self.id),
            office: office.transpose()?,
            span: Interval::new(instant(self.starts_at)?, instant(self.ends_at)?),
            note: TIME_OFF_NOTE.note(keys, &self.id.to_string(), self.note),
            sentence: self.sentence.map(Note::stored),
        })
    }
}

impl Reading {
    /// The time off that has not ended at an instant, in order.
    pub async fn time_off_since(&mut self, from: Instant) -> Result<Vec<TimeOff>, StoreError> {
        match &self.2 {
            Some(kept) if kept.since <= from => {
                Ok(kept.time_off.iter().filter(|off| off.span.end > from).cloned().collect())
            }
            _ => self.read_time_off(from).await,
        }
    }

    pub(super) async fn read_time_off(&mut self, from: Instant) -> Result<Vec<TimeOff>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT * FROM time_off INDEXED BY time_off_by_end WHERE ends_at > ? ORDER BY starts_at, id",
        )
        .bind(seconds(from))
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(|row| row.time_off(&self.1)).collect()
    }

    /// All time off that is on record, in order.
    pub async fn all_time_off(&mut self) -> Result<Vec<TimeOff>, StoreError> {
        self.time_off_since(Instant::MIN_UTC).await
    }

    pub async fn time_off(&mut self, id: TimeOffId) -> Result<Option<TimeOff>, StoreError> {
        let row: Option<Row> = sqlx::query_as("SELECT * FROM time_off WHERE id = ?")
            .bind(id.0)
            .fetch_optional(&mut *self.0)
            .await?;
        row.map(|row| row.time_off(&self.1)).transpose()
    }
}

impl Writing {
    /// With what the therapist notes of it, and what clients read.
    pub async fn insert_time_off(
        &mut self,
        office: Option<&OfficeSlug>,
        span: Interval,
        (note, sentence): (Option<&Note>, Option<&Note>),
    ) -> Result<TimeOffId, StoreError> {
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO time_off (office, starts_at, ends_at, sentence) VALUES (?, ?, ?, ?) RETURNING id",
        )
        .bind(office.map(OfficeSlug::as_str))
        .bind(seconds(span.start))
        .bind(seconds(span.end))
        .bind(sentence.map(Note::as_str))
        .fetch_one(self.changes_plans())
        .await?;
        // It is bound to its row, which has its number only now.
        if let Some(note) = TIME_OFF_NOTE.of_note(&self.0.1, &id.to_string(), note)? {
            sqlx::query("UPDATE time_off SET note = ? WHERE id = ?")
                .bind(note)
                .bind(id)
                .execute(self.changes_plans())
                .await?;
        }
        Ok(TimeOffId(id))
    }

    /// Takes time off away as if it had never been entered.
    pub async fn remove_time_off(&mut self, id: TimeOffId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM time_off WHERE id = ?").bind(id.0).execute(self.changes_plans()).await?;
        Ok(())
    }

    /// Puts back time off that was ended, as it was.
    pub async fn put_time_off_back(&mut self, off: &TimeOff) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO time_off (id, office, starts_at, ends_at, note, sentence) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO UPDATE SET ends_at = ?4",
        )
        .bind(off.id.0)
        .bind(off.office.as_ref().map(OfficeSlug::as_str))
        .bind(seconds(off.span.start))
        .bind(seconds(off.span.end))
        .bind(TIME_OFF_NOTE.of_note(&self.0.1, &off.id.0.to_string(), off.note.as_ref())?)
        .bind(off.sentence.as_ref().map(Note::as_str))
        .execute(self.changes_plans())
        .await?;
        Ok(())
    }

    /// Ends time off: what has begun ends now and stays on record, since holds
    /// have stood still for it; what has not is removed.
    pub async fn end_time_off(&mut self, off: &TimeOff, now: Instant) -> Result<(), StoreError> {
        if off.span.start < now {
            sqlx::query("UPDATE time_off SET ends_at = ? WHERE id = ?")
                .bind(seconds(now))
                .bind(off.id.0)
                .execute(self.changes_plans())
                .await?;
        } else {
            sqlx::query("DELETE FROM time_off WHERE id = ?")
                .bind(off.id.0)
                .execute(self.changes_plans())
                .await?;
        }
        Ok(())
    }
}
