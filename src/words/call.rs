//! A call to make: what there is to tell, and what was done for whoever has no number.

use chrono_tz::Tz;

use crate::domain::{
    appointment::call::Topic,
    client::{Contact, Hears, Name},
    time::{self, Instant},
};

/// What is behind somebody's name on the list: `doesn't know yet that this is confirmed`.
pub fn about(topic: Topic) -> &'static str {
    match topic {
        Topic::Requested => "requested this time and has no email, so call with your answer",
        Topic::Confirmed => "doesn't know yet that this is confirmed",
        Topic::Declined => "doesn't know yet that this is declined",
        Topic::Canceled => "doesn't know yet that this is canceled",
        Topic::Expired => "doesn't know yet that this request has expired",
        Topic::Changed => "may not know yet that this is the new time",
        Topic::RescheduleRequestDeclined => {
            "doesn't know yet that you declined the new time, so this one stands"
        }
        Topic::RescheduleRequestExpired => {
            "doesn't know yet that the new time wasn't answered, so this one stands"
        }
        Topic::Reminder => "needs a reminder of this visit",
        Topic::NewAddress => "doesn't know yet that the office has a new address",
        Topic::EmailFailed => "couldn't be reached by email",
        Topic::Kept => "is still on, though you closed that time, so call",
        Topic::RunningLate => "may not know yet that you're running late",
        Topic::Reopened => "doesn't know yet that the day they were canceled is open again",
    }
}

/// What becomes of a button's news, before it is pressed.
pub fn hears(hears: &Hears, name: &Name) -> String {
    match hears {
        Hears::ByEmail => format!("{name} gets an email."),
        Hears::ByEmailThatMayReturn => format!(
            "{name} gets an email, but emails to that address have come back, and there's no phone number."
        ),
        Hears::ByCall => {
            "There's no email address, so nothing is sent. It becomes a call to make.".to_owned()
        }
        Hears::ByCallInstead => {
            "Emails to that address come back, so nothing is sent. It becomes a call to make.".to_owned()
        }
    }
}

/// The same of a request, in a word or two.
pub fn to_call(hears: Hears) -> Option<&'static str> {
    match hears {
        Hears::ByEmail => None,
        Hears::ByEmailThatMayReturn => Some("emails have come back"),
        Hears::ByCall => Some("no email: call"),
        Hears::ByCallInstead => Some("emails come back: call"),
    }
}

/// Of whoever has no phone, how they were written to: `No phone on file; emailed Monday, 3:01 pm.`
pub fn no_phone(zone: Tz, contact: &Contact, emailed_at: Option<Instant>, now: Instant) -> Option<String> {
    if contact.phone.is_some() {
        return None;
    }
    Some(match (&contact.email, emailed_at) {
        (None, _) => "No phone or email on file.".to_owned(),
        (Some(_), Some(at)) => {
            let at = time::phrase_near(zone, time::date(zone, now), at);
            format!("No phone on file; emailed {at}.")
        }
        (Some(_), None) => "No phone on file; no email about it has gone out yet.".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        client::{EmailAddress, Phone},
        example::at,
    };

    #[test]
    fn whoever_has_no_phone_is_said_to_have_been_written_to() {
        let (zone, sent, now) =
            (chrono_tz::America::Los_Angeles, at("2026-12-08 14:30"), at("2026-12-08 14:40"));
        let email = EmailAddress::parse("june@example.com").ok();
        let contact = |email, phone| Contact { email, phone };
        let said = |contact: &Contact, sent| no_phone(zone, contact, sent, now);
        let known = contact(email.clone(), None);
        assert_eq!(said(&known, Some(sent)).as_deref(), Some("No phone on file; emailed Tuesday, 2:30 pm."));
        let waits = "No phone on file; no email about it has gone out yet.";
        assert_eq!(said(&known, None).as_deref(), Some(waits));
        assert_eq!(said(&contact(None, None), None).as_deref(), Some("No phone or email on file."));
        let phone = Some(Phone::stored("+15305550133".to_owned()));
        assert_eq!(said(&contact(email, phone), Some(sent)), None);
    }
}
