//! How an appointment is written into its table: new, or as it has become.

use super::super::{
    columns::seconds,
    file::{StoreError, Writing},
    sealed::{NOTE, SENTENCE},
};
use crate::domain::{
    appointment::{Appointment, NewAppointment},
    client::{EmailAddress, Name, Phone},
    ids::AppointmentId,
};

impl Writing {
    /// Writes a new appointment and returns it with its id. `request_digest` tells a
    /// form that was sent twice; none for what no form has sent.
    /// [`StoreError::SlotTaken`] when it is live and overlaps another that is.
    pub async fn insert_appointment(
        &mut self,
        a: NewAppointment,
        request_digest: Option<[u8; 32]>,
    ) -> Result<Appointment, StoreError> {
        let terms = a.state.agreement().and_then(|agreement| agreement.terms);
        let fee = terms.and_then(|terms| terms.fee);
        let cancellation = a.state.cancellation();
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO appointments (
                 client, office, service, service_name, starts_at, ends_at, buffer_minutes, price, status,
                 name, guest, email, email_key, phone, note, requested_at, held_until, answered_at, ended_at,
                 free_until, late_fee, late_fee_percent, cancelled_by, is_late, overridden, uid, revision,
                 request_digest)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
             RETURNING id",
        )
        .bind(a.client.0)
        .bind(a.office.as_str())
        .bind(a.service.as_str())
        .bind(&a.service_name)
        .bind(seconds(a.span.start))
        .bind(seconds(a.span.end))
        .bind(a.buffer.num_minutes())
        .bind(a.price.0)
        .bind(a.state.status().as_str())
        .bind(a.name.as_str())
        .bind(a.guest.as_ref().map(Name::as_str))
        .bind(a.contact.email.as_ref().map(EmailAddress::as_str))
        .bind(a.contact.email.as_ref().map(EmailAddress::key))
        .bind(a.contact.phone.as_ref().map(Phone::as_str))
        .bind(NOTE.of_note(&self.0.1, &a.uid, a.note.as_ref())?)
        .bind(seconds(a.requested_at))
        .bind(seconds(a.state.held_until().unwrap_or(a.requested_at)))
        .bind(a.state.answered_at().map(seconds))
        .bind(a.state.ended_at().map(seconds))
        .bind(terms.map(|terms| seconds(terms.free_until)))
        .bind(fee.map(|fee| fee.amount.0))
        .bind(fee.map(|fee| fee.percent))
        .bind(cancellation.map(|cancellation| cancellation.by.as_str()))
        .bind(cancellation.is_some_and(|cancellation| cancellation.is_late))
        .bind(a.overridden.to_string())
        .bind(&a.uid)
        .bind(request_digest.as_ref().map(<[u8; 32]>::as_slice))
        .fetch_one(&mut *self.0.0)
        .await
        .map_err(StoreError::of_taking)?;
        self.3.appointments.push(AppointmentId(id));
        Ok(a.with_id(AppointmentId(id)))
    }

    /// Writes what may change of an appointment whose time is its own already,
    /// or is given back.
    pub async fn update_appointment(&mut self, a: &Appointment) -> Result<(), StoreError> {
        if a.id.is_blocked_request() {
            return self.update_blocked_request(a).await;
        }
        self.write_appointment(a, StoreError::from).await
    }

    /// The same of one that takes its time now: it comes to life, or is moved.
    /// [`StoreError::SlotTaken`] when it overlaps another that is live.
    pub async fn take_time(&mut self, a: &Appointment) -> Result<(), StoreError> {
        if a.id.is_blocked_request() {
            return self.update_blocked_request(a).await;
        }
        self.write_appointment(a, StoreError::of_taking).await
    }

    /// Its state, its time and office, what was said with it, and where its client is reached.
    async fn write_appointment(
        &mut self,
        a: &Appointment,
        failed: fn(sqlx::Error) -> StoreError,
    ) -> Result<(), StoreError> {
        let sentence = SENTENCE.of_note(&self.0.1, &a.uid, a.sentence.as_ref())?;
        let terms = a.state.agreement().and_then(|agreement| agreement.terms);
        let fee = terms.and_then(|terms| terms.fee);
        let cancellation = a.state.cancellation();
        sqlx::query(
            "UPDATE appointments
             SET client = ?, name = ?, email = ?, email_key = ?, phone = ?, office = ?, starts_at = ?, ends_at = ?,
                 status = ?, requested_at = ?, held_until = coalesce(?, held_until), answered_at = ?, ended_at = ?,
                 free_until = ?, late_fee = ?, late_fee_percent = ?, cancelled_by = ?, is_late = ?, overridden = ?, sentence = ?, moves = ?, revision = ?
             WHERE id = ?",
        )
        .bind(a.client.0)
        .bind(a.name.as_str())
        .bind(a.contact.email.as_ref().map(EmailAddress::as_str))
        .bind(a.contact.email.as_ref().map(EmailAddress::key))
        .bind(a.contact.phone.as_ref().map(Phone::as_str))
        .bind(a.office.as_str())
        .bind(seconds(a.span.start))
        .bind(seconds(a.span.end))
        .bind(a.status().as_str())
        .bind(seconds(a.requested_at))
        .bind(a.state.held_until().map(seconds))
        .bind(a.state.answered_at().map(seconds))
        .bind(a.state.ended_at().map(seconds))
        .bind(terms.map(|terms| seconds(terms.free_until)))
        .bind(fee.map(|fee| fee.amount.0))
        .bind(fee.map(|fee| fee.percent))
        .bind(cancellation.map(|cancellation| cancellation.by.as_str()))
        .bind(cancellation.is_some_and(|cancellation| cancellation.is_late))
        .bind(a.overridden.to_string())
        .bind(sentence)
        .bind(a.moves)
        .bind(i64::from(a.revision))
        .bind(a.id.0)
        .execute(&mut *self.0.0)
        .await
        .map_err(failed)?;
        Ok(())
    }
}
