//! The waitlist: who waits for a time ([`entry`]) and for which ([`wishes`]), in which
//! order they are thought of ([`order`]), what is offered to whom ([`round`]), and for how
//! long ([`hold`]).

pub mod entry;
pub mod hold;
pub mod offer;
pub mod order;
pub mod round;
pub mod wishes;
