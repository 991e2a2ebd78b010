//! Who asks for an appointment, as far as the practice needs to know: a name,
//! and an email address or a telephone number. Everything is read once, at the
//! door, and is of one of these types from then on.

use std::fmt;

use super::typed;
pub use super::{name::Name, phone::Phone};

/// What a client's earlier appointments came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct History {
    pub visits: u32,
    pub no_shows: u32,
    pub late_cancellations: u32,
}

impl History {
    /// `4 visits, 1 no-show, 1 late cancellation`; `first visit` where there is nothing to tell.
    pub fn words(&self) -> String {
        let counted = [
            (self.visits, "visit"),
            (self.no_shows, "no-show"),
            (self.late_cancellations, "late cancellation"),
        ];
        let words: Vec<String> = counted
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}{}", if count == 1 { "" } else { "s" }))
            .collect();
        if words.is_empty() { "first visit".to_owned() } else { words.join(", ") }
    }
}

/// An email address that every mail server takes: an RFC 5321 dot-string and a
/// host name of at least two labels, all in ASCII. Kept as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const WRONG: &str = "That doesn't look like an email address. It should look like name@example.com.";
        // What is pasted brings marks along that nobody sees.
        let address = typed::line(text);
        let (local, host) = address.rsplit_once('@').ok_or(WRONG)?;
        let atom = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
        };
        let label = |part: &str| {
            !part.is_empty()
                && part.len() <= 63
                && !part.starts_with('-')
                && !part.ends_with('-')
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let good = address.len() <= 254
            && local.len() <= 64
            && local.split('.').all(atom)
            && host.contains('.')
            && host.split('.').all(label)
            && !host.rsplit('.').next().is_some_and(|top| top.bytes().all(|b| b.is_ascii_digit()));
        if good { Ok(Self(address)) } else { Err(WRONG) }
    }

    /// Takes back an address that was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form by which two spellings of one address are the same.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A link that texts to a number, with the text typed in already (RFC 5724).
/// The empty parameter is for iPhones, which read what follows the `&` alone.
pub fn text_link(phone: &Phone, text: &str) -> String {
    let mut link = format!("sms:{}?&body=", phone.without_extension());
    for byte in text.bytes() {
        match byte {
            b if b.is_ascii_alphanumeric() || b"-._~".contains(&b) => link.push(char::from(b)),
            b => link.push_str(&format!("%{b:02X}")),
        }
    }
    link
}

/// A link that writes to an email address. Its local part may hold characters
/// that mean something in such a link (RFC 6068, section 2).
pub fn mailto(email: &str) -> String {
    let mut link = "mailto:".to_owned();
    for byte in email.bytes() {
        match byte {
            b if b.is_ascii_alphanumeric() || b"-._~@+!$'*".contains(&b) => link.push(char::from(b)),
            b => link.push_str(&format!("%{b:02X}")),
        }
    }
    link
}

/// How to reach a client: by an email address, a telephone number, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub email: Option<EmailAddress>,
    pub phone: Option<Phone>,
}

impl Contact {
    /// The address as text; an empty one when there is none.
    pub fn email(&self) -> &str {
        self.email.as_ref().map_or("", EmailAddress::as_str)
    }

    /// The number as text; an empty one when there is none.
    pub fn phone(&self) -> &str {
        self.phone.as_ref().map_or("", Phone::as_str)
    }
}

/// A few sentences that somebody typed: a client with a request, the therapist
/// with an answer, time off, or closed requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note(String);

impl Note {
    pub const LONGEST: usize = 1000;

    /// Reads a note; lines are kept, what cannot be seen is dropped. An empty one is `None`.
    pub fn parse(text: &str) -> Result<Option<Self>, &'static str> {
        let text = typed::lines(text);
        if text.chars().count() > Self::LONGEST {
            return Err("Please shorten the note to 1,000 characters.");
        }
        Ok((!text.is_empty()).then_some(Self(text)))
    }

    /// Takes back a note that was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Isolated where it runs from right to left.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&typed::isolated(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_is_one_line() {
        let history =
            |visits, no_shows, late_cancellations| History { visits, no_shows, late_cancellations }.words();
        assert_eq!(history(4, 1, 1), "4 visits, 1 no-show, 1 late cancellation");
        assert_eq!(history(1, 0, 2), "1 visit, 2 late cancellations");
        assert_eq!(history(0, 0, 0), "first visit");
    }

    #[test]
    fn email_addresses_are_checked_but_not_changed() {
        for email in ["o'Brien@x.org", "a.b+c@mail.example.com", "A@B.co", "x_y@xn--bcher-kva.example"] {
            assert_eq!(
                EmailAddress::parse(&format!(" {email} ")).map(|e| e.to_string()),
                Ok(email.to_owned())
            );
        }
        let pasted = EmailAddress::parse("\u{202a}june@example.com\u{202c}\u{200b}");
        assert_eq!(pasted, Ok(EmailAddress("june@example.com".to_owned())));
        for email in [
            "",
            "june",
            "june@",
            "@example.com",
            "june@example",
            "june@@example.com",
            "a b@example.com",
            "june@example..com",
            "june.@example.com",
            ".june@example.com",
            "june@-example.com",
            "june@127.0.0.1",
            "a@b.c\r\nBcc: x@y.zz",
            "\"june\"@example.com",
            "june@example.com.",
            "jüne@example.com",
        ] {
            assert!(EmailAddress::parse(email).is_err(), "{email}");
        }
    }

    #[test]
    fn a_text_in_a_link_cannot_add_to_the_link() {
        let phone = Phone::stored("+15305550142".to_owned());
        let link = text_link(&phone, "Requested: a & b, https://x.example/y?z=1#2");
        assert_eq!(
            link,
            "sms:+15305550142?&body=Requested%3A%20a%20%26%20b%2C%20https%3A%2F%2Fx.example%2Fy%3Fz%3D1%232"
        );
    }

    #[test]
    fn an_address_in_a_link_cannot_add_to_the_link() {
        assert_eq!(mailto("o'Brien+x@example.org"), "mailto:o'Brien+x@example.org");
        assert_eq!(mailto("x?cc=a&b@example.org"), "mailto:x%3Fcc%3Da%26b@example.org");
    }

    #[test]
    fn a_note_keeps_its_lines() {
        assert_eq!(Note::parse(" a\r\nb ").map(|n| n.map(|n| n.0)), Ok(Some("a\nb".to_owned())));
        assert_eq!(Note::parse(" \n "), Ok(None));
        assert!(Note::parse(&"x".repeat(1001)).is_err());
        assert_eq!(Note::parse("a\u{0}b\u{202e}").map(|n| n.map(|n| n.0)), Ok(Some("ab".to_owned())));
    }
}
