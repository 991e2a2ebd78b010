//! What has become of an email, in words.

use crate::{
    app::App,
    domain::{appointment::Side, time::Instant},
    store::{Outcome, WrittenEmail},
    web::parts::When,
};

/// How an email stands: `Waiting since` a time, and whatever else there is to know.
pub struct StateView<'a> {
    pub words: &'static str,
    /// Goes on where the words end.
    pub when: Option<When>,
    /// When it is tried again.
    pub next: Option<When>,
    pub is_trouble: bool,
    /// What became of the last attempt, in sentences.
    pub trouble: Option<&'a str>,
    /// What the mail server said last, word for word.
    pub answer: Option<&'a str>,
}

impl<'a> StateView<'a> {
    pub fn new(app: &App, email: &'a WrittenEmail, now: Instant) -> Self {
        let is_too_late = email.not_after.zip(email.outcome_at).is_some_and(|(end, at)| end < at);
        let held_until = email.is_held_until(now);
        let has_failed = email.trouble.is_some();
        let (words, at) = match email.outcome {
            _ if email.came_back_at.is_some() => ("Came back. You said so", email.came_back_at),
            Outcome::Waiting if email.is_set_aside => {
                ("Not sent: something newer takes its place unless you undo that", None)
            }
            Outcome::Waiting if held_until.is_some() => ("You can still undo this. Goes out", held_until),
            Outcome::Waiting => ("Waiting since", Some(email.written_at)),
            Outcome::Sent => ("Sent", email.outcome_at),
            Outcome::Lapsed if is_too_late => ("Not sent: its time had passed", None),
            Outcome::Lapsed if email.is_settled => ("Not sent: you left it out after a restore", None),
            Outcome::Lapsed => ("Not sent: something newer took its place", None),
            Outcome::GivenUp => ("Couldn't be delivered", email.outcome_at),
        };
        let is_tried = !app.mailer.is_held();
        let is_waiting = email.outcome == Outcome::Waiting && !email.is_set_aside && held_until.is_none();
        Self {
            words,
            when: at.map(|at| When::new(app, at)),
            next: (is_waiting && is_tried && now < email.next_attempt_at)
                .then(|| When::new(app, email.next_attempt_at)),
            is_trouble: email.came_back_at.is_some()
                || email.outcome == Outcome::GivenUp
                || is_waiting && has_failed,
            trouble: match email.tried_at {
                Some(_) if is_waiting && !has_failed => Some("The mail server hasn't answered yet."),
                _ => email.trouble.as_deref(),
            },
            answer: email.answer.as_deref(),
        }
    }
}

/// Whom an email is to: their name, where it is known, and the address.
pub struct ReaderView<'a> {
    pub name: Option<&'a str>,
    pub address: &'a str,
}

impl<'a> ReaderView<'a> {
    pub fn of(email: &'a WrittenEmail) -> Self {
        let name = match email.side {
            Side::Therapist => Some("you"),
            Side::Client => email.name.as_deref(),
        };
        Self { name, address: &email.recipient }
    }
}
