//! What canceling costs, in the words of every page and email that tells of it.

use crate::domain::{
    appointment::cancellation::{CancellationOffer, CancellationTerms, FreeUntil, LateFee, WhyLate},
    practice::{Confirmation, Practice},
    time::{self, Instant},
};

/// `$47.50 (half the session)`
pub fn fee(fee: LateFee, practice: &Practice) -> String {
    format!("{} ({})", practice.price_words(fee.amount), share(fee.percent))
}

/// `$47.50, half the session`
fn fee_in_line(fee: LateFee, practice: &Practice) -> String {
    format!("{}, {}", practice.price_words(fee.amount), share(fee.percent))
}

/// `half the session`, `30% of the session`
pub fn share(percent: u32) -> String {
    if percent == 50 { "half the session".to_owned() } else { format!("{percent}% of the session") }
}

/// `Free to cancel until Wednesday, December 2, 2:30 pm. After that it's $47.50
/// (half the session).` Nothing where there is no fee.
pub fn terms(terms: CancellationTerms, practice: &Practice) -> Option<String> {
    let until = time::phrase(practice.zone, terms.free_until);
    terms.fee.map(|fee| free_until(&until, fee, practice))
}

/// `Free to cancel until an hour after I confirm. After that it's $47.50 (half
/// the session).` Nothing where there is no fee.
pub fn offer(offer: CancellationOffer, practice: &Practice) -> Option<String> {
    let fee = offer.fee?;
    let at = |at| free_until(&time::phrase(practice.zone, at), fee, practice);
    Some(match offer.until {
        FreeUntil::At(until) => at(until),
        FreeUntil::AtLeast(until) => format!("{} You always get an hour after I confirm.", at(until)),
        FreeUntil::AnHourAfter(Confirmation::ByTherapist) => {
            free_until("an hour after I confirm", fee, practice)
        }
        FreeUntil::AnHourAfter(Confirmation::AtOnce) => free_until("an hour after you book", fee, practice),
    })
}

/// The same of several visits: `Each is free to cancel until 24 hours before it, and always for
/// an hour after it's confirmed. After that it's $47.50 (half the session).`
pub fn each(late: LateFee, notice_hours: u32, practice: &Practice) -> String {
    let notice = time::hours_words(notice_hours);
    format!(
        "Each is free to cancel until {notice} before it, and always for an hour after it's confirmed. \
         After that it's {}.",
        fee(late, practice)
    )
}

fn free_until(until: &str, late: LateFee, practice: &Practice) -> String {
    format!("Free to cancel until {until}. After that it's {}.", fee(late, practice))
}

/// Before what follows from it: `It's less than 24 hours before your appointment`.
pub fn why_late(
    terms: CancellationTerms,
    practice: &Practice,
    start: Instant,
    confirmed_at: Instant,
) -> String {
    match terms.why_late(start, confirmed_at) {
        WhyLate::InsideNotice { hours } => {
            format!("It's less than {} before your appointment", time::hours_words(hours))
        }
        WhyLate::FreeUntil(until) => {
            format!("The time to cancel for free ended {}", time::phrase(practice.zone, until))
        }
    }
}

/// `It's less than 24 hours before your appointment, so the fee is $47.50, half
/// the session. Nothing is charged here.` Without a fee only why it's late.
pub fn late(terms: CancellationTerms, practice: &Practice, start: Instant, confirmed_at: Instant) -> String {
    let why = why_late(terms, practice, start, confirmed_at);
    match terms.fee {
        Some(fee) => {
            format!("{why}, so the fee is {}. Nothing is charged here.", fee_in_line(fee, practice))
        }
        None => format!("{why}."),
    }
}

/// What is said once it was canceled late; nothing where there is no fee.
pub fn owed(terms: CancellationTerms, practice: &Practice) -> Option<String> {
    let until = time::phrase(practice.zone, terms.free_until);
    let fee = fee_in_line(terms.fee?, practice);
    Some(format!("It was free to cancel until {until}, so the fee is {fee}. Nothing is charged here."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        example::{at, practice, rules},
        practice::{policy::Policy, price::Price},
    };

    const START: &str = "2026-12-03 14:30";

    fn agreed(notice: u32, percent: u32, price: i64, confirmed_at: &str) -> CancellationTerms {
        let policy =
            Policy { cancellation_notice_hours: notice, late_fee_percent: percent, ..rules().policy };
        CancellationTerms::agreed(&policy, Price(price), at(START), at(confirmed_at))
    }

    #[test]
    fn the_fee_is_said_with_its_share_and_not_at_all_where_there_is_none() {
        for (percent, price, said) in [
            (0, 9500, None),
            (50, 9500, Some("$47.50 (half the session)")),
            (30, 9500, Some("$28.50 (30% of the session)")),
            (100, 9500, Some("$95 (100% of the session)")),
            (1, 9500, Some("$0.95 (1% of the session)")),
            (50, 0, None),
        ] {
            let said = said.map(|fee| {
                format!("Free to cancel until Wednesday, December 2, 2:30 pm. After that it's {fee}.")
            });
            let agreed = agreed(24, percent, price, "2026-11-23 08:00");
            assert_eq!(terms(agreed, &practice()), said, "{percent} % of {price}");
        }
    }

    #[test]
    fn before_anything_is_confirmed_it_says_until_when_canceling_will_be_free() {
        let fee = LateFee { amount: Price(4750), percent: 50 };
        for (until, said) in [
            (FreeUntil::At(at("2026-12-02 14:30")), "Wednesday, December 2, 2:30 pm"),
            (FreeUntil::AnHourAfter(Confirmation::ByTherapist), "an hour after I confirm"),
            (FreeUntil::AnHourAfter(Confirmation::AtOnce), "an hour after you book"),
        ] {
            let said = format!("Free to cancel until {said}. After that it's $47.50 (half the session).");
            assert_eq!(offer(CancellationOffer { until, fee: Some(fee) }, &practice()), Some(said));
            assert_eq!(offer(CancellationOffer { until, fee: None }, &practice()), None);
        }
        let until = FreeUntil::AtLeast(at("2026-12-02 14:30"));
        let said = offer(CancellationOffer { until, fee: Some(fee) }, &practice()).expect("a fee");
        assert!(said.starts_with("Free to cancel until Wednesday, December 2, 2:30 pm."), "{said}");
        assert!(said.ends_with("You always get an hour after I confirm."), "{said}");
    }

    #[test]
    fn past_the_deadline_it_says_why_and_how_much() {
        let said = |terms: CancellationTerms, confirmed_at: &str| {
            late(terms, &practice(), at(START), at(confirmed_at))
        };
        let (early, near) = ("2026-11-23 08:00", "2026-12-02 18:30");
        assert_eq!(
            said(agreed(24, 50, 9500, early), early),
            "It's less than 24 hours before your appointment, so the fee is $47.50, half the session. Nothing \
             is charged here."
        );
        assert_eq!(
            said(agreed(48, 30, 9500, early), early),
            "It's less than 48 hours before your appointment, so the fee is $28.50, 30% of the session. \
             Nothing is charged here."
        );
        assert_eq!(
            said(agreed(24, 50, 9500, near), near),
            "The time to cancel for free ended Wednesday, December 2, 7:30 pm, so the fee is $47.50, half the \
             session. Nothing is charged here."
        );
        assert_eq!(
            said(agreed(24, 0, 9500, early), early),
            "It's less than 24 hours before your appointment."
        );
    }
}
