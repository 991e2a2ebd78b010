//! What a client's earlier appointments came to.

/// What a client's earlier appointments came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// How often they came, or were confirmed for a time that is over.
    pub visits: u32,
    /// How often they did not come.
    pub no_shows: u32,
    /// How often they canceled past the free deadline.
    pub late_cancellations: u32,
}
