//! `GET /admin/forms/{token}`: a form that came after the sign-in had run out,
//! filled in as it was, to be sent again.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use crate::{
    domain::{client::typed, ids::Token},
    web::{
        Web,
        http::{answer, error::Error, field::Field},
        parts::page::Frame,
    },
};

/// What a person types in words, and may want to look over before it goes out.
const TYPED: [Field<'static>; 6] =
    [Field::Name, Field::For, Field::Email, Field::Phone, Field::Note, Field::Sentence];
/// Of these, what has several lines.
const LINES: [Field<'static>; 2] = [Field::Note, Field::Sentence];
/// What our forms carry for themselves.
const UNSAID: [Field<'static>; 4] =
    [Field::RequestKey, Field::Revision, Field::Override, Field::OverrideTravel];

#[derive(Template)]
#[template(path = "admin/kept_form.html")]
struct KeptFormPage<'a> {
    frame: Frame<'a>,
    action: &'a str,
    fields: Vec<FieldAgain<'a>>,
}

/// A field as it comes back.
struct FieldAgain<'a> {
    name: &'a str,
    value: &'a str,
    label: String,
    /// It stands there to be changed; all others are sent as they are.
    is_typed: bool,
    is_shown: bool,
}

impl FieldAgain<'_> {
    /// What stands there to be read.
    fn shown(&self) -> String {
        typed::repeated(self.value)
    }

    fn has_lines(&self) -> bool {
        is_among(&LINES, self.name)
    }
}

pub async fn show(State(web): State<Arc<Web>>, Path(token): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let token = Token::parse(&token).ok_or(Error::NotFound)?;
    let kept = web.kept_forms.get(&token, app.now()).ok_or(Error::NotFound)?;
    let fields = kept.form.iter().map(|(name, value)| FieldAgain {
        name,
        value,
        label: label(name),
        is_typed: is_among(&TYPED, name),
        is_shown: !value.is_empty() && !is_among(&UNSAID, name),
    });
    let kept_form = KeptFormPage {
        frame: Frame::admin(app, "Not sent yet", ""),
        action: &kept.action,
        fields: fields.collect(),
    };
    answer::html(StatusCode::OK, &kept_form)
}

fn is_among(fields: &[Field<'_>], name: &str) -> bool {
    fields.iter().any(|field| field.name() == name)
}

/// A field's name in words: `from_time` is `From time`.
fn label(name: &str) -> String {
    let words = name.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
