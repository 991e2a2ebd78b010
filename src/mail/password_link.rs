//! The email to the therapist with the link that sets a new password.

use askama::Template;

use super::{email::Email, html};
use crate::domain::{
    appointment::Side,
    ids::Token,
    practice::Practice,
    time::{self, Instant},
};

pub struct Facts<'a> {
    pub practice: &'a Practice,
    /// Where the email's button leads: to the page that sets the password.
    pub page: String,
    /// Until when the link is good.
    pub good_until: Instant,
}

impl Facts<'_> {
    /// `9:00 am (PST)`
    fn until(&self) -> String {
        let zone = self.practice.zone;
        format!("{} ({})", time::time_words(zone, self.good_until), time::zone_words(zone, self.good_until))
    }
}

#[derive(Template)]
#[template(path = "emails/password_link/subject.txt")]
struct Subject;

#[derive(Template)]
#[template(path = "emails/password_link/body.txt")]
struct Text<'a> {
    l: &'a Facts<'a>,
}

#[derive(Template)]
#[template(path = "emails/password_link/body.html")]
struct Html<'a> {
    l: &'a Facts<'a>,
    subject: &'a str,
}

/// Writes the email. `number` tells it from the others, and is not the link's
/// token; `message_id` stands in angle brackets.
pub fn write(l: &Facts<'_>, number: &Token, message_id: String) -> askama::Result<Email> {
    let subject = Subject.render()?.trim().to_owned();
    Ok(Email {
        key: format!("password_link/{number}"),
        appointment: None,
        side: Side::Therapist,
        recipient: l.practice.therapist.email.clone(),
        text: Text { l }.render()?,
        html: html::part(&Html { l, subject: &subject })?,
        subject,
        calendar: None,
        message_id,
        not_after: Some(l.good_until),
        before: None,
    })
}
