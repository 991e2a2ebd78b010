//! What somebody does who waits for a time: join the waitlist, show that the email is theirs,
//! take what is offered or let it pass, and leave.

pub mod confirmation;
pub mod end;
pub mod entry;
mod form;
pub mod join;
pub mod offer;
pub mod swap;
