//! Whole stories in a real browser: Debian's Chromium over its chromedriver, on
//! a phone and at a desk, with script and without; and the story of a booking in
//! Firefox as well, over geckodriver.

#[allow(dead_code, reason = "each test binary uses its part of it")]
#[path = "../support/mod.rs"]
mod support;

mod browser;
mod chromium;
mod firefox;
mod header;
mod people;

mod back;
mod client;
mod day;
mod every_page;
mod keyboard;
mod large_letters;
mod late;
mod openings;
mod paper;
mod reader;
mod series;
mod taps;
mod therapist;
mod waitlist;
