//! Today: what waits, whom the therapist sees, whom to call, and what is wrong.

mod blocked;
pub mod calls;
mod coming_days;
mod email_trouble;
pub mod emails;
pub mod new_addresses;
pub mod page;
mod troubles;
