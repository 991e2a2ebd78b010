//! Where an appointment stands, and the two sides of it.

/// Where an appointment stands. The words are the file's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Asked for, held until the therapist answers.
    Requested,
    /// Agreed on.
    Confirmed,
    /// The therapist said no to the request.
    Declined,
    /// `cancelled` in the file, whose words are not changed.
    /// Called off, by either side.
    Canceled,
    /// The hold ended without an answer.
    Expired,
    /// The client came.
    Arrived,
    /// The client did not come.
    NoShow,
}

impl Status {
    /// Every status, in the order of their lives.
    pub const ALL: [Self; 7] = [
        Self::Requested,
        Self::Confirmed,
        Self::Declined,
        Self::Canceled,
        Self::Expired,
        Self::Arrived,
        Self::NoShow,
    ];

    /// As the file spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
            Self::Canceled => "cancelled",
            Self::Expired => "expired",
            Self::Arrived => "arrived",
            Self::NoShow => "no_show",
        }
    }

    /// Reads the word in the file; `None` for any other.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// A live appointment has the therapist's time.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Requested | Self::Confirmed)
    }
}

/// The two sides of an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Whoever comes, or asks to.
    Client,
    /// Whose calendar it is.
    Therapist,
}

impl Side {
    /// The word in the file and in emails' keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Therapist => "therapist",
        }
    }

    /// Reads the word in the file; `None` for any other.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Client, Self::Therapist].into_iter().find(|side| side.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_words_for_a_status_read_back() {
        let words = Status::ALL.map(Status::as_str);
        assert_eq!(
            words,
            ["requested", "confirmed", "declined", "cancelled", "expired", "arrived", "no_show"]
        );
        assert_eq!(words.map(Status::parse), Status::ALL.map(Some));
        assert_eq!(Status::parse("Requested"), None);
        assert_eq!(
            [Side::Client, Side::Therapist].map(|side| Side::parse(side.as_str())),
            [Some(Side::Client), Some(Side::Therapist)]
        );
    }

    #[test]
    fn only_a_request_and_a_confirmed_appointment_have_the_therapists_time() {
        let live = Status::ALL.into_iter().filter(|status| status.is_live());
        assert_eq!(live.collect::<Vec<_>>(), [Status::Requested, Status::Confirmed]);
    }
}
