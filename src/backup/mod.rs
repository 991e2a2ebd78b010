//! What happens to the file as a whole: copies of it are made, in the night and when
//! somebody asks, kept for a while, and put back in its place.
//!
//! A copy is relied on only after it was opened again and read through, and stands
//! under its name only when it lies on the disk. What a copy brings back is older than
//! what clients know: so nothing is emailed after a restore until the therapist has seen
//! what would be, whoever was signed in is not, and who was erased is erased again.

pub mod before_upgrade;
pub mod beside;
pub mod encryption;
pub mod error;
pub mod kept;
pub mod make;
mod name;
pub mod nightly;
pub mod release;
pub mod restore;
pub mod take_up;
