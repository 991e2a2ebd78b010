//! The year's sheet: what the therapist says of the days on which they drove
//! between offices, and of what a mile counts.

pub mod rate;
pub mod tick;
