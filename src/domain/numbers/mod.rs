//! What has happened in a year, in numbers: visits, money, hours, people.

pub mod miles;
mod offered;
mod tally;
mod year;

pub use offered::Offered;
pub use tally::{Entry, Numbers, Outcome, Paid, Sums};
pub use year::Year;
