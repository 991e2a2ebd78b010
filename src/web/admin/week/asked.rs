//! The date that an address asks for, and what is said where it is none.

use axum::http::StatusCode;
use chrono::NaiveDate;

use crate::{
    domain::time,
    web::http::{field::Field, query::Query},
};

/// Today, where nothing else can be read.
pub struct Asked {
    pub date: NaiveDate,
    pub status: StatusCode,
    /// What was asked for and is no date.
    pub unread: Option<String>,
}

impl Asked {
    pub fn of(query: &Query, today: NaiveDate) -> Self {
        let (date, status, unread) = match query.get(Field::From).map(|text| (text, time::parse_date(text))) {
            None => (today, StatusCode::OK, None),
            Some((_, Some(date))) => (date, StatusCode::OK, None),
            Some((text, None)) => (today, StatusCode::UNPROCESSABLE_ENTITY, Some(text.to_owned())),
        };
        Self { date, status, unread }
    }
}
