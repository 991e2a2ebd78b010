//! The route that made an answer, by its pattern: never a path, since there are
//! tokens in paths.

use std::{sync::Arc, time::Instant};

use axum::{
    extract::MatchedPath,
    http::{Extensions, Method, StatusCode},
};

/// The pattern of the route that made a response.
#[derive(Clone, PartialEq)]
pub struct Route(Arc<str>);

impl Route {
    pub fn of(request: &Extensions) -> Self {
        Self(request.get::<MatchedPath>().map_or("none", MatchedPath::as_str).into())
    }

    /// Where a response does not say it, no route of ours has made it.
    pub fn that_made(response: &Extensions) -> Self {
        response.get().cloned().unwrap_or_else(|| Self("none".into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The log's line of a request that was answered.
    pub fn answered(&self, method: &Method, status: StatusCode, begun: Instant) {
        tracing::debug!(
            %method, route = self.as_str(), status = status.as_u16(), ms = begun.elapsed().as_millis(), "answered"
        );
    }
}
