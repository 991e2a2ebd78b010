//! The therapist closes a day, or a part of it: everybody whom that touches is told,
//! and may choose another time instead, once; and it is opened again.

pub mod close;
pub mod rebook;
pub mod rebooking;
pub mod reopen;
pub mod touched;
