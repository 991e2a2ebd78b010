//! The kinds of emails, as whoever reads one tells them apart: by whom it is
//! to, how its subject begins, and what it says first.

use super::{mailbox::Email, people::THERAPIST};

/// Whom an email is to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    Client,
    Therapist,
}
use To::{Client, Therapist};

/// Every kind: its folder of templates, and after a colon which of its sentences it says.
const KINDS: [(&str, To, &str, &str); 61] = [
    ("unproven", Client, "Not requested yet: ", "please show me that this is your email address"),
    ("waitlist", Client, "Waitlist: ", "please show me that this is your email address"),
    ("waitlist_over", Client, "Waitlist: ", "You've been on my waitlist for as long as you asked"),
    ("opening: held", Client, "Opening: ", "I'm holding it for you until "),
    ("opening: to all", Client, "Opening: ", "it goes to whoever says yes first"),
    ("received", Client, "Requested: ", "I'm holding this time for you. It is not confirmed yet."),
    ("arrived: a request", Therapist, "Requested: ", " requests this time"),
    ("arrived: an appointment", Therapist, "Confirmed: ", " booked this time"),
    ("waiting: a request", Therapist, "Requested: ", "After that the request expires"),
    ("waiting: a change", Therapist, "Confirmed: ", "After that the request to reschedule expires"),
    ("confirmed", Client, "Confirmed: ", " confirmed. I look forward to seeing "),
    ("series", Client, "Confirmed: ", " confirmed for all of these. I look forward to seeing "),
    (
        "series_received",
        Client,
        "Requested: ",
        "I'm holding all of these for you. They are not confirmed yet.",
    ),
    ("series_arrived: a request", Therapist, "Requested: ", " requests all of these"),
    ("series_arrived: appointments", Therapist, "Confirmed: ", " booked all of these"),
    ("series_waiting", Therapist, "Requested: ", "After that they expire"),
    ("series_declined", Client, "Declined: ", "I'm sorry, I can't make any of these times work."),
    ("series_expired", Client, "Expired: ", "I'm sorry, I didn't answer you about these in time"),
    ("series_changed: by the therapist", Client, "Changed: ", "I've rescheduled your appointments."),
    ("series_changed: as asked", Client, "Changed: ", "Your appointments are rescheduled, as you asked."),
    ("series_changed_by_client: requests", Therapist, "Requested: ", " moved these requests."),
    ("series_changed_by_client: appointments", Therapist, "Changed: ", " rescheduled all of these."),
    ("series_cancelled: by the client", Client, "Canceled: ", "Your appointments are canceled."),
    ("series_cancelled: by the therapist", Client, "Canceled: ", "I have to cancel these appointments."),
    ("series_cancelled_by_client", Therapist, "Canceled: ", " canceled all of these."),
    ("declined", Client, "Declined: ", "I'm sorry, I can't see "),
    ("put_back: canceled", Client, "Confirmed: ", "Good news: your appointment is back on."),
    ("put_back: declined", Client, "Confirmed: ", " after all. I look forward to seeing "),
    ("expired", Client, "Expired: ", "I'm sorry, I didn't answer in time"),
    ("changed: as asked", Client, "Changed: ", "Your appointment is rescheduled, as you asked."),
    ("changed: a request", Client, "Changed: ", "I've confirmed your request, with a change."),
    ("changed: by the therapist", Client, "Changed: ", "I've rescheduled your appointment."),
    ("changed_by_client: a request", Therapist, "Requested: ", " moved this request."),
    ("changed_by_client: an appointment", Therapist, "Changed: ", " rescheduled. It's confirmed."),
    ("reschedule_request_received", Client, "Confirmed: ", "You asked to reschedule to"),
    ("reschedule_request_arrived", Therapist, "Confirmed: ", "Until you answer, this appointment stands."),
    (
        "reschedule_request_arrived: several",
        Therapist,
        "Confirmed: ",
        "Until you answer, these appointments stand.",
    ),
    ("unchanged: declined", Client, "Confirmed: ", "I'm sorry, I can't move your appointment to"),
    ("unchanged: expired", Client, "Confirmed: ", "I'm sorry, I didn't answer in time about"),
    ("unchanged: taken back", Client, "Confirmed: ", "I've dropped your request for"),
    ("reschedule_request_withdrawn", Therapist, "Confirmed: ", " no longer wants to reschedule to"),
    ("cancelled: a request", Client, "Canceled: ", "Your request is canceled."),
    ("cancelled: by the client", Client, "Canceled: ", "Your appointment is canceled."),
    ("cancelled: by the therapist", Client, "Canceled: ", "I have to cancel this appointment."),
    ("closed: an appointment", Client, "Canceled: ", "I won't be in then, so your appointment is canceled."),
    ("closed: a request", Client, "Declined: ", "I won't be in then, so I can't confirm your request."),
    ("reopened: an appointment", Client, "Canceled: ", "and I'm not holding your time."),
    ("reopened: a request", Client, "Declined: ", "and I'm not holding your time."),
    ("cancelled_by_client", Therapist, "Canceled: ", "The time is free again."),
    ("reminder: before", Client, "Reminder: ", "Running late? "),
    ("reminder: on the day", Client, "Today: ", "Running late? "),
    ("therapist_late: not as agreed", Client, "Running late: ", "I'm running late, and I'm sorry."),
    ("therapist_late: as agreed", Client, "Today: ", "I'm on time after all."),
    ("client_late", Therapist, "Running late: ", " minutes late and comes at "),
    ("new_address", Client, "Changed: new address in ", " office has moved to "),
    ("conflict", Therapist, "Conflict: ", " is confirmed for this time, but "),
    ("day_ahead: the evening before", Therapist, "Reminder: tomorrow, ", "All times are "),
    ("day_ahead: on the day", Therapist, "Today, ", "All times are "),
    ("question", Therapist, "Question: ", " asks about"),
    ("test", Therapist, "Test: ", "This is the test email that you asked for."),
    ("password_link", Therapist, "Password: ", "You asked for a link to set a new password."),
];

impl Email {
    /// What kind of an email it is; it has to be of one kind alone.
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

    /// True for an email about one appointment.
    pub fn is_about_an_appointment(&self) -> bool {
        ![
            "series",
            "series_changed",
            "series_changed_by_client",
            "series_cancelled",
            "series_cancelled_by_client",
            "question",
            "day_ahead",
            "test",
            "password_link",
            "unproven",
            "waitlist",
            "waitlist_over",
            "opening",
        ]
        .contains(&folder(self.kind()))
    }
}

/// Every kind of email there is.
pub fn all() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(kind, ..)| *kind)
}

/// The folder of templates that a kind is written with.
pub fn folder(kind: &str) -> &str {
    kind.split(": ").next().unwrap_or_default()
}
