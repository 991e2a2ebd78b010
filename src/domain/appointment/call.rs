//! A call to make: what a client is told by telephone, because no email
//! reaches them, or none reaches them in time.

/// What there is to tell. The words are the file's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// The request is in and held, and not confirmed yet.
    Requested,
    /// The therapist said yes.
    Confirmed,
    /// The therapist said no to the request.
    Declined,
    /// What stood is canceled.
    Canceled,
    /// Nobody answered the request in time.
    Expired,
    /// The therapist has moved the appointment.
    Changed,
    /// Another time was asked for, and the therapist said no; the old one stands.
    RescheduleRequestDeclined,
    /// Another time was asked for, and nobody answered; the old one stands.
    RescheduleRequestExpired,
    /// The visit is near.
    Reminder,
    /// The office has a new address.
    NewAddress,
    /// An email could not be delivered.
    EmailFailed,
    /// The day was closed, and the therapist sees this one all the same.
    Kept,
    /// The day on which it was canceled is open again.
    Reopened,
    /// The therapist is late for it.
    RunningLate,
}

/// What a call is about, in the large. An appointment has one call to make about
/// each: a newer one takes the place of an older one about the same matter, and
/// leaves the other, which it does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// How the appointment stands.
    Standing,
    /// Where its office is now.
    Address,
}

impl Topic {
    /// Every topic, as the CHECK of the table `calls` knows them.
    pub const ALL: [Self; 14] = [
        Self::Requested,
        Self::Confirmed,
        Self::Declined,
        Self::Canceled,
        Self::Expired,
        Self::Changed,
        Self::RescheduleRequestDeclined,
        Self::RescheduleRequestExpired,
        Self::Reminder,
        Self::NewAddress,
        Self::EmailFailed,
        Self::Kept,
        Self::Reopened,
        Self::RunningLate,
    ];

    /// The word in the file, never shown to people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
            Self::Canceled => "cancelled",
            Self::Expired => "expired",
            Self::Changed => "changed",
            Self::RescheduleRequestDeclined => "reschedule_request_declined",
            Self::RescheduleRequestExpired => "reschedule_request_expired",
            Self::Reminder => "reminder",
            Self::NewAddress => "new_address",
            Self::EmailFailed => "email_failed",
            Self::Kept => "kept",
            Self::Reopened => "reopened",
            Self::RunningLate => "running_late",
        }
    }

    /// Which open call this one takes the place of.
    pub fn matter(self) -> Matter {
        match self {
            Self::NewAddress => Matter::Address,
            _ => Matter::Standing,
        }
    }

    /// Reads the word in the file; `None` for one of another version.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_words_for_a_call_read_back_and_are_all_different() {
        let words = Topic::ALL.map(Topic::as_str);
        assert_eq!(words.map(Topic::parse), Topic::ALL.map(Some));
        assert_eq!(Topic::parse("Reminder"), None);
        assert_eq!(Topic::parse(""), None);
    }
}
