//! `GET /admin/appointments/new` and `POST /admin/appointments`: a booking
//! taken on the telephone.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};

use super::{
    reasons::{Reasons, Wanted, Yes},
    same_person::{self, Answer},
    taken::{self, FormOf},
    times::{self, Asked, Choice, Purpose, Wrong},
};
use crate::{
    app::App,
    booking::{
        book::{self, Booking},
        slots,
    },
    domain::{
        appointment::refusal::Refusal,
        availability::slot::Slot,
        ids::{OfficeSlug, ServiceSlug},
        practice::{office::Office, service::Service},
        time::{self, Instant, Interval},
    },
    operation, urls,
    web::{
        Web,
        http::{answer, error::Error, fields::Fields},
        parts::{
            FieldError, Panel,
            contact_fields::{self, Missing},
            page::Frame,
        },
    },
};

const MISSING: Missing = Missing {
    name: "Please enter the client's name.",
    contact: "Please enter a phone number or an email address.",
};

/// What stood in the fields when the form was sent.
struct Typed {
    name: String,
    phone: String,
    email: String,
    note: String,
    /// Whether the client is to be written to.
    is_told: bool,
    /// Who of those on record it is.
    person: Answer,
}

impl Typed {
    fn new(fields: &Fields) -> Self {
        Self {
            name: fields.get("name").to_owned(),
            phone: fields.get("phone").to_owned(),
            email: fields.get("email").to_owned(),
            note: fields.get("note").to_owned(),
            is_told: !fields.get("told").is_empty(),
            person: Answer::read(fields),
        }
    }

    fn nothing() -> Self {
        Self { is_told: true, ..Self::new(&Fields::default()) }
    }

    /// By the names of the fields, to be sent again.
    fn to_fields(&self, service: &Service) -> Vec<(&'static str, String)> {
        let mut fields = vec![
            ("service", service.slug.to_string()),
            ("name", self.name.clone()),
            ("phone", self.phone.clone()),
            ("email", self.email.clone()),
            ("note", self.note.clone()),
        ];
        fields.extend(self.person.fields());
        fields.extend(self.is_told.then(|| ("told", "yes".to_owned())));
        fields
    }
}

/// The time that was chosen.
#[derive(Clone, Copy)]
struct Chosen<'a> {
    service: &'a Service,
    office: &'a Office,
    start: Instant,
}

impl Chosen<'_> {
    fn span(&self) -> Interval {
        Interval::new(self.start, self.start + self.service.length())
    }

    fn slot(&self) -> Slot {
        let Interval { start, end } = self.span();
        Slot { office: self.office.slug.clone(), service: self.service.slug.clone(), start, end }
    }
}

#[derive(Template)]
#[template(path = "admin/new.html")]
struct NewPage<'a> {
    frame: Frame<'a>,
    panel: Panel<'a>,
    other_times: String,
    service: &'a str,
    office: &'a str,
    start: String,
    /// A walk-in is there, and needs no email.
    has_begun: bool,
    reasons: Reasons,
    typed: Typed,
    errors: Vec<FieldError>,
    request_key: String,
}

impl NewPage<'_> {
    fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }
}

pub async fn new(State(web): State<Arc<Web>>, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let app = &*web.app();
    let practice = app.practice();
    let known = match &asked.service {
        Some(slug) => ServiceSlug::parse(slug).and_then(|slug| practice.service(&slug)),
        None => practice.services_offered().next(),
    };
    let Some(service) = known else {
        return no_such_service(app).await;
    };
    match asked.choice(practice) {
        Choice::Chosen(office, start) => {
            let chosen = Chosen { service, office, start };
            form(app, chosen, None, Vec::new(), Yes::default(), StatusCode::OK).await
        }
        Choice::Open => choose(app, service, &asked, None, StatusCode::OK).await,
        Choice::Unreadable(wrong) => {
            choose(app, service, &asked, Some(wrong), StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

pub async fn create(State(web): State<Arc<Web>>, fields: Fields) -> Result<Response, Error> {
    let app = &*web.app();
    let practice = app.practice();
    let Some(service) = ServiceSlug::parse(fields.get("service")).and_then(|slug| practice.service(&slug))
    else {
        return no_such_service(app).await;
    };
    let office = OfficeSlug::parse(fields.get("office")).and_then(|slug| practice.office(&slug));
    let (Some(office), Some(start)) = (office, time::parse_instant(fields.get("start"))) else {
        let wrong = Some(Wrong::TIME);
        return choose(app, service, &Asked::default(), wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let chosen = Chosen { service, office, start };
    let (typed, yes) = (Typed::new(&fields), Yes::read(&fields));
    let mut errors = Vec::new();
    let person = contact_fields::read(&fields, practice.country(), &MISSING, &mut errors);
    let key = contact_fields::request_key(&fields, &mut errors);
    let Some((person, key)) = person.zip(key) else {
        return form(app, chosen, Some(typed), errors, yes, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let mut booking = Booking {
        service: service.slug.clone(),
        office: office.slug.clone(),
        start,
        name: person.name,
        contact: person.contact,
        note: person.note,
        overridden: yes.overridden(),
        is_told: typed.is_told,
        client: typed.person.taken(),
        key,
    };
    if let Some(known) = book::known(app, &booking).await? {
        if !typed.person.settles(&known) {
            let panel = Panel::of_slot(app, office, service, &chosen.slot());
            let mut sent = Typed { person: Answer::None, ..typed }.to_fields(service);
            let besides = ["office", "start", "override", "override_travel", "request_key"];
            sent.extend(besides.map(|name| (name, fields.get(name).to_owned())));
            return same_person::ask(app, panel, &known, &sent);
        }
        booking.client = typed.person.client(&known);
    }
    match book::book(&web.current, booking).await {
        Ok(appointment) => Ok(answer::see_other(&urls::admin_appointment(appointment.id))),
        Err(operation::Error::NotThen(_) | operation::Error::Refused(Refusal::Slot(_))) => {
            form(app, chosen, Some(typed), Vec::new(), yes, StatusCode::CONFLICT).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The openings of the first service, for want of the one that was named.
async fn no_such_service(app: &App) -> Result<Response, Error> {
    let first = app.practice().services_offered().next().ok_or(Error::NotFound)?;
    choose(app, first, &Asked::default(), Some(Wrong::SERVICE), StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn choose(
    app: &App,
    service: &Service,
    asked: &Asked,
    wrong: Option<Wrong>,
    status: StatusCode,
) -> Result<Response, Error> {
    let snapshot = slots::for_bookings(app).await?;
    times::show(app, &snapshot, Purpose::Booking(service), asked, wrong, status)
}

/// The form for a time, with what stands against it; or, where that cannot be
/// overridden, the nearest openings.
async fn form(
    app: &App,
    chosen: Chosen<'_>,
    typed: Option<Typed>,
    errors: Vec<FieldError>,
    yes: Yes,
    status: StatusCode,
) -> Result<Response, Error> {
    let Chosen { service, office, start } = chosen;
    let date = time::date(app.practice().zone, start);
    let snapshot = slots::snapshot_of(app, date).await?;
    let calendar = snapshot.calendar();
    let wanted = Wanted { office: &office.slug, span: chosen.span(), buffer: service.buffer() };
    let refusals = calendar.refusals_of_booking(service, office, start);
    let reasons = Reasons::new(app, &calendar, &wanted, &refusals, &yes).await?;
    if reasons.is_final && errors.is_empty() {
        let form = typed.map(|typed| FormOf {
            app,
            action: urls::ADMIN_APPOINTMENTS.to_owned(),
            button: "Book this time",
            typed: typed.to_fields(service),
            is_keyed: true,
            message: None,
        });
        let snapshot = slots::for_bookings(app).await?;
        return taken::show(app, &snapshot, Purpose::Booking(service), (office, start), reasons, form);
    }
    let panel = Panel::of_slot(app, office, service, &chosen.slot());
    let title = format!("New appointment: {}, {}", panel.when.phrase, panel.office.name);
    let new = NewPage {
        frame: Frame::admin(app, &title, urls::NEW_BOOKING),
        panel,
        other_times: urls::new_booking_from(&service.slug, date),
        service: service.slug.as_str(),
        office: office.slug.as_str(),
        start: time::write_instant(start),
        has_begun: start <= snapshot.now(),
        reasons,
        typed: typed.unwrap_or_else(Typed::nothing),
        errors,
        request_key: app.fresh_token().to_string(),
    };
    answer::html(status, &new)
}
