//! What the therapist writes: the practice file, pages and articles in
//! Markdown. Everything is read and checked at once and becomes one [`site::Site`];
//! every fault is found in the same reading and named with its file and line.

pub mod article;
pub mod fault;
pub mod front_matter;
pub mod images;
pub mod markdown;
pub mod page;
pub mod practice_file;
pub mod site;
pub mod table;
