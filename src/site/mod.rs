//! What happens to the site as a whole: what the therapist has written is
//! published, and a reader asks about it.

pub mod ask;
pub mod publish;
