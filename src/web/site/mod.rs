//! The pages that everybody reads.

pub mod articles;
pub mod feed;
pub mod home;
pub mod images;
pub mod manifest;
pub mod offices;
mod pager;
pub mod pages;
pub mod question;
pub mod search;
pub mod services;
pub mod sitemap;
pub mod testimonials;
pub mod topics;
