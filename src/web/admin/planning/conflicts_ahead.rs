//! The page before a change of hours, a plan or time off that leaves
//! appointments standing outside the hours: whom it touches, and one button
//! that does it all the same.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use crate::{
    app::App,
    domain::ids::AppointmentId,
    urls,
    web::{
        http::{answer, error::Error, field::Field, submission::Submission},
        parts::{OfficeView, When, page::Frame},
    },
    words,
};

/// A change as it was asked for.
pub struct Asked<'a> {
    /// Where the form goes that does it all the same.
    pub action: String,
    pub form: &'a Submission,
    /// What stands on its button.
    pub button: &'static str,
    /// The page that it came from.
    pub back: String,
    /// Where the same time is closed instead, with everybody told, and what is closed of it.
    pub closing: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "admin/collisions.html")]
struct CollisionsPage<'a> {
    frame: Frame<'a>,
    title: String,
    touched: Vec<Touched<'a>>,
    zone: String,
    asked: Asked<'a>,
    known: String,
}

impl CollisionsPage<'_> {
    /// The fields as they were sent, but for those whom the therapist has been shown.
    fn sent(&self) -> Vec<(&str, &str)> {
        self.asked.form.without(&[Field::Known])
    }

    /// The same of a span that is closed instead.
    fn span(&self) -> Vec<(&str, &str)> {
        self.asked.form.only(&[Field::FromTime, Field::To, Field::ToTime, Field::Note, Field::ForClients])
    }
}

struct Touched<'a> {
    name: String,
    href: String,
    when: When,
    office: OfficeView<'a>,
    status: &'static str,
    /// The other time that the client asks for, which may be the one that is touched.
    asks_for: Option<(When, OfficeView<'a>)>,
}

/// The appointments that a form says the therapist has been shown.
pub fn known(form: &Submission) -> Vec<AppointmentId> {
    form.value(Field::Known).split(' ').filter_map(|id| id.parse().ok()).map(AppointmentId).collect()
}

pub async fn show(app: &App, ids: &[AppointmentId], asked: Asked<'_>) -> Result<Response, Error> {
    let mut tx = app.store.read().await?;
    let mut appointments = Vec::new();
    for id in ids {
        if let Some(appointment) = tx.appointment(*id).await? {
            appointments.push((appointment, tx.reschedule_request_of(*id).await?));
        }
    }
    drop(tx);
    appointments.sort_by_key(|(a, _)| a.span.start);
    let title = match appointments.len() {
        1 => "This affects one appointment".to_owned(),
        count => format!("This affects {count} appointments"),
    };
    let touched = appointments.iter().map(|(a, reschedule_request)| Touched {
        name: words::appointment::whose(a),
        href: urls::admin_appointment(a.id),
        when: When::new(app, a.span.start),
        office: OfficeView::of(app, a),
        status: words::appointment::status(a.status()),
        asks_for: reschedule_request.as_ref().map(|reschedule_request| {
            (
                When::new(app, reschedule_request.span.start),
                OfficeView::by_slug(app, &reschedule_request.office),
            )
        }),
    });
    let known: Vec<String> = ids.iter().map(AppointmentId::to_string).collect();
    let collisions_page = CollisionsPage {
        frame: Frame::private(app, &title),
        title,
        zone: appointments.first().map(|(a, _)| When::new(app, a.span.start).zone).unwrap_or_default(),
        touched: touched.collect(),
        asked,
        known: known.join(" "),
    };
    answer::html(StatusCode::CONFLICT, &collisions_page)
}
