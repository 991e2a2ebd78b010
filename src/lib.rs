//! This is the website of one therapist with more than one office. Visitors
//! read pages written in Markdown and ask for an appointment; the therapist
//! answers from an admin page. Only two things start work in this program: a
//! request (`web/`) and the passing of time (`jobs/`). Both call an operation
//! (`booking/`, `planning/`, `account/`, `site/`). An operation opens one
//! transaction, asks `domain/` to decide, writes the decision and the emails it
//! causes, and commits. `domain/` never touches the network, the disk or the clock.
//!
//! Rooms import downwards only, in this order:
//!
//! ```text
//! main → serve → web, jobs → site → planning → booking → account → operation
//!      → app, config → store → mail, content → calendar, clock, health, log, urls
//!      → domain
//! ```
//!
//! `tests/tidy.rs` reads the sources and holds them to it.

pub mod domain;

pub mod calendar;
pub mod clock;
pub mod health;
pub mod log;
pub mod urls;

pub mod content;
pub mod mail;

pub mod store;

pub mod app;
pub mod config;

pub mod operation;

pub mod account;
pub mod booking;
pub mod planning;
pub mod site;

pub mod jobs;
pub mod web;

pub mod serve;
