//! The one memory of the web room. An answer that is the same for everybody is
//! kept under its address, with its headers and its compressed forms, and given
//! again before anything is routed or asked, for as long as it is true. How long
//! that is, its [`CachePolicy`] says; `Stamp::is_good` is the one place that
//! knows what ends it.

mod answers;
mod first;
mod policy;

pub use answers::Cache;
pub use first::CacheFirst;
pub use policy::CachePolicy;
