//! An email address, read once and kept as typed.

use std::fmt;

use super::typed;

/// What was typed is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnEmailAddress;

/// An email address that every mail server takes: an RFC 5321 dot-string and a
/// host name of at least two labels, all in ASCII. Kept as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads what was typed, without the spaces around it; what cannot be one is refused.
    pub fn parse(text: &str) -> Result<Self, NotAnEmailAddress> {
        // What is pasted brings marks along that nobody sees.
        let address = typed::line(text);
        let (local, host) = address.rsplit_once('@').ok_or(NotAnEmailAddress)?;
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
        if good { Ok(Self(address)) } else { Err(NotAnEmailAddress) }
    }

    /// Takes back an address that was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// As it was typed, but for spaces.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::example::any_text;

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
            assert_eq!(EmailAddress::parse(email), Err(NotAnEmailAddress), "{email}");
        }
    }

    proptest! {
        #[test]
        fn an_address_is_read_again_as_it_is_kept_and_has_no_line_in_it(text in any_text(&[
            "june", "@", ".", "example", "com", "+", "'", " ", "\r\n", "\"", "<", ">", ",", "-", "é", "\u{200b}", "xn--",
        ])) {
            if let Ok(address) = EmailAddress::parse(&text) {
                prop_assert!(address.as_str().bytes().all(|b| b.is_ascii_graphic()), "{address}");
                prop_assert_eq!(EmailAddress::parse(address.as_str()), Ok(address.clone()));
                prop_assert_eq!(EmailAddress::parse(&address.key()).map(|key| key.key()), Ok(address.key()));
            }
        }
    }
}
