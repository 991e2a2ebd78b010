//! What was asked for together, as the pages that answer it show it and their forms carry it.

use crate::{
    app::App,
    booking::together::Seen,
    domain::{
        appointment::{
            Appointment,
            reschedule_request::{Asked, RescheduleRequest},
        },
        ids::AppointmentId,
    },
    store::{Reading, StoreError},
    urls,
    web::{
        http::{field::Field, submission::Submission},
        parts::{OfficeView, When},
    },
};

/// Visits that have one answer, in order of time.
pub struct TogetherView<'a> {
    pub visits: Vec<OneView<'a>>,
    /// What a form carries, so that only what was seen is answered: `12/0 13/1`.
    pub seen: String,
}

pub struct OneView<'a> {
    pub when: When,
    pub office: OfficeView<'a>,
    pub href: String,
    /// Who comes, where it is somebody else than who asks.
    pub guest: Option<String>,
}

impl<'a> TogetherView<'a> {
    /// `None` for one alone.
    pub fn new(app: &'a App, all: &'a [Appointment]) -> Option<Self> {
        let one = |a: &'a Appointment| OneView {
            when: When::new(app, a.span.start),
            office: OfficeView::by_slug(app, &a.office),
            href: urls::admin_appointment(a.id),
            guest: a.guest.as_ref().map(ToString::to_string),
        };
        (all.len() > 1).then(|| Self {
            visits: all.iter().map(one).collect(),
            seen: all.iter().map(write_one).collect::<Vec<_>>().join(" "),
        })
    }
}

/// The visits that have one answer with a reschedule request, in order of time, each where it
/// would be.
pub async fn asked_for(
    tx: &mut Reading,
    reschedule_request: &RescheduleRequest,
) -> Result<Vec<Appointment>, StoreError> {
    let asked = tx.asked_with_reschedule(reschedule_request.id).await?;
    Ok(asked.into_iter().map(would_be).collect())
}

/// A visit where it would be.
pub fn would_be((a, to): Asked) -> Appointment {
    Appointment { office: to.office, span: to.span, ..a }
}

/// What a form has carried of them.
pub fn read(form: &Submission) -> Vec<Seen> {
    form.value(Field::Together).split_whitespace().filter_map(read_one).collect()
}

/// `12/3`: the appointment, and its revision as it is shown.
pub fn write_one(a: &Appointment) -> String {
    format!("{}/{}", a.id, a.revision)
}

/// Reads that.
pub fn read_one(text: &str) -> Option<Seen> {
    let (id, revision) = text.split_once('/')?;
    Some(Seen { appointment: AppointmentId(id.parse().ok()?), revision: revision.parse().ok()? })
}
