//! A visit that its day's plan no longer covers, as the therapist's pages show
//! it: move, cancel, or keep.

use chrono::Datelike;

use crate::{
    app::App,
    booking::conflicts::Standing,
    domain::{appointment::Appointment, client::Name, time},
    urls,
    web::parts::{OfficeView, When},
    words,
};

pub struct ConflictView<'a> {
    /// Who is reminded.
    pub name: &'a Name,
    /// Whose visit it is.
    pub whose: String,
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
            whose: words::appointment::whose(a),
            href: urls::admin_appointment(a.id),
            weekday: time::weekday_words(date.weekday()),
            office: OfficeView::of(app, a),
            when: When::new(app, a.span.start),
            words: words::conflict::why(&standing.conflict, app.practice(), &a.office),
            is_kept: standing.is_kept,
            moving: urls::admin_reschedule(a.id),
            cancellation: urls::admin_cancellation(a.id),
            keeping: urls::keeping(a.id),
            seen: standing.conflict.to_string(),
        }
    }
}
