//! The plan: weekly hours, single days, time off and pauses, and why a time is
//! open or not.

mod closed;
pub mod closing;
mod conflicts_ahead;
pub mod days;
pub mod hours;
mod part_of_a_day;
pub mod pause;
pub mod reopening;
pub mod time_off;
mod touched;
pub mod why;
