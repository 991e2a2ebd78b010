//! What canceling costs: until when it's free, and the fee after that. Every
//! page and email that tells of it asks here, and says it in these words.

use chrono::TimeDelta;

use crate::domain::{
    practice::{Confirmation, Practice, policy::Policy, price::Price},
    time::{self, Instant},
};

/// However near the visit is when it's confirmed, for so long canceling is free.
const AFTER_CONFIRMATION: TimeDelta = TimeDelta::hours(1);

/// What a late cancellation costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LateFee {
    pub amount: Price,
    /// Of the price.
    pub percent: u32,
}

/// What was agreed about canceling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CancellationTerms {
    /// From here on canceling is late, and the client can't reschedule by themselves.
    pub free_until: Instant,
    pub fee: Option<LateFee>,
}

/// What is said of canceling before anything is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CancellationOffer {
    until: Until,
    fee: Option<LateFee>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Until {
    At(Instant),
    /// The confirmation may come so late that there is an hour after it all the same.
    AtLeast(Instant),
    AnHourAfter(Confirmation),
}

impl LateFee {
    /// The fee of a price, where the policy asks for one.
    pub fn of(policy: &Policy, price: Price) -> Option<Self> {
        let percent = policy.late_fee_percent;
        let amount = Price(price.0 * i64::from(percent) / 100);
        (amount.0 > 0).then_some(Self { amount, percent })
    }

    /// `$47.50 (half the session)`
    pub fn words(self, practice: &Practice) -> String {
        format!("{} ({})", practice.price_words(self.amount), share_words(self.percent))
    }

    /// `$47.50, half the session`
    fn words_in_line(self, practice: &Practice) -> String {
        format!("{}, {}", practice.price_words(self.amount), share_words(self.percent))
    }
}

/// `half the session`, `30% of the session`
pub fn share_words(percent: u32) -> String {
    if percent == 50 { "half the session".to_owned() } else { format!("{percent}% of the session") }
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

    pub fn is_late(&self, now: Instant) -> bool {
        self.free_until <= now
    }

    /// `Free to cancel until Wednesday, December 2, 2:30 pm. After that it's
    /// $47.50 (half the session).` Nothing where there is no fee.
    pub fn words(&self, practice: &Practice) -> Option<String> {
        let until = time::phrase(practice.zone, self.free_until);
        self.fee.map(|fee| sentence(&until, fee, practice))
    }

    /// Why it's late, before what follows from it: `It's less than 24 hours before your appointment`.
    pub fn why_late(&self, practice: &Practice, start: Instant, confirmed_at: Instant) -> String {
        let notice = start - self.free_until;
        let is_the_notice = self.free_until > confirmed_at + AFTER_CONFIRMATION
            && notice == TimeDelta::hours(notice.num_hours());
        match u32::try_from(notice.num_hours()) {
            Ok(hours) if hours > 0 && is_the_notice => {
                format!("It's less than {} before your appointment", time::hours_words(hours))
            }
            _ => {
                format!("The time to cancel for free ended {}", time::phrase(practice.zone, self.free_until))
            }
        }
    }

    /// `It's less than 24 hours before your appointment, so the fee is $47.50,
    /// half the session. Nothing is charged here.` Without a fee only why it's late.
    pub fn late_words(&self, practice: &Practice, start: Instant, confirmed_at: Instant) -> String {
        let why = self.why_late(practice, start, confirmed_at);
        match self.fee {
            Some(fee) => {
                format!("{why}, so the fee is {}. Nothing is charged here.", fee.words_in_line(practice))
            }
            None => format!("{why}."),
        }
    }

    /// What is said once it was canceled late; nothing where there is no fee.
    pub fn owed_words(&self, practice: &Practice) -> Option<String> {
        let until = time::phrase(practice.zone, self.free_until);
        let fee = self.fee?.words_in_line(practice);
        Some(format!("It was free to cancel until {until}, so the fee is {fee}. Nothing is charged here."))
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
            Until::At(start)
        } else if start - notice(policy) <= now + AFTER_CONFIRMATION {
            Until::AnHourAfter(confirmation)
        } else if first < last {
            Until::AtLeast(first)
        } else {
            Until::At(first)
        };
        Self { until, fee: LateFee::of(policy, price) }
    }

    /// `Free to cancel until an hour after I confirm. After that it's $47.50
    /// (half the session).` Nothing where there is no fee.
    pub fn words(&self, practice: &Practice) -> Option<String> {
        let fee = self.fee?;
        let at = |at| sentence(&time::phrase(practice.zone, at), fee, practice);
        Some(match self.until {
            Until::At(until) => at(until),
            Until::AtLeast(until) => format!("{} You always get an hour after I confirm.", at(until)),
            Until::AnHourAfter(Confirmation::ByTherapist) => {
                sentence("an hour after I confirm", fee, practice)
            }
            Until::AnHourAfter(Confirmation::AtOnce) => sentence("an hour after you book", fee, practice),
        })
    }
}

/// The later of the start less the notice and an hour after the confirmation, never past the start.
fn free_until(policy: &Policy, start: Instant, confirmed_at: Instant) -> Instant {
    (start - notice(policy)).max(confirmed_at + AFTER_CONFIRMATION).min(start)
}

fn notice(policy: &Policy) -> TimeDelta {
    time::hours(policy.cancellation_notice_hours)
}

fn sentence(until: &str, fee: LateFee, practice: &Practice) -> String {
    format!("Free to cancel until {until}. After that it's {}.", fee.words(practice))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example::{at, practice, rules};

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
    fn the_fee_is_said_with_its_share_and_not_at_all_where_there_is_none() {
        for (percent, price, said) in [
            (0, 9500, None),
            (50, 9500, Some("$47.50 (half the session)")),
            (30, 9500, Some("$28.50 (30% of the session)")),
            (100, 9500, Some("$95 (100% of the session)")),
            (50, 13000, Some("$65 (half the session)")),
            (1, 9500, Some("$0.95 (1% of the session)")),
            (33, 9999, Some("$32.99 (33% of the session)")),
            (50, 0, None),
            (1, 99, None),
            (49, 9500, Some("$46.55 (49% of the session)")),
        ] {
            let terms = CancellationTerms::agreed(
                &policy(24, percent),
                Price(price),
                at(START),
                at("2026-11-23 08:00"),
            );
            let said = said.map(|fee| {
                format!("Free to cancel until Wednesday, December 2, 2:30 pm. After that it's {fee}.")
            });
            assert_eq!(terms.words(&practice()), said, "{percent} % of {price}");
        }
    }

    #[test]
    fn an_offer_promises_nothing_that_the_terms_take_back() {
        use Confirmation::{AtOnce, ByTherapist};
        for (what, notice, confirmation, now, answered_by, until) in [
            (
                "days ahead",
                24,
                ByTherapist,
                "2026-11-23 08:00",
                "2026-11-24 08:00",
                "Wednesday, December 2, 2:30 pm.",
            ),
            (
                "an answer at the edge",
                24,
                ByTherapist,
                "2026-12-01 13:30",
                "2026-12-02 13:30",
                "Wednesday, December 2, 2:30 pm.",
            ),
            (
                "20 hours ahead",
                24,
                ByTherapist,
                "2026-12-02 18:30",
                "2026-12-03 12:30",
                "an hour after I confirm.",
            ),
            (
                "25 hours ahead",
                24,
                ByTherapist,
                "2026-12-02 13:30",
                "2026-12-03 12:30",
                "an hour after I confirm.",
            ),
            (
                "at once",
                24,
                AtOnce,
                "2026-11-23 08:00",
                "2026-11-24 08:00",
                "Wednesday, December 2, 2:30 pm.",
            ),
            (
                "at once, 30 hours ahead",
                24,
                AtOnce,
                "2026-12-02 08:30",
                "2026-12-03 08:30",
                "Wednesday, December 2, 2:30 pm.",
            ),
            (
                "at once, 20 hours ahead",
                24,
                AtOnce,
                "2026-12-02 18:30",
                "2026-12-03 12:30",
                "an hour after you book.",
            ),
            (
                "within the hour",
                24,
                ByTherapist,
                "2026-12-03 14:00",
                "2026-12-03 14:30",
                "Thursday, December 3, 2:30 pm.",
            ),
            (
                "at once, within the hour",
                24,
                AtOnce,
                "2026-12-03 14:00",
                "2026-12-03 14:30",
                "Thursday, December 3, 2:30 pm.",
            ),
            (
                "no notice",
                0,
                ByTherapist,
                "2026-12-03 08:00",
                "2026-12-03 12:30",
                "Thursday, December 3, 2:30 pm.",
            ),
        ] {
            let (policy, span) = (policy(notice, 50), (at(now), at(answered_by)));
            let offer = CancellationOffer::new(&policy, Price(9500), at(START), confirmation, span);
            let said = format!("Free to cancel until {until} After that it's $47.50 (half the session).");
            assert_eq!(offer.words(&practice()), Some(said), "{what}");
        }
    }

    #[test]
    fn what_may_be_confirmed_too_late_for_its_notice_has_its_hour_all_the_same() {
        let span = (at("2026-12-02 08:30"), at("2026-12-03 08:30"));
        let by = Confirmation::ByTherapist;
        let offer = CancellationOffer::new(&policy(24, 50), Price(9500), at(START), by, span);
        let said = offer.words(&practice()).expect("a fee");
        assert!(said.contains("until Wednesday, December 2, 2:30 pm."), "{said}");
        assert!(said.ends_with("You always get an hour after I confirm."), "{said}");
    }

    #[test]
    fn past_the_deadline_it_says_why_and_how_much() {
        let late = |terms: CancellationTerms, confirmed_at: &str| {
            terms.late_words(&practice(), at(START), at(confirmed_at))
        };
        let (early, near) = ("2026-11-23 08:00", "2026-12-02 18:30");
        assert_eq!(
            late(agreed(24, 50, early), early),
            "It's less than 24 hours before your appointment, so the fee is $47.50, half the session. Nothing \
             is charged here."
        );
        assert_eq!(
            late(agreed(48, 30, early), early),
            "It's less than 48 hours before your appointment, so the fee is $28.50, 30% of the session. \
             Nothing is charged here."
        );
        assert_eq!(
            late(agreed(24, 50, near), near),
            "The time to cancel for free ended Wednesday, December 2, 7:30 pm, so the fee is $47.50, half the \
             session. Nothing is charged here."
        );
        assert_eq!(late(agreed(24, 0, early), early), "It's less than 24 hours before your appointment.");
    }
}
