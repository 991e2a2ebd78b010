//! `GET /admin/account` and what its forms do: the password, and where the
//! therapist is signed in.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use axum_extra::extract::CookieJar;

use super::{
    door,
    password::{NOT_THE_ONE, new_password, present_password},
};
use crate::{
    account::{self, session},
    app::App,
    domain::{
        ids::{SessionId, Token},
        time,
    },
    store::StoredSession,
    urls,
    web::{
        Web,
        http::{answer, client_address::ClientAddress, error::Error, field::Field, submission::Submission},
        parts::{When, page::Frame},
    },
};

#[derive(Template)]
#[template(path = "admin/account.html")]
struct AccountPage<'a> {
    frame: Frame<'a>,
    email: &'a str,
    own: SessionView,
    others: Vec<SessionView>,
    /// When the password was set.
    changed: Option<When>,
    shortest: usize,
    form: Submission,
    /// Since when one-time codes are on, and how many recovery codes are left.
    codes: Option<(When, u32)>,
}

/// A sign-in, in words.
#[derive(Default)]
struct SessionView {
    browser: String,
    begun: Option<When>,
    /// On which day it was used last: it is written down once a day.
    used: String,
    end: String,
}

impl SessionView {
    fn new(app: &App, session: &StoredSession) -> Self {
        let zone = app.practice().zone;
        let used = time::date(zone, session.expires_at - session::LASTS);
        let today = time::date(zone, app.now());
        Self {
            browser: session.browser.clone().unwrap_or_else(|| "A browser".to_owned()),
            begun: session.begun_at.map(|at| When::new(app, at)),
            used: if used >= today { "today".to_owned() } else { time::date_words(used) },
            end: urls::session_end(session.id),
        }
    }
}

pub async fn show(State(web): State<Arc<Web>>, jar: CookieJar) -> Result<Response, Error> {
    render(&web.app(), &jar, Submission::default(), StatusCode::OK).await
}

pub async fn change_password(
    State(web): State<Arc<Web>>,
    address: ClientAddress,
    jar: CookieJar,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    if let Err(too_many) = web.sign_ins.check(address.0) {
        form.warn(format!("Too many tries. Try again in {}.", too_many.wait()));
        return Ok(too_many.tell(render(app, &jar, form, StatusCode::TOO_MANY_REQUESTS).await?));
    }
    let present = form.read(Field::Password, present_password);
    let new = form.read(Field::NewPassword, new_password);
    if let (Some(present), Some(new)) = (present, new) {
        let own = own(app, &jar)?;
        if account::change_password::change_password(&web.current, &own, present, new).await? {
            return Ok(answer::see_other(urls::ACCOUNT));
        }
        form.refuse(Field::Password, NOT_THE_ONE);
    }
    render(app, &jar, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// One that is over already is what was wanted.
pub async fn end(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let id = SessionId(id.parse().map_err(|_| Error::NotFound)?);
    session::end(&web.current, id).await?;
    Ok(answer::see_other(urls::ACCOUNT))
}

pub async fn end_others(State(web): State<Arc<Web>>, jar: CookieJar) -> Result<Response, Error> {
    session::end_others(&web.current, &own(&web.app(), &jar)?).await?;
    Ok(answer::see_other(urls::ACCOUNT))
}

/// The session that asks. The door has let it in.
fn own(app: &App, jar: &CookieJar) -> Result<Token, Error> {
    door::token(app, jar).ok_or(Error::NotFound)
}

async fn render(app: &App, jar: &CookieJar, form: Submission, status: StatusCode) -> Result<Response, Error> {
    let mut tx = app.store.read().await?;
    let (own, others): (Vec<_>, Vec<_>) =
        tx.sessions(&own(app, jar)?, app.now()).await?.into_iter().partition(|session| session.is_own);
    let codes = match tx.second_step().await? {
        Some(step) => Some((When::new(app, step.on_since), tx.recovery_codes_left().await?)),
        None => None,
    };
    let account_page = AccountPage {
        frame: Frame::admin(app, "Account", urls::ACCOUNT),
        email: &app.practice().therapist.email,
        own: own.first().map(|session| SessionView::new(app, session)).unwrap_or_default(),
        others: others.iter().map(|session| SessionView::new(app, session)).collect(),
        changed: tx.password_changed_at().await?.map(|at| When::new(app, at)),
        shortest: account::password::SHORTEST,
        form,
        codes,
    };
    answer::html(status, &account_page)
}
