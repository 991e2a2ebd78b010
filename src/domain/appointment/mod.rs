//! An appointment: what all of them have ([`Appointment`]), where one stands
//! ([`State`]), and what may happen to it (`transitions`). What is to be written
//! first is a [`NewAppointment`].
//!
//! Around it lie what canceling costs, what was paid, the reminders, the calls in place of
//! emails, and the client's request for another time; and what the rules say no to.

pub mod attendance;
pub mod call;
pub mod cancellation;
mod new;
pub mod overriding;
pub mod payment;
mod record;
pub mod refusal;
pub mod reminder;
pub mod reschedule_request;
mod state;
mod status;
mod transitions;
pub mod unproven;

pub use new::{NewAppointment, Second, Wanted};
pub use record::Appointment;
pub use state::{Agreement, Cancellation, State};
pub use status::{Side, Status};
