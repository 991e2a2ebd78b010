//! The practice through its front door: a real server, real forms, real letters.

#[allow(dead_code, reason = "each test binary uses its part of it")]
#[path = "../support/mod.rs"]
mod support;

mod address;
mod answers;
mod calls;
mod cancellation;
mod check;
mod commands;
mod crowds;
mod day_ahead;
mod door;
mod forgeries;
mod holds;
mod letters;
mod limits;
mod openings;
mod other_practice;
mod outbox;
mod pages;
mod refused_starts;
mod reminders;
mod request;
mod story;
mod surface;
mod waiting;
