//! What a client's earlier appointments came to.

/// What a client's earlier appointments came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct History {
    pub visits: u32,
    pub no_shows: u32,
    pub late_cancellations: u32,
}
