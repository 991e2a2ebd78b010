//! The emails to somebody on the waitlist that are about no opening: the one that asks them to
//! show that the address is theirs, and the one that says that their time on it is up.

use askama::Template;

use super::{email::Email, html};
use crate::{
    domain::{appointment::Side, practice::Practice, waitlist::entry::Entry},
    words,
};

pub struct Facts<'a> {
    pub practice: &'a Practice,
    pub entry: &'a Entry,
    /// Where the email's button leads.
    pub page: String,
    /// Where the waitlist can be joined.
    pub waitlist: String,
}

impl Facts<'_> {
    fn greeting(&self) -> String {
        words::client::greeting(&self.entry.name)
    }

    fn signature(&self) -> String {
        words::client::signature(self.practice)
    }

    fn wishes(&self) -> String {
        words::waitlist::wishes(self.practice, &self.entry.wishes)
    }
}

macro_rules! email {
    ($name:ident, $kind:expr, $subject:literal, $text:literal, $html:literal) => {
        /// Writes the email. `recipient` is its address, `message_id` stands in angle brackets.
        pub fn $name(l: &Facts<'_>, recipient: String, message_id: String) -> askama::Result<Email> {
            #[derive(Template)]
            #[template(path = $subject)]
            struct Subject;
            #[derive(Template)]
            #[template(path = $text)]
            struct Text<'a> {
                l: &'a Facts<'a>,
            }
            #[derive(Template)]
            #[template(path = $html)]
            struct Html<'a> {
                l: &'a Facts<'a>,
                subject: &'a str,
            }
            let subject = Subject.render()?.trim().to_owned();
            Ok(Email {
                key: format!("{}/{}/client", $kind, l.entry.id),
                appointment: None,
                side: Side::Client,
                recipient,
                text: Text { l }.render()?,
                html: html::part(&Html { l, subject: &subject })?,
                subject,
                calendar: None,
                message_id,
                not_after: None,
                before: None,
            })
        }
    };
}

email!(
    joined,
    Entry::JOINED,
    "emails/waitlist/subject.txt",
    "emails/waitlist/body.txt",
    "emails/waitlist/body.html"
);
email!(
    over,
    Entry::OVER,
    "emails/waitlist_over/subject.txt",
    "emails/waitlist_over/body.txt",
    "emails/waitlist_over/body.html"
);
