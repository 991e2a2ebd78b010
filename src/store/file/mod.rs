//! The file itself: opening it, reading and writing it as a whole, and what goes
//! wrong with it. The tables know nothing of this but transactions.

mod error;
mod journal;
mod memory;
mod migrations;
pub mod owner;
mod part;
mod place;
mod pools;
mod private;
pub mod snapshot;
mod store;
mod transaction;
mod trial;
mod turns;
mod writes;

#[cfg(test)]
pub(super) use self::{error::sentence, migrations::MIGRATIONS};

pub use error::{OpenError, StoreError};
pub(super) use memory::Remembered;
pub use private::with_journal;
pub use store::{FileState, LOCK_PATIENCE, Store};
pub use transaction::{Reading, Writing};
