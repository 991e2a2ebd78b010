//! In which order those who wait are thought of: whoever has waited longest comes first, and
//! whoever has let two offers pass comes behind those who have not.

use super::entry::Entry;
use crate::domain::{ids::WaitlistEntryId, time::Instant};

/// So many offers let pass put somebody behind the others.
const PATIENCE: usize = 2;

/// Somebody's place in the order: what is less comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    is_behind: bool,
    since: Instant,
    id: WaitlistEntryId,
}

impl Place {
    /// The place of an entry whose owner has let so many offers pass; `None` where it does
    /// not count.
    pub fn of(entry: &Entry, let_pass: usize) -> Option<Self> {
        let since = entry.waiting_since()?;
        Some(Self { is_behind: is_behind(let_pass), since, id: entry.id })
    }
}

/// True when somebody comes behind those who have let fewer pass.
pub fn is_behind(let_pass: usize) -> bool {
    let_pass >= PATIENCE
}
