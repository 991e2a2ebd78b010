//! What the therapist writes: the practice file, pages and articles in
//! Markdown. Everything is read and checked at once ([`load`]) and becomes one [`site::Site`];
//! every fault is found in the same reading and named with its file and line.

pub mod alias;
pub mod article;
mod claims;
mod comments;
pub mod drawing;
mod events;
mod examples;
pub mod fault;
mod figure;
pub mod folder;
mod footnotes;
mod forbidden;
pub mod front_matter;
mod glyphs;
mod ids;
mod image_file;
pub mod images;
pub mod inventory;
pub mod links;
pub mod load;
pub mod markdown;
mod nearest;
pub mod page;
mod page_name;
pub mod passage;
pub mod practice_file;
mod related;
pub mod seen;
pub mod site;
pub mod sizes;
mod slug;
pub mod table;
mod tables;
pub mod topic;
mod words;
