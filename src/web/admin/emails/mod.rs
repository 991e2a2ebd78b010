//! The emails: every one that was written, what it says, and what has become of it.

pub mod list;
pub mod page;
mod state;
pub mod test;
