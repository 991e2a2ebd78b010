//! The practice as a whole, on a real file, whatever happens and whatever fails.

#[allow(dead_code, reason = "each test binary uses its part of it")]
#[path = "../support/mod.rs"]
mod support;

mod failing_writes;
mod one_row;
