//! A day that is closed: until when another time can be chosen instead, and what
//! became of whom.

use chrono_tz::Tz;

use super::client::{greeting, you, your_visit};
use crate::domain::{
    appointment::Appointment,
    availability::closing::Outcome,
    practice::Practice,
    time::{self, Instant},
};

/// `through Tuesday, December 15`, or `until Friday, December 11, 6:05 am`.
pub fn until(zone: Tz, until: Instant) -> String {
    let date = time::date(zone, until);
    match date.pred_opt() {
        Some(last) if until == time::start_of_day(zone, date) => {
            format!("through {}", time::date_words(last))
        }
        _ => format!("until {}", time::phrase(zone, until)),
    }
}

/// What became of a visit, on the therapist's pages.
pub fn became(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Canceled => "Canceled",
        Outcome::Declined => "Declined",
        Outcome::Kept => "Kept",
        Outcome::Moved => "Moved to the time they asked for",
        Outcome::Stands => "Still on; the new time is declined",
    }
}

/// What the therapist texts to somebody who has not answered.
pub fn text(practice: &Practice, a: &Appointment, outcome: Outcome) -> String {
    let when = time::phrase(practice.zone, a.span.start);
    let (greeting, office) = (greeting(&a.name), practice.office_name(&a.office));
    let (you, yours) = (
        you(a.guest.as_ref()),
        match &a.guest {
            Some(guest) => your_visit(Some(guest)),
            None => "your appointment".to_owned(),
        },
    );
    match outcome {
        Outcome::Kept => {
            format!("{greeting} I'm still seeing {you} {when}, in {office}. Questions? Call me.")
        }
        Outcome::Declined => format!(
            "{greeting} I'm sorry, I won't be in then, so I can't see {you} {when}, in {office}. Please don't come in. Call me for another time."
        ),
        _ => format!(
            "{greeting} I'm sorry, I won't be in then, so {yours} {when}, in {office}, is canceled. Please don't come in. Call me for another time."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example::at;

    #[test]
    fn what_ends_at_midnight_lasts_through_the_day_before() {
        let zone = chrono_tz::America::Los_Angeles;
        assert_eq!(until(zone, at("2026-12-16 00:00")), "through Tuesday, December 15");
        assert_eq!(until(zone, at("2026-12-11 06:05")), "until Friday, December 11, 6:05 am");
    }
}
