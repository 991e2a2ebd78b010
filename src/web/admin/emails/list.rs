//! `GET /admin/emails`: every email, the newest first; or those alone that have met trouble.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

use super::state::{ReaderView, StateView};
use crate::{
    app::App,
    domain::time::{self, Instant},
    store::WrittenEmail,
    urls,
    web::{
        Web,
        http::{answer, error::Error, field::Field, query::Query},
        parts::{
            self,
            page::Frame,
            pager::{self, Pager},
        },
    },
};

#[derive(Template)]
#[template(path = "admin/emails.html")]
struct EmailsPage<'a> {
    frame: Frame<'a>,
    zone: String,
    in_trouble: bool,
    /// The folder that emails are written into when nobody sends them.
    folder: Option<String>,
    /// This is a test copy: none is sent.
    is_held: bool,
    emails: Vec<LineView<'a>>,
    pager: Pager,
}

struct LineView<'a> {
    href: String,
    to: ReaderView<'a>,
    subject: &'a str,
    state: StateView<'a>,
}

pub async fn show(State(web): State<Arc<Web>>, query: Query) -> Result<Response, Error> {
    let app = &*web.app();
    let in_trouble = !query.value(Field::Trouble).is_empty();
    let page = pager::asked(query.get(Field::Page)).ok_or(Error::NotFound)?;
    let mut tx = app.store.read().await?;
    let now = app.now();
    // One more than is shown tells whether there is another page.
    let mut emails = tx.written_emails(in_trouble, pager::MOST + 1, (page - 1) * pager::MOST).await?;
    drop(tx);
    if emails.is_empty() && page > 1 {
        return Err(Error::NotFound);
    }
    let has_older = emails.len() > pager::MOST;
    emails.truncate(pager::MOST);
    let pager = Pager::at(if in_trouble { urls::EMAILS_IN_TROUBLE } else { urls::EMAILS }, page, has_older);
    let today = time::date(app.practice().zone, now);
    let emails_page = EmailsPage {
        frame: Frame::admin(app, &pager.title("Emails"), urls::EMAILS),
        zone: parts::zones(app, today, today),
        in_trouble,
        folder: app.mailer.folder().map(|folder| folder.display().to_string()),
        is_held: app.mailer.is_held(),
        emails: emails.iter().map(|email| LineView::new(app, email, now)).collect(),
        pager,
    };
    answer::html(StatusCode::OK, &emails_page)
}

impl<'a> LineView<'a> {
    fn new(app: &App, email: &'a WrittenEmail, now: Instant) -> Self {
        Self {
            href: urls::email(email.id),
            to: ReaderView::of(email),
            subject: &email.subject,
            state: StateView::new(app, email, now),
        }
    }
}
