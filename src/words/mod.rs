//! What people read of the values in `domain/`: the sentence for a field that is
//! wrong. A rule answers with a value, and this room alone knows
//! what it is called, so that a page, an email and a calendar say the same.
//!
//! A sentence that a single page says stands in that page's template.

pub mod client;
pub mod hours;
pub mod question;
