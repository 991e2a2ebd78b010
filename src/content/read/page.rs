//! A page of the therapist's: its title, what it is about, and its text.

use chrono::NaiveDate;

use super::{
    alias::{self, Alias},
    table::Table,
};
use crate::content::{
    markdown::{self, Rendered, Shape},
    pictures::images::Images,
    problem::{Problems, Source},
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
pub fn read(keys: &Table<'_>, body: Source<'_>, name: &str, images: &Images, problems: &Problems) -> Page {
    let shape = if name == "faq" { Shape::Questions } else { Shape::Prose };
    Page {
        // What is missing is a problem already; reading goes on for the others.
        title: keys.text("title").map(|title| title.value).unwrap_or_default(),
        description: keys.text("description").map(|description| description.value).unwrap_or_default(),
        lead: keys.optional_text("lead").map(|lead| lead.value),
        revised: keys.optional_date("revised").map(|date| date.value),
        menu: menu(keys, name),
        aliases: alias::read(keys),
        body: markdown::render(body, shape, images, problems),
    }
}

fn menu(keys: &Table<'_>, name: &str) -> Option<Menu> {
    let menu = keys.optional_parsed("menu", "“header” or “footer”", Menu::parse)?;
    if has_its_place(name) {
        keys.problem(menu.offset, "this page is already in the menus; leave out `menu`");
        return None;
    }
    Some(menu.value)
}
