//! What the tests share: a practice that is open on a port of its own, with a
//! clock that can be set; visitors who press what they see; a mailbox whose
//! emails can be read.

pub mod clock;
pub mod content;
pub mod kinds;
pub mod mailbox;
pub mod other_databases;
pub mod page;
pub mod people;
pub mod practice;
pub mod program;
pub mod visitor;
