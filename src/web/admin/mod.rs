//! The therapist's buttons.

pub mod appointment;
pub mod calls;
pub mod cancellations;
mod collisions;
pub mod confirmations;
pub mod days;
pub mod declines;
mod effects;
pub mod hours;
pub mod new_addresses;
pub mod online_requests;
pub mod sessions;
pub mod settings;
pub mod time_off;
pub mod today;
mod values;
pub mod welcome;
pub mod why;
