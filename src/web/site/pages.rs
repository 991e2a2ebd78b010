//! Pages that are text and little else: `/about`, `/faq`, `/policies`,
//! `/privacy`, `/accessibility`.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};

use crate::{
    content::page::Page,
    domain::policy::Policy,
    urls,
    web::{Web, error::Error, kept, page::Frame},
};

#[derive(Template)]
#[template(path = "site/page.html")]
struct TextPage<'a> {
    frame: Frame<'a>,
    page: &'a Page,
    /// Shown under the title of the policies.
    policy: Option<&'a Policy>,
    is_faq: bool,
}

pub async fn about(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    show(&web, &headers, urls::ABOUT)
}

pub async fn faq(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    show(&web, &headers, urls::FAQ)
}

pub async fn policies(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    show(&web, &headers, urls::POLICIES)
}

pub async fn privacy(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    show(&web, &headers, urls::PRIVACY)
}

pub async fn accessibility(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    show(&web, &headers, urls::ACCESSIBILITY)
}

fn show(web: &Web, headers: &HeaderMap, path: &'static str) -> Result<Response, Error> {
    let app = &*web.app;
    let page = app.site.pages.get(path.trim_start_matches('/')).ok_or(Error::NotFound)?;
    web.kept.serve(path.to_owned(), kept::HTML, headers, || {
        Ok(TextPage {
            frame: Frame::public(app, path, &page.title, page.description.clone()),
            page,
            policy: (path == urls::POLICIES).then_some(&app.practice().policy),
            is_faq: path == urls::FAQ,
        })
    })
}
