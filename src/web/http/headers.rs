//! Headers that every answer carries: what a page may load, where it may send,
//! and who may keep it.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};

use crate::{
    urls,
    web::{Web, cache::CachePolicy},
};

/// Who may show a picture of ours: whoever shows the feed, or an address that was
/// shared, does so in a browser and from another origin.
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Nothing but our own stylesheets, fonts and pictures; no script at all, but
/// our own on the therapist's pages. What
/// pages say to machines stands in a `script` element that browsers do not run.
/// Without a script nothing connects; what a browser's own tools read, such as
/// `robots.txt`, they may.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; \
     img-src 'self' data:; manifest-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";

const ADMIN_CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     font-src 'self'; img-src 'self' data:; manifest-src 'self'; connect-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // Not `no-referrer`: form posts would then carry `Origin: null`.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (RESOURCE_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// What an answer has to do with frames, where it is not as all others: nothing
/// frames those, and they frame nothing.
#[derive(Clone, Copy)]
pub enum Framing {
    /// A page of ours in which an email is shown in a frame.
    ShowsEmail,
    /// An email's own HTML: its styles stand in it, and nothing in it runs or loads.
    IsEmail,
}

/// Below these every page is somebody's,
const OF_A_PERSON: [&str; 3] = [urls::APPOINTMENTS, urls::WAITLIST, urls::ADMIN];
/// but for these, which everybody sees alike.
const OF_EVERYBODY: [&str; 3] = [urls::APPOINTMENTS, urls::NEW_APPOINTMENT, urls::WAITLIST];

const EMAIL_SECURITY_POLICY: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

pub async fn add(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let of_article = path.strip_prefix(urls::ARTICLES).and_then(|rest| rest.strip_prefix('/'));
    let is_question = of_article.is_some_and(|rest| rest.contains("/question"));
    let is_form = OF_A_PERSON.iter().any(|room| urls::is_within(path, room)) || is_question;
    let is_admin = urls::is_within(path, urls::ADMIN);
    let is_public_form = is_question || OF_EVERYBODY.contains(&path);
    // With a link to an earlier visit in its address, the page of openings is a person's too.
    let is_again = request.uri().query().is_some_and(|query| query.contains("again="));
    let is_personal = is_form && (is_again || !OF_EVERYBODY.contains(&path));
    let is_picture = [urls::IMAGES, urls::CARDS]
        .iter()
        .any(|room| path.strip_prefix(room).is_some_and(|rest| rest.starts_with('/')))
        || path == urls::CARD;
    let is_reading = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut response = next.run(request).await;
    let status = response.status();
    let framing = response.extensions().get::<Framing>().copied();
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_admin {
        let policy = HeaderValue::from_static(ADMIN_CONTENT_SECURITY_POLICY);
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    match framing {
        Some(Framing::ShowsEmail) => {
            let policy = headers.get(header::CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
            let policy = format!("{}; frame-src 'self'", policy.unwrap_or(CONTENT_SECURITY_POLICY));
            if let Ok(policy) = HeaderValue::from_str(&policy) {
                headers.insert(header::CONTENT_SECURITY_POLICY, policy);
            }
        }
        Some(Framing::IsEmail) => {
            let policy = HeaderValue::from_static(EMAIL_SECURITY_POLICY);
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
            headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
        }
        None => {}
    }
    if is_picture {
        headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    }
    if web.app().base.is_https() {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    if is_form {
        // Back brings a public form as it was typed, and a page that came of one without sending it
        // again: browsers do that from what they keep, and `no-store` would leave them nothing.
        let kept = match is_public_form {
            true => HeaderValue::from_static("private, no-cache"),
            false => CachePolicy::Never.cache_control(),
        };
        headers.insert(header::CACHE_CONTROL, kept);
    } else if !headers.contains_key(header::CACHE_CONTROL) {
        // Where nothing is said a cache keeps some answers for as long as it sees fit, and what is missing
        // today may be there tomorrow.
        let kept = match status {
            StatusCode::NOT_FOUND | StatusCode::MOVED_PERMANENTLY if is_reading => {
                CachePolicy::Missing.cache_control()
            }
            _ => HeaderValue::from_static("no-cache"),
        };
        headers.insert(header::CACHE_CONTROL, kept);
    }
    if is_personal {
        headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    }
    response
}
