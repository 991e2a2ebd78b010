//! What becomes of one file's Markdown: its HTML, and what else the site has to
//! know of it.

use std::{collections::BTreeSet, ops::Range};

/// What became of one file's Markdown.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    pub html: String,
    /// The headings of the second level, for a list of contents.
    pub contents: Vec<Heading>,
    /// The marked sections, in their order.
    pub marked: Vec<Marked>,
    /// What it says before its first heading, in plain words.
    pub beginning: String,
    /// What it says from there on, by its headings.
    pub sections: Vec<Section>,
    pub words: usize,
    pub ids: BTreeSet<String>,
    pub links: Vec<Link>,
    /// Each drawing in `html`, and what stands in its place where no drawing may:
    /// the same as a picture.
    pub drawings: Vec<(String, String)>,
    /// Whether it names pictures, there or not.
    pub has_pictures: bool,
}

impl Rendered {
    /// The inside of what a mark sets apart, the last where there are several.
    pub fn marked(&self, mark: &str) -> Option<&str> {
        self.marked.iter().rfind(|section| section.mark == mark).map(|section| section.inside.as_str())
    }

    /// The same without what a mark sets apart, but for [`Rendered::marked`]: what is
    /// there for some readers alone, and for no page, search or list of contents.
    pub fn keeping_back(mut self, mark: &str) -> Self {
        // From the end on, so that the places before stay where they are.
        for section in self.marked.iter().rev().filter(|section| section.mark == mark) {
            self.html.replace_range(section.place.clone(), "");
            self.contents.retain(|heading| !section.ids.contains(&heading.id));
            self.sections.retain(|said| !section.ids.contains(&said.id));
        }
        self
    }

    /// The text for readers that know no drawings within it, such as those of feeds.
    pub fn with_pictures(&self) -> String {
        let html = self.html.clone();
        self.drawings.iter().fold(html, |html, (drawing, picture)| html.replace(drawing, picture))
    }
}

/// A section that is set apart by a mark, `{.doctor}`.
#[derive(Clone, Debug)]
pub struct Marked {
    pub mark: String,
    /// Its HTML without its heading.
    pub inside: String,
    /// Where all of it stands in [`Rendered::html`] as it was read.
    pub place: Range<usize>,
    /// The ids of the headings in it.
    pub ids: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub id: String,
    pub text: String,
}

/// A heading of the second or third level, or a question, and what is said below
/// it until the next, in plain words: for the search and for search engines.
/// Notes and drawings are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Section {
    /// Where it stands on its page.
    pub id: String,
    pub heading: String,
    pub text: String,
}

/// A link within the site, to be looked up later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub to: String,
    pub line: usize,
}
