//! Whole stories in a real browser.

#[path = "../support/mod.rs"]
mod support;
