//! The addresses of the therapist's sign-in and account.

use super::today::ADMIN;
use crate::domain::ids::{SessionId, Token};

pub const SESSION: &str = "/admin/session";
pub const SESSION_END: &str = "/admin/session/end";
/// Where the one-time code of a sign-in goes.
pub const SESSION_CODE: &str = "/admin/session/code";
pub const SESSION_FORGOTTEN: &str = "/admin/session/forgotten";
/// Password, sign-ins and one-time codes.
pub const ACCOUNT: &str = "/admin/account";
pub const ACCOUNT_PASSWORD: &str = "/admin/account/password";
/// Ends every sign-in but the one that asks.
pub const OTHER_SESSIONS_END: &str = "/admin/account/sessions/end";
pub const SECOND_STEP: &str = "/admin/account/second-step";
pub const SECOND_STEP_END: &str = "/admin/account/second-step/end";

/// Where one sign-in is ended.
pub fn session_end(id: SessionId) -> String {
    format!("{ACCOUNT}/sessions/{id}/end")
}

pub fn welcome(token: &Token) -> String {
    format!("{ADMIN}/welcome/{token}")
}

/// The sign-in that leads on to a form that is kept.
pub fn session_for_form(form: &Token) -> String {
    format!("{SESSION}?form={form}")
}

/// Where a form that is kept comes back.
pub fn kept_form(form: &Token) -> String {
    format!("{ADMIN}/forms/{form}")
}

/// The sign-in that leads on to another page of the therapist's.
pub fn session_for(destination: &str) -> String {
    format!("{SESSION}?to={destination}")
}
