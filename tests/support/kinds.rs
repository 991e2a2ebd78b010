//! The kinds of letters, as whoever reads one tells them apart: by whom it is
//! to, how its subject begins, and what it says first.

use super::{mailbox::Letter, people::THERAPIST};

/// Whom a letter is to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    Client,
    Therapist,
}
use To::{Client, Therapist};

/// Every kind: its folder of templates, and after a colon which of its sentences it says.
const KINDS: [(&str, To, &str, &str); 30] = [
    ("received", Client, "Requested: ", "the time is held for you."),
    ("arrived: a request", Therapist, "Requested: ", " asks for an appointment."),
    ("arrived: an appointment", Therapist, "Confirmed: ", " has booked."),
    ("waiting: a request", Therapist, "Requested: ", "After that the request expires"),
    ("waiting: a change", Therapist, "Confirmed: ", "After that the change expires"),
    ("confirmed", Client, "Confirmed: ", "your appointment is confirmed."),
    ("declined", Client, "Declined: ", "I am sorry, I cannot take this appointment."),
    ("expired", Client, "Expired: ", "I did not answer your request in time"),
    ("changed: as asked", Client, "Changed: ", "your appointment is moved, as you asked."),
    ("changed: a request", Client, "Changed: ", "I have confirmed your request for another time."),
    ("changed: by the therapist", Client, "Changed: ", "I have moved your appointment."),
    ("changed_by_client: a request", Therapist, "Requested: ", " has moved this request to another time"),
    ("changed_by_client: an appointment", Therapist, "Changed: ", " has moved this appointment."),
    ("change_received", Client, "Confirmed: ", "you have asked to move this appointment to"),
    ("change_arrived", Therapist, "Confirmed: ", " asks to move this appointment to"),
    ("unchanged: declined", Client, "Confirmed: ", "I am sorry, I cannot move your appointment to"),
    ("unchanged: expired", Client, "Confirmed: ", "I did not answer in time whether your appointment can be"),
    ("unchanged: taken back", Client, "Confirmed: ", "you have taken back the change to"),
    ("change_taken_back", Therapist, "Confirmed: ", " has taken back the change to"),
    ("cancelled: a request", Client, "Canceled: ", "your request is canceled."),
    ("cancelled: by the client", Client, "Canceled: ", "your appointment is canceled."),
    ("cancelled: by the therapist", Client, "Canceled: ", "I have to cancel this appointment."),
    ("cancelled_by_client", Therapist, "Canceled: ", "The time is free again."),
    ("reminder: before", Client, "Reminder: ", "this is a reminder of your appointment with me."),
    ("reminder: on the day", Client, "Today: ", "you have an appointment with me today."),
    ("new_address", Client, "Changed: new address in ", " has a new address: "),
    ("conflict", Therapist, "Conflict: ", " is confirmed for this time, but "),
    ("day_ahead: the evening before", Therapist, "Reminder: tomorrow, ", "All times are "),
    ("day_ahead: on the day", Therapist, "Today, ", "All times are "),
    ("question", Therapist, "Question: ", " asks about"),
];

impl Letter {
    /// What kind of a letter it is; it has to be of one kind alone.
    #[track_caller]
    pub fn kind(&self) -> &'static str {
        let to = if self.to == THERAPIST { Therapist } else { Client };
        let is_it = |(_, side, subject, words): &&(&str, To, &str, &str)| {
            *side == to && self.subject.starts_with(subject) && self.text.contains(words)
        };
        let kinds: Vec<&'static str> = KINDS.iter().filter(is_it).map(|(kind, ..)| *kind).collect();
        assert_eq!(kinds.len(), 1, "{kinds:?}: “{}” to {:?}:\n{}", self.subject, to, self.text);
        kinds[0]
    }

    /// True for a letter about one appointment.
    pub fn is_about_an_appointment(&self) -> bool {
        !["question", "day_ahead"].contains(&folder(self.kind()))
    }
}

/// Every kind of letter there is.
pub fn all() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(kind, ..)| *kind)
}

/// The folder of templates that a kind is written with.
pub fn folder(kind: &str) -> &str {
    kind.split(": ").next().unwrap_or_default()
}
