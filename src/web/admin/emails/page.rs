//! `GET /admin/emails/{id}`: one email, as it was written, and its way.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::state::{ReaderView, StateView};
use crate::{
    app::App,
    domain::{ids::EmailId, time::Instant},
    store::WrittenEmail,
    urls,
    web::{
        Web,
        http::{answer, error::Error},
        parts::{When, page::Frame},
    },
};

#[derive(Template)]
#[template(path = "admin/email.html")]
struct EmailPage<'a> {
    frame: Frame<'a>,
    subject: &'a str,
    text: &'a str,
    state: StateView<'a>,
    to: ReaderView<'a>,
    from: String,
    reply_to: String,
    written: When,
    message_id: &'a str,
    /// What goes with it, and what that does in a calendar.
    attached: Option<&'static str>,
    tries: String,
    tried: Option<When>,
    appointment: Option<String>,
}

/// Reads an id out of an address.
pub fn id_of(text: &str) -> Result<EmailId, Error> {
    text.parse().map(EmailId).map_err(|_| Error::NotFound)
}

pub async fn show(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let id = id_of(&id)?;
    let mut tx = app.store.read().await?;
    let now = app.now();
    let email = tx.written_email(id).await?.ok_or(Error::NotFound)?;
    drop(tx);
    answer::html(StatusCode::OK, &EmailPage::new(app, &email, now))
}

impl<'a> EmailPage<'a> {
    fn new(app: &'a App, email: &'a WrittenEmail, now: Instant) -> Self {
        Self {
            frame: Frame::admin(app, &format!("Email: {}", email.subject), urls::EMAILS),
            subject: &email.subject,
            text: &email.text,
            state: StateView::new(app, email, now),
            to: ReaderView::of(email),
            from: app.mailer.from().to_string(),
            reply_to: app.mailer.reply_to().to_string(),
            written: When::new(app, email.written_at),
            message_id: &email.message_id,
            attached: email.calendar_method.as_deref().map(|method| match method {
                "CANCEL" => "appointment.ics, which takes the appointment out of their calendar",
                _ => "appointment.ics, the calendar invitation",
            }),
            tries: match email.attempts {
                0 => "Not tried yet".to_owned(),
                1 => "One try".to_owned(),
                count => format!("{count} tries"),
            },
            tried: email.tried_at.map(|at| When::new(app, at)),
            appointment: email.appointment.map(urls::admin_appointment),
        }
    }
}
