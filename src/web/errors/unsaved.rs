//! The page after a form that could not be saved, through no fault of whoever
//! sent it: what was typed stands on it, one press away from being sent again.

use askama::Template;
use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    app::App,
    health::WriteTrouble,
    web::{
        http::{answer, field::Field, submission::Submission},
        parts::{PhoneView, page::Frame},
    },
};

/// What is sent again is tried again no sooner, in seconds.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("60");

/// What somebody has typed, as the page calls it.
const TYPED: [(Field<'static>, &str); 11] = [
    (Field::Name, "Name"),
    (Field::For, "Who is it for?"),
    (Field::Email, "Email"),
    (Field::Phone, "Phone"),
    (Field::Note, "Note"),
    (Field::Question, "Question"),
    (Field::Sentence, "Your words"),
    (Field::From, "From"),
    (Field::FromTime, "From"),
    (Field::To, "Until"),
    (Field::ToTime, "Until"),
];

/// The form that was sent, as far as its request shows.
pub struct Unsent {
    action: String,
    has_body: bool,
}

impl Unsent {
    pub fn of(request: &Request) -> Self {
        let action = request.uri().path_and_query().map_or("/", |address| address.as_str()).to_owned();
        let length = request.headers().get(header::CONTENT_LENGTH);
        Self { action, has_body: length.is_none_or(|length| length != "0") }
    }
}

struct Again<'a> {
    action: &'a str,
    /// What was typed, to be read.
    typed: Vec<(&'static str, &'a str)>,
    /// All that is sent again as it was.
    fields: Vec<(&'a str, &'a str)>,
    asks_for_password: bool,
    /// False where what was sent could not even be read.
    is_whole: bool,
}

impl<'a> Again<'a> {
    fn new(unsent: &'a Unsent, form: Option<&'a Submission>) -> Self {
        let fields = || form.into_iter().flat_map(Submission::iter);
        let label = |name: &str| TYPED.into_iter().find(|(field, _)| field.name() == name);
        // It is typed again: nothing of it is ever written into a page.
        let is_password = |name: &str| name == Field::Password.name();
        Self {
            action: &unsent.action,
            typed: fields()
                .filter(|(_, value)| !value.trim().is_empty())
                .filter_map(|(name, value)| Some((label(name)?.1, value)))
                .collect(),
            fields: fields().filter(|(name, _)| !is_password(name)).collect(),
            asks_for_password: fields().any(|(name, _)| is_password(name)),
            is_whole: fields().next().is_some() || !unsent.has_body,
        }
    }
}

#[derive(Template)]
#[template(path = "errors/unsaved.html")]
struct UnsavedPage<'a> {
    frame: Frame<'a>,
    again: Again<'a>,
    phone: PhoneView,
}

/// The same for the therapist, who is told why.
#[derive(Template)]
#[template(path = "errors/unsaved_admin.html")]
struct UnsavedAdminPage<'a> {
    frame: Frame<'a>,
    again: Again<'a>,
    trouble: WriteTrouble,
}

pub fn page(
    app: &App,
    unsent: &Unsent,
    form: Option<&Submission>,
    trouble: WriteTrouble,
    is_therapist: bool,
) -> Response {
    let (title, again, status) =
        ("That wasn't saved", Again::new(unsent, form), StatusCode::SERVICE_UNAVAILABLE);
    let page = if is_therapist {
        answer::html(status, &UnsavedAdminPage { frame: Frame::admin(app, title, ""), again, trouble })
    } else {
        let phone = PhoneView::practice(app);
        answer::html(status, &UnsavedPage { frame: Frame::private(app, title), again, phone })
    };
    let mut response = page.unwrap_or_else(|_| (status, title).into_response());
    response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
    response
}
