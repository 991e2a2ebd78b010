//! The therapist's buttons.

pub mod appointment;
pub mod calls;
pub mod cancellations;
pub mod confirmations;
pub mod declines;
pub mod sessions;
pub mod today;
pub mod welcome;
