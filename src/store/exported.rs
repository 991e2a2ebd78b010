//! Appointments with what was paid for each, as exports read them: page by page,
//! each after the last row of the one before.

use sqlx_macros::FromRow;

use super::{
    appointments::Row as AppointmentRow,
    columns::seconds,
    file::{Reading, StoreError},
    payments::NotedPayment,
};
use crate::{
    domain::{
        appointment::{Appointment, payment::Payment},
        ids::ClientId,
        time::Instant,
    },
    sealing::Keys,
};

/// An appointment, what was paid for it, and whether its fee was let go.
pub struct AppointmentWithPayment {
    pub appointment: Appointment,
    pub payment: Option<Payment>,
    pub is_waived: bool,
}

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    appointment: AppointmentRow,
    method: Option<String>,
    amount: Option<i64>,
    tip: Option<i64>,
    noted_at: Option<i64>,
    is_waived: bool,
}

impl Row {
    fn read(self, keys: &Keys) -> Result<AppointmentWithPayment, StoreError> {
        let paid = self.method.zip(self.amount.zip(self.tip)).zip(self.noted_at);
        let payment = paid.map(|((method, amounts), at)| {
            Ok::<_, StoreError>(NotedPayment::read(&method, amounts, at)?.payment)
        });
        Ok(AppointmentWithPayment {
            appointment: self.appointment.appointment(keys)?,
            payment: payment.transpose()?,
            is_waived: self.is_waived,
        })
    }
}

impl Reading {
    /// So many appointments in order of time, after one that begins at an instant and has an id.
    pub async fn appointments_with_payments(
        &mut self,
        after: Option<(Instant, i64)>,
        most: u32,
    ) -> Result<Vec<AppointmentWithPayment>, StoreError> {
        let (start, id) = after.map_or((i64::MIN, 0), |(start, id)| (seconds(start), id));
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT a.*, p.method, p.amount, p.tip, p.noted_at, w.appointment IS NOT NULL AS is_waived
             FROM appointments AS a
             LEFT JOIN payments AS p ON p.appointment = a.id
             LEFT JOIN waived_fees AS w ON w.appointment = a.id
             WHERE a.starts_at >= ?1 AND (a.starts_at > ?1 OR a.id > ?2)
             ORDER BY a.starts_at, a.id LIMIT ?3",
        )
        .bind(start)
        .bind(id)
        .bind(most)
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(|row| row.read(&self.1)).collect()
    }

    /// Everything that a person, by all of their records, has asked for or was booked for: the latest first.
    pub async fn appointments_of_with_payments(
        &mut self,
        client: ClientId,
    ) -> Result<Vec<AppointmentWithPayment>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT a.*, p.method, p.amount, p.tip, p.noted_at, w.appointment IS NOT NULL AS is_waived
             FROM appointments AS a
             LEFT JOIN payments AS p ON p.appointment = a.id
             LEFT JOIN waived_fees AS w ON w.appointment = a.id
             WHERE a.client IN (SELECT value FROM json_each(?))
             ORDER BY a.starts_at DESC, a.id DESC",
        )
        .bind(self.family(client).await?)
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(|row| row.read(&self.1)).collect()
    }
}
