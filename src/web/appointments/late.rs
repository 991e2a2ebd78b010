//! `GET, POST /appointments/{token}/late`: the client says how late they are, and sees what
//! of their session still fits.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::found::{self, Found};
use crate::{
    app::App,
    booking::late,
    domain::{
        appointment::refusal::Refusal,
        availability::late::{MINUTES, may_be_said},
        time::{self, Instant, Interval},
    },
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
        parts::{Panel, PhoneView, page::Frame},
    },
    words,
};

#[derive(Template)]
#[template(path = "appointments/late.html")]
struct LatePage<'a> {
    frame: Frame<'a>,
    /// Why nothing was said.
    message: Option<String>,
    panel: Panel<'a>,
    /// How late somebody can be, each with the page that says what fits then.
    choices: Vec<(u32, String)>,
    /// What was chosen of these.
    chosen: Option<Chosen>,
    action: String,
    back: String,
    phone: PhoneView,
}

struct Chosen {
    minutes: u32,
    /// What still fits, and what the page promises by it; `None` where only a call helps.
    fits: Option<(String, String)>,
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    query: Query,
) -> Result<Response, Error> {
    let app = &*web.app();
    let found = found::found(app, &token).await?;
    let Some(typed) = query.get(Field::Minutes) else {
        return render(app, &found, None, None, StatusCode::OK).await;
    };
    match minutes(typed) {
        Some(minutes) => render(app, &found, Some(minutes), None, StatusCode::OK).await,
        None => unreadable(app, &found).await,
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
    let Some(minutes) = minutes(form.value(Field::Minutes)) else { return unreadable(app, &found).await };
    // Each time that it is said writes an email.
    if let Err(too_many) = counted {
        let message = Some(too_many.words_to_typist());
        let page = render(app, &found, Some(minutes), message, StatusCode::TOO_MANY_REQUESTS).await?;
        return Ok(too_many.tell(page));
    }
    // Without what the page has promised nothing is said: it is to be seen first.
    let Some(shown) = read(form.value(Field::Known)) else {
        return render(app, &found, Some(minutes), None, StatusCode::CONFLICT).await;
    };
    match late::by_client(&web.current, &found.token, minutes, shown).await {
        Ok(_) => Ok(answer::see_other(&urls::appointment(&found.token))),
        Err(operation::Error::Refused(
            refusal @ (Refusal::OtherwiseByNow | Refusal::TooLittleLeft | Refusal::NotLateNow),
        )) => {
            let found = found::found(app, &token).await?;
            let message = Some(error::sentence(&refusal));
            render(app, &found, Some(minutes), message, StatusCode::CONFLICT).await
        }
        Err(error) => Err(error.into()),
    }
}

fn minutes(typed: &str) -> Option<u32> {
    typed.parse().ok().filter(|minutes| MINUTES.contains(minutes))
}

async fn unreadable(app: &App, found: &Found) -> Result<Response, Error> {
    let message = Some("How late will you be? Please pick one.".to_owned());
    render(app, found, None, message, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn render(
    app: &App,
    found: &Found,
    chosen: Option<u32>,
    message: Option<String>,
    status: StatusCode,
) -> Result<Response, Error> {
    let Found { token, appointment: a, rules, .. } = found;
    let (practice, now) = (app.practice(), app.now());
    if !may_be_said(a, practice.zone, now) {
        return Err(Error::Refused(error::sentence(&Refusal::NotLateNow)));
    }
    let is_ahead = |minutes: &u32| now < a.span.start + time::minutes(*minutes);
    let chosen = match chosen.filter(is_ahead) {
        Some(minutes) => {
            let mut tx = app.store.read().await?;
            let span = late::would_fit(app, &mut tx, (a, minutes), rules, now).await?;
            Some(Chosen {
                minutes,
                fits: span.map(|span| (words::late::fits(practice, a, span), written(span))),
            })
        }
        None => None,
    };
    let late_page = LatePage {
        frame: Frame::own(app, "Running late?"),
        message,
        panel: Panel::of(app, a),
        choices: MINUTES
            .into_iter()
            .filter(is_ahead)
            .map(|minutes| (minutes, urls::late_by(token, minutes)))
            .collect(),
        chosen,
        action: urls::late(token),
        back: urls::appointment(token),
        phone: PhoneView::practice(app),
    };
    answer::html(status, &late_page)
}

/// What a page promises, as its form carries it.
fn written(span: Interval) -> String {
    format!("{} {}", time::write_instant(span.start), time::write_instant(span.end))
}

fn read(text: &str) -> Option<Interval> {
    let (start, end) = text.split_once(' ')?;
    Some(Interval::new(time::parse_instant(start)?, time::parse_instant(end)?))
}

/// What either side has said of being late, and when to come then; until it is over.
pub fn line(app: &App, found: &Found, now: Instant) -> Option<String> {
    let (practice, a) = (app.practice(), &found.appointment);
    let span = found.expected.filter(|span| now < span.end)?;
    let who =
        if found.is_late { "You told me you're running late." } else { "I'm running late, and I'm sorry." };
    Some(format!("{who} {}", words::late::fits(practice, a, span)))
}
