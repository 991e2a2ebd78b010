//! `POST /admin/session/code`: the one-time code of a sign-in whose password was right.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};

use super::{code_page, onward::Onward, sessions};
use crate::{
    account::{
        second_step::NotTaken,
        session::{self, CodeSignIn},
    },
    app::App,
    domain::{ids::Token, time},
    urls,
    web::{
        Web,
        admin::account::door,
        http::{answer, client_address::ClientAddress, error::Error, field::Field, submission::Submission},
    },
};

/// A page of its own there is none: the code is asked for right after the password.
pub async fn new() -> Response {
    answer::see_other(urls::SESSION)
}

pub async fn create(
    State(web): State<Arc<Web>>,
    address: ClientAddress,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let onward = Onward::new(&web, app, form.value(Field::To), form.value(Field::Form));
    let Some(sign_in) = Token::parse(form.value(Field::SignIn)) else {
        return Ok(answer::see_other(urls::SESSION));
    };
    if let Err(too_many) = web.sign_ins.check(address.0) {
        form.warn(format!("Too many tries. Try again in {}.", too_many.wait()));
        let page = code_page::show(app, &sign_in, form, onward, StatusCode::TOO_MANY_REQUESTS).await?;
        return Ok(too_many.tell(page));
    }
    let code = form.value(Field::Code).to_owned();
    match session::sign_in_with_code(&web.current, &sign_in, &code).await? {
        CodeSignIn::Begun(token) => Ok(door::begun(app, &token, answer::see_other(&onward.address()))),
        CodeSignIn::Not(not) => {
            tracing::warn!(client = %address.0, "a one-time code wasn't taken");
            form.warn(not_taken(app, not));
            code_page::show(app, &sign_in, form, onward, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        CodeSignIn::Over => {
            let mut form = Submission::default();
            form.warn("That took too long, or there were too many wrong codes. Please sign in again.");
            sessions::show(app, form, onward, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Why a code is not taken, and what to do.
pub fn not_taken(app: &App, not: NotTaken) -> String {
    match not {
        NotTaken::Wrong => {
            "That code isn't right, or it's been used. Wait for the next one and try again.".to_owned()
        }
        NotTaken::TooMany(until) => {
            let until = time::time_words(app.practice().zone, until);
            format!("There were too many wrong codes. Try again after {until}.")
        }
        NotTaken::NoKey => "One-time codes can't be checked here, because the key file they need isn't on \
                            this server. A recovery code still works. Or run “stillpoint therapist link” on \
                            the server: its link sets a new password and turns one-time codes off."
            .to_owned(),
    }
}
