//! `GET, POST /admin/restored`: what would be emailed after a restore, until the therapist
//! has seen it. Much of it may have gone out before.

use std::{collections::BTreeSet, sync::Arc};

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

use super::state::ReaderView;
use crate::{
    app::App,
    backup::release::{self, Held, release},
    domain::{
        ids::EmailId,
        time::{self, Instant},
    },
    store::{FromBackup, WrittenEmail},
    urls,
    web::{
        Web,
        http::{answer, error::Error, field::Field, submission::Submission},
        parts::{self, When, page::Frame},
    },
};

#[derive(Template)]
#[template(path = "admin/restored.html")]
struct RestoredPage<'a> {
    frame: Frame<'a>,
    /// Why what was sent was not done.
    message: Option<&'static str>,
    zone: String,
    made: When,
    emails: Vec<HeldView<'a>>,
    /// Every email on the page, to be sent with the answer.
    known: String,
}

impl RestoredPage<'_> {
    fn has_any_to_send(&self) -> bool {
        self.emails.iter().any(|email| email.withheld.is_none())
    }
}

struct HeldView<'a> {
    id: EmailId,
    href: String,
    to: ReaderView<'a>,
    subject: &'a str,
    written: When,
    /// It waited when the backup was made: most likely it went out right after.
    is_older: bool,
    is_to_go: bool,
    /// Why it can't be sent.
    withheld: Option<&'static str>,
}

pub async fn show(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    render(&web.app(), None, StatusCode::OK, None).await
}

pub async fn create(State(web): State<Arc<Web>>, form: Submission) -> Result<Response, Error> {
    let seen = ids(form.value(Field::Known).split(' '));
    let to_go = ids(form.values(Field::Send));
    let left_out = seen.difference(&to_go).copied().collect();
    match release(&web.current, &seen, &left_out).await {
        Ok(()) => Ok(answer::see_other(urls::ADMIN)),
        Err(release::Error::Unseen) => {
            let message =
                "Nothing went out yet: there are emails here that you haven't seen. Please look again.";
            render(&web.app(), Some(message), StatusCode::CONFLICT, Some((&seen, &to_go))).await
        }
        Err(release::Error::Operation(error)) => Err(error.into()),
    }
}

fn ids<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeSet<EmailId> {
    texts.filter_map(|id| id.parse().ok()).map(EmailId).collect()
}

/// The emails that a page showed, and those of them that were to go.
type Boxes<'a> = (&'a BTreeSet<EmailId>, &'a BTreeSet<EmailId>);

/// The page, with the boxes as they were left where it comes back.
async fn render(
    app: &App,
    message: Option<&'static str>,
    status: StatusCode,
    left: Option<Boxes<'_>>,
) -> Result<Response, Error> {
    let mut tx = app.store.read().await?;
    let Some(FromBackup { made_at, .. }) = tx.from_backup().await? else {
        return Ok(answer::see_other(urls::ADMIN));
    };
    let waiting = tx.emails_held_by_restore().await?;
    let mut emails = Vec::with_capacity(waiting.len());
    for email in &waiting {
        let withheld = match tx.stored_email(email.id).await? {
            Some((stored, _)) => withheld(&release::look(&mut tx, &stored).await?),
            None => None,
        };
        emails.push(HeldView::new(app, email, made_at, left, withheld));
    }
    drop(tx);
    let today = time::date(app.practice().zone, app.now());
    let known: Vec<String> = waiting.iter().map(|email| email.id.to_string()).collect();
    let page = RestoredPage {
        frame: Frame::admin(app, "Restored", urls::EMAILS),
        message,
        zone: parts::zones(app, today, today),
        made: When::new(app, made_at),
        emails,
        known: known.join(" "),
    };
    answer::html(status, &page)
}

/// Why an email can't be sent, if it can't.
fn withheld(held: &Held) -> Option<&'static str> {
    match held {
        Held::Whole | Held::WithoutItsLink(..) => None,
        Held::Unreadable => Some(
            "It can't be sent, because what it says can't be read: the key is missing. Put the old key file back and start Stillpoint again before you go on, and it can.",
        ),
        Held::LinksEnded => Some(
            "It can't be sent: its key was missing when the backup was restored, so its links have ended.",
        ),
    }
}

impl<'a> HeldView<'a> {
    fn new(
        app: &App,
        email: &'a WrittenEmail,
        made_at: Instant,
        left: Option<Boxes<'_>>,
        withheld: Option<&'static str>,
    ) -> Self {
        let is_older = email.written_at <= made_at;
        let is_to_go = match left {
            Some((seen, to_go)) if seen.contains(&email.id) => to_go.contains(&email.id),
            _ => !is_older,
        };
        Self {
            id: email.id,
            href: urls::email(email.id),
            to: ReaderView::of(email),
            subject: &email.subject,
            written: When::new(app, email.written_at),
            is_older,
            is_to_go,
            withheld,
        }
    }
}
