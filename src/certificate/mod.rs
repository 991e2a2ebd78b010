//! The certificate of the site, where the program gets it by itself (`HTTPS_DOMAIN`): asked for
//! as ACME has it (RFC 8555), proved on the port itself (TLS-ALPN-01, RFC 8737), kept in the
//! data folder, and renewed in time.

mod conversation;
mod issued;
mod kept;
pub mod offer;
pub mod renewal;
mod transport;
pub mod trouble;
pub mod validity;
