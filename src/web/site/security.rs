//! `GET /.well-known/security.txt`: whom to tell of a hole, as RFC 9116 has it.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};
use chrono::{Datelike, Months, NaiveDate};

use crate::{
    domain::time,
    urls,
    web::{Web, cache::CachePolicy, http::error::Error},
};

/// For how many months somebody may rely on it. The RFC (2.5.5) wants less than a year.
const GOOD_FOR: Months = Months::new(6);

#[derive(Template)]
#[template(path = "site/security.txt")]
struct Security<'a> {
    email: &'a str,
    expires: String,
    canonical: String,
}

pub async fn show(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    let app = &*web.app();
    let today = time::date(app.practice().zone, app.now());
    // The same for a month, so that it can be kept.
    let month = NaiveDate::from_ymd_opt(today.year(), today.month(), 1).unwrap_or(today);
    let end = month.checked_add_months(GOOD_FOR).unwrap_or(month);
    web.cache.answer(
        CachePolicy::UntilWrite,
        "text/plain; charset=utf-8",
        &headers,
        &Security {
            email: &app.practice().therapist.email,
            expires: time::write_instant(time::start_of_day(app.practice().zone, end)),
            canonical: app.base.to(urls::SECURITY),
        },
    )
}
