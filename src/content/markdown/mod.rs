//! Markdown into HTML.

pub mod comments;
pub mod events;
pub mod figure;
mod footnotes;
mod headings;
mod ids;
pub mod links;
mod mistakes;
mod pass;
mod plain;
mod rendered;
mod tables;

pub use self::{
    headings::Shape,
    pass::render,
    rendered::{Rendered, Section},
};
