//! This is the website of one therapist with more than one office. Visitors
//! read pages written in Markdown and ask for an appointment; the therapist
//! answers from an admin page. Only two things start work in this program: a
//! request (`web/`) and the passing of time (`jobs/`). Both call an operation
//! (`booking/`, `waitlist/`, `clients/`, `planning/`, `account/`, `site/`). An operation opens one
//! transaction, asks `domain/` to decide, writes the decision and the emails it
//! causes, and commits. `domain/` never touches the network, the disk or the clock,
//! and answers with values; `words/` has the sentences for them that people read.
//!
//! Rooms import downwards only, in this order:
//!
//! ```text
//! main → doctor → serve → web, jobs → site → backup, certificate → planning, clients, exports, mileage, waitlist → booking
//!      → account → operation → app, config → store → mail, content, sealing
//!      → calendar, clock, files, health, log, tls, urls → words → domain
//! ```
//!
//! `tests/tidy.rs` reads the sources and holds them to it; no two files know
//! each other.
//!
//! # A request, from the form to the email
//!
//! `POST /appointments` is a line of [`web::router`], the whole URL map. Its
//! handler reads the form into typed values, or shows the same page again with
//! what was typed (422), and calls [`booking::request::request`]:
//!
//! 1. **begin**: [`operation::Operation::begin`] takes the file's one write lock.
//!    Under it, it looks at the site that is current and reads the rules; holds
//!    that have run out end ([`booking::expire`]).
//! 2. **now**: the clock is asked once, after the lock.
//! 3. **read**: what keeps the therapist busy around that time.
//! 4. **decide**: [`domain::availability::Calendar::find_slot`], the same function
//!    that drew the page, gives the slot or the reason why not (409).
//! 5. **write**: the row, as [`domain::appointment::NewAppointment`] says, the link
//!    to the client's own page, and the emails to both sides, ready to be sent.
//! 6. **commit**: all of it stands, or none; whoever waits for the lock may share the
//!    commit, and nobody is answered before it. The courier is woken, a courtesy:
//!    the table is the truth.
//!
//! What the therapist does with an appointment begins an act besides
//! ([`store::Writing::begin_act`]): whatever its transaction writes from then on waits a
//! minute, and so does what it supersedes or frees. [`booking::undo`] takes it back.
//!
//! The answer is a 303 to the client's own page. [`jobs::courier`] takes each email
//! from the table to [`mail::mailer`], and notes what became of it.

pub mod domain;
pub mod words;

pub mod calendar;
pub mod clock;
pub mod files;
pub mod health;
pub mod log;
pub mod tls;
pub mod urls;

pub mod content;
pub mod mail;
pub mod sealing;

pub mod store;

pub mod app;
pub mod config;

pub mod operation;

pub mod account;
pub mod backup;
pub mod booking;
pub mod certificate;
pub mod clients;
pub mod exports;
pub mod mileage;
pub mod planning;
pub mod site;
pub mod waitlist;

pub mod jobs;
pub mod web;

pub mod serve;

pub mod doctor;
