//! Why an export broke off.

use crate::store::StoreError;

/// Why an export broke off.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Whoever was to have it has hung up.
    #[error("nobody takes it any more")]
    Gone,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Page(#[from] askama::Error),
    #[error("the archive can't be written: {0}")]
    Archive(#[from] zip::result::ZipError),
    #[error("the archive can't be written: {0}")]
    Write(#[from] std::io::Error),
}
