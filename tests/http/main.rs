//! The practice through its front door: a real server, real forms, real letters.

#[allow(dead_code, reason = "each test binary uses its part of it")]
#[path = "../support/mod.rs"]
mod support;

mod pages;
mod story;
