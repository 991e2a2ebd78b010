//! How a client hears what there is to tell.

use super::contact::Contact;

/// By which way they hear, and why it is that one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hears {
    /// They get an email.
    ByEmail,
    /// They get an email for want of a number, although emails to them have come back.
    ByEmailThatMayReturn,
    /// They are called: there is no address.
    ByCall,
    /// They are called: emails to them come back.
    ByCallInstead,
}

impl Hears {
    /// True where an email is written.
    pub fn is_by_email(self) -> bool {
        matches!(self, Self::ByEmail | Self::ByEmailThatMayReturn)
    }

    /// True where emails to their address have come back.
    pub fn returns(self) -> bool {
        matches!(self, Self::ByEmailThatMayReturn | Self::ByCallInstead)
    }
}

impl Contact {
    /// How whoever has this contact hears, once it is known whether emails to it come back.
    pub fn hears(&self, returns: bool) -> Hears {
        match (&self.email, &self.phone) {
            (None, _) => Hears::ByCall,
            (Some(_), Some(_)) if returns => Hears::ByCallInstead,
            (Some(_), None) if returns => Hears::ByEmailThatMayReturn,
            (Some(_), _) => Hears::ByEmail,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::client::{EmailAddress, Phone};

    #[test]
    fn whoever_can_be_called_is_where_emails_come_back() {
        let email = EmailAddress::parse("june@example.com").ok();
        let phone = Some(Phone::stored("+15305550133".to_owned()));
        let of = |email: &Option<EmailAddress>, phone: &Option<Phone>| Contact {
            email: email.clone(),
            phone: phone.clone(),
        };
        for (contact, returns, hears) in [
            (of(&email, &phone), false, Hears::ByEmail),
            (of(&email, &phone), true, Hears::ByCallInstead),
            (of(&email, &None), true, Hears::ByEmailThatMayReturn),
            (of(&email, &None), false, Hears::ByEmail),
            (of(&None, &phone), false, Hears::ByCall),
        ] {
            assert_eq!(contact.hears(returns), hears);
        }
    }
}
