//! The week with its drawing, and the month for looking ahead.

mod agenda;
mod asked;
mod days;
mod drawing;
pub mod month;
pub mod page;
