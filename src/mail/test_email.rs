//! The email with which the therapist tries whether emails arrive.

use askama::Template;

use super::{email::Email, html};
use crate::domain::{appointment::Side, ids::Token, practice::Practice};

pub struct Facts<'a> {
    pub practice: &'a Practice,
    /// The whole address of the therapist's page of emails.
    pub page: String,
}

#[derive(Template)]
#[template(path = "emails/test/subject.txt")]
struct Subject<'a> {
    l: &'a Facts<'a>,
}

#[derive(Template)]
#[template(path = "emails/test/body.txt")]
struct Text<'a> {
    l: &'a Facts<'a>,
}

#[derive(Template)]
#[template(path = "emails/test/body.html")]
struct Html<'a> {
    l: &'a Facts<'a>,
    subject: &'a str,
}

/// Names the test that has this number.
pub fn key(number: &Token) -> String {
    format!("test/{number}")
}

/// Writes the email. `number` tells one test from another; `message_id` stands
/// in angle brackets.
pub fn write(l: &Facts<'_>, number: &Token, message_id: String) -> askama::Result<Email> {
    let subject = Subject { l }.render()?.trim().to_owned();
    Ok(Email {
        key: key(number),
        appointment: None,
        side: Side::Therapist,
        recipient: l.practice.therapist.email.clone(),
        text: Text { l }.render()?,
        html: html::part(&Html { l, subject: &subject })?,
        subject,
        calendar: None,
        message_id,
        not_after: None,
        before: None,
    })
}
