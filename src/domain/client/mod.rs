//! Who asks for an appointment, as far as the practice needs to know: a name,
//! and an email address or a telephone number. Everything is read once, at the
//! door, and is of one of these types from then on. A name is kept as its owner
//! writes it, a phone as the country reads it, and `identity` says when two of
//! them are the same person's. Records that are one person's are so because the
//! therapist says it: `person` has them, `finding` looks through them.

pub mod block;
mod contact;
pub mod country;
mod email_address;
pub mod finding;
mod hears;
mod history;
pub mod identity;
pub mod mailbox;
pub mod name;
mod note;
pub mod person;
pub mod phone;
pub mod typed;

pub use contact::{Contact, mailto, text_link};
pub use email_address::{EmailAddress, NotAnEmailAddress};
pub use hears::Hears;
pub use history::History;
pub use name::{Name, NameError};
pub use note::{Note, NoteTooLong};
pub use person::Person;
pub use phone::{Phone, PhoneError};
