//! The pages that everybody reads.

pub mod articles;
pub mod branding;
pub mod cards;
pub mod feed;
pub mod healthz;
pub mod home;
pub mod images;
pub mod manifest;
pub mod offices;
pub mod pages;
pub mod question;
pub mod search;
pub mod security;
pub mod services;
pub mod sitemap;
mod spelling;
pub mod suggestions;
pub mod testimonials;
pub mod topics;
