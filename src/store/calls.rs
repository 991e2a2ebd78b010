//! The table `calls`: whom to telephone, because no email reaches them, or none
//! in time.

use super::{
    columns::{optional_instant, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    appointment::{
        Appointment,
        call::{Matter, Topic},
    },
    ids::{AppointmentId, CallId},
    time::Instant,
};

/// What [`Reading::has_standing_call_since`] asks, on its way by an index.
pub(super) const STANDING_SINCE: &str = "SELECT EXISTS (
     SELECT 1 FROM calls WHERE appointment = ? AND about <> ? AND (done_at IS NULL OR done_at >= ?))";

/// What [`Writing::forget_call`] says, on its way by an index; in an act, and otherwise.
pub(super) const SET_ASIDE: &str = "UPDATE calls SET set_aside_by = ?4
     WHERE appointment = ?1 AND (about = ?2) = ?3 AND done_at IS NULL AND set_aside_by IS NULL";
pub(super) const FORGET: &str = "DELETE FROM calls
     WHERE appointment = ?1 AND (about = ?2) = ?3 AND done_at IS NULL AND set_aside_by IS ?4";

pub struct Call {
    pub id: CallId,
    pub about: Topic,
    pub appointment: Appointment,
    /// When the last email to its client went out since the call is on the list.
    pub emailed_at: Option<Instant>,
}

impl Reading {
    /// The calls to make, the nearest visit first. Once its time has passed
    /// there is nothing left to tell about a visit, and as long as an act can be
    /// undone nothing of it.
    pub async fn calls(&mut self, now: Instant) -> Result<Vec<Call>, StoreError> {
        let rows: Vec<(i64, i64, String, Option<i64>)> = sqlx::query_as(
            "SELECT calls.id, calls.appointment, calls.about,
                    (SELECT emails.outcome_at FROM emails
                     WHERE emails.appointment = calls.appointment AND emails.side = 'client'
                       AND emails.outcome = 'sent' AND emails.written_at >= calls.made_at
                     ORDER BY emails.id DESC LIMIT 1)
             FROM calls
             JOIN appointments ON appointments.id = calls.appointment
             WHERE calls.done_at IS NULL AND calls.set_aside_by IS NULL AND appointments.ends_at > ?1
               AND (calls.held_until IS NULL OR calls.held_until <= ?1 OR calls.made_at > ?1 + 60)
             ORDER BY appointments.starts_at, calls.id",
        )
        .bind(seconds(now))
        .fetch_all(&mut *self.0)
        .await?;
        let mut calls = Vec::new();
        for (id, appointment, about, emailed_at) in rows {
            let about = Topic::parse(&about).ok_or(StoreError::Unreadable("call"))?;
            if let Some(appointment) = self.appointment(AppointmentId(appointment)).await? {
                let emailed_at = optional_instant(emailed_at)?;
                calls.push(Call { id: CallId(id), about, appointment, emailed_at });
            }
        }
        Ok(calls)
    }
}

impl Reading {
    /// True when a call about how an appointment stands is to be made, or was made after an instant.
    pub async fn has_standing_call_since(
        &mut self,
        appointment: AppointmentId,
        since: Instant,
    ) -> Result<bool, StoreError> {
        let (some,): (bool,) = sqlx::query_as(STANDING_SINCE)
            .bind(appointment.0)
            .bind(Topic::NewAddress.as_str())
            .bind(seconds(since))
            .fetch_one(&mut *self.0)
            .await?;
        Ok(some)
    }

    /// True when a call was made about how an appointment stands since an instant.
    pub async fn was_called_since(
        &mut self,
        appointment: AppointmentId,
        since: Instant,
    ) -> Result<bool, StoreError> {
        let (some,): (bool,) = sqlx::query_as(
            "SELECT EXISTS (
                 SELECT 1 FROM calls WHERE appointment = ? AND about <> ? AND made_at >= ? AND done_at IS NOT NULL)",
        )
        .bind(appointment.0)
        .bind(Topic::NewAddress.as_str())
        .bind(seconds(since))
        .fetch_one(&mut *self.0)
        .await?;
        Ok(some)
    }

    /// Which appointment a call is about.
    pub async fn call_is_about(&mut self, id: CallId) -> Result<Option<AppointmentId>, StoreError> {
        let about: Option<(i64,)> = sqlx::query_as("SELECT appointment FROM calls WHERE id = ?")
            .bind(id.0)
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(about.map(|(id,)| AppointmentId(id)))
    }
}

impl Writing {
    /// Puts a call on the list, in place of an older one about the same matter of the same appointment.
    pub async fn insert_call(
        &mut self,
        appointment: AppointmentId,
        about: Topic,
        now: Instant,
    ) -> Result<(), StoreError> {
        self.forget_call(appointment, about.matter()).await?;
        self.insert_call_unless_open(appointment, about, now).await
    }

    /// Puts a call on the list unless there is one about the same matter of the same appointment already.
    /// Nobody calls about what a blocked client asks for.
    pub async fn insert_call_unless_open(
        &mut self,
        appointment: AppointmentId,
        about: Topic,
        now: Instant,
    ) -> Result<(), StoreError> {
        if appointment.is_blocked_request() {
            return Ok(());
        }
        let act = self.2.clone();
        sqlx::query(
            "INSERT INTO calls (appointment, about, made_at, act, held_until) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
        )
        .bind(appointment.0)
        .bind(about.as_str())
        .bind(seconds(now))
        .bind(act.as_ref().map(|act| act.id.0))
        .bind(act.as_ref().map(|act| seconds(act.ends_at)))
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Takes the open call about a matter of an appointment off the list: there is nothing to tell any more.
    /// In an act it waits the minute with it.
    pub async fn forget_call(
        &mut self,
        appointment: AppointmentId,
        matter: Matter,
    ) -> Result<(), StoreError> {
        let forget = match self.2 {
            Some(_) => SET_ASIDE,
            None => FORGET,
        };
        sqlx::query(forget)
            .bind(appointment.0)
            .bind(Topic::NewAddress.as_str())
            .bind(matter == Matter::Address)
            .bind(self.2.as_ref().map(|act| act.id.0))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Takes the call that reminds of a visit off the list: for now nobody is to come.
    pub async fn forget_reminder_call(&mut self, appointment: AppointmentId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM calls WHERE appointment = ? AND about = ? AND done_at IS NULL")
            .bind(appointment.0)
            .bind(Topic::Reminder.as_str())
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Ticks a call off. False when it is not on the list.
    pub async fn call_done(&mut self, id: CallId, now: Instant) -> Result<bool, StoreError> {
        let done = sqlx::query("UPDATE calls SET done_at = ? WHERE id = ? AND done_at IS NULL")
            .bind(seconds(now))
            .bind(id.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }
}
