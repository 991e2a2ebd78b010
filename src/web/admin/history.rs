//! `GET /admin/history`: who did what, and when, the newest first.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

use crate::{
    domain::time,
    urls,
    web::{
        Web,
        admin::parts::happened::HappenedView,
        http::{answer, error::Error, field::Field, query::Query},
        parts::{
            self,
            page::Frame,
            pager::{self, Pager},
        },
    },
};

#[derive(Template)]
#[template(path = "admin/history.html")]
struct HistoryPage<'a> {
    frame: Frame<'a>,
    zone: String,
    /// What happened on each date, the newest first.
    days: Vec<(String, Vec<HappenedView>)>,
    pager: Pager,
}

pub async fn show(State(web): State<Arc<Web>>, query: Query) -> Result<Response, Error> {
    let app = &*web.app();
    let page = pager::asked(query.get(Field::Page)).ok_or(Error::NotFound)?;
    // One more than is shown tells whether there is another page.
    let mut happened = app.store.read().await?.happened(pager::MOST + 1, (page - 1) * pager::MOST).await?;
    if happened.is_empty() && page > 1 {
        return Err(Error::NotFound);
    }
    let has_older = happened.len() > pager::MOST;
    happened.truncate(pager::MOST);
    let zone = app.practice().zone;
    let today = time::date(zone, app.now());
    let mut days: Vec<(String, Vec<HappenedView>)> = Vec::new();
    for one in &happened {
        let date = time::date_words_from(today, time::date(zone, one.entry.at));
        let line = HappenedView::new(app, one);
        match days.last_mut() {
            Some((last, lines)) if *last == date => lines.push(line),
            _ => days.push((date, vec![line])),
        }
    }
    let pager = Pager::at(urls::HISTORY, page, has_older);
    let frame = Frame::admin(app, &pager.title("History"), urls::HISTORY);
    answer::html(StatusCode::OK, &HistoryPage { frame, zone: parts::zones(app, today, today), days, pager })
}
