//! The table `acts`: what the therapist has done within the last minute. Whatever
//! a transaction writes after [`Writing::begin_act`] waits the minute with the
//! act, and so does what it supersedes.

use sqlx_macros::FromRow;

use super::{
    columns::{instant, seconds},
    emails::Row as EmailRow,
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    act::{Act, Kind, MINUTE, Outcome},
    ids::{ActId, AppointmentId, OfficeSlug},
    time::Instant,
};

#[derive(FromRow)]
struct Row {
    id: i64,
    kind: String,
    made_at: i64,
    ends_at: i64,
    office: Option<String>,
    outcome: String,
}

impl TryFrom<Row> for Act {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let office =
            row.office.map(|office| OfficeSlug::parse(&office).ok_or(StoreError::Unreadable("office")));
        Ok(Self {
            id: ActId(row.id),
            kind: Kind::parse(&row.kind).ok_or(StoreError::Unreadable("act"))?,
            made_at: instant(row.made_at)?,
            ends_at: instant(row.ends_at)?,
            office: office.transpose()?,
            outcome: Outcome::parse(&row.outcome).ok_or(StoreError::Unreadable("outcome of an act"))?,
        })
    }
}

impl Reading {
    pub async fn act(&mut self, id: ActId) -> Result<Option<Act>, StoreError> {
        let row: Option<Row> =
            sqlx::query_as("SELECT * FROM acts WHERE id = ?").bind(id.0).fetch_optional(&mut *self.0).await?;
        row.map(Act::try_from).transpose()
    }

    /// The acts that can be undone now, the newest first.
    pub async fn running_acts(&mut self, now: Instant) -> Result<Vec<Act>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT * FROM acts WHERE outcome = 'running' AND ends_at > ? AND made_at <= ? ORDER BY id DESC",
        )
        .bind(seconds(now))
        .bind(seconds(now + MINUTE))
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(Act::try_from).collect()
    }

    /// The acts on an appointment since one of them, itself included, the newest
    /// first, but for those that were taken back.
    pub async fn acts_since(
        &mut self,
        appointment: AppointmentId,
        since: ActId,
    ) -> Result<Vec<Act>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT acts.* FROM acted_on JOIN acts ON acts.id = acted_on.act
             WHERE acted_on.appointment = ? AND acts.id >= ? AND acts.outcome IN ('running', 'stands')
             ORDER BY acts.id DESC",
        )
        .bind(appointment.0)
        .bind(since.0)
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(Act::try_from).collect()
    }

    /// True when an email that an act has written has left, or may have.
    pub async fn act_was_told(&mut self, act: ActId) -> Result<bool, StoreError> {
        let (some,): (bool,) = sqlx::query_as(
            "SELECT EXISTS (SELECT 1 FROM emails WHERE act = ? AND (attempts > 0 OR outcome = 'sent'))",
        )
        .bind(act.0)
        .fetch_one(&mut *self.0)
        .await?;
        Ok(some)
    }
}

impl Writing {
    /// The act that this transaction is, once it has begun.
    pub fn begun_act(&self) -> Option<&Act> {
        self.2.as_ref()
    }

    /// Begins an act: whatever this transaction writes from now on waits its minute.
    pub async fn begin_act(
        &mut self,
        kind: Kind,
        office: Option<&OfficeSlug>,
        now: Instant,
    ) -> Result<ActId, StoreError> {
        let ends_at = now + MINUTE;
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO acts (kind, made_at, ends_at, office) VALUES (?, ?, ?, ?) RETURNING id",
        )
        .bind(kind.as_str())
        .bind(seconds(now))
        .bind(seconds(ends_at))
        .bind(office.map(OfficeSlug::as_str))
        .fetch_one(&mut *self.0.0)
        .await?;
        let act = Act {
            id: ActId(id),
            kind,
            made_at: now,
            ends_at,
            office: office.cloned(),
            outcome: Outcome::Running,
        };
        self.2 = Some(act);
        Ok(ActId(id))
    }

    /// Notes of the acts whose minute is over that they stand, and drops what they have
    /// superseded for good. Returns how many they were.
    pub async fn end_acts(&mut self, now: Instant) -> Result<usize, StoreError> {
        let rows: Vec<(i64,)> = sqlx::query_as(
            "SELECT id FROM acts WHERE outcome = 'running' AND (ends_at <= ? OR made_at > ?) ORDER BY id",
        )
        .bind(seconds(now))
        .bind(seconds(now + MINUTE))
        .fetch_all(&mut *self.0.0)
        .await?;
        for (id,) in &rows {
            self.close_act(ActId(*id), Outcome::Stands, now).await?;
        }
        Ok(rows.len())
    }

    /// Notes what became of an act that is not taken back, and drops what it has superseded for good.
    pub async fn close_act(&mut self, act: ActId, outcome: Outcome, now: Instant) -> Result<(), StoreError> {
        self.note_outcome(act, outcome).await?;
        let rows: Vec<EmailRow> =
            sqlx::query_as("SELECT * FROM emails WHERE set_aside_by = ? AND outcome = 'waiting' ORDER BY id")
                .bind(act.0)
                .fetch_all(&mut *self.0.0)
                .await?;
        for row in rows {
            let email = row.email(&self.0.1)?;
            self.email_lapsed(&email, now).await?;
        }
        sqlx::query("DELETE FROM calls WHERE set_aside_by = ?").bind(act.0).execute(&mut *self.0.0).await?;
        Ok(())
    }

    /// Drops what an act has written, and brings back what it has superseded, as it was.
    pub async fn take_back_act(
        &mut self,
        act: ActId,
        outcome: Outcome,
        now: Instant,
    ) -> Result<(), StoreError> {
        self.note_outcome(act, outcome).await?;
        let rows: Vec<EmailRow> =
            sqlx::query_as("SELECT * FROM emails WHERE act = ? AND outcome = 'waiting' ORDER BY id")
                .bind(act.0)
                .fetch_all(&mut *self.0.0)
                .await?;
        for row in rows {
            let email = row.email(&self.0.1)?;
            self.email_lapsed(&email, now).await?;
        }
        sqlx::query("DELETE FROM calls WHERE act = ?").bind(act.0).execute(&mut *self.0.0).await?;
        sqlx::query("UPDATE emails SET set_aside_by = NULL WHERE set_aside_by = ?")
            .bind(act.0)
            .execute(&mut *self.0.0)
            .await?;
        // What has come onto the list meanwhile about the same matter is newer.
        sqlx::query("UPDATE OR IGNORE calls SET set_aside_by = NULL WHERE set_aside_by = ?")
            .bind(act.0)
            .execute(&mut *self.0.0)
            .await?;
        sqlx::query("DELETE FROM calls WHERE set_aside_by = ?").bind(act.0).execute(&mut *self.0.0).await?;
        Ok(())
    }

    async fn note_outcome(&mut self, act: ActId, outcome: Outcome) -> Result<(), StoreError> {
        sqlx::query("UPDATE acts SET outcome = ? WHERE id = ?")
            .bind(outcome.as_str())
            .bind(act.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Removes what was kept of acts that ended before an instant.
    pub async fn prune_acts(&mut self, before: Instant) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM acts WHERE outcome <> 'running' AND ends_at < ?")
            .bind(seconds(before))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
