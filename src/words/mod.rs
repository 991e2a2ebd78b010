//! What people read of the values in `domain/`: where an appointment stands, what
//! canceling costs, what is wrong with a field. A rule answers with a value, and
//! this room alone knows what it is called, so that a page, an email and a
//! calendar say the same.
//!
//! A sentence that a single page says stands in that page's template.

pub mod act;
pub mod appointment;
pub mod browser;
pub mod call;
pub mod cancellation;
pub mod certificate;
pub mod client;
pub mod clock;
pub mod closing;
pub mod conflict;
pub mod history;
pub mod hours;
pub mod late;
pub mod listed;
pub mod mileage;
pub mod payment;
pub mod question;
pub mod sealed;
pub mod series;
pub mod size;
pub mod time_off;
pub mod waitlist;
