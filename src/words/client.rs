//! What a client is told about a field that is wrong, how an email greets them,
//! and what the therapist reads of their history.

use std::borrow::Cow;

use crate::domain::{
    client::{History, Name, NameError, NotAnEmailAddress, NoteTooLong, PhoneError, country::Country, typed},
    practice::Practice,
};

/// What stands where the name of somebody stood who was erased.
pub const ERASED: &str = "Erased client";

pub fn name(error: NameError) -> &'static str {
    match error {
        NameError::Missing => "Please tell me your name.",
        NameError::Unseen => "Part of that name can't be seen. Please type it again.",
        NameError::TooLong => "Please shorten the name to 80 characters.",
        NameError::TooManyWords => "Please shorten the name to eight words.",
        NameError::TooManyMarks => "That name has more accents than I can read. Please type it again.",
        NameError::Address => "A name can't contain a web or email address.",
        NameError::Host => {
            "That name reads like a web address. If it isn't one, please put a space after each period."
        }
        NameError::PhoneNumber => "Please leave phone numbers out of the name.",
        NameError::NoLetters => "Please write your name in letters.",
    }
}

/// The same about the name of whoever comes instead of the one who fills in the form.
pub fn guest(error: NameError) -> &'static str {
    match error {
        NameError::Missing => "Please tell me their name.",
        NameError::NoLetters => "Please write their name in letters.",
        error => name(error),
    }
}

pub fn email(_: NotAnEmailAddress) -> &'static str {
    "That doesn't look like an email address. It should look like name@example.com."
}

/// With a number as the practice's country writes them.
pub fn phone(error: PhoneError, country: Option<Country>) -> String {
    let wrong = match error {
        PhoneError::NotDigits => "Please write the phone number in digits.",
        PhoneError::NotANumber => "That doesn't look like a phone number.",
    };
    match (country.and_then(Country::phone_example), country.and_then(Country::calling_code)) {
        (Some(example), _) => format!("{wrong} It should look like {example}."),
        (None, Some(code)) => format!("{wrong} Please write it with its country code, like +{code} …"),
        (None, None) => format!("{wrong} Please write it with its country code, like +44 20 7946 0958."),
    }
}

pub fn note(_: NoteTooLong) -> &'static str {
    "Please shorten the note to 1,000 characters."
}

/// What an email to a client ends with: the first name, as one signs.
pub fn signature(practice: &Practice) -> String {
    let name = &practice.therapist.name;
    Name::stored(name.clone()).first().unwrap_or(name).to_owned()
}

/// What every email to them begins with: `Hi Walter,`.
pub fn greeting(name: &Name) -> String {
    match name.first() {
        Some(first) => format!("Hi {},", typed::isolated(first)),
        None => "Hi there,".to_owned(),
    }
}

/// Whose visit it is, to the one who has booked it for them: `Ben's visit`. The first name
/// alone, as in a greeting.
pub fn visit_of(guest: &Name) -> String {
    match guest.first() {
        Some(first) => format!("{}'s visit", typed::isolated(first)),
        None => "A visit for somebody else".to_owned(),
    }
}

/// The same within a sentence; `your visit` where they come themselves.
pub fn your_visit(guest: Option<&Name>) -> String {
    match guest {
        None => "your visit".to_owned(),
        Some(guest) => match guest.first() {
            Some(_) => visit_of(guest),
            None => "the visit for somebody else".to_owned(),
        },
    }
}

/// Whom I see, to the one who has booked it: `you`, `Ben`.
pub fn you(guest: Option<&Name>) -> Cow<'_, str> {
    match guest {
        None => Cow::Borrowed("you"),
        Some(guest) => guest.first().map_or(Cow::Borrowed("them"), typed::isolated),
    }
}

/// `4 visits, 1 no-show, 1 late cancellation`; `first visit` where there is nothing to tell.
pub fn history(history: History) -> String {
    let counted = [
        (history.visits, "visit"),
        (history.no_shows, "no-show"),
        (history.late_cancellations, "late cancellation"),
    ];
    let words: Vec<String> = counted
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}{}", if count == 1 { "" } else { "s" }))
        .collect();
    if words.is_empty() { "first visit".to_owned() } else { words.join(", ") }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;
    use crate::domain::client::Note;

    #[test]
    fn what_is_too_long_is_told_how_long_it_may_be() {
        assert_eq!((Name::LONGEST, Name::MOST_WORDS, Note::LONGEST), (80, 8, 1000));
        assert!(name(NameError::TooLong).contains("80 characters"));
        assert!(name(NameError::TooManyWords).contains("eight words"));
        assert!(note(NoteTooLong).contains("1,000 characters"));
    }

    #[test]
    fn a_wrong_number_is_told_with_one_that_is_local() {
        for (zone, like) in [
            (Tz::America__Los_Angeles, "It should look like (530) 555-0142."),
            (Tz::Europe__London, "It should look like 020 7946 0958."),
            (Tz::Europe__Berlin, "It should look like 030 23125 014."),
            (Tz::Pacific__Auckland, "It should look like 09 555 0142."),
            (Tz::Europe__Dublin, "It should look like 020 910 0142."),
            (Tz::Europe__Rome, "Please write it with its country code, like +39 …"),
            (Tz::UTC, "Please write it with its country code, like +44 20 7946 0958."),
        ] {
            let told = phone(PhoneError::NotANumber, Country::of(zone));
            assert_eq!(told, format!("That doesn't look like a phone number. {like}"), "{zone}");
        }
        let us = Some(Country::UNITED_STATES);
        let told = phone(PhoneError::NotDigits, us);
        assert_eq!(told, "Please write the phone number in digits. It should look like (530) 555-0142.");
    }

    #[test]
    fn a_history_is_one_line() {
        let said =
            |visits, no_shows, late_cancellations| history(History { visits, no_shows, late_cancellations });
        assert_eq!(said(4, 1, 1), "4 visits, 1 no-show, 1 late cancellation");
        assert_eq!(said(1, 0, 2), "1 visit, 2 late cancellations");
        assert_eq!(said(0, 0, 0), "first visit");
    }

    #[test]
    fn an_email_greets_by_the_first_name_where_there_surely_is_one() {
        for (name, greeted) in [
            ("Dr. Walter Hobbs", "Hi Walter,"),
            ("Hobbs, Walter", "Hi Walter,"),
            ("Mr Hobbs", "Hi there,"),
            ("דוד לוי", "Hi \u{2068}דוד\u{2069},"),
        ] {
            assert_eq!(greeting(&Name::stored(name.to_owned())), greeted);
        }
    }

    #[test]
    fn a_visit_for_somebody_else_is_called_by_their_first_name() {
        for (name, visit, your, you_are) in [
            (Some("Ben Ray"), "Ben's visit", "Ben's visit", "Ben"),
            (Some("Dr. Ray"), "A visit for somebody else", "the visit for somebody else", "them"),
            (
                Some("דוד לוי"),
                "\u{2068}דוד\u{2069}'s visit",
                "\u{2068}דוד\u{2069}'s visit",
                "\u{2068}דוד\u{2069}",
            ),
            (None, "", "your visit", "you"),
        ] {
            let guest = name.map(|name| Name::stored(name.to_owned()));
            assert_eq!(guest.as_ref().map(visit_of).unwrap_or_default(), visit);
            assert_eq!(your_visit(guest.as_ref()), your);
            assert_eq!(you(guest.as_ref()), you_are);
        }
    }
}
