//! A page of the therapist's: its title, what it is about, and its text.

use chrono::NaiveDate;

use super::{
    alias::{self, Alias},
    front_matter,
    table::Table,
};
use crate::content::{
    markdown::{self, Rendered, Shape},
    pictures::images::Images,
    problem::{Problems, Source},
    slug::slug_of,
};

/// The pages for which the site has a place. One that is missing is not shown
/// and not linked to, except for those that the practice file fills. Any other
/// stands at its name.
pub const NAMES: [&str; 9] =
    ["about", "accessibility", "articles", "faq", "home", "offices", "policies", "privacy", "services"];
/// Has its testimonials in a folder of their own.
pub const TESTIMONIALS: &str = "testimonials";

/// True for the name of a page for which the site has a place.
pub fn has_its_place(name: &str) -> bool {
    NAMES.contains(&name) || name == TESTIMONIALS
}

/// Where every page of the site leads to a page that it has no place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    Header,
    Footer,
}

impl Menu {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "header" => Some(Self::Header),
            "footer" => Some(Self::Footer),
            _ => None,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Page {
    pub title: String,
    /// What search engines show.
    pub description: String,
    /// A sentence or two under the title.
    pub lead: Option<String>,
    /// The date of its last change, where the therapist has noted one.
    pub revised: Option<NaiveDate>,
    /// None for one that only texts link to, and for one that has its place.
    pub menu: Option<Menu>,
    /// Where it once stood.
    pub aliases: Vec<Alias>,
    pub body: Rendered,
}

/// Reads `pages/{name}.md`.
pub fn read(source: Source<'_>, name: &str, images: &Images, problems: &Problems) -> Option<Page> {
    let (page, body) = front_matter::split(source, problems, |keys| Page {
        // What is missing is a problem already; reading goes on for the others.
        title: keys.text("title").map(|title| title.value).unwrap_or_default(),
        description: keys.text("description").map(|description| description.value).unwrap_or_default(),
        lead: keys.optional_text("lead").map(|lead| lead.value),
        revised: keys.optional_date("revised").map(|date| date.value),
        menu: menu(keys, name),
        aliases: alias::read(keys),
        body: Rendered::default(),
    })?;
    let shape = if name == "faq" { Shape::Questions } else { Shape::Prose };
    let body = markdown::render(body, shape, images, problems);
    Some(Page { body, ..page })
}

fn menu(keys: &Table<'_>, name: &str) -> Option<Menu> {
    let menu = keys.optional_parsed("menu", "“header” or “footer”", Menu::parse)?;
    if has_its_place(name) {
        keys.problem(menu.offset, "this page is already in the menus; leave out `menu`");
        return None;
    }
    Some(menu.value)
}

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
        self.body.marked.get("directions").map(String::as_str)
    }
}

/// Reads `services/{slug}.md` or `offices/{slug}.md`.
pub fn read_prose(source: Source<'_>, images: &Images, problems: &Problems) -> Option<Prose> {
    let (prose, body) = front_matter::split(source, problems, |keys| Prose {
        description: keys.text("description").map(|description| description.value),
        summary: keys.optional_text("summary").map(|summary| summary.value),
        revised: keys.optional_date("revised").map(|date| date.value),
        body: Rendered::default(),
    })?;
    let body = markdown::render(body, Shape::Prose, images, problems);
    Some(Prose { body, ..prose })
}

/// What a client said, as far as they may be named.
#[derive(Clone, Debug)]
pub struct Testimonial {
    pub who: String,
    pub year: u32,
    pub body: Rendered,
}

/// Reads `testimonials/{name}.md`.
pub fn read_testimonial(
    source: Source<'_>,
    name: &str,
    images: &Images,
    problems: &Problems,
) -> Option<Testimonial> {
    let ((who, year), body) = front_matter::split(source, problems, |keys| {
        (keys.text("who"), keys.whole_number("year", 1900..=2999))
    })?;
    let body = markdown::render(body, Shape::Said { by: &slug_of(name) }, images, problems);
    Some(Testimonial {
        who: who.map(|who| who.value).unwrap_or_default(),
        year: year.map(|year| year.value).unwrap_or_default(),
        body,
    })
}
