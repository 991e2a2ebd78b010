//! What came of what the therapist tried with an appointment.

use axum::{http::StatusCode, response::Response};

use super::{attempt::Attempt, page};
use crate::{
    app::App,
    domain::{
        appointment::{Appointment, refusal::Refusal},
        ids::AppointmentId,
    },
    operation,
    web::http::{
        answer,
        error::{self, Error},
        field::Field,
    },
};

/// After something was done: on to the page that it was done on, or the appointment's;
/// or, when the rules said no, the latter as it is now, with the reason and what was typed.
pub async fn show(
    app: &App,
    id: AppointmentId,
    mut attempt: Attempt,
    outcome: Result<Appointment, operation::Error>,
) -> Result<Response, Error> {
    match outcome {
        Ok(appointment) => return Ok(answer::see_other(&attempt.leads_to(appointment.id))),
        Err(operation::Error::NotThen(_) | operation::Error::Refused(Refusal::Slot(_))) => {
            attempt.is_not_then = true;
        }
        Err(operation::Error::Refused(refusal @ Refusal::NotSpokenWith)) => {
            attempt.form.refuse(Field::SpokenWith, error::sentence(&refusal));
            return page::unreadable(app, id, attempt).await;
        }
        Err(operation::Error::Refused(refusal)) => attempt.form.warn(error::sentence(&refusal)),
        Err(error) => return Err(error.into()),
    }
    page::render(app, id, attempt, StatusCode::CONFLICT).await
}
