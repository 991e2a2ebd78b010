//! The file: SQLite through sqlx, rows in, domain values out. One file per
//! table. All SQL of the program is here.
//!
//! A [`Reading`] sees one state of the file; a [`Writing`] has the turn
//! to write, with the file's one write lock, from its beginning, so that what it has
//! read still holds when it writes. Several may share a commit (`file/turns.rs`).

mod acted_on;
mod acts;
mod addresses;
mod agreed_in;
mod appointments;
mod attendances;
mod backup;
mod blocked_clients;
mod blocked_requests;
mod busy;
mod calls;
mod client_aliases;
mod clients;
mod closings;
mod columns;
mod conflicts;
mod driven_days;
mod due;
mod emails;
mod emails_in_trouble;
mod erasure;
mod exported;
mod file;
mod history;
mod identity_keys;
mod late;
mod links;
mod mileage_rates;
mod named_mailboxes;
mod numbers;
mod offers;
mod opening_hours;
mod outbox;
mod outlived;
mod pause;
mod payments;
mod phones;
mod plans;
mod policy;
mod proof_of_everybody;
mod proofs;
mod reschedule_requests;
mod reseal;
mod returned_addresses;
mod rules;
mod sealed;
pub mod search;
mod second_step;
mod sent_forms;
mod series;
mod served;
mod sessions;
#[cfg(test)]
mod tests;
mod therapist;
mod time_off;
mod unlisted_emails;
mod unproven_holds;
mod unproven_requests;
mod waiting_emails;
mod waitlist_entries;
mod waitlist_gone;
mod waitlist_links;
mod written_emails;

pub use acted_on::Known;
pub use backup::FromBackup;
pub use blocked_requests::BlockedRequest;
pub use calls::Call;
pub use conflicts::NotedConflict;
pub use emails::StoredEmail;
pub use emails_in_trouble::Troubled;
pub use exported::AppointmentWithPayment;
pub use file::{
    FileState, LOCK_PATIENCE, OpenError, Reading, Store, StoreError, Writing, owner, snapshot, with_journal,
};
pub use history::Happened;
pub use links::GivenIn;
pub use outbox::Thread;
pub use reseal::{NotRotated, Resealed, rotate_key};
pub use second_step::StoredSecondStep;
pub use sent_forms::SentForm;
pub use sessions::{StoredSession, WelcomeFrom};
pub use unproven_requests::UnprovenCount;
pub use waitlist_links::WaitlistLink;
pub use written_emails::{Outcome, WrittenEmail};
