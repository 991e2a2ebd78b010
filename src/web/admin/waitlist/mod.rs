//! The waitlist as the therapist sees it: who waits and why in this order, what was offered to
//! whom, and what they can do about it.

pub mod by_hand;
pub mod entries;
pub mod offers;
pub mod page;
