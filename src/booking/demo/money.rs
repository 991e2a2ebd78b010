//! What was paid in the invented practice, and which fees were let go.

use crate::{
    domain::{
        appointment::{
            Appointment,
            payment::{Due, Method, Payment},
        },
        practice::price::Price,
        time,
    },
    store::{StoreError, Writing},
};

/// Most pay, some leave a tip, and nobody has noted every visit.
pub async fn note(tx: &mut Writing, appointments: &[Appointment]) -> Result<(), StoreError> {
    for (nth, a) in appointments.iter().enumerate() {
        let method = match nth % 7 {
            0 | 4 => Method::Cash,
            2 => Method::Check,
            6 if nth % 3 == 0 => Method::Other,
            _ => Method::Card,
        };
        let tip = match nth % 9 {
            1 | 5 => Price(1000),
            3 => Price(2000),
            _ => Price(0),
        };
        let noted_at = a.span.end + time::minutes(5);
        match a.due() {
            Some(Due::Session(amount)) if nth % 13 != 0 => {
                tx.note_payment(a.id, &Payment { method, amount, tip }, noted_at).await?;
            }
            Some(Due::Fee(_)) if nth % 3 == 0 => tx.waive_fee(a.id, noted_at).await?,
            Some(Due::Fee(fee)) if nth % 3 == 1 => {
                let payment = Payment { method, amount: fee.amount, tip: Price(0) };
                tx.note_payment(a.id, &payment, noted_at).await?;
            }
            _ => {}
        }
    }
    Ok(())
}
