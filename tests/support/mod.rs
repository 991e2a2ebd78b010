//! What the tests share: a practice that is open on a port of its own, with a
//! clock that can be set and letters that can be read.

pub mod clock;
pub mod content;
pub mod practice;
