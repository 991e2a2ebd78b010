//! What several pages show: the frame around every page and what machines read
//! of it, and small pieces, each ready to be written out. No template formats a
//! time or a price.

mod card;
pub mod contact_fields;
pub mod dates;
mod field;
pub mod icon;
pub mod later;
mod layout;
pub mod mail_domain;
pub mod mistyped;
pub mod moved_later;
mod office;
mod opening;
pub mod page;
pub mod pager;
mod panel;
mod phone;
pub mod portrait;
pub mod reschedule_line;
pub mod rhythm;
pub mod structured;
mod when;

pub use card::of_article as card_of_article;
pub use field::{FieldView, form_title, wrong};
pub use later::LaterView;
pub use office::{OfficeView, hours_words};
pub use opening::{OpeningView, SlotView, next_openings};
pub use panel::Panel;
pub use phone::PhoneView;
pub use rhythm::RhythmView;
pub use when::{When, answer, light, zones};
