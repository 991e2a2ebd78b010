//! What a visit's page says first while a client has asked for another time,
//! and after what became of that: how things stand now.

use chrono::Datelike;

use crate::{
    app::App,
    domain::{
        appointment::{
            Appointment, Status,
            reschedule_request::{LatestReschedule, Outcome, RescheduleRequest},
        },
        time,
    },
};

/// To the client; `None` where there is nothing to say about another time.
pub fn to_client(app: &App, a: &Appointment, latest: Option<&LatestReschedule>) -> Option<String> {
    let latest = latest.filter(|_| is_to_come(app, a))?;
    let (to, stands) = (to(app, latest.reschedule_request()), stands(app, a, latest.reschedule_request()));
    Some(match latest {
        LatestReschedule::Waits(_) => {
            format!("You asked to move to {to}. Until I answer, {stands} still stands.")
        }
        LatestReschedule::Ended(_, Outcome::Declined) => {
            format!("I'm sorry, I can't move you to {to}. {} still stands.", capital(&stands))
        }
        LatestReschedule::Ended(_, Outcome::Expired) => {
            format!(
                "You asked to move to {to}. I'm sorry, I didn't answer in time, so {stands} still stands."
            )
        }
        LatestReschedule::Ended(_, Outcome::Canceled) => {
            format!("You're not moving to {to} after all. {} still stands.", capital(&stands))
        }
        LatestReschedule::Ended(_, Outcome::Confirmed) => {
            format!("You're confirmed for {}, as you asked.", now_at(app, a))
        }
        LatestReschedule::Ended(_, Outcome::Replaced) => {
            format!("Your appointment is now {}.", now_at(app, a))
        }
    })
}

/// The same to the therapist.
pub fn to_therapist(app: &App, a: &Appointment, latest: Option<&LatestReschedule>) -> Option<String> {
    let latest = latest.filter(|_| is_to_come(app, a))?;
    let (to, stands) = (to(app, latest.reschedule_request()), stands(app, a, latest.reschedule_request()));
    let name = &a.name;
    Some(match latest {
        LatestReschedule::Waits(_) => {
            format!("{name} wants to reschedule to {to}. Until you answer, {stands} still stands.")
        }
        LatestReschedule::Ended(_, Outcome::Declined) => {
            format!("You declined {to}. {} still stands.", capital(&stands))
        }
        LatestReschedule::Ended(_, Outcome::Expired) => {
            format!(
                "{name} wanted to reschedule to {to}, and didn't get an answer in time. {} still stands.",
                capital(&stands)
            )
        }
        LatestReschedule::Ended(_, Outcome::Canceled) => {
            format!("{name} no longer wants to reschedule to {to}. {} still stands.", capital(&stands))
        }
        LatestReschedule::Ended(_, Outcome::Confirmed) => {
            format!("Rescheduled to {}, as {name} asked.", now_at(app, a))
        }
        LatestReschedule::Ended(_, Outcome::Replaced) => format!("The visit is now {}.", now_at(app, a)),
    })
}

fn is_to_come(app: &App, a: &Appointment) -> bool {
    a.status() == Status::Confirmed && app.now() < a.span.start
}

/// `Thursday, December 3, 2:30 pm, Redding`
fn to(app: &App, reschedule_request: &RescheduleRequest) -> String {
    let when = time::phrase(app.practice().zone, reschedule_request.span.start);
    format!("{when}, {}", app.practice().office_name(&reschedule_request.office))
}

fn now_at(app: &App, a: &Appointment) -> String {
    let when = time::phrase(app.practice().zone, a.span.start);
    format!("{when}, {}", app.practice().office_name(&a.office))
}

/// What tells the time that stands from the other one: its weekday, or more
/// where that is the same or could be another week's.
fn stands(app: &App, a: &Appointment, reschedule_request: &RescheduleRequest) -> String {
    let zone = app.practice().zone;
    let today = time::date(zone, app.now());
    let (old, new) = (time::date(zone, a.span.start), time::date(zone, reschedule_request.span.start));
    if old == new && a.office != reschedule_request.office {
        app.practice().office_name(&a.office).to_owned()
    } else if old == new {
        time::time_words(zone, a.span.start)
    } else if old.weekday() == new.weekday() || !time::is_near(today, old) {
        time::date_words(old)
    } else {
        time::weekday_words(old.weekday()).to_owned()
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
