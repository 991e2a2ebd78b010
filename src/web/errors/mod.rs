//! What a visitor sees when something cannot be shown or done: one page with a
//! title, a sentence and a way out.

mod unsaved;

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{
    Web,
    http::{
        answer::HTML,
        error::{Failure, ForPrograms, SignedIn},
        submission::Sent,
    },
    parts::page::Frame,
    site::suggestions::{self, Suggestion},
};
use crate::{app::App, health::WriteTrouble};

#[derive(Template)]
#[template(path = "errors/error.html")]
struct ErrorPage<'a> {
    frame: Frame<'a>,
    title: &'static str,
    sentence: String,
    reference: Option<String>,
    /// Nothing is at the address: the search may help.
    is_missing: bool,
    /// The pages that may have been meant.
    suggestions: Vec<Suggestion>,
}

impl ErrorPage<'_> {
    /// True when a page is named already as one that may have been meant.
    fn names(&self, href: &str) -> bool {
        self.suggestions.iter().any(|place| place.href == href)
    }
}

/// The same for the therapist.
#[derive(Template)]
#[template(path = "errors/admin.html")]
struct AdminErrorPage<'a> {
    frame: Frame<'a>,
    title: &'static str,
    sentence: String,
    reference: Option<String>,
}

/// Gives every answer that is an error, and has no page yet, its page; and leads
/// on whoever comes to an address that has moved.
pub async fn render(State(web): State<Arc<Web>>, mut request: Request, next: Next) -> Response {
    let sent = Sent::default();
    request.extensions_mut().insert(sent.clone());
    let unsent = unsaved::Unsent::of(&request);
    let path = request.uri().path().to_owned();
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let is_head = request.method() == Method::HEAD;
    let is_reading = is_head || request.method() == Method::GET;
    let response = next.run(request).await;
    let status = response.status();
    let has_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|media_type| media_type.as_bytes().starts_with(b"text/html"));
    let is_for_programs = response.extensions().get::<ForPrograms>().is_some();
    if !(status.is_client_error() || status.is_server_error()) || has_page || is_for_programs {
        return response;
    }
    let app = &*web.app();
    if let Some(trouble) = response.extensions().get::<WriteTrouble>().filter(|_| !is_reading) {
        // Whatever it was that failed: what was sent has not been saved.
        app.store.health().write_failed(*trouble);
        let is_therapist = response.extensions().get::<SignedIn>().is_some();
        return unsaved::page(app, &unsent, sent.form(), *trouble, is_therapist);
    }
    let mut suggestions = Vec::new();
    if status == StatusCode::NOT_FOUND && is_reading {
        if let Some(address) = suggestions::moved(app, &path) {
            // An address of our own; what was asked there is asked at it as well.
            let address = format!("{address}{query}");
            return (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, address)]).into_response();
        }
        // Without suggestions the page is a page as well.
        suggestions = suggestions::suggestions(app, &path).await.unwrap_or_default();
    }
    page(app, response, is_head, suggestions)
}

fn page(app: &App, response: Response, is_head: bool, suggestions: Vec<Suggestion>) -> Response {
    let status = response.status();
    let (mut parts, _) = response.into_parts();
    let failure = parts.extensions.remove::<Failure>().unwrap_or_default();
    let is_therapist = parts.extensions.get::<SignedIn>().is_some();
    let (title, sentence) = if is_therapist { words_to_therapist(status) } else { words(status) };
    let sentence = failure.sentence.unwrap_or_else(|| sentence.to_owned());
    let reference = failure.reference;
    let html = if is_therapist {
        AdminErrorPage { frame: Frame::admin(app, title, ""), title, sentence, reference }.render()
    } else {
        let is_missing = status == StatusCode::NOT_FOUND;
        ErrorPage { frame: Frame::private(app, title), title, sentence, reference, is_missing, suggestions }
            .render()
    };
    let html = html.unwrap_or_else(|_| title.to_owned());
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(HTML));
    for kept in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = parts.headers.remove(&kept) {
            headers.insert(kept, value);
        }
    }
    let body = if is_head { String::new() } else { html };
    (status, headers, body).into_response()
}

/// What the therapist reads who is signed in: they can call nobody.
fn words_to_therapist(status: StatusCode) -> (&'static str, &'static str) {
    match status.as_u16() {
        404 => ("Page not found", "The address may have been cut off, or what it led to is gone."),
        429 => ("That was a bit fast", "Please wait a few minutes and try again."),
        503 => ("Too busy right now", "Please try again in a minute."),
        500.. => ("Something went wrong", "Nothing was changed. Please try again."),
        _ => words(status),
    }
}

fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status.as_u16() {
        403 => (
            "This form didn't come from my site",
            "To keep you safe, I only take forms sent from my own pages. Please open the page again and send it from there.",
        ),
        404 => (
            "Page not found",
            "The address may have been cut off, or the link may have expired. Links in my emails stop working a while after your visit.",
        ),
        405 => (
            "That doesn't work here",
            "You can't do that at this address. Please go back to the page you came from.",
        ),
        408 => ("That took too long", "The connection was too slow. Please try again."),
        409 => ("That can't be done right now", "Nothing was changed."),
        413 => ("That's too much text", "Please shorten what you wrote and send it again."),
        415 | 422 | 400 => {
            ("I couldn't read that", "What came in isn't a form from my site. Please open the page again.")
        }
        429 => (
            "That was a bit fast",
            "A lot of forms came from your connection just now. Please wait a few minutes and try again, or call.",
        ),
        503 => ("Too busy right now", "Please try again in a minute, or call."),
        _ => (
            "Something went wrong",
            "It's my site's problem, not yours, and nothing was changed. Please try again, or call.",
        ),
    }
}
