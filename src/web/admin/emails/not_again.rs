//! Why an email isn't sent again, in words.

use crate::booking::send_again::NotAgain;

/// Why an email isn't sent again, and what to do instead.
pub fn sentence(why: NotAgain) -> &'static str {
    match why {
        NotAgain::NotToAClient => "Only emails to clients about an appointment can be sent again.",
        NotAgain::Waits => "It hasn't gone out yet, so there's nothing to send again.",
        NotAgain::NotTrueAnymore => {
            "It can't be sent again: something newer was written, or the appointment has changed since."
        }
        NotAgain::VisitIsOver => "It can't be sent again: the visit is over.",
        NotAgain::NoAddress => {
            "It can't be sent again: there's no email address for this visit. Please call."
        }
        NotAgain::AddressReturned => {
            "It can't be sent again: emails to this address come back. Please call, or correct the address first."
        }
    }
}
