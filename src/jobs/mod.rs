//! The second entry point, time: what happens without anybody asking.

pub mod backup;
pub mod certificate;
pub mod content_watch;
pub mod courier;
mod hints;
pub mod housekeeping;
pub mod pictures;
pub mod supervisor;
pub mod waitlist;
