//! What the therapist writes: the practice file, pages and articles in Markdown, pictures.
//!
//! [`read`] knows the files as they lie in the folder and what each may say;
//! [`markdown`] makes HTML of their texts; [`pictures`] makes what a browser can
//! show of their images; `claims` looks for words that promise too much.
//! [`load`] has all of it read and checked at once, every problem named with its
//! file and line, and it becomes one [`site::Site`], which is swapped as one.
//! Out of a site come the [`passages`] for the search, the [`related`] articles
//! and the [`topics`] with what is written about them.

mod claims;
pub mod load;
pub mod markdown;
pub mod passages;
pub mod pictures;
pub mod problem;
pub mod read;
pub mod related;
pub mod site;
mod slug;
pub mod topics;
