//! What is paid for a visit, as the therapist notes it: nobody has to, and all of
//! it can be corrected later.

use std::fmt;

use super::{cancellation::LateFee, record::Appointment, state::State, status::Side};
use crate::domain::practice::price::Price;

/// How it was paid. The words are the file's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Bills and coins.
    Cash,
    /// On paper.
    Check,
    /// Whatever machine took it.
    Card,
    /// An app, a gift card, a favor.
    Other,
}

impl Method {
    /// Every method, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Cash, Self::Check, Self::Card, Self::Other];

    /// As the file and our forms spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Check => "check",
            Self::Card => "card",
            Self::Other => "other",
        }
    }

    /// Reads a word of the file; `None` for any other.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == text)
    }
}

/// What was paid, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// How.
    pub method: Method,
    /// Without the tip.
    pub amount: Price,
    /// On top of it.
    pub tip: Price,
}

/// `cash 9500 500`: as a page carries what it has shown.
impl fmt::Display for Payment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.method.as_str(), self.amount.0, self.tip.0)
    }
}

/// What somebody is to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// The session that took place, at the price that was agreed.
    Session(Price),
    /// For a late cancellation or a no-show, as it was agreed at the confirmation.
    Fee(LateFee),
}

impl Due {
    /// How much it is.
    pub fn amount(self) -> Price {
        match self {
            Self::Session(price) => price,
            Self::Fee(fee) => fee.amount,
        }
    }

    /// The late fee, where it is one.
    pub fn fee(self) -> Option<LateFee> {
        match self {
            Self::Fee(fee) => Some(fee),
            Self::Session(_) => None,
        }
    }
}

impl Appointment {
    /// What its client is to pay: for the session once they have come, and what the
    /// policy asked when it was confirmed where they canceled late or did not come.
    pub fn due(&self) -> Option<Due> {
        let fee = || Some(Due::Fee(self.state.agreement()?.terms?.fee?));
        match &self.state {
            State::Arrived(_) => Some(Due::Session(self.price)),
            State::NoShow(_) => fee(),
            State::Canceled(cancellation) if cancellation.by == Side::Client && cancellation.is_late => fee(),
            _ => None,
        }
    }

    /// False where what is due is something else than it is of `other`: what was paid
    /// for the one is not paid for the other.
    pub fn owes_the_same_as(&self, other: &Self) -> bool {
        let kind = |a: &Self| a.due().map(|due| due.fee().is_some());
        kind(self) == kind(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        appointment::{Cancellation, Status, cancellation::CancellationTerms, state::Agreement},
        example::{appointment, at},
    };

    #[test]
    fn the_files_words_for_a_method_read_back() {
        assert_eq!(Method::ALL.map(Method::as_str).map(Method::parse), Method::ALL.map(Some));
        assert_eq!((Method::parse("Cash"), Method::parse("")), (None, None));
    }

    #[test]
    fn a_page_carries_the_whole_of_what_it_has_shown() {
        let payment = Payment { method: Method::Cash, amount: Price(9500), tip: Price(1000) };
        assert_eq!(payment.to_string(), "cash 9500 1000");
    }

    #[test]
    fn a_session_is_due_once_they_have_come_and_a_fee_where_it_was_agreed() {
        let start = at("2026-12-08 09:00");
        let fee = LateFee { amount: Price(4750), percent: 50 };
        let agreed = |fee| Agreement { at: start, terms: Some(CancellationTerms { free_until: start, fee }) };
        let canceled = |by, is_late, fee| {
            State::Canceled(Cancellation { at: start, by, is_late, agreement: Some(agreed(fee)) })
        };
        for (what, state, due) in [
            ("arrived", State::Arrived(agreed(Some(fee))), Some(Due::Session(Price(9500)))),
            ("no-show", State::NoShow(agreed(Some(fee))), Some(Due::Fee(fee))),
            ("no-show without a fee", State::NoShow(agreed(None)), None),
            ("late", canceled(Side::Client, true, Some(fee)), Some(Due::Fee(fee))),
            ("late without a fee", canceled(Side::Client, true, None), None),
            ("in time", canceled(Side::Client, false, Some(fee)), None),
            ("by the therapist", canceled(Side::Therapist, false, Some(fee)), None),
            ("confirmed", State::Confirmed(agreed(Some(fee))), None),
            ("declined", State::Declined { at: start }, None),
        ] {
            let a = Appointment { state, ..appointment(Status::Confirmed, "north", start) };
            assert_eq!(a.due(), due, "{what}");
        }
        let a = |state| Appointment { state, ..appointment(Status::Confirmed, "north", start) };
        let (came, missed) = (a(State::Arrived(agreed(Some(fee)))), a(State::NoShow(agreed(Some(fee)))));
        let to_come = a(State::Confirmed(agreed(Some(fee))));
        assert!(!came.owes_the_same_as(&missed) && !to_come.owes_the_same_as(&came));
        assert!(missed.owes_the_same_as(&a(canceled(Side::Client, true, Some(fee)))));
        assert_eq!((Due::Fee(fee).amount(), Due::Session(Price(1)).fee()), (Price(4750), None));
    }
}
