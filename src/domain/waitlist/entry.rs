//! Somebody who waits for a time.

use chrono::{Days, NaiveDate, TimeDelta};
use chrono_tz::Tz;

use super::wishes::Wishes;
use crate::domain::{
    client::{Contact, Name, mailbox::mailbox},
    ids::{AppointmentId, WaitlistEntryId},
    time::{self, Instant},
};

/// Somebody's place on the waitlist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its row.
    pub id: WaitlistEntryId,
    /// As typed, or as with the appointment that it is about.
    pub name: Name,
    /// Where offers go.
    pub contact: Contact,
    /// What they would take.
    pub wishes: Wishes,
    /// The appointment that a new time would replace.
    pub instead: Option<AppointmentId>,
    /// When they asked to be on it.
    pub joined_at: Instant,
    /// Until when they wait.
    pub until: Instant,
    /// Where it stands.
    pub state: State,
}

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has shown yet that they are whom the contact belongs to.
    Unproven,
    /// It counts.
    Waiting {
        /// Since when.
        since: Instant,
    },
    /// It is over.
    Ended {
        /// Since when.
        at: Instant,
        /// How.
        how: End,
    },
}

/// How an entry has ended. The words are the file's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// They took a time.
    Taken,
    /// They took themselves off.
    Withdrawn,
    /// They waited for as long as they wanted to, or what it was to replace is over.
    RanOut,
    /// The therapist took them off.
    Removed,
}

impl End {
    const ALL: [Self; 4] = [Self::Taken, Self::Withdrawn, Self::RanOut, Self::Removed];

    /// As the file spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Withdrawn => "withdrawn",
            Self::RanOut => "ran_out",
            Self::Removed => "removed",
        }
    }

    /// Reads a word of the file.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|end| end.as_str() == text)
    }
}

impl Entry {
    /// What the keys of the emails about an entry begin with: the one that asks for the proof,
    pub const JOINED: &'static str = "waitlist";
    /// an offer,
    pub const OFFERED: &'static str = "opening";
    /// and that it is over.
    pub const OVER: &'static str = "waitlist_over";
    /// All of them.
    pub const EMAILS: [&'static str; 3] = [Self::JOINED, Self::OFFERED, Self::OVER];

    /// For how many days somebody waits, unless they say otherwise.
    pub const USUAL_DAYS: u32 = 30;
    /// For how many days they can at the most.
    pub const MOST_DAYS: u32 = 90;

    /// Until when somebody waits from now on, for so many days: to the end of the last of them.
    pub fn until(zone: Tz, now: Instant, days: u32) -> Instant {
        let last = time::date(zone, now) + Days::new(days.clamp(1, Self::MOST_DAYS).into());
        time::day(zone, last).end
    }

    /// Until when it is waited once it counts: for as many days as were asked for, from then on.
    pub fn until_from(&self, zone: Tz, now: Instant) -> Instant {
        let days = (self.last_day(zone) - time::date(zone, self.joined_at)).num_days();
        Self::until(zone, now, days.try_into().unwrap_or(Self::USUAL_DAYS))
    }

    /// The last day of it.
    pub fn last_day(&self, zone: Tz) -> NaiveDate {
        time::date(zone, self.until - TimeDelta::seconds(1))
    }

    /// Since when it counts; `None` where it does not.
    pub fn waiting_since(&self) -> Option<Instant> {
        match self.state {
            State::Waiting { since } => Some(since),
            State::Unproven | State::Ended { .. } => None,
        }
    }

    /// True when it is over.
    pub fn is_ended(&self) -> bool {
        matches!(self.state, State::Ended { .. })
    }

    /// True for the same mailbox, or the same telephone number.
    pub fn is_of(&self, contact: &Contact) -> bool {
        let own = &self.contact;
        let mailboxes = own.email.as_ref().map(mailbox).zip(contact.email.as_ref().map(mailbox));
        let phones = own.phone.as_ref().zip(contact.phone.as_ref());
        mailboxes.is_some_and(|(one, other)| one == other) || phones.is_some_and(|(one, other)| one == other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_words_read_back() {
        assert_eq!(End::ALL.map(End::as_str).map(End::parse), End::ALL.map(Some));
        assert_eq!(End::parse("left"), None);
    }
}
