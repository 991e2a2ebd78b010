//! Signing in and out, the account, and what keeps a form that came too late.

mod browser;
mod code_page;
pub mod codes;
pub mod door;
pub mod forgotten;
pub mod kept_form;
pub mod kept_forms;
mod onward;
pub mod page;
pub(super) mod password;
pub mod second_step;
pub mod sessions;
pub mod welcome;
