//! Markdown into HTML.

pub mod comments;
pub mod events;
pub mod figure;
mod footnotes;
mod ids;
pub mod links;
mod pass;
mod tables;

pub use self::pass::{Rendered, Shape, render};
