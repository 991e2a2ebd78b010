//! The practice through its front door: a real server, real forms, real letters.

#[path = "../support/mod.rs"]
mod support;

mod pages;
