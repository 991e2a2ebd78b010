//! `GET /admin/articles`: all that the therapist has written, and what is wrong
//! with it as it lies in the content folder now.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::NaiveDate;

use crate::{
    app::App,
    content::{
        problem::{self, Problem},
        read::{page as pages, prose::Prose},
    },
    domain::time,
    planning::replaced,
    urls,
    web::{
        Web,
        http::{answer, error::Error},
        parts::{When, page::Frame},
    },
};

#[derive(Template)]
#[template(path = "admin/articles.html")]
struct ContentPage<'a> {
    frame: Frame<'a>,
    /// When what is shown was read.
    read: When,
    heading: String,
    problems: &'a [Problem],
    remarks: &'a [Problem],
    /// A file that keeps changing.
    unsettled: Option<&'a str>,
    /// What of the practice file has no effect, each in a sentence.
    replaced: Vec<String>,
    /// What is added to from time to time.
    growing: Vec<Part>,
    /// What there is once.
    standing: Vec<Part>,
}

/// A part of the content, and what is in it.
struct Part {
    id: &'static str,
    heading: &'static str,
    entries: Vec<Entry>,
}

struct Entry {
    title: String,
    /// Where it is shown, if it is.
    href: Option<String>,
    /// Its file, where it has one of its own.
    file: Option<String>,
    dates: String,
}

pub async fn show(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    let app = &*web.app();
    let content_page = ContentPage {
        frame: Frame::admin(app, "Content", urls::CONTENT),
        read: When::new(app, app.read_at),
        heading: problem::words(app.problems.len()),
        problems: &app.problems,
        remarks: &app.site.remarks,
        unsettled: app.unsettled.as_deref(),
        replaced: replaced::replaced(app).await?,
        growing: vec![
            Part { id: "articles", heading: "Articles", entries: articles(app) },
            Part { id: "testimonials", heading: "Testimonials", entries: testimonials(app) },
        ],
        standing: vec![
            Part { id: "pages", heading: "Pages", entries: pages(app) },
            Part { id: "services", heading: "Services", entries: services(app) },
            Part { id: "offices", heading: "Offices", entries: offices(app) },
        ],
    };
    answer::html(StatusCode::OK, &content_page)
}

fn articles(app: &App) -> Vec<Entry> {
    let entries = app.site.articles.iter().map(|article| Entry {
        title: article.title.clone(),
        href: Some(urls::article(&article.slug.value)),
        file: Some(article.file.clone()),
        dates: format!(
            "Published {}.{}",
            time::long_date_words(article.published),
            article.revised.map(|date| format!(" {}", revised(Some(date)))).unwrap_or_default()
        ),
    });
    entries.collect()
}

fn pages(app: &App) -> Vec<Entry> {
    let entries = app.site.pages.iter().map(|(name, page)| Entry {
        title: page.title.clone(),
        href: Some(if name == "home" { urls::HOME.to_owned() } else { format!("/{name}") }),
        file: Some(format!("pages/{name}.md")),
        dates: revised(page.revised),
    });
    entries.collect()
}

fn services(app: &App) -> Vec<Entry> {
    let entries = app.practice().services.iter().map(|service| {
        let prose = app.site.services.get(&service.slug);
        let is_offered = app.practice().services_offered().any(|offered| offered.slug == service.slug);
        Entry {
            title: format!("{}, {} minutes", service.name, service.minutes),
            href: is_offered.then(|| urls::service(&service.slug)),
            file: prose.map(|_| format!("services/{}.md", service.slug)),
            dates: if is_offered { revised_prose(prose) } else { "Retired.".to_owned() },
        }
    });
    entries.collect()
}

fn offices(app: &App) -> Vec<Entry> {
    let entries = app.practice().offices.iter().map(|office| {
        let prose = app.site.offices.get(&office.slug);
        Entry {
            title: office.name.clone(),
            href: Some(urls::office(&office.slug)),
            file: prose.map(|_| format!("offices/{}.md", office.slug)),
            dates: revised_prose(prose),
        }
    });
    entries.collect()
}

fn testimonials(app: &App) -> Vec<Entry> {
    let is_shown = app.site.pages.contains_key(pages::TESTIMONIALS);
    let entries = app.site.testimonials.iter().map(|said| Entry {
        title: format!("{}, {}", said.who, said.year),
        href: is_shown.then(|| urls::TESTIMONIALS.to_owned()),
        file: None,
        dates: String::new(),
    });
    entries.collect()
}

fn revised_prose(prose: Option<&Prose>) -> String {
    revised(prose.and_then(|prose| prose.revised))
}

fn revised(date: Option<NaiveDate>) -> String {
    date.map(|date| format!("Revised {}.", time::long_date_words(date))).unwrap_or_default()
}
