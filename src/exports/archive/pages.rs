//! The pages of the archive.

use askama::Template;

use super::super::hours::{OfficeHours, PlannedDay, TimeOffView};
use crate::domain::{
    client::{EmailAddress, Name, Note, Person},
    ids::EmailId,
};

/// What every page of the archive has at its top.
pub struct Top<'a> {
    pub practice: &'a str,
    pub title: String,
    /// The way to the folder of the index: empty, or `../`.
    pub up: &'static str,
    /// As of when it all was read.
    pub as_of: &'a str,
}

#[derive(Template)]
#[template(path = "archive/style.css", escape = "none")]
pub struct Style;

#[derive(Template)]
#[template(path = "archive/index.html")]
pub struct IndexPage<'a> {
    pub top: Top<'a>,
    pub therapist: String,
    pub people: usize,
    pub years: &'a [(i32, usize)],
    pub emails: &'a [EmailsOnAPage],
    pub zone: &'a str,
}

#[derive(Template)]
#[template(path = "archive/clients.html")]
pub struct ClientsPage<'a> {
    pub top: Top<'a>,
    pub people: Vec<(String, &'a Person, Vec<String>)>,
}

#[derive(Template)]
#[template(path = "archive/client.html")]
pub struct ClientPage<'a> {
    pub top: Top<'a>,
    pub goes_by: Option<&'a Name>,
    pub email: Option<&'a EmailAddress>,
    pub phone: Option<String>,
    pub also: Vec<String>,
    pub notes: Vec<&'a str>,
    pub history: String,
    pub appointments: Vec<AppointmentView<'a>>,
    pub blocked: Vec<AppointmentView<'a>>,
    /// What they wait or waited for, and how that stands.
    pub waits: Vec<(String, String)>,
    pub emails: Vec<(String, &'a str, String)>,
}

#[derive(Template)]
#[template(path = "archive/appointments.html")]
pub struct AppointmentsPage<'a> {
    pub top: Top<'a>,
    pub appointments: Vec<AppointmentView<'a>>,
}

#[derive(Template)]
#[template(path = "archive/emails.html")]
pub struct EmailsPage<'a> {
    pub top: Top<'a>,
    pub emails: Vec<EmailView<'a>>,
}

#[derive(Template)]
#[template(path = "archive/hours.html")]
pub struct HoursPage<'a> {
    pub top: Top<'a>,
    pub offices: Vec<OfficeHours<'a>>,
    pub days: Vec<PlannedDay<'a>>,
    pub time_off: Vec<TimeOffView<'a>>,
}

/// An appointment on a page of the archive.
pub struct AppointmentView<'a> {
    pub when: String,
    pub status: &'static str,
    /// It holds nothing: its client is blocked.
    pub is_blocked: bool,
    pub office: &'a str,
    pub service: &'a str,
    pub minutes: i64,
    pub price: String,
    pub paid: Option<String>,
    pub fee: Option<String>,
    /// Whose it is, and the way to their page.
    pub client: Option<(String, &'a Name)>,
    pub name: &'a Name,
    /// Who was to come, where it was somebody else.
    pub guest: Option<&'a Name>,
    pub note: Option<&'a Note>,
    pub sentence: Option<&'a Note>,
}

pub struct EmailView<'a> {
    pub id: EmailId,
    pub subject: &'a str,
    pub to: &'static str,
    pub recipient: &'a str,
    pub written: String,
    pub state: &'static str,
    pub text: &'a str,
}

/// A page of emails: where it is, what it has, and of when.
pub struct EmailsOnAPage {
    pub href: String,
    pub last: EmailId,
    pub from: String,
    pub to: String,
    pub count: usize,
}
