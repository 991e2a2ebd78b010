//! The email to the therapist with a reader's question.

use askama::Template;

use super::{email::Email, html};
use crate::domain::{appointment::Side, practice::Practice, question::Question};

pub struct Facts<'a> {
    pub practice: &'a Practice,
    /// The title of the article that is asked about.
    pub article: &'a str,
    /// Its whole address.
    pub article_page: String,
    pub question: &'a Question,
    /// Where the email's button leads: to an email of the therapist's to the reader.
    pub page: String,
}

#[derive(Template)]
#[template(path = "emails/question/subject.txt")]
struct Subject<'a> {
    l: &'a Facts<'a>,
}

#[derive(Template)]
#[template(path = "emails/question/body.txt")]
struct Text<'a> {
    l: &'a Facts<'a>,
}

#[derive(Template)]
#[template(path = "emails/question/body.html")]
struct Html<'a> {
    l: &'a Facts<'a>,
    subject: &'a str,
}

/// Writes the email. `digest` tells one question from another; `message_id`
/// stands in angle brackets.
pub fn write(l: &Facts<'_>, digest: &[u8], message_id: String) -> askama::Result<Email> {
    let number: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let subject = Subject { l }.render()?.trim().to_owned();
    Ok(Email {
        key: format!("question/{number}"),
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
