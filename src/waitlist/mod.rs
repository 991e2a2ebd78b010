//! The waitlist: everything that can happen to somebody who waits for a time, one file each.
//! What is offered to whom is decided in `domain/waitlist/`; a round asks it whenever
//! something was written, and with every tick.

pub mod confirm;
pub mod end;
pub mod join;
pub mod look;
mod offer;
pub mod offer_by_hand;
pub mod pass;
pub mod round;
pub mod run_out;
pub mod take;
