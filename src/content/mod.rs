//! What the therapist writes: the practice file, pages and articles in
//! Markdown. Everything is read and checked at once and becomes one [`site::Site`];
//! every fault is found in the same reading and named with its file and line.

pub mod article;
mod claims;
pub mod drawing;
mod events;
pub mod fault;
pub mod folder;
pub mod front_matter;
pub mod images;
pub mod links;
pub mod markdown;
pub mod page;
pub mod practice_file;
pub mod site;
pub mod table;
mod words;
