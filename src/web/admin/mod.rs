//! The therapist's desk: a room per subject, a file per address.

pub mod account;
pub mod appointments;
pub mod clients;
pub mod content;
pub mod emails;
pub mod exports;
pub mod history;
pub mod numbers;
mod parts;
pub mod planning;
pub mod settings;
pub mod today;
pub mod undo;
pub mod waitlist;
pub mod week;
