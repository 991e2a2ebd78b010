//! What a year comes to: on a page, drawn, and as tables for a spreadsheet; and
//! the year's sheet of miles.

mod counted;
pub mod miles;
pub mod miles_table;
pub mod page;
mod plot;
pub mod rates;
mod sheet;
pub mod table;
pub mod ticks;
