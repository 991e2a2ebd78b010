//! The emails: every one that was written, what it says, and what has become of it.

mod address;
pub mod again;
pub mod come_back;
pub mod list;
mod not_again;
pub mod page;
pub mod preview;
pub mod restored;
pub mod state;
pub mod test;
