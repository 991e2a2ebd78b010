//! An article.

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::NaiveDate;

use super::{
    alias::{self, Alias},
    table::Table,
    topic::{self, Topic},
    word_counts::{self, Count},
};
use crate::{
    content::{
        markdown::{self, Rendered, Shape},
        pictures::images::Images,
        problem::{Problems, Source},
    },
    domain::ids::{OfficeSlug, is_slug},
};

#[derive(Clone, Debug)]
pub struct Article {
    /// Its name in addresses: the file's, or the one that its front matter gives.
    pub slug: Slug,
    /// The path below the content folder.
    pub file: String,
    pub title: String,
    /// A sentence or two: the lead, and what search engines show.
    pub description: String,
    pub published: NaiveDate,
    pub revised: Option<NaiveDate>,
    pub topics: Vec<Topic>,
    /// Where it once stood.
    pub aliases: Vec<Alias>,
    /// The office that its invitation names first.
    pub office: Option<OfficeSlug>,
    pub body: Rendered,
    /// Tells what it says from what every other says, for the search.
    pub stamp: u64,
    /// Its words by how often they stand in it, for what goes with it.
    pub(in crate::content) counts: Vec<Count>,
}

/// A slug and the line where it stands.
#[derive(Clone, Debug)]
pub struct Slug {
    pub value: String,
    pub line: usize,
}

/// Words that a reader takes in per minute.
const WORDS_A_MINUTE: usize = 220;

impl Article {
    /// Minutes that reading takes, at least one.
    pub fn minutes(&self) -> usize {
        self.body.words.div_ceil(WORDS_A_MINUTE).max(1)
    }

    /// The date of the last change.
    pub fn updated(&self) -> NaiveDate {
        self.revised.unwrap_or(self.published)
    }
}

/// Reads `articles/{name}.md`.
pub fn read(keys: &Table<'_>, body: Source<'_>, name: &str, images: &Images, problems: &Problems) -> Article {
    // What is missing is a problem already; reading goes on for the others.
    let title = keys.text("title").map(|title| title.value).unwrap_or_default();
    let description = keys.text("description").map(|description| description.value).unwrap_or_default();
    let published = keys.date("published");
    let revised = keys.optional_date("revised");
    if let (Some(published), Some(revised)) = (&published, &revised)
        && revised.value < published.value
    {
        keys.problem(revised.offset, "`revised` is before `published`");
    }
    let topics = topic::read(keys);
    let aliases = alias::read(keys);
    let office = keys.optional_parsed("office", "the slug of an office", OfficeSlug::parse);
    let slug = slug(keys, name);
    let file = body.file.to_owned();
    let body = markdown::render(body, Shape::Prose, images, problems);
    Article {
        slug,
        file,
        published: published.map(|date| date.value).unwrap_or_default(),
        revised: revised.map(|date| date.value),
        topics,
        aliases,
        office: office.map(|office| office.value),
        stamp: stamp(&title, &description, &body),
        counts: counts(&title, &description, &body),
        title,
        description,
        body,
    }
}

/// The one that the front matter gives, or the name of the file.
fn slug(keys: &Table<'_>, name: &str) -> Slug {
    let wanted = "lowercase letters, digits, and single hyphens";
    let slug = keys.optional_parsed("slug", wanted, |text| is_slug(text).then(|| text.to_owned()));
    if slug.is_none() && !is_slug(name) {
        keys.problem(0, format!("the file name should be {wanted}; or add a `slug` to its front matter"));
    }
    match slug {
        Some(slug) => Slug { line: keys.line(slug.offset), value: slug.value },
        None => Slug { line: 1, value: name.to_owned() },
    }
}

/// Of all that the search is told of it.
fn stamp(title: &str, description: &str, body: &Rendered) -> u64 {
    let mut hasher = DefaultHasher::new();
    (title, description, &body.beginning, &body.sections).hash(&mut hasher);
    hasher.finish()
}

fn counts(title: &str, description: &str, body: &Rendered) -> Vec<Count> {
    let sections = body.sections.iter().flat_map(|section| [section.heading.as_str(), &section.text]);
    word_counts::count([title, description, &body.beginning].into_iter().chain(sections))
}
