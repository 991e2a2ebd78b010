//! What an email says of several visits that were asked for, or booked, together.

use std::borrow::Cow;

use super::{
    facts::Facts,
    occasion::{Occasion, OneOfSeveral},
    tone::{self, Tone},
};
use crate::{domain::time, words};

impl Facts<'_> {
    /// The visits that the email tells of together, each with its page.
    pub(super) fn visits(&self) -> &[OneOfSeveral] {
        match self.occasion {
            Occasion::Together { visits, .. } => visits,
            _ => &[],
        }
    }

    /// When one of several visits is, with the clock on that date: `9:00 am (PST), until 10:00 am`.
    pub(super) fn when_of_one(&self, one: &OneOfSeveral) -> String {
        let (zone, span) = (self.practice.zone, one.visit.span);
        let until = time::time_words(zone, span.end);
        format!("{} ({}), until {until}", time::phrase(zone, span.start), time::zone_words(zone, span.start))
    }

    /// Where one of several visits is: its office, and the address where that is told already.
    pub(super) fn where_of_one(&self, one: &OneOfSeveral) -> String {
        let name = self.practice.office_name(&one.visit.office);
        let office = self.practice.office(&one.visit.office);
        let office = office.filter(|office| !self.is_to_client() || one.visit.tells_address(office));
        office.map_or_else(|| name.to_owned(), |office| format!("{name}: {}", office.address_line()))
    }

    /// Whose visits all of them are, as their client calls it, where they are somebody else's.
    pub(super) fn visits_of(&self) -> Option<String> {
        let is_same = |one: &OneOfSeveral| one.visit.guest == self.a.guest;
        self.visit_of().filter(|_| self.visits().iter().all(is_same))
    }

    /// Whom the therapist sees at all of them, to the client.
    pub(super) fn you_all(&self) -> Cow<'_, str> {
        words::client::you(self.a.guest.as_ref().filter(|_| self.visits_of().is_some()))
    }

    /// True where each of several visits has a page that its reader can do something on.
    pub(super) fn has_pages(&self) -> bool {
        self.is_to_client() && self.off().is_none()
    }

    /// Who comes to one of several visits, where it is somebody else.
    pub(super) fn guest_of_one(&self, one: &OneOfSeveral) -> Option<String> {
        one.visit.guest.as_ref().map(words::client::visit_of)
    }

    /// The colors of the office of one of several visits.
    pub(super) fn tone_of_one(&self, one: &OneOfSeveral) -> &'static Tone {
        tone::of(self.practice.office(&one.visit.office))
    }
}
