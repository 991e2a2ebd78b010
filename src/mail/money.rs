//! What a session costs, and what canceling it does, as emails say it.

use super::facts::Facts;
use crate::{
    domain::{
        appointment::cancellation::{CancellationOffer, CancellationTerms},
        practice::Confirmation,
        time,
    },
    words,
};

impl Facts<'_> {
    fn terms(&self) -> Option<CancellationTerms> {
        self.a.cancellation_terms(self.policy)
    }

    pub(super) fn free_until(&self) -> String {
        self.terms().map(|terms| time::phrase(self.practice.zone, terms.free_until)).unwrap_or_default()
    }

    /// True while there is still time to cancel without being late.
    pub(super) fn is_free_to_cancel(&self) -> bool {
        !self.a.is_inside_notice(self.policy, self.now)
    }

    /// True while its client can move it by themselves.
    pub(super) fn can_reschedule(&self) -> bool {
        self.is_free_to_cancel() && self.a.moves < self.policy.moves_per_appointment
    }

    /// What canceling costs from when on, where it costs anything: as agreed, or
    /// as it will be once the request is confirmed.
    pub(super) fn fee(&self) -> Option<String> {
        match self.terms() {
            Some(terms) => words::cancellation::terms(terms, self.practice),
            None => words::cancellation::offer(self.offer(), self.practice),
        }
    }

    fn offer(&self) -> CancellationOffer {
        let (start, by) = (self.a.span.start, Confirmation::ByTherapist);
        CancellationOffer::new(
            self.policy,
            self.a.price,
            start,
            by,
            (self.now, self.a.state.held_until().unwrap_or(self.now)),
        )
    }

    /// Why canceling now is late, and what it costs.
    pub(super) fn late(&self) -> String {
        let words = |terms: CancellationTerms| {
            words::cancellation::late(terms, self.practice, self.a.span.start, self.a.confirmed_at())
        };
        self.terms().map(words).unwrap_or_default()
    }

    /// What the client owes who has canceled late.
    pub(super) fn owed(&self) -> Option<String> {
        words::cancellation::owed(self.terms().filter(|_| self.is_late())?, self.practice)
    }

    /// The fee alone.
    pub(super) fn late_fee(&self) -> Option<String> {
        Some(words::cancellation::fee(self.terms()?.fee?, self.practice))
    }

    pub(super) fn price(&self) -> String {
        self.practice.price_words(self.a.price)
    }

    /// Canceled by the client inside the cancellation notice.
    pub(super) fn is_late(&self) -> bool {
        self.a.was_canceled_late()
    }
}
