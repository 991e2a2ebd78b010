//! The table `policy`: the policy as the therapist has changed it.

use sqlx_macros::FromRow;

use super::{
    columns::seconds,
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    practice::{Confirmation, policy::Policy},
    time::Instant,
};

#[derive(FromRow)]
struct Row {
    slot_step_minutes: u32,
    minimum_notice_hours: u32,
    horizon_days: u32,
    hold_hours: u32,
    answer_before_hours: u32,
    cancellation_notice_hours: u32,
    /// Younger than the table.
    late_fee_percent: Option<u32>,
    open_requests_per_contact: u32,
    /// Younger than the table, and so are the next three.
    unproven_holds_per_day: Option<u32>,
    unproven_holds: Option<u32>,
    moves_per_appointment: Option<u32>,
    waitlist_notice_hours: Option<u32>,
    confirmation: String,
    book_again: String,
    reminder_hours: String,
}

impl Reading {
    /// The policy, if the therapist has ever changed it. What was not among its
    /// values then is as the practice file has it.
    pub async fn policy(&mut self, of_the_file: &Policy) -> Result<Option<Policy>, StoreError> {
        let row: Option<Row> = sqlx::query_as("SELECT * FROM policy").fetch_optional(&mut *self.0).await?;
        let Some(row) = row else { return Ok(None) };
        let confirmation =
            |text: &str| Confirmation::parse(text).ok_or(StoreError::Unreadable("confirmation"));
        let hours = row.reminder_hours.split_whitespace().map(str::parse);
        Ok(Some(Policy {
            slot_step_minutes: row.slot_step_minutes,
            minimum_notice_hours: row.minimum_notice_hours,
            horizon_days: row.horizon_days,
            hold_hours: row.hold_hours,
            answer_before_hours: row.answer_before_hours,
            cancellation_notice_hours: row.cancellation_notice_hours,
            late_fee_percent: row.late_fee_percent.unwrap_or(of_the_file.late_fee_percent),
            open_requests_per_contact: row.open_requests_per_contact,
            moves_per_appointment: row.moves_per_appointment.unwrap_or(of_the_file.moves_per_appointment),
            unproven_holds_per_day: row.unproven_holds_per_day.unwrap_or(of_the_file.unproven_holds_per_day),
            unproven_holds: row.unproven_holds.unwrap_or(of_the_file.unproven_holds),
            waitlist_notice_hours: row.waitlist_notice_hours.unwrap_or(of_the_file.waitlist_notice_hours),
            confirmation: confirmation(&row.confirmation)?,
            book_again: confirmation(&row.book_again)?,
            reminder_hours: hours
                .collect::<Result<_, _>>()
                .map_err(|_| StoreError::Unreadable("reminder"))?,
        }))
    }
}

impl Writing {
    pub async fn set_policy(&mut self, policy: &Policy, now: Instant) -> Result<(), StoreError> {
        let hours: Vec<String> = policy.reminder_hours.iter().map(u32::to_string).collect();
        sqlx::query(
            "INSERT OR REPLACE INTO policy
                 (id, slot_step_minutes, minimum_notice_hours, horizon_days, hold_hours, answer_before_hours,
                  cancellation_notice_hours, late_fee_percent, open_requests_per_contact,
                  moves_per_appointment, unproven_holds_per_day, unproven_holds, waitlist_notice_hours,
                  confirmation, book_again, reminder_hours, changed_at)
             VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(policy.slot_step_minutes)
        .bind(policy.minimum_notice_hours)
        .bind(policy.horizon_days)
        .bind(policy.hold_hours)
        .bind(policy.answer_before_hours)
        .bind(policy.cancellation_notice_hours)
        .bind(policy.late_fee_percent)
        .bind(policy.open_requests_per_contact)
        .bind(policy.moves_per_appointment)
        .bind(policy.unproven_holds_per_day)
        .bind(policy.unproven_holds)
        .bind(policy.waitlist_notice_hours)
        .bind(policy.confirmation.as_str())
        .bind(policy.book_again.as_str())
        .bind(hours.join(" "))
        .bind(seconds(now))
        .execute(self.changes_plans())
        .await?;
        Ok(())
    }
}
