//! When somebody can come. The [`timetable`] says where the therapist is on which
//! day, [`busy`] what they have already, [`rules`] what else is in force. The
//! [`Calendar`] holds the three together and is asked by everything: the pages of
//! openings, a client's form, an answer, the therapist's own bookings. `openings`
//! says what it offers, `checks` holds the rules beyond the hours, each told alone.
//!
//! Around it stand what is told of days: a [`day`] at all offices side by side,
//! its [`run`], the [`whereabouts`] of the therapist, the [`exceptions`] to the week,
//! and the [`conflict`] of a visit with the plan of its day.

pub mod adjoining;
pub mod busy;
mod calendar;
mod checks;
pub mod closing;
pub mod conflict;
pub mod day;
pub mod exceptions;
pub mod hold;
pub mod late;
mod openings;
pub mod rules;
pub mod run;
pub mod slot;
pub mod stretch;
pub mod time_off;
pub mod timetable;
pub mod whereabouts;

pub use calendar::Calendar;
pub use openings::Step;
