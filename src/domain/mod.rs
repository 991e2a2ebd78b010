//! The rules: what is open, what is busy, what may be offered, what may happen
//! to an appointment. Pure: `now` and tokens come in as arguments, and nothing
//! here touches the network, the disk or the clock.

pub mod appointment;
pub mod availability;
pub mod busy;
pub mod call;
pub mod cancellation;
pub mod client;
pub mod conflict;
pub mod country;
pub mod day;
pub mod exceptions;
pub mod hold;
pub mod identity;
pub mod ids;
pub mod interval;
pub mod listed;
pub mod mailbox;
pub mod name;
pub mod office;
pub mod opening_hours;
pub mod phone;
pub mod policy;
pub mod postal;
pub mod practice;
pub mod price;
pub mod question;
pub mod refusal;
pub mod reminder;
pub mod reschedule_request;
pub mod rules;
pub mod run;
pub mod service;
pub mod slot;
mod status;
pub mod stretch;
pub mod time;
pub mod time_off;
pub mod timetable;
pub mod travel;
pub mod typed;
pub mod typed_hours;

#[cfg(test)]
pub(crate) mod example;
