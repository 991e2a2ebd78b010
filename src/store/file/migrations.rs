//! The steps from an empty file to this version's, compiled into the program.

use sqlx::migrate::Migrator;

pub(in crate::store) static MIGRATIONS: Migrator = sqlx_macros::migrate!();
