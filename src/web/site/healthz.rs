//! `GET /healthz`: whether the practice is well, for whoever watches over the program.

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::web::{Web, http::error::ForPrograms};

/// 503 while the last write failed or a job is down, with a line for each.
pub async fn show(State(web): State<Arc<Web>>) -> Response {
    let app = web.app();
    let health = app.store.health();
    let write = health.write_trouble().map(|trouble| format!("the last write failed: {trouble}\n"));
    let jobs = health.jobs_down().into_iter().map(|job| format!("down: {job}\n"));
    let troubles: String = write.into_iter().chain(jobs).collect();
    if troubles.is_empty() {
        return "ok\n".into_response();
    }
    let mut response = (StatusCode::SERVICE_UNAVAILABLE, troubles).into_response();
    response.extensions_mut().insert(ForPrograms);
    response
}
