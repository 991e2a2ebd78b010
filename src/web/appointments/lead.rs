//! What stands first on the client's own page.

use chrono::Datelike;
use chrono_tz::Tz;

use crate::{
    domain::{
        appointment::{Appointment, Side, Status},
        practice::Practice,
        time::{self, Instant},
    },
    words,
};

/// What the status means, in a sentence.
pub fn to_client(practice: &Practice, a: &Appointment, now: Instant) -> String {
    let guest = a.guest.as_ref();
    let you = words::client::you(guest);
    let words = match (a.status(), a.canceled_by()) {
        (Status::Requested, _) => "I'm holding this time for you. It is not confirmed yet.",
        (Status::Confirmed, _) if now < a.span.start => {
            return format!("I look forward to seeing {you}.");
        }
        (Status::Confirmed, _) if now < a.span.end => {
            return format!("Your session started at {}.", time::time_words(practice.zone, a.span.start));
        }
        // Whether they came is not known yet.
        (Status::Confirmed, _) => {
            return format!("Your appointment was {}.", day_of(practice.zone, a.span.start, now));
        }
        (Status::Arrived, _) if guest.is_some() => {
            return format!("I saw {you} {}. Thanks for booking.", day_of(practice.zone, a.span.start, now));
        }
        (Status::Arrived, _) => {
            return format!("Thanks for coming in {}.", day_of(practice.zone, a.span.start, now));
        }
        (Status::Declined, _) => {
            return format!("I'm sorry, I can't see {you} then. Nothing is booked, and you owe nothing.");
        }
        (Status::Canceled, Some(Side::Therapist)) => {
            "I'm sorry, I had to cancel this appointment. Please don't come in; you owe nothing."
        }
        (Status::Canceled, _) if a.was_confirmed() => {
            "Your appointment is canceled. Thanks for letting me know."
        }
        (Status::Canceled, _) => "Your request is canceled. Thanks for letting me know.",
        (Status::Expired, _) => {
            "I'm sorry, I didn't answer in time. I'm no longer holding this time for you, and nothing is booked."
        }
        (Status::NoShow, _) if guest.is_some() => return format!("Sorry I missed {you}."),
        (Status::NoShow, _) => "Sorry we missed each other.",
    };
    words.to_owned()
}

/// `today`, `Thursday`, with the date where the weekday alone could be another.
fn day_of(zone: Tz, start: Instant, now: Instant) -> String {
    let (today, day) = (time::date(zone, now), time::date(zone, start));
    if day == today {
        "today".to_owned()
    } else if time::is_near(today, day) {
        time::weekday_words(day.weekday()).to_owned()
    } else {
        format!("on {}", time::date_words(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example::at;

    #[test]
    fn the_day_of_a_visit_is_named_as_people_do() {
        let day = |now: &str| day_of(chrono_tz::America::Los_Angeles, at("2026-12-03 14:30"), at(now));
        assert_eq!(day("2026-12-03 15:30"), "today");
        assert_eq!(day("2026-12-04 00:00"), "Thursday");
        assert_eq!(day("2026-12-09 23:59"), "Thursday");
        assert_eq!(day("2026-12-10 00:00"), "on Thursday, December 3");
    }
}
