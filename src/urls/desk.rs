//! The therapist's addresses.

mod account;
mod clients;
mod emails;
mod numbers;
mod planning;
mod today;

use chrono::NaiveDate;

pub use self::{account::*, clients::*, emails::*, numbers::*, planning::*, today::*};
use super::openings::opening;
use crate::domain::{
    availability::slot::Slot,
    ids::{ActId, AppointmentId, CallId, OfficeSlug, ServiceSlug},
};

pub const ADMIN_APPOINTMENTS: &str = "/admin/appointments";
/// The form for a booking taken on the telephone.
pub const NEW_BOOKING: &str = "/admin/appointments/new";
/// Where many requests are declined at once.
pub const MANY_DECLINES: &str = "/admin/requests/declines";
/// The content with its problems.
pub const CONTENT: &str = "/admin/articles";
/// Who did what, and when.
pub const HISTORY: &str = "/admin/history";

/// The therapist's page of one appointment.
pub fn admin_appointment(id: AppointmentId) -> String {
    format!("{ADMIN_APPOINTMENTS}/{id}")
}

/// The next openings of a service, for a booking on the telephone.
pub fn new_booking(service: &ServiceSlug) -> String {
    format!("{NEW_BOOKING}?service={service}")
}

/// The same from a date on.
pub fn new_booking_from(service: &ServiceSlug, from: NaiveDate) -> String {
    format!("{}&from={from}", new_booking(service))
}

/// The therapist's form for one opening.
pub fn booking_form(slot: &Slot) -> String {
    opening(&new_booking(&slot.service), slot)
}

pub fn confirmation(id: AppointmentId) -> String {
    format!("{}/confirmation", admin_appointment(id))
}

pub fn decline(id: AppointmentId) -> String {
    format!("{}/decline", admin_appointment(id))
}

pub fn admin_cancellation(id: AppointmentId) -> String {
    format!("{}/cancellation", admin_appointment(id))
}

/// Where the therapist says that they will be there, although the plan of the day does not cover it.
pub fn keeping(id: AppointmentId) -> String {
    format!("{}/keeping", admin_appointment(id))
}

pub fn admin_reschedule(id: AppointmentId) -> String {
    format!("{}/reschedule", admin_appointment(id))
}

/// The openings to which the therapist can move it, from a date on.
pub fn admin_reschedule_from(id: AppointmentId, from: NaiveDate) -> String {
    format!("{}?from={from}", admin_reschedule(id))
}

/// Where a series is put together that follows a visit.
pub fn admin_series(id: AppointmentId) -> String {
    format!("{}/series", admin_appointment(id))
}

pub fn arrival(id: AppointmentId) -> String {
    format!("{}/arrival", admin_appointment(id))
}

pub fn no_show(id: AppointmentId) -> String {
    format!("{}/no-show", admin_appointment(id))
}

/// Where the therapist notes that the client has called to cancel.
pub fn client_cancellation(id: AppointmentId) -> String {
    format!("{}/client-cancellation", admin_appointment(id))
}

/// Writes to everybody who comes to an office with a new address.
pub fn new_address_emails(office: &OfficeSlug) -> String {
    format!("{ADMIN}/offices/{office}/new-address/emails")
}

/// Nobody needs to be told of an office's new address.
pub fn new_address_known(office: &OfficeSlug) -> String {
    format!("{ADMIN}/offices/{office}/new-address/known")
}

pub fn call_done(id: CallId) -> String {
    format!("{ADMIN}/calls/{id}/done")
}

/// Where what is over is put back.
pub fn put_back(id: AppointmentId) -> String {
    format!("{}/put-back", admin_appointment(id))
}

/// Where it is noted what was paid for a visit.
pub fn payment(id: AppointmentId) -> String {
    format!("{}/payment", admin_appointment(id))
}

/// Where it is noted that nothing was paid after all.
pub fn payment_end(id: AppointmentId) -> String {
    format!("{}/end", payment(id))
}

/// Where the fee of a late cancellation or a no-show is let go.
pub fn fee_waiver(id: AppointmentId) -> String {
    format!("{}/fee-waiver", admin_appointment(id))
}

/// Where it is asked for after all.
pub fn fee_waiver_end(id: AppointmentId) -> String {
    format!("{}/end", fee_waiver(id))
}

/// A visit on one of the therapist's pages.
pub fn at_visit(page: &str, id: AppointmentId) -> String {
    format!("{page}#visit-{id}")
}

/// Where an act is taken back.
pub fn undo(id: ActId) -> String {
    format!("{ADMIN}/undo/{id}")
}
