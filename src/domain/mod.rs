//! The rules: what is open, what is busy, what may be offered, what may happen
//! to an appointment. Pure: `now` and tokens come in as arguments, and nothing
//! here touches the network, the disk or the clock.
//!
//! Each room knows those before it alone: time, who comes, the practice, an
//! appointment, when there is one to be had, who waits for one, and what came of them all.

#![warn(missing_docs)]

pub mod ids;
pub mod time;

pub mod client;
pub mod question;

pub mod practice;

pub mod act;
pub mod appointment;
pub mod history;

pub mod availability;
pub mod series;

pub mod waitlist;

pub mod numbers;

#[cfg(test)]
pub(crate) mod example;
