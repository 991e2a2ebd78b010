//! The practice as a whole, on a real file, whatever happens and whatever fails.

#[allow(dead_code, reason = "each test binary uses its part of it")]
#[path = "../support/mod.rs"]
mod support;

mod actors;
mod clients;
mod closing;
mod content;
mod desk;
mod failing_writes;
mod file;
mod late;
mod money;
mod one_row;
mod ordinary;
mod post;
mod promises;
mod reached;
mod records;
mod sequences;
mod series;
mod steps;
mod story;
mod told;
mod undo;
mod waitlist;
mod whole_series;
