//! Signing in and out, and what keeps a form that came too late.

pub mod door;
pub mod kept_form;
pub mod kept_forms;
pub mod sessions;
pub mod welcome;
