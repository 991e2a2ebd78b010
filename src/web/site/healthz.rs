//! `GET /healthz`: whether booking works, for whoever watches over the program. What
//! else there is to know is nobody's business; it stands on the therapist's Today.

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::web::{Web, http::error::ForPrograms};

/// 503 while the last write failed, or a job is down that booking needs.
pub async fn show(State(web): State<Arc<Web>>) -> Response {
    if !web.app().store.health().booking_fails() {
        return "ok\n".into_response();
    }
    let mut response = (StatusCode::SERVICE_UNAVAILABLE, "booking fails\n").into_response();
    response.extensions_mut().insert(ForPrograms);
    response
}
