//! What an appointment's page says of the series that it is of.

use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status},
        ids::AppointmentId,
        series::later,
        time,
    },
    urls,
    web::{
        http::{error::Error, submission::Submission},
        parts::LaterView,
    },
    words,
};

/// Nothing, where it is of none.
#[derive(Default)]
pub struct OfSeriesView<'a> {
    /// Which of how many it is.
    pub which: Option<String>,
    /// All that are of it, each with its page.
    pub visits: Vec<(String, String)>,
    /// Those that come after this one.
    pub later: Option<LaterView<'a>>,
}

impl<'a> OfSeriesView<'a> {
    pub fn new(
        app: &'a App,
        id: AppointmentId,
        series: &[Appointment],
        later: &'a [Appointment],
        form: &Submission,
    ) -> Self {
        let visits = series.iter().map(|visit| line(app, visit)).collect();
        Self { which: which(series, id), visits, later: LaterView::new(app, later, form) }
    }
}

/// What comes after a visit of a series.
pub async fn later_than(app: &App, a: &Appointment) -> Result<Vec<Appointment>, Error> {
    let series = app.store.read().await?.series_with(a.id).await?;
    Ok(later::later(&series, a))
}

/// `Number 2 of 4 visits booked together:`
fn which(series: &[Appointment], id: AppointmentId) -> Option<String> {
    let standing: Vec<AppointmentId> =
        series.iter().filter(|visit| !visit.is_over()).map(|visit| visit.id).collect();
    let nth = standing.iter().position(|visit| *visit == id)? + 1;
    Some(format!("Number {nth} of {} visits booked together:", standing.len()))
}

/// A visit of a series: when, with what has become of it where it is not to come; and its page.
fn line(app: &App, visit: &Appointment) -> (String, String) {
    let when = time::phrase(app.practice().zone, visit.span.start);
    let words = match visit.status() {
        Status::Confirmed => when,
        other => format!("{when}: {}", words::appointment::status(other)),
    };
    (words, urls::admin_appointment(visit.id))
}
