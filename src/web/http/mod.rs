//! HTTP itself: what every answer carries, who asks, in which encoding, how often,
//! and what becomes of an error.

pub mod answer;
pub mod assets;
pub mod attachment;
pub mod client_address;
pub mod encoded;
pub mod error;
pub mod field;
pub mod headers;
pub mod limit;
pub mod query;
pub mod request_id;
pub mod route;
pub mod seen;
pub mod sign_ins;
pub mod submission;
