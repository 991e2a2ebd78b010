//! Who is signed in: the session's cookie, and the door before the therapist's pages.

use std::sync::Arc;

use axum::{
    extract::{FromRequest, Request, State},
    http::{HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;

use crate::{
    account::{session as sessions, session::Session},
    app::App,
    domain::{ids::Token, time},
    urls,
    web::{
        Web,
        http::{
            answer,
            error::{Error, SignedIn},
            field::Field,
            submission::Submission,
        },
    },
};

/// On https the name itself keeps the cookie from being set by anybody else
/// (RFC 6265bis, section 4.1.3.2); on http browsers would not send it back.
fn name(app: &App) -> &'static str {
    if app.base.is_https() { "__Host-session" } else { "session" }
}

/// The token in a request's cookie, good or not.
pub fn token(app: &App, jar: &CookieJar) -> Option<Token> {
    read(name(app), jar)
}

fn read(name: &str, jar: &CookieJar) -> Option<Token> {
    Token::parse(jar.get(name)?.value())
}

/// Sets the cookie that begins a session.
pub fn begun(app: &App, token: &Token, response: Response) -> Response {
    // The browser sends it a while longer: a form that comes too late is to be known.
    let lasts = sessions::LASTS + sessions::LATELY;
    with_cookie(app, &token.to_string(), lasts.num_seconds(), response)
}

/// Takes the cookie back.
pub fn ended(app: &App, response: Response) -> Response {
    with_cookie(app, "", 0, response)
}

fn with_cookie(app: &App, value: &str, seconds: i64, mut response: Response) -> Response {
    let cookie = written(name(app), value, seconds, app.base.is_https());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

fn written(name: &str, value: &str, seconds: i64, is_secure: bool) -> String {
    let secure = if is_secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

/// True when the request comes with a session that is good.
pub async fn is_signed_in(app: &App, jar: &CookieJar) -> Result<bool, Error> {
    match token(app, jar) {
        Some(token) => Ok(matches!(sessions::session(app, &token).await?, Session::Good(_))),
        None => Ok(false),
    }
}

/// The door: without a session every page behind it, existing or not, leads to
/// the sign-in, and from there to where a link wanted to go, or to the form that
/// was sent while the session ran out.
pub async fn required(State(web): State<Arc<Web>>, jar: CookieJar, request: Request, next: Next) -> Response {
    let app = web.app();
    let Some(token) = token(&app, &jar) else { return to_the_door(&request) };
    match sessions::session(&app, &token).await {
        Ok(Session::Good(end)) => {
            let is_prolonged = sessions::prolong(&web.current, &token, end).await;
            let mut response = next.run(request).await;
            response.extensions_mut().insert(SignedIn);
            // What the page has set itself, such as the end of the session, comes last.
            let is_set = response.headers().contains_key(header::SET_COOKIE);
            if is_prolonged && !is_set { begun(&app, &token, response) } else { response }
        }
        Ok(Session::RanOut) if request.method() == Method::POST => keep_form(&web, &app, request).await,
        Ok(Session::RanOut | Session::None) => to_the_door(&request),
        Err(error) => Error::from(error).into_response(),
    }
}

fn to_the_door(request: &Request) -> Response {
    let path = request.uri().path();
    let is_link = matches!(*request.method(), Method::GET | Method::HEAD) && path != urls::ADMIN;
    match destination(path).filter(|_| is_link) {
        Some(destination) => answer::see_other(&urls::session_for(destination)),
        None => answer::see_other(urls::SESSION),
    }
}

/// Keeps what was typed until its owner has signed in again.
async fn keep_form(web: &Arc<Web>, app: &App, request: Request) -> Response {
    let action = request.uri().path().to_owned();
    if action == urls::SESSION_END {
        return answer::see_other(urls::SESSION);
    }
    match Submission::from_request(request, web).await {
        // A password is not kept for a moment, and asked for again by its own page.
        Ok(form) if form.is_checked(Field::Password) => answer::see_other(urls::SESSION),
        Ok(form) => {
            let token = app.fresh_token();
            let address = urls::session_for_form(&token);
            web.kept_forms.keep(token, &action, form, app.now());
            answer::see_other(&address)
        }
        Err(error) => error.into_response(),
    }
}

/// Where the sign-in may lead on to: the page of an appointment or of a day,
/// which emails link to, and nowhere else.
pub fn destination(path: &str) -> Option<&str> {
    let below = |folder: &str| path.strip_prefix(folder)?.strip_prefix('/');
    let is_appointment = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    let is_one = below(urls::ADMIN_APPOINTMENTS).is_some_and(is_appointment)
        || below(urls::DAYS).is_some_and(|date| time::parse_date(date).is_some());
    is_one.then_some(path)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::domain::example::any_text;

    const PIECES: &[&str] =
        &["; ", ";", "=", "session", "sessions", "__Host-", " ", "\"", "%", "%20", ",", "a"];

    fn jar<'l>(lines: impl IntoIterator<Item = &'l [u8]>) -> CookieJar {
        let lines = lines.into_iter().filter_map(|line| HeaderValue::from_bytes(line).ok());
        CookieJar::from_headers(&lines.map(|line| (header::COOKIE, line)).collect::<HeaderMap>())
    }

    proptest! {
        #[test]
        fn a_cookie_is_read_as_it_was_set_whatever_stands_before_it(
            secret in any::<[u8; 16]>(), others in vec(any_text(&["; ", "=", "a", "b"]), 0..3), is_secure: bool,
        ) {
            let token = Token::new(secret);
            let name = if is_secure { "__Host-session" } else { "session" };
            let set = written(name, &token.to_string(), 60, is_secure);
            let back = set.split(';').next().expect("a pair").to_owned();
            prop_assume!(others.iter().all(|other| !other.contains("session")));
            let line = others.into_iter().map(|other| other.replace(|c: char| !c.is_ascii_graphic() && c != ' ', ""));
            let line = line.chain([back]).collect::<Vec<_>>().join("; ");
            prop_assert!(read(name, &jar([line.as_bytes()])) == Some(token), "{line}");
        }

        #[test]
        fn any_cookies_are_a_token_or_none(lines in vec(prop_oneof![
            vec(any::<u8>(), 0..80),
            any_text(PIECES).prop_map(String::into_bytes),
        ], 0..3)) {
            let _ = read("session", &jar(lines.iter().map(Vec::as_slice)));
        }
    }

    #[test]
    fn the_sign_in_leads_to_the_therapists_pages_alone() {
        for path in ["/admin/appointments/12", "/admin/days/2026-12-08"] {
            assert_eq!(destination(path), Some(path));
        }
        for path in [
            "/",
            "/admin",
            "//evil.example",
            "/admin//evil",
            "https://evil.example",
            "/admin/../x",
            "/admin/a?b",
            "/admin\\x",
            "/administrator",
            "/admin/session/end",
            "/admin/appointments/1/confirmation",
            "/admin/days",
            "/admin/days/",
            "/admin/days/tomorrow",
            "/admin/days/2026-12-08/plan",
            "/admin/days/2026-02-30",
        ] {
            assert_eq!(destination(path), None, "{path}");
        }
    }
}
