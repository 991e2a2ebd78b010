//! `POST /admin/appointments/{id}/keeping`, and how the therapist's pages show
//! a visit that its day's plan no longer covers: move, cancel, or keep.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::Datelike;

use super::appointment::{self, Submission};
use crate::{
    app::App,
    booking::conflicts::{self, Standing},
    domain::{appointment::Appointment, availability::conflict::Conflict, client::Name, time},
    urls,
    web::{
        Web,
        error::Error,
        fields::Fields,
        parts::{OfficeView, When},
    },
};

pub struct ConflictView<'a> {
    pub name: &'a Name,
    pub href: String,
    pub weekday: &'static str,
    pub office: OfficeView<'a>,
    pub when: When,
    /// `you're off`
    pub words: String,
    pub is_kept: bool,
    pub moving: String,
    pub cancellation: String,
    pub keeping: String,
    /// The conflict as the page shows it: another one is not kept by it.
    pub seen: String,
}

impl<'a> ConflictView<'a> {
    pub fn new(app: &'a App, a: &'a Appointment, standing: &Standing) -> Self {
        let date = time::date(app.practice().zone, a.span.start);
        Self {
            name: &a.name,
            href: urls::admin_appointment(a.id),
            weekday: time::weekday_words(date.weekday()),
            office: OfficeView::of(app, a),
            when: When::new(app, a.span.start),
            words: standing.conflict.words(app.practice(), &a.office),
            is_kept: standing.is_kept,
            moving: urls::admin_reschedule(a.id),
            cancellation: urls::admin_cancellation(a.id),
            keeping: urls::keeping(a.id),
            seen: standing.conflict.to_string(),
        }
    }
}

pub async fn keep(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = appointment::id_of(&id)?;
    let outcome = conflicts::keep(&web.current, id, &Conflict::parse(fields.get("conflict"))).await;
    appointment::answered(app, id, Submission::default(), outcome).await
}
