//! A letter: one email, written whole, ready to be kept and sent.

use crate::domain::{
    appointment::Side,
    ids::{AppointmentId, Token},
    time::Instant,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Names the event that it tells of, `confirmed/12/1/client`; one event writes one letter.
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
}

/// An iCalendar file in a letter, and its METHOD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarPart {
    pub file: String,
    pub method: String,
}

const LINK: &str = "/appointments/";

/// A copy of a letter's text in which the links to the client's own page no
/// longer open anything.
pub fn blotted(text: &str) -> String {
    let mut blotted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(LINK) {
        let (before, after) = rest.split_at(at + LINK.len());
        blotted.push_str(before);
        rest = match after.get(..32).and_then(Token::parse) {
            Some(_) => {
                blotted.push('…');
                &after[32..]
            }
            None => after,
        };
    }
    blotted.push_str(rest);
    blotted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_blotted_out_of_the_copy_that_stays() {
        let token = Token::new([7; 16]);
        let text = format!(
            "See\nhttp://x/appointments/{token}\nor http://x/appointments/new and /appointments/{token}/cancellation"
        );
        let copy = blotted(&text);
        assert!(!copy.contains(&token.to_string()), "{copy}");
        assert_eq!(
            copy,
            "See\nhttp://x/appointments/…\nor http://x/appointments/new and /appointments/…/cancellation"
        );
    }
}
