//! The page of today, under whose address all the others lie.

pub const ADMIN: &str = "/admin";
