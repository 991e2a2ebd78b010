//! What the therapist reads of what they have just done, and why it can't be undone.

use crate::domain::{act::Kind, appointment::refusal::UndoRefusal};

/// `Declined`, before “Undo until 2:04:10.”
pub fn done(kind: Kind) -> &'static str {
    match kind {
        Kind::Booked => "Booked",
        Kind::Confirmed => "Confirmed",
        Kind::Declined => "Declined",
        Kind::RescheduleConfirmed => "New time confirmed",
        Kind::RescheduleDeclined => "New time declined",
        Kind::Rescheduled => "Rescheduled",
        Kind::Canceled => "Canceled",
        Kind::CanceledForClient => "Canceled by the client",
        Kind::Arrived => "Arrived",
        Kind::NoShow => "No-show",
        Kind::PutBack => "Put back",
        Kind::AddressTold => "New address emailed",
        Kind::SentAgain => "Email sent again",
        Kind::Closed => "Closed",
        Kind::Reopened => "Open again",
        Kind::RanLate => "Running late",
        Kind::Offered => "Offered",
    }
}

pub fn not_undone(refusal: UndoRefusal) -> &'static str {
    match refusal {
        UndoRefusal::MinuteIsOver => "The minute to undo this is over. Nothing was changed.",
        UndoRefusal::WasTold => "The email about this has already gone out, so it can't be undone.",
        UndoRefusal::ClientHasActed => {
            "The client has done something with this appointment since, so it can't be undone. Nothing was changed."
        }
        UndoRefusal::HasChanged => {
            "This appointment has changed again since, so it can't be undone. Nothing was changed."
        }
        UndoRefusal::IsToBeUndone => "You can still undo this instead. Nothing was changed.",
        UndoRefusal::BookedSince => {
            "Somebody has booked or requested that time since, so it stays open. To close it after all, close the day again: you'll see who's affected first."
        }
        UndoRefusal::NewerActFirst => {
            "You did something else with this appointment after that. Undo that first."
        }
    }
}
