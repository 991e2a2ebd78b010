//! `GET, POST /articles/{slug}/question`: a reader asks the therapist something.
//! Nothing is published and nothing is mailed back.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use crate::{
    app::App,
    content::read::article::Article,
    domain::{
        client::{EmailAddress, Name, country},
        question::{Question, QuestionText},
    },
    site::ask,
    urls,
    web::{
        Web,
        http::{answer, client_address::ClientAddress, error::Error, fields::Fields},
        parts::{FieldError, PhoneView, form_title, mistyped, page::Frame},
    },
    words,
};

/// What stood in the fields when the form was sent, or nothing.
#[derive(Default)]
struct Typed {
    name: String,
    email: String,
    question: String,
    website: String,
}

/// What is wrong with a form that comes back.
#[derive(Default)]
struct Wrong {
    fields: Vec<FieldError>,
    /// Something about the form as a whole.
    alert: Option<String>,
}

#[derive(Template)]
#[template(path = "site/question.html")]
struct QuestionPage<'a> {
    frame: Frame<'a>,
    article: &'a Article,
    action: String,
    typed: Typed,
    wrong: Wrong,
    phone: PhoneView,
}

impl QuestionPage<'_> {
    fn error(&self, field: &str) -> Option<&str> {
        self.wrong.fields.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }

    /// As people call it where the practice is.
    fn emergency_number(&self) -> &'static str {
        match country::is_united_states(self.frame.practice.zone) {
            true => "911",
            false => "emergency services",
        }
    }

    /// The honeypot is shown to whoever has it filled: it may have been a password manager.
    fn shows_honeypot(&self) -> bool {
        self.error("website").is_some()
    }
}

#[derive(Template)]
#[template(path = "site/question_sent.html")]
struct SentPage<'a> {
    frame: Frame<'a>,
    article: &'a Article,
    phone: PhoneView,
}

pub async fn show(State(web): State<Arc<Web>>, Path(slug): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let (_, article) = app.site.article(&slug).ok_or(Error::NotFound)?;
    form(app, article, Typed::default(), Wrong::default(), StatusCode::OK)
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(slug): Path<String>,
    address: ClientAddress,
    fields: Fields,
) -> Result<Response, Error> {
    let app = &*web.app();
    let (_, article) = app.site.article(&slug).ok_or(Error::NotFound)?;
    let field = |name: &str| fields.get(name).to_owned();
    let (name, email, question) = (field("name"), field("email"), field("question"));
    let typed = Typed { name, email, question, website: field("website") };
    let mut wrong = Wrong::default();
    if let Err(too_many) = web.count_post(address.0) {
        wrong.alert = Some(too_many.words_to_typist());
        return Ok(too_many.tell(form(app, article, typed, wrong, StatusCode::TOO_MANY_REQUESTS)?));
    }
    let Some(question) = read(&typed, &mut wrong.fields) else {
        return form(app, article, typed, wrong, StatusCode::UNPROCESSABLE_ENTITY);
    };
    if let Some(page) = mistyped::ask(app, &urls::question(&slug), &fields) {
        return page;
    }
    ask::ask(&web.current, article, &question).await?;
    Ok(answer::see_other(&urls::question_sent(&slug)))
}

/// `GET /articles/{slug}/question/sent`
pub async fn sent(State(web): State<Arc<Web>>, Path(slug): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let (_, article) = app.site.article(&slug).ok_or(Error::NotFound)?;
    let frame = framed(app, "Your question is on its way to me");
    answer::html(StatusCode::OK, &SentPage { frame, article, phone: PhoneView::practice(app) })
}

/// Reads every field, and names each that is wrong.
fn read(typed: &Typed, errors: &mut Vec<FieldError>) -> Option<Question> {
    let mut wrong = |field, message: &str| errors.push(FieldError { field, message: message.to_owned() });
    let name = Name::parse(&typed.name).map_err(|error| wrong("name", words::client::name(error)));
    let email = match typed.email.trim() {
        "" => Err("Please leave an email address so I can answer."),
        email => EmailAddress::parse(email).map_err(words::client::email),
    };
    let email = email.map_err(|message| wrong("email", message));
    let text =
        QuestionText::parse(&typed.question).map_err(|error| wrong("question", words::question::text(error)));
    if !typed.website.is_empty() {
        wrong("website", "Please leave this field empty. It's there to catch robots.");
    }
    let question = Question { name: name.ok()?, email: email.ok()?, text: text.ok()? };
    errors.is_empty().then_some(question)
}

fn form(
    app: &App,
    article: &Article,
    typed: Typed,
    wrong: Wrong,
    status: StatusCode,
) -> Result<Response, Error> {
    let form = QuestionPage {
        frame: framed(app, &form_title(&format!("Ask about “{}”", article.title), status)),
        action: urls::question(&article.slug.value),
        article,
        typed,
        wrong,
        phone: PhoneView::practice(app),
    };
    answer::html(status, &form)
}

fn framed<'a>(app: &'a App, title: &str) -> Frame<'a> {
    Frame { section: urls::ARTICLES, ..Frame::private(app, title) }
}
