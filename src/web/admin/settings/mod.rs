//! The settings: the policy, told by examples of these days.

mod effects;
pub mod page;
mod values;
