//! The addresses of the emails, as the therapist looks at them.

use super::today::ADMIN;
use crate::domain::ids::EmailId;

pub const EMAILS: &str = "/admin/emails";
/// Those alone that have met trouble.
pub const EMAILS_IN_TROUBLE: &str = "/admin/emails?trouble=yes";
/// Every kind of email, on invented data.
pub const EMAIL_PREVIEW: &str = "/admin/emails/preview";
pub const TEST_EMAIL: &str = "/admin/emails/test";
/// What would be emailed after a restore.
pub const RESTORED: &str = "/admin/restored";
pub const EMAILS_RETRY: &str = "/admin/emails/retry";

/// An email as it was written, and what has become of it.
pub fn email(id: EmailId) -> String {
    format!("{EMAILS}/{id}")
}

/// A kind of email on invented data.
pub fn email_preview(kind: &str) -> String {
    format!("{EMAIL_PREVIEW}/{kind}")
}

/// Its HTML part alone.
pub fn email_preview_html(kind: &str) -> String {
    format!("{}/html", email_preview(kind))
}

/// Where an email goes out once more.
pub fn email_again(id: EmailId) -> String {
    format!("{}/again", email(id))
}

/// Where it is noted that an email came back.
pub fn email_came_back(id: EmailId) -> String {
    format!("{}/came-back", email(id))
}

/// Where the address of an email that came back works again.
pub fn email_came_back_end(id: EmailId) -> String {
    format!("{}/end", email_came_back(id))
}

pub fn email_settled(id: EmailId) -> String {
    format!("{ADMIN}/emails/{id}/settled")
}
