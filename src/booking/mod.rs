//! Everything that can happen to an appointment, one file each. Every such file
//! reads the same way: begin, read, decide, write, commit. Beside them stand what
//! they share (`tell`) and what is looked at without changing anything (`slots`,
//! `preview`).

pub mod address_told;
pub mod arrive;
mod asked_together;
pub mod attend;
mod blocked;
pub mod book;
pub mod call_done;
mod call_instead;
pub mod cancel;
pub mod cancel_later;
pub mod closing;
pub mod come_back;
pub mod confirm;
pub mod conflicts;
pub mod correct_address;
pub mod decline;
pub mod decline_many;
pub mod demo;
pub mod emails;
pub mod expire;
mod hold_anew;
pub mod known;
pub mod late;
pub mod pay;
pub mod preview;
pub mod prove;
pub mod put_back;
mod quota;
pub mod remind;
pub mod request;
pub mod request_together;
pub mod reschedule;
pub mod reschedule_later;
pub mod reschedule_later_by_client;
pub mod send_again;
pub mod sent_form;
pub mod series;
pub mod slots;
mod superseded;
mod tell;
mod tell_of_several;
pub mod test_email;
pub mod together;
mod two_sessions;
pub mod undo;
mod unheard;
pub mod unproven;
