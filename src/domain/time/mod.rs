//! Time. Inside, a point in time is an [`Instant`] and a span of it an
//! [`Interval`]; at the edges it is a date and a time of day in the practice's
//! zone. `civil` is the one place where the two are turned into each other, and
//! `words` the one place where they are put into words.

mod civil;
mod instant;
mod interval;
mod words;

pub use civil::*;
pub use instant::*;
pub use interval::Interval;
pub use words::*;
