//! The second entry point, time: what happens without anybody asking.

pub mod courier;
pub mod housekeeping;
