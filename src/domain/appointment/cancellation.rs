//! What canceling costs: until when it's free, and the fee after that.

use chrono::TimeDelta;

use crate::domain::{
    practice::{Confirmation, policy::Policy, price::Price},
    time::{self, Instant},
};

/// However near the visit is when it's confirmed, for so long canceling is free.
const AFTER_CONFIRMATION: TimeDelta = TimeDelta::hours(1);

/// What a late cancellation costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LateFee {
    /// In the currency's smallest unit, rounded down.
    pub amount: Price,
    /// Of the price.
    pub percent: u32,
}

/// What was agreed about canceling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CancellationTerms {
    /// From here on canceling is late, and the client can't reschedule by themselves.
    pub free_until: Instant,
    /// What a late cancellation costs; `None` where the policy asks for nothing.
    pub fee: Option<LateFee>,
}

/// What is said of canceling before anything is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CancellationOffer {
    /// When canceling stops being free.
    pub until: FreeUntil,
    /// What it costs after that; `None` where the policy asks for nothing.
    pub fee: Option<LateFee>,
}

/// Until when canceling will be free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FreeUntil {
    /// Known already: the start minus the notice.
    At(Instant),
    /// The confirmation may come so late that there is an hour after it all the same.
    AtLeast(Instant),
    /// The notice has begun, so an hour from the yes counts.
    AnHourAfter(Confirmation),
}

/// Why canceling is late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyLate {
    /// It's less than so many hours before the visit.
    InsideNotice {
        /// The notice, in whole hours.
        hours: u32,
    },
    /// Until then it was free, nearer to the visit than the notice.
    FreeUntil(Instant),
}

impl LateFee {
    /// The fee of a price, where the policy asks for one.
    pub fn of(policy: &Policy, price: Price) -> Option<Self> {
        let percent = policy.late_fee_percent;
        let amount = Price(price.0 * i64::from(percent) / 100);
        (amount.0 > 0).then_some(Self { amount, percent })
    }
}

impl CancellationTerms {
    /// The terms of a visit that is confirmed, or moved, at an instant.
    pub fn agreed(policy: &Policy, price: Price, start: Instant, confirmed_at: Instant) -> Self {
        let free_until = free_until(policy, start, confirmed_at);
        Self { free_until, fee: LateFee::of(policy, price) }
    }

    /// The terms of a visit that was confirmed before they were kept: no fee was agreed.
    pub fn before_fees(policy: &Policy, start: Instant, confirmed_at: Instant) -> Self {
        Self { free_until: free_until(policy, start, confirmed_at), fee: None }
    }

    /// True from the deadline on; the deadline itself is late.
    pub fn is_late(&self, now: Instant) -> bool {
        self.free_until <= now
    }

    /// Which of the rules made the deadline, for whoever is told of the fee.
    pub fn why_late(&self, start: Instant, confirmed_at: Instant) -> WhyLate {
        let notice = start - self.free_until;
        let is_the_notice = self.free_until > confirmed_at + AFTER_CONFIRMATION
            && notice == TimeDelta::hours(notice.num_hours());
        match u32::try_from(notice.num_hours()) {
            Ok(hours) if hours > 0 && is_the_notice => WhyLate::InsideNotice { hours },
            _ => WhyLate::FreeUntil(self.free_until),
        }
    }
}

impl CancellationOffer {
    /// What canceling will cost of a visit that is asked for now, and would be
    /// confirmed by `answered_by` at the latest. It promises nothing that the
    /// terms, once agreed, could take back.
    pub fn new(
        policy: &Policy,
        price: Price,
        start: Instant,
        confirmation: Confirmation,
        (now, answered_by): (Instant, Instant),
    ) -> Self {
        let latest = match confirmation {
            Confirmation::AtOnce => now,
            Confirmation::ByTherapist => answered_by,
        };
        let (first, last) = (free_until(policy, start, now), free_until(policy, start, latest));
        let until = if first == start {
            FreeUntil::At(start)
        } else if start - notice(policy) <= now + AFTER_CONFIRMATION {
            FreeUntil::AnHourAfter(confirmation)
        } else if first < last {
            FreeUntil::AtLeast(first)
        } else {
            FreeUntil::At(first)
        };
        Self { until, fee: LateFee::of(policy, price) }
    }
}

/// The later of the start less the notice and an hour after the confirmation, never past the start.
fn free_until(policy: &Policy, start: Instant, confirmed_at: Instant) -> Instant {
    (start - notice(policy)).max(confirmed_at + AFTER_CONFIRMATION).min(start)
}

fn notice(policy: &Policy) -> TimeDelta {
    time::hours(policy.cancellation_notice_hours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example::{at, rules};

    const START: &str = "2026-12-03 14:30";

    fn policy(notice: u32, percent: u32) -> Policy {
        Policy { cancellation_notice_hours: notice, late_fee_percent: percent, ..rules().policy }
    }

    fn agreed(notice: u32, percent: u32, confirmed_at: &str) -> CancellationTerms {
        CancellationTerms::agreed(&policy(notice, percent), Price(9500), at(START), at(confirmed_at))
    }

    #[test]
    fn canceling_is_free_until_the_notice_or_for_an_hour_but_never_past_the_start() {
        for (notice, confirmed_at, free_until) in [
            (24, "2026-11-23 08:00", "2026-12-02 14:30"),
            (24, "2026-12-02 13:30", "2026-12-02 14:30"),
            (24, "2026-12-02 13:31", "2026-12-02 14:31"),
            (24, "2026-12-02 18:30", "2026-12-02 19:30"), // 20 hours ahead.
            (24, "2026-12-03 13:30", "2026-12-03 14:30"),
            (24, "2026-12-03 14:00", "2026-12-03 14:30"),
            (24, "2026-12-03 15:00", "2026-12-03 14:30"), // A walk-in that began.
            (0, "2026-11-23 08:00", "2026-12-03 14:30"),
            (48, "2026-11-23 08:00", "2026-12-01 14:30"),
            (8784, "2026-11-23 08:00", "2026-11-23 09:00"),
        ] {
            let terms = agreed(notice, 50, confirmed_at);
            assert_eq!(terms.free_until, at(free_until), "{notice} h, confirmed {confirmed_at}");
            assert!(terms.is_late(at(free_until)) && !terms.is_late(at(free_until) - TimeDelta::seconds(1)));
        }
    }

    #[test]
    fn the_fee_is_a_share_of_the_price_and_none_where_it_comes_to_nothing() {
        for (percent, price, amount) in [
            (0, 9500, None),
            (50, 9500, Some(4750)),
            (30, 9500, Some(2850)),
            (100, 9500, Some(9500)),
            (50, 13000, Some(6500)),
            (1, 9500, Some(95)),
            (33, 9999, Some(3299)),
            (50, 0, None),
            (1, 99, None),
            (49, 9500, Some(4655)),
        ] {
            let fee = LateFee::of(&policy(24, percent), Price(price));
            let expected = amount.map(|amount| LateFee { amount: Price(amount), percent });
            assert_eq!(fee, expected, "{percent} % of {price}");
        }
    }

    #[test]
    fn an_offer_promises_nothing_that_the_terms_take_back() {
        use Confirmation::{AtOnce, ByTherapist};
        use FreeUntil::{AnHourAfter, At};
        let on = |date: &str| At(at(date));
        for (what, notice, by, now, answered_by, until) in [
            ("days ahead", 24, ByTherapist, "2026-11-23 08:00", "2026-11-24 08:00", on("2026-12-02 14:30")),
            ("at the edge", 24, ByTherapist, "2026-12-01 13:30", "2026-12-02 13:30", on("2026-12-02 14:30")),
            ("20 hours", 24, ByTherapist, "2026-12-02 18:30", "2026-12-03 12:30", AnHourAfter(ByTherapist)),
            ("25 hours", 24, ByTherapist, "2026-12-02 13:30", "2026-12-03 12:30", AnHourAfter(ByTherapist)),
            ("at once", 24, AtOnce, "2026-11-23 08:00", "2026-11-24 08:00", on("2026-12-02 14:30")),
            ("at once, 30 hours", 24, AtOnce, "2026-12-02 08:30", "2026-12-03 08:30", on("2026-12-02 14:30")),
            ("at once, 20 hours", 24, AtOnce, "2026-12-02 18:30", "2026-12-03 12:30", AnHourAfter(AtOnce)),
            ("an hour", 24, ByTherapist, "2026-12-03 14:00", "2026-12-03 14:30", on(START)),
            ("at once, an hour", 24, AtOnce, "2026-12-03 14:00", "2026-12-03 14:30", on(START)),
            ("no notice", 0, ByTherapist, "2026-12-03 08:00", "2026-12-03 12:30", on(START)),
            (
                "confirmed too late for its notice, it has its hour all the same",
                24,
                ByTherapist,
                "2026-12-02 08:30",
                "2026-12-03 08:30",
                FreeUntil::AtLeast(at("2026-12-02 14:30")),
            ),
        ] {
            let (policy, span) = (policy(notice, 50), (at(now), at(answered_by)));
            let offer = CancellationOffer::new(&policy, Price(9500), at(START), by, span);
            assert_eq!(offer.until, until, "{what}");
        }
    }

    #[test]
    fn past_the_deadline_it_is_late_for_the_notice_or_for_the_hour_after_the_yes() {
        let late =
            |notice, confirmed_at| agreed(notice, 50, confirmed_at).why_late(at(START), at(confirmed_at));
        let (early, near) = ("2026-11-23 08:00", "2026-12-02 18:30");
        assert_eq!(late(24, early), WhyLate::InsideNotice { hours: 24 });
        assert_eq!(late(48, early), WhyLate::InsideNotice { hours: 48 });
        assert_eq!(late(24, near), WhyLate::FreeUntil(at("2026-12-02 19:30")));
    }
}
