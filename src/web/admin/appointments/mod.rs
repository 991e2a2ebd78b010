//! Appointments, one by one: the page of each, what can be done with it, and
//! those that the therapist books.

mod answers;
pub mod arrivals;
mod attempt;
pub mod bookings;
pub mod cancellations;
pub mod client_cancellations;
pub mod confirmations;
pub mod declines;
pub mod fee_waivers;
pub mod keeping;
mod known_client;
mod later_moves;
pub mod many_declines;
pub mod no_shows;
mod of_series;
mod outcome;
pub mod page;
pub mod payments;
pub mod put_backs;
mod reasons;
pub mod reschedules;
mod same_person;
pub mod series;
mod taken;
mod times;
