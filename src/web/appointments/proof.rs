//! `POST /appointments/{token}/proof`: whoever opened the page from the email sends their
//! request now.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    again::Again,
    leads::Leads,
    taken::{self, Gone, Move},
    two_sessions,
    unproven::{self, Waits},
};
use crate::{
    app::App,
    booking::{
        prove::{self, Instead, Shown},
        slots,
    },
    domain::{
        appointment::{
            refusal::{Refusal, SlotRefusal},
            unproven::UnprovenRequest,
        },
        availability::slot::Slot,
        ids::{OfficeSlug, Token},
        time,
    },
    operation, urls,
    web::{
        Web,
        http::{
            answer,
            client_address::ClientAddress,
            error::{self, Error},
            field::Field,
            submission::Submission,
        },
    },
};

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    address: ClientAddress,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let waits = unproven::find(app, &token).await?;
    let link = Token::parse(&token).ok_or(Error::NotFound)?;
    let say = async |waits: &Waits, message, status| {
        unproven::render(app, waits, Some(message), Submission::default(), status).await
    };
    if let Some(waits) = &waits
        && let Err(too_many) = web.count_post(address.0)
    {
        return Ok(too_many.tell(say(waits, too_many.words(), StatusCode::TOO_MANY_REQUESTS).await?));
    }
    let chosen = instead(&form);
    let terms = Some(form.value(Field::Terms).to_owned()).filter(|terms| !terms.is_empty());
    let refused = match prove::prove(&web.current, &link, Shown { instead: chosen.clone(), terms }).await {
        Ok(()) => return Ok(answer::see_other(&urls::appointment(&link))),
        Err(operation::Error::Refused(refusal)) => refusal,
        Err(error) => return Err(error.into()),
    };
    let Some(waits) = waits else { return Err(operation::Error::from(refused).into()) };
    let status = match &refused {
        Refusal::TooManyOpenRequests => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::CONFLICT,
    };
    match refused {
        Refusal::Slot(refusal) => taken(app, &waits, chosen, &refusal, false).await,
        Refusal::Second(refusal) => taken(app, &waits, chosen, &refusal, true).await,
        Refusal::TermsChanged => {
            let message = "Something's changed since you asked. Here's how it is now; if that works for you, press the button.";
            say(&waits, message.to_owned(), status).await
        }
        refusal => say(&waits, error::sentence(&refusal), status).await,
    }
}

/// Another time than the one that was asked for, if the form names one.
fn instead(form: &Submission) -> Option<Instead> {
    let office = OfficeSlug::parse(form.value(Field::Office))?;
    let start = time::parse_instant(form.value(Field::Start))?;
    Some(Instead { office, start, second: two_sessions::chosen(form) })
}

/// The nearest openings, each one press away: who presses has proved their email.
async fn taken(
    app: &App,
    waits: &Waits,
    chosen: Option<Instead>,
    refusal: &SlotRefusal,
    is_first_open: bool,
) -> Result<Response, Error> {
    let Some(service) = app.practice().service(&waits.request.service) else {
        let message = "I no longer offer this session.".to_owned();
        return unproven::render(app, waits, Some(message), Submission::default(), StatusCode::CONFLICT)
            .await;
    };
    let to = Move {
        leads: Leads::ToRequest { again: Again::Nobody.token() },
        address: urls::proof(&waits.token),
        button: "Request this time",
        revision: 0,
        message: None,
        back: None,
    };
    let UnprovenRequest { office, start, second, .. } = &waits.request;
    let Instead { office, start, second } = chosen.unwrap_or_else(|| Instead {
        office: office.clone(),
        start: *start,
        second: second.as_ref().map(|second| second.start),
    });
    let first = Slot { office, service: service.slug.clone(), start, end: start + service.length() };
    let gone = Gone { start, second, alone: is_first_open.then_some(&first), refusal };
    taken::from_move(app, &slots::snapshot(app).await?, service, gone, to)
}
