//! `GET, POST /admin/late`: the therapist runs late, and sees whom that keeps waiting before
//! anybody hears of it.

use std::{collections::BTreeMap, sync::Arc};

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

use crate::{
    booking::late::{self, Moved},
    domain::{
        appointment::refusal::Refusal,
        availability::late::MINUTES,
        client::Hears,
        ids::AppointmentId,
        time::{self, Instant},
    },
    operation, urls,
    web::{
        Web,
        admin::parts::visit::VisitView,
        http::{
            answer,
            error::{self, Error},
            field::Field,
            query::Query,
            submission::Submission,
        },
        parts::page::Frame,
    },
    words,
};

#[derive(Template)]
#[template(path = "admin/late.html")]
struct LatePage<'a> {
    frame: Frame<'a>,
    /// Why nothing was sent.
    message: Option<String>,
    choices: Vec<(u32, String)>,
    chosen: Option<Chosen<'a>>,
}

struct Chosen<'a> {
    minutes: u32,
    /// Whom it keeps waiting, each with the new time, and how they hear of it.
    waiting: Vec<(VisitView<'a>, String, String)>,
    /// What the page has named.
    known: String,
    /// There is something to note: somebody waits, or what is on ends later.
    is_any: bool,
}

pub async fn show(State(web): State<Arc<Web>>, query: Query) -> Result<Response, Error> {
    match query.get(Field::Minutes) {
        None => render(&web, None, None, StatusCode::OK).await,
        Some(typed) => match minutes(typed) {
            Some(minutes) => render(&web, Some(minutes), None, StatusCode::OK).await,
            None => unreadable(&web).await,
        },
    }
}

pub async fn create(State(web): State<Arc<Web>>, form: Submission) -> Result<Response, Error> {
    let Some(minutes) = minutes(form.value(Field::Minutes)) else { return unreadable(&web).await };
    let shown: BTreeMap<AppointmentId, Instant> =
        form.value(Field::Known).split_whitespace().filter_map(read).collect();
    match late::by_therapist(&web.current, minutes, &shown).await {
        Ok(()) => Ok(answer::see_other(urls::ADMIN)),
        Err(operation::Error::Refused(refusal @ (Refusal::SomebodyNew | Refusal::NobodyWaits))) => {
            render(&web, Some(minutes), Some(error::sentence(&refusal)), StatusCode::CONFLICT).await
        }
        Err(error) => Err(error.into()),
    }
}

fn minutes(typed: &str) -> Option<u32> {
    typed.parse().ok().filter(|minutes| MINUTES.contains(minutes))
}

async fn unreadable(web: &Web) -> Result<Response, Error> {
    let message = Some("How late are you? Please pick one.".to_owned());
    render(web, None, message, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn render(
    web: &Web,
    chosen: Option<u32>,
    message: Option<String>,
    status: StatusCode,
) -> Result<Response, Error> {
    let app = &*web.app();
    let practice = app.practice();
    let mut moved = Vec::new();
    let mut hears: Vec<Hears> = Vec::new();
    if let Some(minutes) = chosen {
        let mut tx = app.store.read().await?;
        moved = late::would_move(practice, &mut tx, minutes, app.now()).await?;
        for one in moved.iter().filter(|one| one.is_told) {
            hears.push(tx.hears(&one.visit.contact).await?);
        }
    }
    let told = || moved.iter().filter(|one| one.is_told);
    let late_page = LatePage {
        frame: Frame::admin(app, "Running late", urls::ADMIN),
        message,
        choices: MINUTES.into_iter().map(|minutes| (minutes, urls::running_late_by(minutes))).collect(),
        chosen: chosen.map(|minutes| Chosen {
            minutes,
            waiting: told()
                .zip(&hears)
                .map(|(Moved { visit, span, .. }, hears)| {
                    let hears = words::call::hears(hears, &visit.name);
                    (VisitView::new(app, visit), time::time_words(practice.zone, span.start), hears)
                })
                .collect(),
            known: told().map(written).collect::<Vec<_>>().join(" "),
            is_any: !moved.is_empty(),
        }),
    };
    answer::html(status, &late_page)
}

/// Somebody who waits, and for when, as the form carries it.
fn written(Moved { visit, span, .. }: &Moved) -> String {
    format!("{}={}", visit.id, time::write_instant(span.start))
}

fn read(text: &str) -> Option<(AppointmentId, Instant)> {
    let (id, start) = text.split_once('=')?;
    Some((AppointmentId(id.parse().ok()?), time::parse_instant(start)?))
}
