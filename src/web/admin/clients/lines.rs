//! What somebody's page lists: visits, emails, and the records that were merged into theirs.

use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status},
        client::{EmailAddress, Name, Phone},
        ids::ClientId,
        time::Instant,
    },
    store::WrittenEmail,
    urls,
    web::{
        admin::emails::state::StateView,
        parts::{OfficeView, When},
    },
    words,
};

pub struct VisitLine<'a> {
    pub href: String,
    pub when: When,
    pub office: OfficeView<'a>,
    pub service: &'a str,
    /// Who comes, where it is somebody else.
    pub guest: Option<&'a Name>,
    pub status: Status,
    pub is_late: bool,
}

impl<'a> VisitLine<'a> {
    pub fn new(app: &'a App, a: &'a Appointment) -> Self {
        Self {
            href: urls::admin_appointment(a.id),
            when: When::new(app, a.span.start),
            office: OfficeView::of(app, a),
            service: &a.service_name,
            guest: a.guest.as_ref(),
            status: a.status(),
            is_late: a.was_canceled_late(),
        }
    }

    /// How a request stands that holds nothing.
    pub fn answer(&self) -> &'static str {
        if self.status == Status::Requested {
            "Not answered yet"
        } else {
            words::appointment::status(self.status)
        }
    }

    /// What is said of it, where it isn't what one expects.
    pub fn standing(&self, is_to_come: bool) -> Option<&'static str> {
        match self.status {
            Status::Confirmed | Status::Arrived if !is_to_come || self.status == Status::Confirmed => None,
            Status::Canceled if self.is_late => Some("Canceled late"),
            status => Some(words::appointment::status(status)),
        }
    }
}

pub struct EmailLine<'a> {
    pub subject: &'a str,
    pub href: String,
    pub state: StateView<'a>,
}

impl<'a> EmailLine<'a> {
    pub fn new(app: &App, email: &'a WrittenEmail, now: Instant) -> Self {
        let state = StateView::new(app, email, now);
        Self { subject: &email.subject, href: urls::email(email.id), state }
    }
}

pub struct AliasView<'a> {
    pub id: ClientId,
    pub name: &'a Name,
    pub email: Option<&'a EmailAddress>,
    pub phone: Option<&'a Phone>,
    pub merged: When,
}
