//! Where openings lead: each to its form, or to a question about an appointment that there is.

use chrono::NaiveDate;

use crate::{
    domain::{
        availability::slot::Slot,
        ids::{OfficeSlug, ServiceSlug, Token},
    },
    urls,
};

/// Where openings and their pages lead.
#[derive(Clone, Copy)]
pub enum Leads<'a> {
    /// To the form; it knows whoever comes from an earlier visit.
    ToRequest { again: Option<&'a Token> },
    /// To the question whether an appointment is to be moved there.
    ToMove(&'a Token),
    /// The same, with the later visits of its series.
    ToMoveWithLater(&'a Token),
    /// To the question whether it is to be this instead of what was closed.
    Instead(&'a Token),
}

impl Leads<'_> {
    pub fn opening(self, slot: &Slot) -> String {
        urls::opening(&self.page(&slot.service, None), slot)
    }

    /// All openings of a service at an office, up to the start of each.
    pub fn openings(self, service: &ServiceSlug, office: &OfficeSlug) -> String {
        urls::openings_at(&self.page(service, None), office)
    }

    /// The page of openings from a date on, or from the first.
    pub fn page(self, service: &ServiceSlug, from: Option<NaiveDate>) -> String {
        match (self, from) {
            (Self::ToRequest { again }, Some(from)) => with(again, urls::openings_from(service, from)),
            (Self::ToRequest { again }, None) => with(again, urls::openings(service)),
            (Self::ToMove(token), Some(from)) => urls::reschedule_from(token, from),
            (Self::ToMove(token), None) => urls::reschedule(token),
            (Self::ToMoveWithLater(token), Some(from)) => {
                urls::with_later(&urls::reschedule_from(token, from))
            }
            (Self::ToMoveWithLater(token), None) => urls::with_later(&urls::reschedule(token)),
            (Self::Instead(token), Some(from)) => urls::rebooking_from(token, from),
            (Self::Instead(token), None) => urls::rebooking(token),
        }
    }

    /// Where to wait for another time. Whoever moves an appointment does that from its own page.
    pub fn waitlist(self, service: &ServiceSlug, office: Option<&OfficeSlug>) -> Option<String> {
        match self {
            Self::ToRequest { .. } | Self::Instead(_) => Some(urls::waitlist_for(service, office)),
            Self::ToMove(_) | Self::ToMoveWithLater(_) => None,
        }
    }
}

fn with(again: Option<&Token>, address: String) -> String {
    match again {
        Some(visit) => urls::again(&address, visit),
        None => address,
    }
}
