//! `GET, POST /appointments/{token}/waitlist`: a client who has an appointment would rather
//! have another time. The link says who they are, so nothing is typed again.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    form::{self, Instead},
    join,
};
use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status, refusal::Refusal},
        availability::slot::Slot,
    },
    operation, urls,
    waitlist::join::{self as joining, Joining, Who},
    web::{
        Web,
        appointments::found::{self, Found},
        http::{
            answer,
            client_address::ClientAddress,
            error::{self, Error},
            submission::Submission,
        },
        parts::contact_fields,
    },
    words,
};

pub async fn show(State(web): State<Arc<Web>>, Path(token): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let found = found(app, &token).await?;
    let a = &found.appointment;
    let slot =
        Slot { office: a.office.clone(), service: a.service.clone(), start: a.span.start, end: a.span.end };
    form::show(app, Some(instead(app, &found)), form::fresh_instead(app, &slot), StatusCode::OK)
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    address: ClientAddress,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let found = found(app, &token).await?;
    let show = |form, status| form::show(app, Some(instead(app, &found)), form, status);
    if let Err(too_many) = web.count_post(address.0) {
        form.warn(too_many.words_to_typist());
        return Ok(too_many.tell(show(form, StatusCode::TOO_MANY_REQUESTS)?));
    }
    let wishes = form::read(app, &mut form, Some(&found.appointment.service));
    contact_fields::read_honeypot(&mut form);
    let key = contact_fields::read_request_key(&mut form);
    let (Some((wishes, days)), Some(key), false) = (wishes, key, form.is_wrong()) else {
        return show(form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let who = Who::OfAppointment(found.token.clone());
    match joining::join(&web.current, Joining { who, wishes, days, key }).await {
        Ok(link) => Ok(answer::see_other(&urls::waitlist_entry(&link))),
        Err(operation::Error::Refused(refusal @ (Refusal::Is(_) | Refusal::HasBegun))) => {
            Err(operation::Error::from(refusal).into())
        }
        Err(operation::Error::Refused(refusal)) => {
            form.warn(match refusal {
                Refusal::TooManyOpenRequests => join::too_many_entries(app),
                refusal => error::sentence(&refusal),
            });
            show(form, StatusCode::TOO_MANY_REQUESTS)
        }
        Err(error) => Err(error.into()),
    }
}

/// The appointment, as long as another time could take its place.
async fn found(app: &App, token: &str) -> Result<Found, Error> {
    let found = found::found(app, token).await?;
    if !can_be_swapped(&found.appointment, app) {
        return Err(operation::Error::from(Refusal::Is(found.appointment.status())).into());
    }
    Ok(found)
}

/// True of what is confirmed and still to come, while its service is given.
pub fn can_be_swapped(a: &Appointment, app: &App) -> bool {
    let is_given = app.practice().services_offered().any(|service| service.slug == a.service);
    a.status() == Status::Confirmed && app.now() < a.span.start && is_given
}

fn instead(app: &App, found: &Found) -> Instead {
    let a = &found.appointment;
    let practice = app.practice();
    Instead {
        words: words::appointment::when_and_where(practice, a),
        back: urls::appointment(&found.token),
        action: urls::swap(&found.token),
    }
}
