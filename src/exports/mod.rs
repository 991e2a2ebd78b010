//! What the therapist takes out of Stillpoint: tables for a spreadsheet.

pub mod table;
