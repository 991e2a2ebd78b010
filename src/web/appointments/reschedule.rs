//! `GET, POST /appointments/{token}/reschedule`: the client moves a request, or
//! asks for another time. `POST /appointments/{token}/reschedule/end`: the old
//! time is good enough after all.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    days,
    found::{self, Found},
    moving::Moving,
    not_moved, own_page,
};
use crate::{
    app::App,
    booking::{
        reschedule::{self, Target},
        reschedule_later_by_client,
    },
    domain::appointment::refusal::Refusal,
    operation, urls,
    web::{
        Web,
        http::{
            answer,
            client_address::ClientAddress,
            error::{self, Error},
            field::Field,
            query::Query,
            submission::Submission,
        },
        parts::moved_later,
    },
};

/// Something is still to be said of one of the later visits.
const OPEN: &str = "Please look at where the later ones would go, and choose for each date that's still open. \
                    Nothing has changed yet.";
/// One of them can't go where it was to go.
const LOST: &str = "Sorry, one of these isn't open anymore. Nothing has changed yet; the other dates stay as you \
                    chose them.";

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    query: Query,
) -> Result<Response, Error> {
    let app = &*web.app();
    let found = found::found(app, &token).await?;
    let form = Submission::offering([(Field::Which, query.value(Field::Which).to_owned())]);
    let moving = match Moving::of(app, &found).await? {
        Ok(moving) => moving.choosing(&form),
        Err(refusal) => return refused(app, &found, &refusal),
    };
    if let Some(start) = query.get(Field::Start) {
        return match moving.chosen(query.get(Field::Office), start) {
            Some((office, start)) => moving.ask(office, start, (None, StatusCode::OK)).await,
            None => moving.unreadable(),
        };
    }
    match days::from(query.get(Field::From)) {
        Ok(from) => moving.list(from, None, StatusCode::OK),
        Err(message) => moving.list(None, Some(message.to_owned()), StatusCode::UNPROCESSABLE_ENTITY),
    }
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    address: ClientAddress,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let found = found::found(app, &token).await?;
    let counted = web.count_post(address.0);
    let moving = match Moving::of(app, &found).await? {
        Ok(moving) => moving.choosing(&form),
        Err(refusal) => return refused(app, &found, &refusal),
    };
    let office = Some(form.value(Field::Office)).filter(|office| !office.is_empty());
    let chosen = moving.chosen(office, form.value(Field::Start));
    if let Err(too_many) = counted {
        return moving.too_fast(chosen, &too_many).await;
    }
    let Some((office, start)) = chosen else { return moving.unreadable() };
    let target = Target { office: office.slug.clone(), start };
    let (link, seen) = (&found.token, form.seen());
    let moved = match moved_later::read(&form) {
        Ok(Some(later)) => {
            reschedule_later_by_client::by_client(&web.current, link, target, later, seen).await
        }
        Ok(None) => {
            let again = (Some(OPEN.to_owned()), StatusCode::UNPROCESSABLE_ENTITY);
            return moving.ask(office, start, again).await;
        }
        Err(refusal) => Err(refusal.into()),
    };
    let refusal = match moved {
        Ok(_) => return Ok(answer::see_other(&urls::appointment(&found.token))),
        Err(operation::Error::Refused(refusal)) => refusal,
        Err(error) => return Err(error.into()),
    };
    // What has changed is not what was read before.
    let found = found::found(app, &token).await?;
    match (Moving::of(app, &found).await?.map(|moving| moving.choosing(&form)), &refusal) {
        (Ok(moving), Refusal::Slot(_)) if moving.is_about_later(office, start) => {
            moving.ask(office, start, (Some(LOST.to_owned()), StatusCode::CONFLICT)).await
        }
        (Ok(moving), Refusal::Slot(refusal)) => moving.not_there(start, refusal, None),
        (Ok(moving), Refusal::ChangedMeanwhile(_) | Refusal::SeriesChanged) => {
            let again = (Some(error::sentence(&refusal)), StatusCode::CONFLICT);
            moving.ask(office, start, again).await
        }
        (Err(refusal), Refusal::Slot(_) | Refusal::ChangedMeanwhile(_) | Refusal::SeriesChanged) => {
            refused(app, &found, &refusal)
        }
        _ => refused(app, &found, &refusal),
    }
}

pub async fn end(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let Found { token: link, .. } = found::found(app, &token).await?;
    match reschedule::take_back(&web.current, &link, form.seen()).await {
        Ok(_) => Ok(answer::see_other(&urls::appointment(&link))),
        Err(operation::Error::Refused(refusal @ Refusal::ChangedMeanwhile(_))) => {
            own_page::render_changed(app, &found::found(app, &token).await?, &refusal)
        }
        Err(error) => Err(error.into()),
    }
}

fn refused(app: &App, found: &Found, refusal: &Refusal) -> Result<Response, Error> {
    not_moved::show(app, &found.token, &found.appointment, &found.rules.policy, refusal)
}
