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
    Token::parse(jar.get(name(app))?.value())
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
    let secure = if app.base.is_https() { "; Secure" } else { "" };
    let cookie = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", name(app));
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
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
    use super::destination;

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
