//! The tables `payments` and `waived_fees`: what was paid for a visit, as the
//! therapist has noted it, and the fees that they let go.

use sqlx_macros::FromRow;

use super::{
    columns::{instant, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    appointment::payment::{Method, Payment},
    ids::AppointmentId,
    practice::price::Price,
    time::Instant,
};

/// What was paid, and when it was noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotedPayment {
    pub payment: Payment,
    pub noted_at: Instant,
}

#[derive(FromRow)]
struct Row {
    method: String,
    amount: i64,
    tip: i64,
    noted_at: i64,
}

impl NotedPayment {
    /// Reads what columns hold: the method, the amount with the tip, and when it was noted.
    pub(super) fn read(method: &str, (amount, tip): (i64, i64), noted_at: i64) -> Result<Self, StoreError> {
        let method = Method::parse(method).ok_or(StoreError::Unreadable("method"))?;
        let payment = Payment { method, amount: Price(amount), tip: Price(tip) };
        Ok(Self { payment, noted_at: instant(noted_at)? })
    }
}

impl Reading {
    /// What was noted as paid for an appointment.
    pub async fn payment(&mut self, appointment: AppointmentId) -> Result<Option<Payment>, StoreError> {
        let row: Option<Row> = sqlx::query_as("SELECT * FROM payments WHERE appointment = ?")
            .bind(appointment.0)
            .fetch_optional(&mut *self.0)
            .await?;
        let noted = row
            .map(|row| NotedPayment::read(&row.method, (row.amount, row.tip), row.noted_at))
            .transpose()?;
        Ok(noted.map(|noted| noted.payment))
    }

    /// True where the fee of an appointment was let go.
    pub async fn fee_is_waived(&mut self, appointment: AppointmentId) -> Result<bool, StoreError> {
        let (some,): (bool,) =
            sqlx::query_as("SELECT EXISTS (SELECT 1 FROM waived_fees WHERE appointment = ?)")
                .bind(appointment.0)
                .fetch_one(&mut *self.0)
                .await?;
        Ok(some)
    }
}

impl Writing {
    /// Notes what was paid, in place of what was noted before.
    pub async fn note_payment(
        &mut self,
        appointment: AppointmentId,
        payment: &Payment,
        now: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO payments (appointment, method, amount, tip, noted_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (appointment) DO UPDATE SET method = ?2, amount = ?3, tip = ?4, noted_at = ?5",
        )
        .bind(appointment.0)
        .bind(payment.method.as_str())
        .bind(payment.amount.0)
        .bind(payment.tip.0)
        .bind(seconds(now))
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Nothing was paid after all.
    pub async fn forget_payment(&mut self, appointment: AppointmentId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM payments WHERE appointment = ?")
            .bind(appointment.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Lets the fee of an appointment go.
    pub async fn waive_fee(&mut self, appointment: AppointmentId, now: Instant) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO waived_fees (appointment, waived_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(appointment.0)
            .bind(seconds(now))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// The fee of an appointment is asked for after all.
    pub async fn unwaive_fee(&mut self, appointment: AppointmentId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM waived_fees WHERE appointment = ?")
            .bind(appointment.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
