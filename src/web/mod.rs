//! The first entry point, HTTP. [`router`] is the whole URL map on one screen;
//! every file below `site/`, `appointments/`, `waitlist/` and `admin/` is one resource: its
//! page as a struct, and its handlers. Below them lie the parts that several
//! pages show, what is kept in memory, and HTTP itself.

mod admin;
mod appointments;
mod cache;
mod errors;
mod http;
pub mod metrics;
mod parts;
pub mod router;
mod site;
mod state;
pub mod to_https;
mod waitlist;

pub use cache::CacheFirst;
pub use state::Web;
