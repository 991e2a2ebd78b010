//! What several of the therapist's pages show.

pub mod conflict;
pub mod happened;
pub mod payment;
pub mod said;
pub mod stops;
pub mod together;
pub mod undo;
pub mod unheeded;
pub mod visit;
pub mod waiting;
