//! One page before anything is sent or written: an email address that is
//! probably a slip of the fingers, to be put right or kept.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{mail_domain, page::Frame};
use crate::{
    app::App,
    domain::client::typed,
    web::http::{answer, error::Error, field::Field, submission::Submission},
};

#[derive(Template)]
#[template(path = "parts/mistyped.html")]
struct MistypedPage<'a> {
    frame: Frame<'a>,
    typed: &'a str,
    /// What was probably meant.
    suggestion: &'a str,
    /// Where the form was sent to.
    action: &'a str,
    /// Everything else that was typed.
    fields: Vec<(&'a str, &'a str)>,
}

impl MistypedPage<'_> {
    fn shown(&self, address: &str) -> String {
        typed::repeated(address)
    }
}

/// The page that asks about a form's email; `None` where there is nothing to
/// ask, or it was asked before.
pub fn ask(app: &App, action: &str, form: &Submission) -> Option<Result<Response, Error>> {
    let typed = form.value(Field::Email).trim();
    if typed == form.value(Field::EmailAsTyped) {
        return None;
    }
    let suggestion = mail_domain::suggestion(typed)?;
    let page = MistypedPage {
        frame: Frame::private(app, "Not sent yet: is this your email address?"),
        typed,
        suggestion: &suggestion,
        action,
        fields: form.without(&[Field::Email, Field::EmailAsTyped]),
    };
    Some(answer::html(StatusCode::OK, &page))
}
