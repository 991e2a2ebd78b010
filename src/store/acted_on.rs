//! The table `acted_on`: the appointments of an act, each as it was before, which
//! is what its client knows while the act runs.

use std::collections::BTreeSet;

use sqlx_macros::FromRow;

use super::{
    appointments::Row as AppointmentRow,
    columns::{instant, optional_instant},
    conflicts::NotedConflict,
    file::{Reading, StoreError, Writing},
    payments::NotedPayment,
};
use crate::domain::{
    act::Act,
    appointment::{Appointment, reschedule_request::RescheduleRequest},
    availability::conflict::Conflict,
    ids::{ActId, AppointmentId, RescheduleRequestId},
    time::Instant,
};

/// An appointment as it was before an act.
pub struct Before {
    /// `None` where the act has made it.
    pub appointment: Option<Appointment>,
    /// The reschedule request that waited then.
    pub reschedule_request: Option<RescheduleRequestId>,
    pub conflict: Option<NotedConflict>,
    pub payment: Option<NotedPayment>,
    pub fee_waived_at: Option<Instant>,
    /// What the act has left.
    pub revision: u32,
}

/// An appointment as its client knows it while an act runs of which they have not heard.
pub struct Known {
    /// The act before which it was so.
    pub since: ActId,
    pub appointment: Appointment,
    pub reschedule_request: Option<RescheduleRequest>,
}

#[derive(FromRow)]
struct BesidesRow {
    reschedule_request: Option<i64>,
    conflict_ways: Option<String>,
    conflict_found_at: Option<i64>,
    conflict_is_kept: Option<bool>,
    paid_by: Option<String>,
    paid: Option<i64>,
    tip: Option<i64>,
    paid_noted_at: Option<i64>,
    fee_waived_at: Option<i64>,
    revision: i64,
}

impl Reading {
    /// The appointments of an act.
    pub async fn acted_on(&mut self, act: ActId) -> Result<Vec<AppointmentId>, StoreError> {
        let rows: Vec<(i64,)> =
            sqlx::query_as("SELECT appointment FROM acted_on WHERE act = ? ORDER BY appointment")
                .bind(act.0)
                .fetch_all(&mut *self.0)
                .await?;
        Ok(rows.into_iter().map(|(id,)| AppointmentId(id)).collect())
    }

    /// The appointments of all acts that run.
    pub async fn acted_on_lately(&mut self, now: Instant) -> Result<BTreeSet<AppointmentId>, StoreError> {
        let mut ids = BTreeSet::new();
        for act in self.running_acts(now).await? {
            ids.extend(self.acted_on(act.id).await?);
        }
        Ok(ids)
    }

    /// How an appointment was before an act.
    pub async fn before(
        &mut self,
        act: ActId,
        appointment: AppointmentId,
    ) -> Result<Option<Before>, StoreError> {
        let besides: Option<BesidesRow> = sqlx::query_as(
            "SELECT reschedule_request, conflict_ways, conflict_found_at, conflict_is_kept, paid_by, paid, tip,
                 paid_noted_at, fee_waived_at, revision
             FROM acted_on WHERE act = ? AND appointment = ?",
        )
        .bind(act.0)
        .bind(appointment.0)
        .fetch_optional(&mut *self.0)
        .await?;
        let Some(besides) = besides else { return Ok(None) };
        let noted = besides.conflict_ways.zip(besides.conflict_found_at).zip(besides.conflict_is_kept);
        let conflict = noted.map(|((ways, found_at), is_kept)| {
            let conflict = Conflict::parse(&ways);
            Ok::<_, StoreError>(NotedConflict { conflict, found_at: instant(found_at)?, is_kept })
        });
        let paid = besides.paid_by.zip(besides.paid).zip(besides.tip).zip(besides.paid_noted_at);
        let payment = paid
            .map(|(((method, amount), tip), noted_at)| NotedPayment::read(&method, (amount, tip), noted_at));
        Ok(Some(Before {
            appointment: self.appointment_before(act, appointment).await?,
            reschedule_request: besides.reschedule_request.map(RescheduleRequestId),
            conflict: conflict.transpose()?,
            payment: payment.transpose()?,
            fee_waived_at: optional_instant(besides.fee_waived_at)?,
            revision: u32::try_from(besides.revision).map_err(|_| StoreError::Unreadable("revision"))?,
        }))
    }

    async fn appointment_before(
        &mut self,
        act: ActId,
        appointment: AppointmentId,
    ) -> Result<Option<Appointment>, StoreError> {
        let row: Option<AppointmentRow> = sqlx::query_as(
            "SELECT a.id, a.client, a.series, a.service, a.service_name, a.buffer_minutes, a.price, a.name, a.guest, a.email,
                    a.phone, a.note, a.uid, b.office, b.starts_at, b.ends_at, b.status, b.requested_at,
                    b.held_until, b.answered_at, b.ended_at, b.free_until, b.late_fee, b.late_fee_percent,
                    b.cancelled_by, b.is_late, b.overridden, b.sentence, b.moves, b.revision_before AS revision
             FROM acted_on AS b JOIN appointments AS a ON a.id = b.appointment
             WHERE b.act = ? AND b.appointment = ? AND b.status IS NOT NULL",
        )
        .bind(act.0)
        .bind(appointment.0)
        .fetch_optional(&mut *self.0)
        .await?;
        row.map(|row| row.appointment(&self.1)).transpose()
    }

    /// An appointment as its client knows it; `None` where that is how it is.
    pub async fn known_to_client(
        &mut self,
        appointment: AppointmentId,
        now: Instant,
    ) -> Result<Option<Known>, StoreError> {
        let mut oldest = None;
        for act in self.acts_since(appointment, ActId(0)).await? {
            if act.runs(now) && act.kind.is_seen_by_client() {
                oldest = Some(act.id);
            }
        }
        let Some(oldest) = oldest else { return Ok(None) };
        let (since,): (i64,) =
            sqlx::query_as("SELECT known_from FROM acted_on WHERE act = ? AND appointment = ?")
                .bind(oldest.0)
                .bind(appointment.0)
                .fetch_one(&mut *self.0)
                .await?;
        let since = ActId(since);
        let Some(before) = self.before(since, appointment).await? else { return Ok(None) };
        let Some(known) = before.appointment else { return Ok(None) };
        let reschedule_request = match before.reschedule_request {
            Some(id) => self.reschedule_request(id).await?,
            None => None,
        };
        Ok(Some(Known { since, appointment: known, reschedule_request }))
    }
}

impl Writing {
    /// Keeps an appointment as it stands in the file, before the act of this
    /// transaction makes something of it, with the revision that it will have.
    pub async fn keep_before(&mut self, appointment: AppointmentId, revision: u32) -> Result<(), StoreError> {
        self.keep(appointment, revision, false).await
    }

    /// Notes an appointment that the act of this transaction has made.
    pub async fn keep_made(&mut self, appointment: &Appointment) -> Result<(), StoreError> {
        self.keep(appointment.id, appointment.revision, true).await
    }

    async fn keep(
        &mut self,
        appointment: AppointmentId,
        revision: u32,
        is_made: bool,
    ) -> Result<(), StoreError> {
        let Some(act) = self.2.clone() else { return Ok(()) };
        let known_from = self.known_from(appointment, &act).await?;
        self.note_act(&act, appointment).await?;
        sqlx::query(
            "INSERT INTO acted_on (act, appointment, known_from, revision, office, starts_at, ends_at, status,
                 requested_at, held_until, answered_at, ended_at, free_until, late_fee, late_fee_percent,
                 cancelled_by, is_late, overridden, sentence, moves, revision_before, reschedule_request,
                 conflict_ways, conflict_found_at, conflict_is_kept, paid_by, paid, tip, paid_noted_at,
                 fee_waived_at)
             SELECT ?1, a.id, ?3, ?4, a.office, a.starts_at, a.ends_at, iif(?5, NULL, a.status),
                 a.requested_at, a.held_until, a.answered_at, a.ended_at, a.free_until, a.late_fee,
                 a.late_fee_percent, a.cancelled_by, a.is_late, a.overridden, a.sentence, a.moves, a.revision, r.id,
                 c.ways, c.found_at, c.is_kept, p.method, p.amount, p.tip, p.noted_at, w.waived_at
             FROM appointments AS a
             LEFT JOIN reschedule_requests AS r ON r.appointment = a.id AND r.status = 'requested'
             LEFT JOIN conflicts AS c ON c.appointment = a.id
             LEFT JOIN payments AS p ON p.appointment = a.id
             LEFT JOIN waived_fees AS w ON w.appointment = a.id
             WHERE a.id = ?2",
        )
        .bind(act.id.0)
        .bind(appointment.0)
        .bind(known_from.0)
        .bind(i64::from(revision))
        .bind(is_made)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// The act before which the client knows the appointment while this one runs.
    async fn known_from(&mut self, appointment: AppointmentId, act: &Act) -> Result<ActId, StoreError> {
        let earlier = self.acts_since(appointment, ActId(0)).await?;
        let earlier =
            earlier.into_iter().find(|other| other.runs(act.made_at) && other.kind.is_seen_by_client());
        let Some(earlier) = earlier.filter(|earlier| act.kind.says_it_all_after(earlier.kind)) else {
            return Ok(act.id);
        };
        let (known_from,): (i64,) =
            sqlx::query_as("SELECT known_from FROM acted_on WHERE act = ? AND appointment = ?")
                .bind(earlier.id.0)
                .bind(appointment.0)
                .fetch_one(&mut *self.0.0)
                .await?;
        Ok(ActId(known_from))
    }

    /// An appointment has another revision, because a later act was taken back: the
    /// earlier ones that had left it as it is now again go by that.
    pub async fn acts_have_left(
        &mut self,
        appointment: AppointmentId,
        was: u32,
        is: u32,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE acted_on SET revision = ? WHERE appointment = ? AND revision = ?")
            .bind(i64::from(is))
            .bind(appointment.0)
            .bind(i64::from(was))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
