//! The therapist's addresses.

use chrono::NaiveDate;

use crate::domain::{
    availability::slot::Slot,
    ids::{
        ActId, AppointmentId, CallId, ClientId, ClosingId, EmailId, OfficeSlug, ServiceSlug, SessionId,
        TimeOffId, Token,
    },
    numbers::Year,
    time,
};

pub const ADMIN: &str = "/admin";
pub const ADMIN_APPOINTMENTS: &str = "/admin/appointments";
/// The form for a booking taken on the telephone.
pub const NEW_BOOKING: &str = "/admin/appointments/new";
/// This week, or the one that is asked for.
pub const WEEK: &str = "/admin/week";
pub const MONTH: &str = "/admin/month";
pub const HOURS: &str = "/admin/hours";
/// The weekdays on which the first booking of the day decides the office.
pub const FIRST_BOOKING: &str = "/admin/hours/first-booking";
/// Leads to the date that it is asked for.
pub const DAYS: &str = "/admin/days";
pub const TIME_OFF: &str = "/admin/time-off";
pub const PAUSE: &str = "/admin/pause";
pub const PAUSE_END: &str = "/admin/pause/end";
pub const WHY: &str = "/admin/why";
/// The content with its problems.
pub const CONTENT: &str = "/admin/articles";
pub const SETTINGS: &str = "/admin/settings";
/// What other settings would do; nothing is saved.
pub const SETTINGS_PREVIEW: &str = "/admin/settings/preview";
/// Who did what, and when.
pub const HISTORY: &str = "/admin/history";
pub const EMAILS: &str = "/admin/emails";
/// Those alone that have met trouble.
pub const EMAILS_IN_TROUBLE: &str = "/admin/emails?trouble=yes";
/// Every kind of email, on invented data.
pub const EMAIL_PREVIEW: &str = "/admin/emails/preview";
pub const TEST_EMAIL: &str = "/admin/emails/test";
pub const EMAILS_RETRY: &str = "/admin/emails/retry";
pub const CLIENTS: &str = "/admin/clients";
/// The same, to book for whoever is found.
pub const CLIENTS_FOR_BOOKING: &str = "/admin/clients?for=booking";
pub const SESSION: &str = "/admin/session";
pub const SESSION_END: &str = "/admin/session/end";
/// Where the one-time code of a sign-in goes.
pub const SESSION_CODE: &str = "/admin/session/code";
pub const SESSION_FORGOTTEN: &str = "/admin/session/forgotten";
/// Password, sign-ins and one-time codes.
pub const ACCOUNT: &str = "/admin/account";
pub const ACCOUNT_PASSWORD: &str = "/admin/account/password";
/// Ends every sign-in but the one that asks.
pub const OTHER_SESSIONS_END: &str = "/admin/account/sessions/end";
pub const SECOND_STEP: &str = "/admin/account/second-step";
pub const SECOND_STEP_END: &str = "/admin/account/second-step/end";

/// What the therapist takes out of Stillpoint.
pub const EXPORTS: &str = "/admin/exports";
/// What a year comes to.
pub const NUMBERS: &str = "/admin/numbers";
/// The same for a spreadsheet.
pub const NUMBERS_TABLE: &str = "/admin/numbers.csv";

/// The year's sheet: on which days the therapist drove between offices.
pub const MILES: &str = "/admin/numbers/miles";
/// The same for a spreadsheet.
pub const MILES_TABLE: &str = "/admin/numbers/miles.csv";
/// Where a rate per mile is noted.
pub const MILEAGE_RATES: &str = "/admin/numbers/rates";

pub fn miles(year: Year) -> String {
    format!("{MILES}?year={year}")
}

/// The row of a date on its sheet.
pub fn miles_of(date: NaiveDate) -> String {
    format!("{MILES}?year={}#d{date}", date.format("%Y"))
}

pub fn miles_table(year: Year) -> String {
    format!("{MILES_TABLE}?year={year}")
}

/// Where a date's drives are ticked.
pub fn driven_day(date: NaiveDate) -> String {
    format!("{MILES}/{date}")
}

/// Where they are unticked.
pub fn driven_day_end(date: NaiveDate) -> String {
    format!("{}/end", driven_day(date))
}

/// Where a rate per mile is taken back.
pub fn mileage_rate_end(holds_from: NaiveDate) -> String {
    format!("{MILEAGE_RATES}/{holds_from}/end")
}

pub fn numbers(year: Year) -> String {
    format!("{NUMBERS}?year={year}")
}

pub fn numbers_table(year: Year) -> String {
    format!("{NUMBERS_TABLE}?year={year}")
}

/// Where one sign-in is ended.
pub fn session_end(id: SessionId) -> String {
    format!("{ACCOUNT}/sessions/{id}/end")
}

pub fn welcome(token: &Token) -> String {
    format!("{ADMIN}/welcome/{token}")
}

/// The sign-in that leads on to a form that is kept.
pub fn session_for_form(form: &Token) -> String {
    format!("{SESSION}?form={form}")
}

/// Where a form that is kept comes back.
pub fn kept_form(form: &Token) -> String {
    format!("{ADMIN}/forms/{form}")
}

/// The sign-in that leads on to another page of the therapist's.
pub fn session_for(destination: &str) -> String {
    format!("{SESSION}?to={destination}")
}

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
    format!("{}&office={}&start={}", new_booking(&slot.service), slot.office, time::write_instant(slot.start))
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

/// The therapist's form that moves it to one opening.
pub fn admin_reschedule_to(id: AppointmentId, slot: &Slot) -> String {
    format!("{}?office={}&start={}", admin_reschedule(id), slot.office, time::write_instant(slot.start))
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

/// Everything on file about a client.
pub fn client(id: ClientId) -> String {
    format!("{CLIENTS}/{id}")
}

/// An address of a booking, for a client who is known.
pub fn for_client(address: &str, client: ClientId) -> String {
    format!("{address}{}client={client}", if address.contains('?') { '&' } else { '?' })
}

/// Where somebody is found to be merged into a client.
pub fn clients_to_merge(into: ClientId) -> String {
    format!("{CLIENTS}?with={into}")
}

pub fn client_merge(id: ClientId) -> String {
    format!("{}/merge", client(id))
}

/// What merging somebody into a client would come to.
pub fn client_merge_with(id: ClientId, other: ClientId) -> String {
    format!("{}?with={other}", client_merge(id))
}

pub fn client_unmerge(id: ClientId) -> String {
    format!("{}/unmerge", client(id))
}

pub fn client_note(id: ClientId) -> String {
    format!("{}/note", client(id))
}

pub fn client_details(id: ClientId) -> String {
    format!("{}/details", client(id))
}

pub fn client_block(id: ClientId) -> String {
    format!("{}/block", client(id))
}

pub fn client_unblock(id: ClientId) -> String {
    format!("{}/unblock", client(id))
}

pub fn client_erasure(id: ClientId) -> String {
    format!("{}/erasure", client(id))
}

/// Everything on file about a client, as one file for them.
pub fn client_record(id: ClientId) -> String {
    format!("{}/record.json", client(id))
}

/// Where the weekly hours of an office are changed.
pub fn office_hours(office: &OfficeSlug) -> String {
    format!("{HOURS}/{office}")
}

/// Where weekly hours to come are taken back.
pub fn office_hours_end(office: &OfficeSlug, holds_from: NaiveDate) -> String {
    format!("{}/{holds_from}/end", office_hours(office))
}

/// The plan of a date.
pub fn day(date: NaiveDate) -> String {
    format!("{DAYS}/{date}")
}

/// The week of a date.
pub fn week(date: NaiveDate) -> String {
    format!("{WEEK}?from={date}")
}

/// The place of a date in its week.
pub fn day_in_week(date: NaiveDate) -> String {
    format!("{}{}", week(date), place_in_week(date))
}

/// The same on the page of that week.
pub fn place_in_week(date: NaiveDate) -> String {
    format!("#day-{date}")
}

pub fn month(date: NaiveDate) -> String {
    format!("{MONTH}?from={date}")
}

/// Where one office is chosen for a date.
pub fn day_office(date: NaiveDate) -> String {
    format!("{}/office", day(date))
}

pub fn day_closing(date: NaiveDate) -> String {
    format!("{}/closing", day(date))
}

/// Where what was closed is opened again.
pub fn reopening(id: ClosingId) -> String {
    format!("{ADMIN}/closings/{id}/reopening")
}

/// Where it is noted that everybody came whose visit of a date is over.
pub fn day_arrivals(date: NaiveDate) -> String {
    format!("{}/arrivals", day(date))
}

/// Where a date gets its weekly hours back.
pub fn day_usual(date: NaiveDate) -> String {
    format!("{}/usual", day(date))
}

pub fn time_off_end(id: TimeOffId) -> String {
    format!("{TIME_OFF}/{id}/end")
}

pub fn why(service: &ServiceSlug, on: NaiveDate) -> String {
    format!("{WHY}?service={service}&on={on}")
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

/// An email as it was written, and what has become of it.
pub fn email(id: EmailId) -> String {
    format!("{EMAILS}/{id}")
}

/// A kind of email on invented data.
pub fn email_preview(kind: &str) -> String {
    format!("{EMAIL_PREVIEW}/{kind}")
}

/// Its HTML part alone.
pub fn email_preview_html(kind: &str) -> String {
    format!("{}/html", email_preview(kind))
}

/// Where an email goes out once more.
pub fn email_again(id: EmailId) -> String {
    format!("{}/again", email(id))
}

/// Where it is noted that an email came back.
pub fn email_came_back(id: EmailId) -> String {
    format!("{}/came-back", email(id))
}

/// Where the address of an email that came back works again.
pub fn email_came_back_end(id: EmailId) -> String {
    format!("{}/end", email_came_back(id))
}

pub fn email_settled(id: EmailId) -> String {
    format!("{ADMIN}/emails/{id}/settled")
}
