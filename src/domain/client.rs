//! Who asks for an appointment, as far as the practice needs to know: a name,
//! and an email address or a telephone number. Everything is read once, at the
//! door, and is of one of these types from then on.

use std::fmt;

/// What a client's earlier appointments came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct History {
    pub visits: u32,
    pub no_shows: u32,
    pub late_cancellations: u32,
}

impl History {
    /// `4 visits, 1 no-show, 1 late cancellation`; `first time here` where there is nothing to tell.
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
        if words.is_empty() { "first time here".to_owned() } else { words.join(", ") }
    }
}

/// A person's name, as they write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    pub const LONGEST: usize = 80;

    /// Reads a name. What is refused could be taken for something else than a
    /// name where it is shown or mailed: a line break, or a link that would
    /// bear our domain's good faith.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let name = one_line(text).ok_or("A name cannot contain line breaks or control characters.")?;
        if name.is_empty() {
            return Err("Please tell me your name.");
        }
        if name.chars().count() > Self::LONGEST {
            return Err("Please shorten the name to 80 characters.");
        }
        if name.contains(['/', '\\', '@', '<', '>', ':']) || has_a_host(&name) {
            return Err("A name cannot contain a web or email address.");
        }
        if !name.chars().any(char::is_alphabetic) {
            return Err("Please tell me your name in letters.");
        }
        Ok(Self(name))
    }

    /// Takes back a name that was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// True where a mail program would make a link: `evil.example`, `t.me`,
/// `45.33.32.156`, but not `J.R.` or `St. John`.
fn has_a_host(name: &str) -> bool {
    let pieces = name.split(|c: char| !c.is_alphanumeric() && c != '.' && c != '-');
    let pieces = pieces.map(|piece| piece.trim_matches(['.', '-']));
    pieces.into_iter().any(|piece| match piece.rsplit_once('.') {
        Some((_, last)) => last.chars().count() >= 2,
        None => false,
    })
}

/// An email address that every mail server takes: an RFC 5321 dot-string and a
/// host name of at least two labels, all in ASCII. Kept as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const WRONG: &str = "This does not look like an email address. It should be like name@example.com.";
        let address = text.trim();
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
        if good { Ok(Self(address.to_owned())) } else { Err(WRONG) }
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

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A telephone number, kept as digits: `+15305550142`, or as dialled where its
/// plan is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

/// How numbers without a country code are read: as those of the practice's own number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// Ten digits, area code and exchange beginning with 2 to 9.
    NorthAmerican,
    Other,
}

impl Numbering {
    /// The plan that the practice's own number follows.
    pub fn of(practice_phone: &str) -> Self {
        match Phone::parse(practice_phone, Self::NorthAmerican) {
            Ok(Phone(number)) if number.starts_with("+1") => Self::NorthAmerican,
            _ => Self::Other,
        }
    }
}

impl Phone {
    pub fn parse(text: &str, numbering: Numbering) -> Result<Self, &'static str> {
        let text = text.trim();
        let (plus, rest) = match text.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        if !rest.chars().all(|c| c.is_ascii_digit() || " -.()/\u{a0}".contains(c)) {
            return Err("Please write the telephone number in digits only, like (530) 555-0142.");
        }
        let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
        let national = digits.strip_prefix('1').filter(|_| digits.len() == 11).unwrap_or(&digits);
        if is_north_american(national) && (!plus || digits.len() == 11) {
            return Ok(Self(format!("+1{national}")));
        }
        match (plus, numbering) {
            (true, _) if (8..=15).contains(&digits.len()) && !digits.starts_with(['0', '1']) => {
                Ok(Self(format!("+{digits}")))
            }
            (false, Numbering::Other) if (7..=15).contains(&digits.len()) => Ok(Self(digits)),
            (false, Numbering::NorthAmerican) => Err(
                "This does not look like a telephone number. It should have ten digits, like (530) 555-0142.",
            ),
            _ => Err("This does not look like a telephone number. Please look at its digits again."),
        }
    }

    /// Takes back a number that was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `(530) 555-0142` for a North American number, the digits for any other.
impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.strip_prefix("+1") {
            Some(n) if n.len() == 10 => write!(f, "({}) {}-{}", &n[..3], &n[3..6], &n[6..]),
            _ => f.write_str(&self.0),
        }
    }
}

fn is_north_american(digits: &str) -> bool {
    digits.len() == 10 && [0, 3].iter().all(|at| (b'2'..=b'9').contains(&digits.as_bytes()[*at]))
}

/// A number as a `tel:` link wants it: with its country code where that is known.
pub fn phone_link(text: &str) -> String {
    match Phone::parse(text, Numbering::NorthAmerican) {
        Ok(phone) => phone.0,
        Err(_) => text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
    }
}

/// A link that texts to a number, with the text typed in already (RFC 5724).
/// The empty parameter is for iPhones, which read what follows the `&` alone.
pub fn text_link(phone: &Phone, text: &str) -> String {
    let mut link = format!("sms:{}?&body=", phone.as_str());
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
    pub email: Option<Email>,
    pub phone: Option<Phone>,
}

impl Contact {
    /// The address as text; an empty one when there is none.
    pub fn email(&self) -> &str {
        self.email.as_ref().map_or("", Email::as_str)
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

    /// Reads a note; lines are kept. An empty one is `None`.
    pub fn parse(text: &str) -> Result<Option<Self>, &'static str> {
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        if text.chars().count() > Self::LONGEST {
            return Err("Please shorten the note to 1,000 characters.");
        }
        if text.chars().any(|c| c != '\n' && c != '\t' && is_invisible(c)) {
            return Err("The note contains control characters. Please type it again.");
        }
        Ok((!text.is_empty()).then(|| Self(text.to_owned())))
    }

    /// Takes back a note that was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text with runs of white space as one space; `None` when it holds what cannot stand on one line.
fn one_line(text: &str) -> Option<String> {
    let text = text.trim();
    if text.chars().any(is_invisible) {
        return None;
    }
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Control characters, and those that turn the direction of the text around them.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
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
        assert_eq!(history(0, 0, 0), "first time here");
    }

    #[test]
    fn names_of_all_sorts_are_kept_as_written() {
        for name in [
            "Ann O'Brien",
            "J.R. Smith",
            "St. John",
            "Łukasz Żółć",
            "مريم العلي",
            "李小龙",
            "Zoë 🌲",
            "D.J.",
            "Mary-Kate",
        ] {
            assert_eq!(Name::parse(name).map(|n| n.to_string()), Ok(name.to_owned()));
        }
        assert_eq!(Name::parse("  June \u{a0} Okafor ").map(|n| n.to_string()), Ok("June Okafor".to_owned()));
    }

    #[test]
    fn names_that_are_links_or_headers_are_refused() {
        for name in [
            "",
            "  ",
            "123",
            "June\r\nBcc: all@example.com",
            "June\u{202e}",
            "Win at evil.example",
            "www.evil.example",
            "https://evil.example",
            "evil.com/x",
            "me@evil.example",
            "http:evil",
            "Win x.com now",
            "Prize at t.me",
            "Pay evil.com,Bob",
            "See evil.com(now)",
            "evil.xn--p1ai Bob",
            "Go 45.33.32.156 x",
            "<b>June</b>",
            &"x".repeat(81),
        ] {
            assert!(Name::parse(name).is_err(), "{name}");
        }
    }

    #[test]
    fn email_addresses_are_checked_but_not_changed() {
        for email in ["o'Brien@x.org", "a.b+c@mail.example.com", "A@B.co", "x_y@xn--bcher-kva.example"] {
            assert_eq!(Email::parse(&format!(" {email} ")).map(|e| e.to_string()), Ok(email.to_owned()));
        }
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
            assert!(Email::parse(email).is_err(), "{email}");
        }
    }

    #[test]
    fn telephone_numbers_are_kept_as_digits_and_shown_as_written_at_home() {
        let here = Numbering::of("(530) 555-0100");
        assert_eq!(here, Numbering::NorthAmerican);
        for text in ["(530) 555-0142", "530.555.0142", "+1 530 555 0142", "1-530-555-0142", "5305550142"] {
            let phone = Phone::parse(text, here).expect("a number");
            assert_eq!(phone.as_str(), "+15305550142");
            assert_eq!(phone.to_string(), "(530) 555-0142");
        }
        assert_eq!(
            Phone::parse("+49 30 1234567", here).map(|p| p.to_string()),
            Ok("+49301234567".to_owned())
        );
        for text in [
            "",
            "555-0142",
            "(130) 555-0142",
            "530 155 0142",
            "53055501423",
            "call me",
            "+1 23",
            "+123456789012345678",
        ] {
            assert!(Phone::parse(text, here).is_err(), "{text}");
        }
    }

    #[test]
    fn a_practice_elsewhere_reads_numbers_as_they_are_dialled_there() {
        let there = Numbering::of("089 123 456");
        assert_eq!(there, Numbering::Other);
        assert_eq!(Phone::parse("030 / 1234567", there).map(|p| p.to_string()), Ok("0301234567".to_owned()));
        assert_eq!(phone_link("089 123 456"), "089123456");
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
        assert!(Note::parse("a\u{0}b").is_err());
    }
}
