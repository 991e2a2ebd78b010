//! The table `history`: who did what, and when.

use sqlx_macros::FromRow;

use super::{
    columns::{date, instant, optional_instant, seconds, written_date},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    act::Act,
    client::Name,
    history::{Entry, What, Who},
    ids::{AppointmentId, ClientId, OfficeSlug},
};

/// What has happened, and whose it is by their name as it is on file now.
pub struct Happened {
    pub entry: Entry,
    pub name: Option<Name>,
}

#[derive(FromRow)]
struct Row {
    at: i64,
    who: String,
    what: String,
    act: Option<String>,
    appointment: Option<i64>,
    client: Option<i64>,
    office: Option<String>,
    starts_at: Option<i64>,
    on_date: Option<String>,
    name: Option<String>,
}

impl TryFrom<Row> for Happened {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let entry = Entry {
            at: instant(row.at)?,
            who: Who::parse(&row.who).ok_or(StoreError::Unreadable("who did it"))?,
            what: What::parse(&row.what, row.act.as_deref())
                .ok_or(StoreError::Unreadable("what was done"))?,
            appointment: row.appointment.map(AppointmentId),
            client: row.client.map(ClientId),
            office: row.office.as_deref().and_then(OfficeSlug::parse),
            start: optional_instant(row.starts_at)?,
            date: row.on_date.as_deref().map(date).transpose()?,
        };
        Ok(Self { entry, name: row.name.map(Name::stored) })
    }
}

impl Reading {
    /// What has happened, the newest first: so much of it, after so much is passed over.
    pub async fn happened(&mut self, at_most: usize, after: usize) -> Result<Vec<Happened>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT history.*, coalesce(appointments.name, clients.name) AS name
             FROM history LEFT JOIN appointments ON appointments.id = history.appointment
             LEFT JOIN clients ON clients.id = history.client
             WHERE history.id > 0 ORDER BY history.id DESC LIMIT ? OFFSET ?",
        )
        .bind(i64::try_from(at_most).unwrap_or(i64::MAX))
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(Happened::try_from).collect()
    }

    /// What has happened to an appointment, in order.
    pub async fn happened_to(&mut self, appointment: AppointmentId) -> Result<Vec<Happened>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT history.*, appointments.name FROM history
             JOIN appointments ON appointments.id = history.appointment
             WHERE history.appointment = ? ORDER BY history.id",
        )
        .bind(appointment.0)
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(Happened::try_from).collect()
    }
}

impl Writing {
    /// Notes that something has happened; what a blocked client does is nothing of that kind.
    pub async fn note_happened(&mut self, entry: &Entry) -> Result<(), StoreError> {
        if entry.appointment.is_some_and(AppointmentId::is_blocked_request) {
            return Ok(());
        }
        let (what, act) = entry.what.as_strs();
        sqlx::query(
            "INSERT INTO history (at, who, what, act, appointment, client, office, starts_at, on_date)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(seconds(entry.at))
        .bind(entry.who.as_str())
        .bind(what)
        .bind(act)
        .bind(entry.appointment.map(|id| id.0))
        .bind(entry.client.map(|id| id.0))
        .bind(entry.office.as_ref().map(OfficeSlug::as_str))
        .bind(entry.start.map(seconds))
        .bind(entry.date.map(written_date))
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Notes that the therapist has acted on an appointment, as it is before that.
    pub(super) async fn note_act(&mut self, act: &Act, appointment: AppointmentId) -> Result<(), StoreError> {
        let Some(before) = self.appointment(appointment).await? else { return Ok(()) };
        self.note_happened(&Entry::of(Who::Therapist, What::Act(act.kind), &before, act.made_at)).await
    }
}
