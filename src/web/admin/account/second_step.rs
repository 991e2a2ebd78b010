//! `GET, POST /admin/account/second-step` and `POST …/end`: one-time codes are
//! turned on and off.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use fast_qr::{ECL, QRBuilder};

use super::{
    codes::not_taken,
    password::{NOT_THE_ONE, present_password},
};
use crate::{
    account::{
        code::CodeSecret,
        second_step::{self, NotTurned},
    },
    app::App,
    urls,
    web::{
        Web,
        http::{answer, client_address::ClientAddress, error::Error, field::Field, submission::Submission},
        parts::page::Frame,
    },
};

/// How many modules of the ground stand around the picture, so that a camera finds it.
const MARGIN: usize = 4;

#[derive(Template)]
#[template(path = "admin/second_step.html")]
struct SecondStepPage<'a> {
    frame: Frame<'a>,
    form: Submission,
    /// What an app is to take up; `None` while one-time codes are on.
    new: Option<NewSecret>,
}

/// A secret that no code has been made of yet.
struct NewSecret {
    /// As it is carried by the form.
    letters: String,
    /// The same to be read, in groups of four.
    groups: String,
    /// Opens the app, on a phone.
    address: String,
    picture: Option<Picture>,
}

/// A picture of black modules on white.
struct Picture {
    size: usize,
    path: String,
}

/// Shown once, right after one-time codes were turned on.
#[derive(Template)]
#[template(path = "admin/recovery_codes.html")]
struct RecoveryCodesPage<'a> {
    frame: Frame<'a>,
    codes: Vec<String>,
}

impl NewSecret {
    fn new(app: &App, secret: &CodeSecret) -> Self {
        let letters = secret.letters();
        let groups = letters.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group));
        let address = secret.address(&app.practice().name, &app.practice().therapist.email);
        Self { groups: groups.collect::<Vec<_>>().join(" "), picture: picture(&address), address, letters }
    }
}

fn picture(text: &str) -> Option<Picture> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for row in 0..code.size {
        let dark = (0..code.size).filter(|column| code[row][*column].value());
        dark.for_each(|column| path += &format!("M{} {}h1v1h-1z", column + MARGIN, row + MARGIN));
    }
    Some(Picture { size: code.size + 2 * MARGIN, path })
}

pub async fn show(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    render(&web.app(), Submission::default(), StatusCode::OK).await
}

pub async fn turn_on(
    State(web): State<Arc<Web>>,
    address: ClientAddress,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    if let Err(too_many) = web.sign_ins.check(address.0) {
        form.warn(format!("Too many tries. Try again in {}.", too_many.wait()));
        return Ok(too_many.tell(render(app, form, StatusCode::TOO_MANY_REQUESTS).await?));
    }
    // Our own pages have always one: another page has sent this.
    let Some(secret) = CodeSecret::parse(form.value(Field::Secret)) else {
        form.warn("Please set up your app with the code below.");
        return render(app, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let Some(password) = form.read(Field::Password, present_password) else {
        return render(app, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let code = form.value(Field::Code).to_owned();
    match second_step::turn_on(&web.current, &secret, &code, password).await {
        Ok(Ok(codes)) => {
            let frame = Frame::admin(app, "Your recovery codes", urls::ACCOUNT);
            answer::html(StatusCode::OK, &RecoveryCodesPage { frame, codes })
        }
        Ok(Err(not)) => again(app, form, not).await,
        Err(error) => Err(error.into()),
    }
}

pub async fn turn_off(
    State(web): State<Arc<Web>>,
    address: ClientAddress,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    if let Err(too_many) = web.sign_ins.check(address.0) {
        form.warn(format!("Too many tries. Try again in {}.", too_many.wait()));
        return Ok(too_many.tell(render(app, form, StatusCode::TOO_MANY_REQUESTS).await?));
    }
    let Some(password) = form.read(Field::Password, present_password) else {
        return render(app, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let code = form.value(Field::Code).to_owned();
    match second_step::turn_off(&web.current, &code, password).await? {
        Ok(()) => Ok(answer::see_other(urls::ACCOUNT)),
        Err(not) => again(app, form, not).await,
    }
}

/// The page again, with why nothing was turned on or off.
async fn again(app: &App, mut form: Submission, not: NotTurned) -> Result<Response, Error> {
    match not {
        NotTurned::WrongPassword => form.refuse(Field::Password, NOT_THE_ONE),
        NotTurned::Code(not) => form.refuse(Field::Code, not_taken(app, not)),
        NotTurned::Already => {
            let is_on = app.store.read().await?.second_step().await?.is_some();
            let already = if is_on { "on" } else { "off" };
            return Err(Error::Refused(format!(
                "One-time codes are already {already}. Nothing was changed."
            )));
        }
    }
    render(app, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn render(app: &App, form: Submission, status: StatusCode) -> Result<Response, Error> {
    let is_on = app.store.read().await?.second_step().await?.is_some();
    // What the app has taken up already stays as it is.
    let secret = || CodeSecret::parse(form.value(Field::Secret)).unwrap_or_else(CodeSecret::fresh);
    let new = (!is_on).then(|| NewSecret::new(app, &secret()));
    let frame = Frame::admin(app, "One-time codes", urls::ACCOUNT);
    answer::html(status, &SecondStepPage { frame, form, new })
}
