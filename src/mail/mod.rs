//! Emails: what one is, how each is written, how it goes out. No database:
//! the outbox is a table, and the courier carries between the two.

mod conversation;
pub mod day_ahead;
pub mod email;
pub mod emails;
mod facts;
mod html;
mod kind;
mod late;
pub mod mailer;
mod money;
mod moves;
mod occasion;
pub mod password_link;
pub mod previews;
pub mod question;
mod samples;
mod several;
pub mod smtp;
mod superseded;
pub mod test_email;
#[cfg(test)]
mod tests;
mod tone;
pub mod trouble;
pub mod waitlist;
