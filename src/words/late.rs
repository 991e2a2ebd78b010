//! Running late: what clients and the therapist read of it.

use super::client;
use crate::domain::{
    appointment::Appointment,
    availability::late::Expected,
    client::Name,
    practice::Practice,
    time::{self, Interval},
};

/// `Come at 2:50 pm. We'll have 40 minutes, same price.`
pub fn fits(practice: &Practice, a: &Appointment, span: Interval) -> String {
    let at = time::time_words(practice.zone, span.start);
    let minutes = span.length().num_minutes();
    match minutes < a.minutes() {
        true => format!("Come at {at}. We'll have {minutes} minutes, same price."),
        false => format!("Come at {at}. We'll have the full {minutes} minutes."),
    }
}

/// What the therapist sees of a client who is late: `20 minutes late: 2:50 pm – 3:30 pm`.
pub fn comes(practice: &Practice, late: &Expected) -> String {
    format!("{} minutes late: {}", late.minutes, span(practice, late.span))
}

/// What they see of a visit that they are late for themselves: `you're late: 2:50 pm – 3:50 pm`;
/// nothing where they are on time after all.
pub fn waits(practice: &Practice, a: &Appointment, late: &Expected) -> Option<String> {
    if late.span.end <= a.span.end {
        return None;
    }
    Some(format!("you're late: {}", span(practice, late.span)))
}

fn span(practice: &Practice, span: Interval) -> String {
    let at = |at| time::time_words(practice.zone, at);
    format!("{} – {}", at(span.start), at(span.end))
}

/// A whole text to somebody whom the therapist keeps waiting.
pub fn text(name: &Name, practice: &Practice, office: &str, late: &Expected) -> String {
    let therapist = Name::stored(practice.therapist.name.clone());
    let therapist = therapist.first().unwrap_or(&practice.therapist.name);
    let (greeting, at) = (client::greeting(name), time::time_words(practice.zone, late.span.start));
    if late.is_on_time() {
        return format!("{greeting} it's {therapist}. I'm on time after all: see you at {at} in {office}.");
    }
    let agreed = time::time_words(practice.zone, late.start);
    format!(
        "{greeting} it's {therapist}. I'm running late, I'm sorry: please come at {at} instead of {agreed} today, \
         in {office}. You'll have your full session."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        appointment::Status,
        example::{appointment, at, practice},
    };

    fn span(from: &str, to: &str) -> Interval {
        Interval::new(at(&format!("2026-12-08 {from}")), at(&format!("2026-12-08 {to}")))
    }

    #[test]
    fn what_fits_is_said_with_its_minutes_and_that_the_price_stays() {
        let a = appointment(Status::Confirmed, "north", at("2026-12-08 14:30"));
        assert_eq!(
            fits(&practice(), &a, span("14:50", "15:30")),
            "Come at 2:50 pm. We'll have 40 minutes, same price."
        );
        assert_eq!(
            fits(&practice(), &a, span("14:50", "15:50")),
            "Come at 2:50 pm. We'll have the full 60 minutes."
        );
    }

    #[test]
    fn a_text_says_when_to_come_instead() {
        let june = Name::parse("June Okafor").expect("a name");
        let (start, span) = (at("2026-12-08 14:30"), span("14:50", "15:50"));
        let late = Expected { start, span, minutes: 20, said_at: start };
        let said = text(&june, &practice(), "Redding", &late);
        assert!(said.starts_with("Hi June, it's Example. I'm running late"), "{said}");
        assert!(said.contains("please come at 2:50 pm instead of 2:30 pm today, in Redding."), "{said}");
    }
}
