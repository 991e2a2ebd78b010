//! How to reach a client, and the links that do it.

use super::{email_address::EmailAddress, phone::Phone};

/// How to reach a client: by an email address, a telephone number, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Where emails go; without one the therapist calls.
    pub email: Option<EmailAddress>,
    /// Where calls go.
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
