//! Whole stories in a real browser.

#[allow(dead_code, reason = "each test binary uses its part of it")]
#[path = "../support/mod.rs"]
mod support;
