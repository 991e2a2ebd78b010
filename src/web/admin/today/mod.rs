//! Today: what stops things, whom the therapist sees now, whom to call, what waits for an
//! answer, the rest of the day, who came, and the coming days. Always in this order.

mod backups;
mod blocked;
pub mod calls;
mod came;
mod certificate;
mod coming_days;
mod email_trouble;
pub mod emails;
mod ending_series;
pub mod everyone;
pub mod late;
pub mod new_addresses;
mod now;
pub mod page;
pub mod proof;
mod to_reach;
mod troubles;
mod unproven;
pub mod unproven_requests;
mod waitlist;
