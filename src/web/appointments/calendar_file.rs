//! `GET /appointments/{token}/calendar.ics`

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};

use super::found;
use crate::{
    calendar::invitation::{self, Method},
    web::{Web, http::error::Error},
};

pub async fn show(State(web): State<Arc<Web>>, Path(token): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let found::Found { appointment, .. } = found::found(app, &token).await?;
    let office = app.practice().office(&appointment.office);
    let file = invitation::file(app.practice(), &appointment, office, Method::Publish);
    let head = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8; method=PUBLISH"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"appointment.ics\""),
    ];
    Ok((head, file).into_response())
}
