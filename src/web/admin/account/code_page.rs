//! The page that asks for a one-time code, right after the password.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::onward::Onward;
use crate::{
    app::App,
    domain::ids::Token,
    web::{
        http::{answer, error::Error, submission::Submission},
        parts::page::Frame,
    },
};

#[derive(Template)]
#[template(path = "admin/code.html")]
struct CodePage<'a> {
    frame: Frame<'a>,
    form: Submission,
    onward: Onward,
    sign_in: String,
}

pub async fn show(
    app: &App,
    sign_in: &Token,
    form: Submission,
    onward: Onward,
    status: StatusCode,
) -> Result<Response, Error> {
    let frame = Frame::private(app, "Your one-time code");
    answer::html(status, &CodePage { frame, form, onward, sign_in: sign_in.to_string() })
}
