//! What the therapist says about a service or an office.

use chrono::NaiveDate;

use super::table::Table;
use crate::content::{
    markdown::{self, Rendered, Shape},
    pictures::images::Images,
    problem::{Problems, Source},
};

/// What the therapist says about a service or an office, beyond the practice file.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    pub description: Option<String>,
    /// One sentence for lists.
    pub summary: Option<String>,
    /// The date of its last change, where the therapist has noted one.
    pub revised: Option<NaiveDate>,
    pub body: Rendered,
}

impl Prose {
    /// How to find an office: its section marked `{.directions}`.
    pub fn directions(&self) -> Option<&str> {
        self.body.marked("directions")
    }
}

/// Reads `services/{slug}.md` or `offices/{slug}.md`.
pub fn read(keys: &Table<'_>, body: Source<'_>, images: &Images, problems: &Problems) -> Prose {
    Prose {
        description: keys.text("description").map(|description| description.value),
        summary: keys.optional_text("summary").map(|summary| summary.value),
        revised: keys.optional_date("revised").map(|date| date.value),
        body: markdown::render(body, Shape::Prose, images, problems),
    }
}
