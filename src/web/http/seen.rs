//! What the log tells of requests: who was turned away and why, and, at
//! `debug`, a line for each. It names the route's pattern, never a path: there
//! are tokens in paths.

use std::{sync::Arc, time::Instant};

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, StatusCode, header,
        uri::{Authority, Uri},
    },
    middleware::Next,
    response::Response,
};

use super::{client_address, request_id, route::Route};
use crate::web::Web;

/// What a 429 says where nobody knows how long it will be: until an answer has come.
const SOME_TIME: HeaderValue = HeaderValue::from_static("3600");

pub async fn log(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    request_id::with_one(answer(web, request, next)).await
}

async fn answer(web: Arc<Web>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let route = Route::of(request.extensions());
    let method = request.method().clone();
    let peer = client_address::peer(request.extensions());
    let client = client_address::behind_proxies(peer, request.headers(), &web.trusted_proxies);
    if let Some(proxy) = client_address::unnamed_proxy(peer, request.headers(), &web.trusted_proxies)
        && web.unnamed_proxy.set(proxy).is_ok()
    {
        tracing::warn!("{}", through_unnamed(proxy));
    }
    let hosts = (!method.is_safe()).then(|| Hosts::of(request.headers()));
    let mut response = next.run(request).await;
    match (response.status(), hosts) {
        (StatusCode::FORBIDDEN, Some(Hosts { from, to })) => {
            let ours = web.app().base.host().to_owned();
            tracing::warn!(
                %client, route = route.as_str(), from, to, ours,
                "a form was refused: it comes from another site, or a proxy in front changes the host"
            );
        }
        (StatusCode::TOO_MANY_REQUESTS, _) => {
            response.headers_mut().entry(header::RETRY_AFTER).or_insert(SOME_TIME);
            tracing::warn!(%client, route = route.as_str(), "too many posts, or too many requests of one contact");
        }
        _ => {}
    }
    route.answered(&method, response.status(), begun);
    response.extensions_mut().insert(route);
    response
}

/// What the log and the therapist are told of a proxy that nobody has named.
pub fn through_unnamed(proxy: impl std::fmt::Display) -> String {
    format!("requests come through {proxy} with X-Forwarded-For; set TRUSTED_PROXIES")
}

/// Where a form comes from, and where it was sent to.
struct Hosts {
    from: String,
    to: String,
}

impl Hosts {
    fn of(headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        let from = match text(header::ORIGIN) {
            Some("null") => "null".to_owned(),
            origin => host(origin, |origin| origin.parse::<Uri>().ok()?.into_parts().authority),
        };
        Self { from, to: host(text(header::HOST), |host| host.parse().ok()) }
    }
}

/// A host alone: whatever else somebody sends has no place in the log.
fn host(sent: Option<&str>, read: impl Fn(&str) -> Option<Authority>) -> String {
    let Some(sent) = sent else { return "none".to_owned() };
    match read(sent).filter(|authority| !authority.as_str().contains('@')) {
        Some(authority) if authority.as_str().len() <= 255 => authority.as_str().to_owned(),
        _ => "unreadable".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_alone_are_told_of_what_a_form_comes_with() {
        for (origin, from) in [
            (Some("https://evil.example"), "evil.example"),
            (Some("http://127.0.0.1:8080"), "127.0.0.1:8080"),
            (Some("https://[2001:db8::1]:443"), "[2001:db8::1]:443"),
            (Some("https://evil.example/appointments/0123?email=june@example.com"), "evil.example"),
            (Some("https://june@example.com"), "unreadable"),
            (Some("null"), "null"),
            (Some("June Okafor"), "unreadable"),
            (Some(""), "unreadable"),
            (None, "none"),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().expect("a header"));
            }
            headers.insert(header::HOST, HeaderValue::from_static("practice.example:8080"));
            let hosts = Hosts::of(&headers);
            assert_eq!(
                (hosts.from.as_str(), hosts.to.as_str()),
                (from, "practice.example:8080"),
                "{origin:?}"
            );
        }
        assert_eq!(Hosts::of(&HeaderMap::new()).to, "none");
    }
}
