//! What clients say.

use super::table::Table;
use crate::content::{
    markdown::{self, Rendered, Shape},
    pictures::images::Images,
    problem::{Problems, Source},
    slug::slug_of,
};

/// What a client said, as far as they may be named.
#[derive(Clone, Debug)]
pub struct Testimonial {
    pub who: String,
    pub year: u32,
    pub body: Rendered,
}

/// Reads `testimonials/{name}.md`.
pub fn read(
    keys: &Table<'_>,
    body: Source<'_>,
    name: &str,
    images: &Images,
    problems: &Problems,
) -> Testimonial {
    Testimonial {
        who: keys.text("who").map(|who| who.value).unwrap_or_default(),
        year: keys.whole_number("year", 1900..=2999).map(|year| year.value).unwrap_or_default(),
        body: markdown::render(body, Shape::Said { by: &slug_of(name) }, images, problems),
    }
}
