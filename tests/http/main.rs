//! The practice through its front door: a real server, real forms, real letters.

#[allow(dead_code, reason = "each test binary uses its part of it")]
#[path = "../support/mod.rs"]
mod support;

mod address;
mod answers;
mod back;
mod book_again;
mod calls;
mod cancellation;
mod check;
mod clock_changes;
mod closed;
mod commands;
mod conflicts;
mod content_changes;
mod crowds;
mod day_ahead;
mod days;
mod door;
mod figures;
mod finding;
mod forgeries;
mod holds;
mod hours;
mod letters;
mod limits;
mod mistyped;
mod new_address;
mod office_hours;
mod one_row;
mod openings;
mod other_practice;
mod outbox;
mod pages;
mod past_midnight;
mod phone_booking;
mod questions;
mod races;
mod reading;
mod refused_starts;
mod reminders;
mod request;
mod reschedule;
mod settings;
mod shared;
mod signed_out;
mod states;
mod story;
mod surface;
mod texts;
mod therapist_moves;
mod time_off;
mod visits;
mod waiting;
mod why;
