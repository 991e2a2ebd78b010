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
    operation,
    site::ask,
    urls,
    web::{
        Web,
        http::{
            answer,
            client_address::ClientAddress,
            error::{self, Error},
            field::Field,
            submission::Submission,
        },
        parts::{PhoneView, contact_fields, form_title, mistyped, page::Frame},
    },
    words,
};

#[derive(Template)]
#[template(path = "site/question.html")]
struct QuestionPage<'a> {
    frame: Frame<'a>,
    article: &'a Article,
    action: String,
    form: Submission,
    phone: PhoneView,
}

impl QuestionPage<'_> {
    /// As people call it where the practice is.
    fn emergency_number(&self) -> &'static str {
        match country::is_united_states(self.frame.practice.zone) {
            true => "911",
            false => "emergency services",
        }
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
    render(app, article, Submission::default(), StatusCode::OK)
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(slug): Path<String>,
    address: ClientAddress,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let (_, article) = app.site.article(&slug).ok_or(Error::NotFound)?;
    if let Err(too_many) = web.count_post(address.0) {
        form.warn(too_many.words_to_typist());
        return Ok(too_many.tell(render(app, article, form, StatusCode::TOO_MANY_REQUESTS)?));
    }
    let Some(question) = read(&mut form) else {
        return render(app, article, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    if let Some(page) = mistyped::ask(app, &urls::question(&slug), &form) {
        return page;
    }
    match ask::ask(&web.current, article, &question).await {
        Ok(()) => Ok(answer::see_other(&urls::question_sent(&slug))),
        Err(operation::Error::Refused(refusal)) => {
            form.warn(error::sentence(&refusal));
            render(app, article, form, StatusCode::TOO_MANY_REQUESTS)
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /articles/{slug}/question/sent`
pub async fn sent(State(web): State<Arc<Web>>, Path(slug): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let (_, article) = app.site.article(&slug).ok_or(Error::NotFound)?;
    let frame = framed(app, "Your question is on its way to me");
    answer::html(StatusCode::OK, &SentPage { frame, article, phone: PhoneView::practice(app) })
}

/// Reads every field; the form keeps what is wrong with it.
fn read(form: &mut Submission) -> Option<Question> {
    let name = form.read(Field::Name, |text| Name::parse(text).map_err(words::client::name));
    let email = form.read(Field::Email, |text| match text.trim() {
        "" => Err("Please leave an email address so I can answer."),
        email => EmailAddress::parse(email).map_err(words::client::email),
    });
    let text = form.read(Field::Question, |text| QuestionText::parse(text).map_err(words::question::text));
    contact_fields::read_honeypot(form);
    let question = Question { name: name?, email: email?, text: text? };
    (!form.is_wrong()).then_some(question)
}

fn render(app: &App, article: &Article, form: Submission, status: StatusCode) -> Result<Response, Error> {
    let question_page = QuestionPage {
        frame: framed(app, &form_title(&format!("Ask about “{}”", article.title), status)),
        action: urls::question(&article.slug.value),
        article,
        form,
        phone: PhoneView::practice(app),
    };
    answer::html(status, &question_page)
}

fn framed<'a>(app: &'a App, title: &str) -> Frame<'a> {
    Frame { section: urls::ARTICLES, ..Frame::private(app, title) }
}
