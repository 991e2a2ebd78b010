//! What an email says of several visits that were asked for, booked, moved, or canceled,
//! together.

use std::borrow::Cow;

use super::{
    facts::Facts,
    occasion::{Moved, Occasion, OneOfSeveral},
    tone::{self, Tone},
};
use crate::{
    domain::{
        appointment::{
            Appointment, Side, Status, cancellation::CancellationTerms, reschedule_request::Asked,
        },
        time,
    },
    words,
};

impl Facts<'_> {
    /// The visits that the email tells of together, each with its page.
    pub(super) fn visits(&self) -> &[OneOfSeveral] {
        match self.occasion {
            Occasion::Together { visits, .. } => visits,
            _ => &[],
        }
    }

    /// The visits that are moved together, each with where it was, and its page.
    pub(super) fn moves(&self) -> &[Moved] {
        match self.occasion {
            Occasion::SeriesChanged { moves, .. } | Occasion::SeriesChangedByClient(moves) => moves,
            _ => &[],
        }
    }

    /// Right before or right after this one, of two sessions that are asked for: `right after, at
    /// 1:15 pm`.
    pub(super) fn second_session(&self) -> Option<String> {
        let Occasion::Unproven { second: Some(second) } = self.occasion else { return None };
        let (zone, first) = (self.practice.zone, self.a.span.start);
        Some(words::appointment::second_session(zone, first, second.span.start))
    }

    /// True where all of them were moved because the client wanted it.
    pub(super) fn are_as_asked(&self) -> bool {
        matches!(self.occasion, Occasion::SeriesChanged { wanted_by: Side::Client, .. })
    }

    /// True where what was moved were requests that nobody had confirmed.
    pub(super) fn were_requests(&self) -> bool {
        self.moves().first().is_some_and(|one| one.from.status() != Status::Confirmed)
    }

    /// The later visits whose moves were asked for with the first one's.
    pub(super) fn later(&self) -> &[Asked] {
        match self.occasion {
            Occasion::AndLater { later, .. } => later,
            _ => &[],
        }
    }

    /// `the later visit`, `the 3 later visits`
    pub(super) fn later_words(&self) -> String {
        words::series::later(self.later().len())
    }

    /// From where to where one of them would be moved:
    /// `Tuesday, December 22, 9:00 am, to Thursday, December 24, 10:00 am, Redding`.
    pub(super) fn way_of(&self, (a, asked): &Asked) -> String {
        let from = time::phrase(self.practice.zone, a.span.start);
        format!("{from}, to {}, {}", self.when_of(asked), self.practice.office_name(&asked.office))
    }

    /// The same of one that stays: `Tuesday, December 22, 9:00 am, Redding`.
    pub(super) fn place_of(&self, (a, _): &Asked) -> String {
        let when = time::phrase(self.practice.zone, a.span.start);
        format!("{when}, {}", self.practice.office_name(&a.office))
    }

    /// The visits that are canceled together.
    pub(super) fn canceled(&self) -> &[Appointment] {
        match self.occasion {
            Occasion::SeriesCanceled(visits) | Occasion::SeriesCanceledByClient(visits) => visits,
            _ => &[],
        }
    }

    /// When one of several visits is, with the clock on that date:
    /// `Tuesday, December 8, 9:00 am (PST), until 10:00 am`.
    pub(super) fn when_of_one(&self, one: &Appointment) -> String {
        let (zone, span) = (self.practice.zone, one.span);
        let until = time::time_words(zone, span.end);
        format!("{} ({}), until {until}", time::phrase(zone, span.start), time::zone_words(zone, span.start))
    }

    /// Where one of several visits is: its office, and the address where that is told already.
    pub(super) fn where_of_one(&self, one: &Appointment) -> String {
        let name = self.practice.office_name(&one.office);
        let office = self.practice.office(&one.office);
        let office = office.filter(|office| !self.is_to_client() || one.tells_address(office));
        office.map_or_else(|| name.to_owned(), |office| format!("{name}: {}", office.address_line()))
    }

    /// Where one of several visits was before it was moved: `Tuesday, December 8, 9:00 am, Redding`.
    pub(super) fn before_of(&self, one: &Moved) -> String {
        let office = self.practice.office_name(&one.from.office);
        format!("{}, {office}", time::phrase(self.practice.zone, one.from.span.start))
    }

    /// Whose visits all of them are, as their client calls it, where they are somebody else's.
    pub(super) fn visits_of(&self) -> Option<String> {
        let is_same = |one: &Appointment| one.guest == self.a.guest;
        let are_same = self.visits().iter().all(|one| is_same(&one.visit))
            && self.moves().iter().all(|one| is_same(one.visit()));
        self.visit_of().filter(|_| are_same)
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
    pub(super) fn guest_of_one(&self, one: &Appointment) -> Option<String> {
        one.guest.as_ref().map(words::client::visit_of)
    }

    /// The colors of the office of one of several visits.
    pub(super) fn tone_of_one(&self, one: &Appointment) -> &'static Tone {
        tone::of(self.practice.office(&one.office))
    }

    /// What is owed for one of the visits, where it was canceled late: to whoever owes it, and
    /// to the therapist.
    pub(super) fn late_of(&self, one: &Appointment) -> Option<String> {
        let terms = self.late_terms(one)?;
        if self.is_to_client() {
            return words::cancellation::owed(terms, self.practice);
        }
        let fee =
            terms.fee.map(|fee| format!("; the fee is {}", words::cancellation::fee(fee, self.practice)));
        Some(format!("Canceled late{}.", fee.unwrap_or_default()))
    }

    /// True where something is owed for one of the visits.
    pub(super) fn is_any_late(&self) -> bool {
        self.canceled().iter().any(|a| self.late_terms(a).is_some_and(|terms| terms.fee.is_some()))
    }

    fn late_terms(&self, one: &Appointment) -> Option<CancellationTerms> {
        one.cancellation_terms(self.policy).filter(|_| one.was_canceled_late())
    }
}
