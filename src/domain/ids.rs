//! Names of things: row ids, slugs, and the tokens in links.

use std::fmt;

macro_rules! row_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

row_id!(
    /// A row of `appointments`. It counts upwards, so it is no secret: links carry a [`Token`].
    AppointmentId
);
impl AppointmentId {
    /// True for what a blocked client has asked for: a row of `blocked_requests`,
    /// which count downwards from -1.
    pub fn is_blocked_request(self) -> bool {
        self.0 < 0
    }
}

row_id!(
    /// A row of `series`.
    SeriesId
);
row_id!(
    /// A row of `clients`.
    ClientId
);
row_id!(
    /// A row of `emails`.
    EmailId
);
row_id!(
    /// A row of `calls`.
    CallId
);

row_id!(
    /// A row of `acts`.
    ActId
);
row_id!(
    /// A row of `reschedule_requests`.
    RescheduleRequestId
);
row_id!(
    /// A row of `unproven_requests`.
    UnprovenRequestId
);
row_id!(
    /// A row of `waitlist_entries`.
    WaitlistEntryId
);
row_id!(
    /// A row of `offers`.
    OfferId
);

/// Whose some time is: an appointment's, or that of an offer to somebody on the waitlist, which
/// holds it until they have answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// Its own time, or the one that its client has asked for instead.
    Appointment(AppointmentId),
    /// An open offer.
    Offer(OfferId),
}

impl Holder {
    /// The appointment whose time it is, if it is one's.
    pub fn appointment(self) -> Option<AppointmentId> {
        match self {
            Self::Appointment(id) => Some(id),
            Self::Offer(_) => None,
        }
    }
}

row_id!(
    /// A row of `time_off`.
    TimeOffId
);
row_id!(
    /// A row of `closings`.
    ClosingId
);
row_id!(
    /// A row of `sessions`. It is no secret: whoever is signed in holds a [`Token`].
    SessionId
);

macro_rules! slug {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Reads a slug: lower-case letters, digits and single hyphens between them.
            pub fn parse(text: &str) -> Option<Self> {
                is_slug(text).then(|| Self(text.to_owned()))
            }

            /// As it stands in addresses and in the file.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

slug!(
    /// An office's name in addresses, forms and rows.
    OfficeSlug
);
slug!(
    /// A service's name in addresses, forms and rows.
    ServiceSlug
);

/// True for lower-case letters and digits with single hyphens between them.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 80
        && text.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// A secret of 128 bits in a link, written as 32 hexadecimal digits.
/// Whoever holds it may see one thing; only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 16]);

impl Token {
    /// Makes a token of bytes that must come from a source nobody can guess.
    pub fn new(secret: [u8; 16]) -> Self {
        Self(secret)
    }

    /// Reads a token out of a link. `None` when it is not 32 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 32 {
            return None;
        }
        let mut secret = [0; 16];
        for (byte, pair) in secret.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = hex_digit(pair[0])? << 4 | hex_digit(pair[1])?;
        }
        Some(Self(secret))
    }

    /// All 128 bits, for the hash that the file keeps.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A token never shows itself in a log.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::example::any_text;

    #[test]
    fn a_token_reads_back_as_it_was_written() {
        let token = Token::new([0, 1, 15, 16, 127, 128, 254, 255, 8, 9, 10, 11, 12, 13, 14, 99]);
        let text = token.to_string();
        assert_eq!(text.len(), 32);
        assert_eq!(Token::parse(&text), Some(token));
    }

    #[test]
    fn a_token_of_another_shape_is_refused() {
        for text in
            ["", "00", &"0".repeat(31), &"0".repeat(33), &"G".repeat(32), &"A".repeat(32), &"é".repeat(16)]
        {
            assert_eq!(Token::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_slug_is_lower_case_words_and_single_hyphens() {
        for good in ["mt-shasta", "redding", "a1", "90-minutes"] {
            assert!(is_slug(good), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "Mt", "a b", "ä", "a/b", &"a".repeat(81)] {
            assert!(!is_slug(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn every_token_is_read_as_it_was_written_and_nothing_else_is_one(
            secret in any::<[u8; 16]>(), text in any_text(&["0", "a", "f", "g", "A", "0123456789abcdef", "é"]),
        ) {
            let token = Token::new(secret);
            prop_assert!(Token::parse(&token.to_string()) == Some(token));
            if let Some(token) = Token::parse(&text) {
                prop_assert_eq!(token.to_string(), text);
            }
        }
    }
}
