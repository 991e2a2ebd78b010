//! What has happened, in a sentence for the therapist.

use super::act;
use crate::domain::{act::Kind, history::What};

/// What the sentence names, in words.
pub struct Named<'a> {
    /// The client.
    pub name: &'a str,
    /// `Tuesday, December 8, 2:30 pm, Redding`: the appointment as it was before.
    pub was: &'a str,
    /// ` in Redding`, or nothing where it is the whole practice.
    pub place: &'a str,
    /// `Tuesday, December 8`
    pub date: &'a str,
}

/// `You confirmed June Okafor, Tuesday, December 8, 2:30 pm, Redding.`
pub fn sentence(what: What, named: &Named<'_>) -> String {
    let Named { name, was, place, date } = named;
    match what {
        What::Act(kind) => match kind {
            Kind::Booked => format!("You booked {name}, {was}."),
            Kind::Confirmed => format!("You confirmed {name}, {was}."),
            Kind::Declined => format!("You declined {name}, {was}."),
            Kind::RescheduleConfirmed => format!("You confirmed a new time for {name}, who had {was}."),
            Kind::RescheduleDeclined => format!("You declined a new time for {name}, who keeps {was}."),
            Kind::Rescheduled => format!("You rescheduled {name}, who had {was}."),
            Kind::Canceled => format!("You canceled {name}, {was}."),
            Kind::CanceledForClient => format!("You noted that {name} called to cancel {was}."),
            Kind::Arrived => format!("You noted that {name} came, {was}."),
            Kind::NoShow => format!("You noted that {name} didn't come, {was}."),
            Kind::PutBack => format!("You put {name} back, {was}."),
            Kind::AddressTold => format!("You emailed the office's new address to {name}, {was}."),
            Kind::Closed => format!("You closed a day on which {name} had {was}."),
            Kind::Offered => format!("You offered {name} {was}."),
            Kind::Reopened => format!("You opened a day again on which {name} has {was}."),
            Kind::RanLate => format!("You were running late for {name}, {was}."),
            Kind::SentAgain => format!("You sent {name} an email again, about {was}."),
        },
        What::Undone(kind) => format!("You undid “{}” for {name}, {was}.", act::done(kind)),
        What::Overtaken(kind) => {
            format!(
                "“{}” doesn't count: {name} did something else before hearing of it, {was}.",
                act::done(kind)
            )
        }
        What::Requested => format!("{name} requested {was}."),
        What::BookedByClient => format!("{name} booked {was}."),
        What::RescheduleRequested => format!("{name} asked for another time than {was}."),
        What::RescheduleWithdrawn => format!("{name} doesn't want another time anymore and keeps {was}."),
        What::MovedByClient => format!("{name} moved away from {was}."),
        What::WillAttend => format!("{name} said they'll be there, {was}."),
        What::ClientLate => format!("{name} said they're running late for {was}."),
        What::CanceledByClient => format!("{name} canceled {was}."),
        What::Expired => format!("{name} got no answer in time, so the request for {was} expired."),
        What::RescheduleExpired => format!("{name} got no answer about another time and keeps {was}."),
        What::AddressCorrected => format!("{name} corrected their email address, {was}."),
        What::Kept => format!("You're keeping {name}, {was}, though that day's plan doesn't cover it."),
        What::Called => format!("You reached {name}, {was}."),
        What::PaymentNoted => format!("You noted what {name} paid, {was}."),
        What::PaymentForgotten => format!("You noted that {name} hasn't paid after all, {was}."),
        What::FeeWaived => format!("You waived {name}'s fee, {was}."),
        What::FeeAskedFor => format!("You're asking {name} for the fee after all, {was}."),
        What::CameBack => format!("You noted that an email to {name} came back, {was}."),
        What::DetailsChanged => format!("You changed how {name} is called or reached."),
        What::NoteChanged => format!("You changed your note about {name}."),
        What::Merged => format!("You merged another client with {name}."),
        What::Unmerged => format!("You took another client apart from {name}."),
        What::Blocked => format!("You blocked {name}."),
        What::Unblocked => format!("You unblocked {name}."),
        What::Erased => "You erased a client.".to_owned(),
        What::HoursChanged => format!("You changed the weekly hours{place}, from {date} on."),
        What::HoursTakenBack => format!("You took back the weekly hours{place} planned from {date} on."),
        What::FirstBookingChanged => {
            "You changed the days when the first booking decides the office.".to_owned()
        }
        What::DayPlanned => format!("You planned {date}."),
        What::DayAsUsual => format!("You went back to the usual hours on {date}."),
        What::DayClosed => format!("You closed {date}{place}, or part of it."),
        What::DayReopened => format!("What you had closed of {date}{place} is open again."),
        What::ClosingSeen => format!("{name} saw that {was} is canceled."),
        What::TimeOffTaken => format!("You took time off{place}, from {date}."),
        What::TimeOffEnded => format!("You ended the time off{place} that was to begin {date}."),
        What::Paused => "You paused online booking.".to_owned(),
        What::Resumed => "You resumed online booking.".to_owned(),
        What::ProofAskedFor => "You asked everybody to prove their email first.".to_owned(),
        What::ProofNotAskedFor => "You stopped asking everybody to prove their email first.".to_owned(),
        What::PolicyChanged => "You changed your policy.".to_owned(),
        What::PasswordSet => "You set your password.".to_owned(),
        What::SecondStepOn => "You turned one-time codes on.".to_owned(),
        What::SecondStepOff => "One-time codes were turned off.".to_owned(),
        What::EverythingExported => "You downloaded everything as an archive.".to_owned(),
        What::AppointmentsExported => "You downloaded the table of appointments.".to_owned(),
        What::ClientsExported => "You downloaded the table of clients.".to_owned(),
        What::EmailsExported => "You downloaded the table of emails.".to_owned(),
        What::Restored => "A backup took the place of the database.".to_owned(),
        What::EmailsReleased => "You let the emails go out that waited after the restore.".to_owned(),
    }
}
