//! Markdown into HTML.

pub mod comments;
pub mod events;
pub mod figure;
mod footnotes;
mod ids;
pub mod links;
mod pass;
mod plain;
mod rendered;
mod tables;

pub use self::{
    pass::{Shape, render},
    rendered::{Rendered, Section},
};
