//! What a client does: choose a time, ask for it, look after the request.

pub mod address;
pub mod again;
pub mod as_well;
pub mod attendance;
mod away;
pub mod calendar_file;
mod canceling;
pub mod cancellation;
pub mod days;
mod effect;
pub mod form;
pub mod found;
pub mod late;
mod lead;
pub mod moving;
pub mod not_moved;
pub mod openings;
pub mod own_page;
pub mod proof;
mod rebooked;
pub mod rebooking;
pub mod request;
pub mod reschedule;
pub mod seen;
pub mod taken;
pub mod unproven;
