//! What the therapist writes: the practice file, pages and articles in
//! Markdown. Everything is read and checked at once ([`load`]) and becomes one [`site::Site`];
//! every fault is found in the same reading and named with its file and line.

pub mod alias;
pub mod article;
mod claims;
pub mod drawing;
mod events;
mod examples;
pub mod fault;
mod figure;
pub mod folder;
mod footnotes;
pub mod front_matter;
mod glyphs;
mod image_file;
pub mod images;
pub mod inventory;
pub mod links;
pub mod load;
pub mod markdown;
mod nearest;
pub mod page;
pub mod passage;
pub mod practice_file;
mod related;
pub mod site;
mod slug;
pub mod table;
pub mod topic;
mod words;
