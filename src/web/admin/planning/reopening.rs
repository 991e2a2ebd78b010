//! `GET` and `POST /admin/closings/{id}/reopening`: what was closed is opened again,
//! once the therapist has seen who is invited.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{conflicts_ahead, time_off};
use crate::{
    app::App,
    booking::closing::reopen::{self, Invited},
    domain::{ids::ClosingId, time},
    operation, urls,
    web::{
        Web,
        http::{answer, error::Error, submission::Submission},
        parts::{self, OfficeView, When, page::Frame},
    },
    words,
};

#[derive(Template)]
#[template(path = "admin/reopening.html")]
struct ReopeningPage<'a> {
    frame: Frame<'a>,
    title: String,
    message: Option<&'static str>,
    invited: Vec<InvitedView<'a>>,
    known: String,
    button: String,
    action: String,
    back: String,
    zone: String,
}

struct InvitedView<'a> {
    name: String,
    href: String,
    when: When,
    office: OfficeView<'a>,
    is_written_to: bool,
}

pub async fn show(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    render(&web.app(), id_of(&id)?, None, StatusCode::OK).await
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = id_of(&id)?;
    match reopen::reopen(&web.current, id, &conflicts_ahead::known(&form)).await {
        Ok(closing) => {
            let date = time::date(app.practice().zone, closing.span.start);
            Ok(answer::see_other(&urls::day(date)))
        }
        Err(operation::Error::Touches(_)) => {
            let message = "Nothing's changed yet: somebody else gets an email too. Please look again.";
            render(app, id, Some(message), StatusCode::CONFLICT).await
        }
        Err(operation::Error::Missing) => render(app, id, None, StatusCode::CONFLICT).await,
        Err(error) => Err(error.into()),
    }
}

fn id_of(text: &str) -> Result<ClosingId, Error> {
    text.parse().map(ClosingId).map_err(|_| Error::NotFound)
}

async fn render(
    app: &App,
    id: ClosingId,
    message: Option<&'static str>,
    status: StatusCode,
) -> Result<Response, Error> {
    let zone = app.practice().zone;
    let mut tx = app.store.read().await?;
    let now = app.now();
    if tx.closing(id).await?.is_none() {
        return Err(Error::NotFound);
    }
    let Some(closing) = reopen::closing(&mut tx, id, now).await? else {
        return Err(Error::Refused("It isn't closed anymore. Nothing was changed.".to_owned()));
    };
    let invited = reopen::invited(&mut tx, zone, &closing, now).await?;
    drop(tx);
    let date = time::date(zone, closing.span.start);
    let title = format!("Open {} again", time_off::span_words(app, closing.span));
    let known: Vec<String> = invited.iter().map(|one| one.appointment.id.to_string()).collect();
    let reopening_page = ReopeningPage {
        frame: Frame::private(app, &title),
        title,
        message,
        known: known.join(" "),
        button: button(&invited),
        invited: invited.iter().map(|one| InvitedView::new(app, one)).collect(),
        action: urls::reopening(id),
        back: urls::day(date),
        zone: parts::zones(app, date, date),
    };
    answer::html(status, &reopening_page)
}

fn button(invited: &[Invited]) -> String {
    match (invited, invited.iter().filter(|one| one.is_written_to).count()) {
        ([one], 1) => format!("Open it and email {}", one.appointment.name),
        (_, 0) => "Open it".to_owned(),
        (_, 1) => "Open it and email one person".to_owned(),
        (_, emails) => format!("Open it and email {emails} people"),
    }
}

impl<'a> InvitedView<'a> {
    fn new(app: &'a App, one: &'a Invited) -> Self {
        let a = &one.appointment;
        Self {
            name: words::appointment::whose(a),
            href: urls::admin_appointment(a.id),
            when: When::new(app, a.span.start),
            office: OfficeView::of(app, a),
            is_written_to: one.is_written_to,
        }
    }
}
