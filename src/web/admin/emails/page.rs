//! `GET /admin/emails/{id}`: one email, as it was written, and its way.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    address::id_of,
    not_again,
    state::{ReaderView, StateView},
};
use crate::{
    app::App,
    booking::send_again,
    domain::{
        appointment::Side,
        client::EmailAddress,
        ids::EmailId,
        time::{self, Instant},
    },
    store::{Outcome, WrittenEmail},
    urls,
    web::{
        Web,
        admin::parts::undo::{self, UndoView},
        http::{answer, error::Error},
        parts::{When, page::Frame},
    },
};

#[derive(Template)]
#[template(path = "admin/email.html")]
struct EmailPage<'a> {
    frame: Frame<'a>,
    subject: &'a str,
    /// Empty where it was kept for long enough.
    text: &'a str,
    /// How long it is kept.
    text_days: String,
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
    /// What can be undone of the appointment.
    undos: Vec<UndoView>,
    again: Option<AgainView>,
    /// Why it can't go out again, where one may want that.
    not_again: Option<&'static str>,
    came_back: Option<String>,
    /// Where its address works again, if emails to it come back.
    works: Option<String>,
    /// Why what was tried could not be done.
    message: Option<&'a str>,
}

struct AgainView {
    action: String,
    /// Where it would go.
    address: String,
    revision: u32,
}

pub async fn show(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    render(&web.app(), id_of(&id)?, None, StatusCode::OK).await
}

/// The page as it is now, with the reason why what was tried could not be done.
pub async fn refused(app: &App, id: EmailId, why: &str) -> Result<Response, Error> {
    render(app, id, Some(why), StatusCode::CONFLICT).await
}

async fn render(
    app: &App,
    id: EmailId,
    message: Option<&str>,
    status: StatusCode,
) -> Result<Response, Error> {
    let mut tx = app.store.read().await?;
    let now = app.now();
    let email = tx.written_email(id).await?.ok_or(Error::NotFound)?;
    let again = send_again::look(&mut tx, id, app.practice().zone, now).await?.ok_or(Error::NotFound)?;
    let has_returned = email.side == Side::Client
        && tx.address_has_returned(&EmailAddress::stored(email.recipient.clone())).await?;
    let undos = match email.appointment_with_page() {
        Some(appointment) => undo::all(app, &mut tx, Some(appointment), now).await?,
        None => Vec::new(),
    };
    drop(tx);
    let mut page = EmailPage::new(app, &email, now);
    page.undos = undos;
    page.message = message;
    let has_not_arrived = email.outcome == Outcome::GivenUp || email.came_back_at.is_some();
    match again {
        Ok(again) => {
            page.again = again.appointment.contact.email.as_ref().map(|address| AgainView {
                action: urls::email_again(id),
                address: address.to_string(),
                revision: again.appointment.revision,
            });
        }
        Err(why) => page.not_again = has_not_arrived.then(|| not_again::sentence(why)),
    }
    let can_come_back =
        email.side == Side::Client && email.outcome == Outcome::Sent && email.came_back_at.is_none();
    page.came_back = can_come_back.then(|| urls::email_came_back(id));
    page.works = has_returned.then(|| urls::email_came_back_end(id));
    answer::html(status, &page)
}

impl<'a> EmailPage<'a> {
    /// The email itself, and nothing yet that can be done.
    fn new(app: &'a App, email: &'a WrittenEmail, now: Instant) -> Self {
        Self {
            frame: Frame::admin(app, &format!("Email: {}", email.subject), urls::EMAILS),
            subject: &email.subject,
            text: &email.text,
            text_days: time::days_words(app.practice().keep.email_text_days),
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
            appointment: email.appointment_with_page().map(urls::admin_appointment),
            undos: Vec::new(),
            again: None,
            not_again: None,
            came_back: None,
            works: None,
            message: None,
        }
    }
}
