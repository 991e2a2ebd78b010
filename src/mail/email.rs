//! An email, written whole, ready to be kept and sent.

use crate::domain::{
    appointment::{Appointment, Side, Status},
    ids::{AppointmentId, OfficeSlug, Token},
    time::{Instant, Interval},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// Names the event that it tells of, `confirmed/12/1/client`; one event writes one email.
    pub key: String,
    pub appointment: Option<AppointmentId>,
    /// Whom it is to.
    pub side: Side,
    pub recipient: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub calendar: Option<CalendarPart>,
    /// With its angle brackets. Sending twice sends the same one.
    pub message_id: String,
    /// After this it is no longer worth sending.
    pub not_after: Option<Instant>,
    /// Of a move: where its reader knows the appointment from.
    pub before: Option<Before>,
}

/// Where an appointment was before a move, as whoever reads of the move knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    pub office: OfficeSlug,
    pub start: Instant,
    /// `Requested` where they have not heard that it was confirmed.
    pub status: Status,
}

impl Before {
    pub fn of(a: &Appointment) -> Self {
        Self { office: a.office.clone(), start: a.span.start, status: a.status() }
    }

    /// The appointment as it was then.
    pub fn appointment(self, now: &Appointment) -> Appointment {
        let span = Interval::new(self.start, self.start + now.span.length());
        let before = Appointment { office: self.office, span, ..now.clone() };
        // Of what was not confirmed then, its reader knows a request.
        match self.status {
            Status::Confirmed => before,
            _ => before.as_request(now.requested_at),
        }
    }
}

impl Email {
    /// What its key begins with.
    pub fn kind(&self) -> &str {
        kind(&self.key)
    }
}

/// What a key begins with: what an email of that key tells of.
pub fn kind(key: &str) -> &str {
    key.split_once('/').map_or(key, |(kind, _)| kind)
}

/// An iCalendar file in an email, and its METHOD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarPart {
    pub file: String,
    pub method: String,
}

/// Before the tokens that open something: the pages of a client, the therapist's account.
const LINKS: [&str; 3] = [CLIENT_PAGES[0], CLIENT_PAGES[1], "/admin/welcome/"];
const CLIENT_PAGES: [&str; 2] = ["/appointments/", "/waitlist/"];

/// The tokens of the links to pages of a client that a text carries.
pub fn tokens(text: &str) -> Vec<Token> {
    let behind = |page| text.split(page).skip(1).filter_map(|rest| rest.get(..32).and_then(Token::parse));
    CLIENT_PAGES.into_iter().flat_map(behind).collect()
}

/// A copy of an email's text in which the links that open something no longer do.
pub fn redacted(text: &str) -> String {
    LINKS.into_iter().fold(text.to_owned(), |text, link| without_tokens(&text, link))
}

fn without_tokens(text: &str, link: &str) -> String {
    let mut redacted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(link) {
        let (before, after) = rest.split_at(at + link.len());
        redacted.push_str(before);
        rest = match after.get(..32).and_then(Token::parse) {
            Some(_) => {
                redacted.push('…');
                &after[32..]
            }
            None => after,
        };
    }
    redacted.push_str(rest);
    redacted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::example::any_text;

    const PIECES: &[&str] = &[
        "/appointments/",
        "/waitlist/",
        "/admin/welcome/",
        "0123456789abcdef",
        "0",
        "f",
        "\n",
        " ",
        "é",
        "…",
    ];

    #[test]
    fn links_are_redacted_out_of_the_copy_that_stays() {
        let token = Token::new([7; 16]);
        let text = format!(
            "See\nhttp://x/appointments/{token}\nor http://x/appointments/new and /appointments/{token}/cancellation, http://x/admin/welcome/{token}"
        );
        assert_eq!(tokens(&text), [token.clone(), token.clone()]);
        let copy = redacted(&text);
        assert!(!copy.contains(&token.to_string()), "{copy}");
        assert_eq!(
            copy,
            "See\nhttp://x/appointments/…\nor http://x/appointments/new and /appointments/…/cancellation, http://x/admin/welcome/…"
        );
    }

    proptest! {
        #[test]
        fn no_link_that_opens_something_is_left_in_a_copy_whatever_stands_around_it(
            before in any_text(PIECES), secret in any::<[u8; 16]>(), after in any_text(PIECES),
            page in proptest::sample::select(&CLIENT_PAGES),
        ) {
            let token = Token::new(secret);
            let text = format!("{before}{page}{token}{after}");
            prop_assert!(tokens(&text).contains(&token));
            let copy = redacted(&text);
            prop_assert!(!copy.contains(&format!("{page}{token}")), "{copy}");
            prop_assert_eq!(redacted(&copy), copy.clone());
            prop_assert!(tokens(&copy).is_empty(), "{}", copy);
        }
    }
}
