//! The files of the content folder, and what each of them says: the practice
//! file, pages, texts about services and offices, testimonials, articles.
//!
//! [`folder`] knows which files there are and reads their text; [`table`] takes
//! TOML apart key by key, in [`front_matter`] and in the [`practice_file`]. Each
//! kind of file has a module of its own that says which keys it may have.

pub mod alias;
pub mod article;
pub mod folder;
pub mod forbidden;
pub mod front_matter;
pub mod glyphs;
pub mod page;
pub mod page_name;
pub mod practice_file;
pub mod prose;
pub mod table;
pub mod testimonial;
pub mod topic;
pub mod word_counts;
