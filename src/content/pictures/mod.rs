//! Pictures: what their files hold, the sizes that we make of them, and what of
//! them the practice is known by.
//!
//! An [`image_file`] says what kind of picture it is and how large; what a
//! camera wrote beside the picture is left out. As [`images`] they are served,
//! large photographs in several [`sizes`], which the [`picture_maker`] makes. A
//! [`drawing`] of plain shapes becomes part of a page, and the [`branding`] is the
//! site's own icon and card.

pub mod branding;
pub mod drawing;
pub mod image_file;
pub mod images;
mod photograph;
pub mod picture_maker;
pub mod sizes;
