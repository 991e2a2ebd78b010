//! What a year comes to: on a page, drawn, and as tables for a spreadsheet.

mod counted;
pub mod page;
mod plot;
pub mod table;
