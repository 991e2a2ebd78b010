//! `GET /admin/emails/preview`, `…/{kind}` and `…/{kind}/html`: every kind of
//! email as it would be written now about somebody invented.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    app::App,
    domain::appointment::Side,
    mail::{
        email::redacted,
        previews::{Around, Preview},
    },
    urls,
    web::{
        Web,
        http::{answer, error::Error, headers::Framing},
        parts::page::Frame,
    },
};

#[derive(Template)]
#[template(path = "admin/email_kinds.html")]
struct KindsPage<'a> {
    frame: Frame<'a>,
    /// What each tells, and where it is shown: those to clients, and those to the therapist.
    to_clients: Vec<(&'static str, String)>,
    to_you: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "admin/email_preview.html")]
struct PreviewPage<'a> {
    frame: Frame<'a>,
    title: &'static str,
    subject: &'a str,
    text: String,
    has_invitation: bool,
    html: String,
}

pub async fn list(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    let app = &*web.app();
    let previews = previews(app).await?;
    let (to_clients, to_you): (Vec<_>, Vec<_>) =
        previews.iter().partition(|preview| preview.email.side == Side::Client);
    let links = |previews: Vec<&Preview>| {
        previews.into_iter().map(|preview| (preview.title, urls::email_preview(preview.id))).collect()
    };
    let page = KindsPage {
        frame: Frame::admin(app, "Every kind of email", urls::EMAILS),
        to_clients: links(to_clients),
        to_you: links(to_you),
    };
    answer::html(StatusCode::OK, &page)
}

pub async fn show(State(web): State<Arc<Web>>, Path(kind): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let preview = preview(app, &kind).await?;
    let page = PreviewPage {
        frame: Frame::admin(app, &format!("Email: {}", preview.title), urls::EMAILS),
        title: preview.title,
        subject: &preview.email.subject,
        text: redacted(&preview.email.text),
        has_invitation: preview.email.calendar.is_some(),
        html: urls::email_preview_html(preview.id),
    };
    Ok((Extension(Framing::ShowsEmail), answer::html(StatusCode::OK, &page)?).into_response())
}

pub async fn html(State(web): State<Arc<Web>>, Path(kind): Path<String>) -> Result<Response, Error> {
    let preview = preview(&web.app(), &kind).await?;
    let kind = [(header::CONTENT_TYPE, answer::HTML)];
    Ok((Extension(Framing::IsEmail), kind, preview.email.html).into_response())
}

async fn preview(app: &App, kind: &str) -> Result<Preview, Error> {
    previews(app).await?.into_iter().find(|preview| preview.id == kind).ok_or(Error::NotFound)
}

async fn previews(app: &App) -> Result<Vec<Preview>, Error> {
    let rules = app.rules().await?;
    let around = Around {
        practice: app.practice(),
        policy: &rules.policy,
        base: &app.base,
        policies: app.site.pages.contains_key("policies").then(|| app.base.to(urls::POLICIES)),
        waives_late_fee: app.site.waives_late_fee(),
        now: app.now(),
    };
    Ok(around.previews()?)
}
