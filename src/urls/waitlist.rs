//! The addresses of the waitlist: of whoever waits, and the therapist's.

use crate::domain::ids::{OfferId, OfficeSlug, ServiceSlug, Token, WaitlistEntryId};

/// Where somebody joins it.
pub const WAITLIST: &str = "/waitlist";
/// Who waits, and what was offered to whom.
pub const WAITLIST_DESK: &str = "/admin/waitlist";

/// Where somebody joins it for a service, or for one at an office.
pub fn waitlist_for(service: &ServiceSlug, office: Option<&OfficeSlug>) -> String {
    let office = office.map(|office| format!("&office={office}")).unwrap_or_default();
    format!("{WAITLIST}?service={service}{office}")
}

/// The page of somebody who waits.
pub fn waitlist_entry(token: &Token) -> String {
    format!("{WAITLIST}/{token}")
}

/// Where they show that they read the email about it.
pub fn waitlist_confirmation(token: &Token) -> String {
    format!("{}/confirmation", waitlist_entry(token))
}

/// Where they take what is offered to them.
pub fn waitlist_offer(token: &Token) -> String {
    format!("{}/offer", waitlist_entry(token))
}

/// Where they let it pass.
pub fn waitlist_pass(token: &Token) -> String {
    format!("{}/pass", waitlist_offer(token))
}

/// Where they take themselves off the list.
pub fn waitlist_end(token: &Token) -> String {
    format!("{}/end", waitlist_entry(token))
}

/// Where the client of an appointment joins it for another time instead.
pub fn swap(appointment: &Token) -> String {
    format!("{}/waitlist", super::appointment(appointment))
}

/// Where the therapist notes that somebody who was called wants to be on it.
pub fn entry_confirmation(id: WaitlistEntryId) -> String {
    format!("{WAITLIST_DESK}/{id}/confirmation")
}

/// Where they take somebody off.
pub fn entry_end(id: WaitlistEntryId) -> String {
    format!("{WAITLIST_DESK}/{id}/end")
}

/// Where they choose what to offer to somebody.
pub fn entry_offer(id: WaitlistEntryId) -> String {
    format!("{WAITLIST_DESK}/{id}/offer")
}

/// Where they say yes for somebody whom they have called.
pub fn offer_taking(id: OfferId) -> String {
    format!("{WAITLIST_DESK}/offers/{id}/taking")
}

/// The same for a no.
pub fn offer_pass(id: OfferId) -> String {
    format!("{WAITLIST_DESK}/offers/{id}/pass")
}

/// Where they take an offer back.
pub fn offer_end(id: OfferId) -> String {
    format!("{WAITLIST_DESK}/offers/{id}/end")
}
