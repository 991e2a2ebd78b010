//! `GET /admin/appointments/new` and `POST /admin/appointments`: a booking
//! taken on the telephone.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

use super::{
    known_client::{self, KnownClient},
    reasons::{Reasons, Wanted, Yes},
    same_person::{self, Answer},
    taken::{self, FormOf},
    times::{self, Choice, Purpose, Who, Wrong},
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
        client::Hears,
        ids::{OfficeSlug, ServiceSlug},
        practice::{office::Office, service::Service},
        time::{self, Instant, Interval},
    },
    operation, urls,
    web::{
        Web,
        admin::clients::find::{self, Finder},
        http::{answer, error::Error, field::Field, query::Query, submission::Submission},
        parts::{
            Panel,
            contact_fields::{self, Missing},
            page::Frame,
        },
    },
};

const MISSING: Missing = Missing {
    name: "Please enter the client's name.",
    contact: "Please enter a phone number or an email address.",
    phone: None,
};

/// What of the form goes with it where it is sent again for another time.
const CARRIED: &[Field<'static>] = &[
    Field::Service,
    Field::Name,
    Field::For,
    Field::Phone,
    Field::Email,
    Field::Note,
    Field::Client,
    Field::Asked,
    Field::Told,
];
/// What of the form goes with the answer to who it is for.
const ASKED_ABOUT: &[Field<'static>] = &[
    Field::Service,
    Field::Name,
    Field::For,
    Field::Phone,
    Field::Email,
    Field::Note,
    Field::Told,
    Field::Office,
    Field::Start,
    Field::Override,
    Field::OverrideTravel,
    Field::RequestKey,
];

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
    /// Who it is for, where that was chosen before the time.
    client: Option<KnownClient>,
    form: Submission,
}

impl NewPage<'_> {
    /// Emails to them come back, and they can be called.
    fn cannot_be_emailed(&self) -> bool {
        self.client.as_ref().is_some_and(|client| client.hears == Hears::ByCallInstead)
    }
}

pub async fn new(State(web): State<Arc<Web>>, query: Query) -> Result<Response, Error> {
    let app = &*web.app();
    let practice = app.practice();
    let client = known_client::find(app, query.value(Field::Client)).await?;
    let known = match (query.get(Field::Service), &client) {
        (Some(slug), _) => ServiceSlug::parse(slug).and_then(|slug| practice.service(&slug)),
        (None, Some(client)) => client.usual_service(app).await?,
        (None, None) => None,
    };
    let known =
        known.or_else(|| practice.services_offered().next().filter(|_| query.get(Field::Service).is_none()));
    let Some(service) = known else {
        return no_such_service(app).await;
    };
    match times::choice(&query, practice) {
        Choice::Chosen(office, start) => {
            let chosen = Chosen { service, office, start };
            render(app, chosen, client, None, StatusCode::OK).await
        }
        Choice::Open => choose(app, service, client, &query, None, StatusCode::OK).await,
        Choice::Unreadable(wrong) => {
            choose(app, service, client, &query, Some(wrong), StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

pub async fn create(State(web): State<Arc<Web>>, mut form: Submission) -> Result<Response, Error> {
    let app = &*web.app();
    let practice = app.practice();
    let Some(service) =
        ServiceSlug::parse(form.value(Field::Service)).and_then(|slug| practice.service(&slug))
    else {
        return no_such_service(app).await;
    };
    let office = OfficeSlug::parse(form.value(Field::Office)).and_then(|slug| practice.office(&slug));
    let (Some(office), Some(start)) = (office, time::parse_instant(form.value(Field::Start))) else {
        let wrong = Some(Wrong::TIME);
        return choose(app, service, None, &Query::default(), wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let chosen = Chosen { service, office, start };
    let client = known_client::find(app, form.value(Field::Client)).await?;
    if let Some(client) = client.as_ref().filter(|_| !form.is_checked(Field::Name)) {
        // They were chosen before the time: their record says the rest.
        client.fill(&mut form);
    }
    let person = contact_fields::read(&mut form, practice.country(), &MISSING);
    let guest = contact_fields::read_guest(&mut form, Field::For);
    let key = contact_fields::read_request_key(&mut form);
    let Some(((person, guest), key)) = person.zip(guest).zip(key) else {
        return render(app, chosen, client, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let answer = Answer::read(&form);
    let mut booking = Booking {
        service: service.slug.clone(),
        office: office.slug.clone(),
        start,
        name: person.name,
        guest,
        contact: person.contact,
        note: person.note,
        overridden: Yes::read(&form).overridden(),
        is_told: form.is_checked(Field::Told),
        client: answer.taken(),
        key,
    };
    if let Some(known) = book::known(app, &booking).await? {
        if !answer.settles(&known) {
            let panel = Panel::of_slot(app, office, service, &chosen.slot());
            return same_person::ask(app, panel, &known, form.only(ASKED_ABOUT));
        }
        booking.client = answer.client(&known);
    }
    match book::book(&web.current, booking).await {
        Ok(appointment) => Ok(answer::see_other(&urls::admin_appointment(appointment.id))),
        Err(operation::Error::NotThen(_) | operation::Error::Refused(Refusal::Slot(_))) => {
            render(app, chosen, client, Some(form), StatusCode::CONFLICT).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The openings of the first service, for want of the one that was named.
async fn no_such_service(app: &App) -> Result<Response, Error> {
    let first = app.practice().services_offered().next().ok_or(Error::NotFound)?;
    choose(app, first, None, &Query::default(), Some(Wrong::SERVICE), StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn choose(
    app: &App,
    service: &Service,
    client: Option<KnownClient>,
    query: &Query,
    wrong: Option<Wrong>,
    status: StatusCode,
) -> Result<Response, Error> {
    let snapshot = slots::for_bookings(app).await?;
    let purpose = Purpose::Booking(service, client.as_ref().map(|client| client.person.id()));
    let who = match client {
        Some(client) => Who::Known(client.person.name().to_string(), urls::CLIENTS_FOR_BOOKING.to_owned()),
        None => Who::Asked(Finder::lately(app, find::Purpose::Booking).await?),
    };
    times::show(app, &snapshot, purpose, Some(who), query, wrong, status)
}

/// The form for a time, with what stands against it; or, where that cannot be
/// overridden, the nearest openings.
async fn render(
    app: &App,
    chosen: Chosen<'_>,
    client: Option<KnownClient>,
    sent: Option<Submission>,
    status: StatusCode,
) -> Result<Response, Error> {
    let Chosen { service, office, start } = chosen;
    let date = time::date(app.practice().zone, start);
    let snapshot = slots::snapshot_of(app, date).await?;
    let calendar = snapshot.calendar();
    let wanted = Wanted { office: &office.slug, span: chosen.span(), buffer: service.buffer() };
    let refusals = calendar.refusals_of_booking(service, office, start);
    let is_sent = sent.is_some();
    // Whoever has left an address hears of it, unless the therapist says otherwise.
    let mut form = sent.unwrap_or_else(|| Submission::offering([(Field::Told, "yes".to_owned())]));
    if let Some(client) = client.as_ref().filter(|_| !form.is_checked(Field::Name)) {
        client.fill(&mut form);
    }
    let yes = Yes::read(&form);
    let reasons = Reasons::new(app, &calendar, &wanted, &refusals, &yes).await?;
    if reasons.is_final && !form.is_wrong() {
        let again = is_sent.then(|| FormOf {
            app,
            action: urls::ADMIN_APPOINTMENTS.to_owned(),
            button: "Book this time",
            form,
            carried: CARRIED,
            is_keyed: true,
        });
        let snapshot = slots::for_bookings(app).await?;
        return taken::show(
            app,
            &snapshot,
            Purpose::Booking(service, client.map(|client| client.person.id())),
            (office, start),
            reasons,
            again,
        );
    }
    form.set(Field::RequestKey, app.fresh_token().to_string());
    let panel = Panel::of_slot(app, office, service, &chosen.slot());
    let title = format!("New appointment: {}, {}", panel.when.phrase, panel.office.name);
    let new = NewPage {
        frame: Frame::admin(app, &title, urls::NEW_BOOKING),
        panel,
        other_times: match &client {
            Some(client) => {
                urls::for_client(&urls::new_booking_from(&service.slug, date), client.person.id())
            }
            None => urls::new_booking_from(&service.slug, date),
        },
        // Where what is on file cannot be used, the fields say why.
        client: client.filter(|client| client.can_be_reached() && !form.is_wrong()),
        service: service.slug.as_str(),
        office: office.slug.as_str(),
        start: time::write_instant(start),
        has_begun: start <= snapshot.now(),
        reasons,
        form,
    };
    answer::html(status, &new)
}
