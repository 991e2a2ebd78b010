//! Footnotes: numbered in the order in which a text refers to them, each with
//! a way back to every place that does.

use std::collections::{BTreeMap, btree_map::Entry};

use pulldown_cmark::{Event, html};

pub struct Footnotes<'e> {
    /// Stands before each id; they have an underscore, so that no heading has the same.
    prefix: String,
    /// Labels in order of their first reference, each with how often it is referred to.
    referred: Vec<(String, usize)>,
    /// What stands in a note, and the byte at which it begins, by its label.
    definitions: BTreeMap<String, (Vec<Event<'e>>, usize)>,
}

impl<'e> Footnotes<'e> {
    pub fn new(prefix: &str) -> Self {
        Self { prefix: format!("{prefix}note_"), referred: Vec::new(), definitions: BTreeMap::new() }
    }

    /// Takes a note in. Returns where it is defined already, if it is.
    pub fn define(&mut self, label: &str, inside: Vec<Event<'e>>, offset: usize) -> Option<usize> {
        match self.definitions.entry(label.to_lowercase()) {
            Entry::Occupied(first) => Some(first.get().1),
            Entry::Vacant(free) => {
                free.insert((inside, offset));
                None
            }
        }
    }

    /// A reference, in HTML.
    pub fn refer(&mut self, label: &str) -> String {
        let label = label.to_lowercase();
        let nth = self.referred.iter().position(|(known, _)| *known == label).unwrap_or_else(|| {
            self.referred.push((label, 0));
            self.referred.len() - 1
        });
        let times = &mut self.referred[nth].1;
        *times += 1;
        let number = nth + 1;
        let note = format!("{}{number}", self.prefix);
        let id = place(&note, *times);
        format!(
            r##"<sup><a href="#{note}" id="{id}" role="doc-noteref" aria-label="Footnote {number}">{number}</a></sup>"##
        )
    }

    /// Writes the notes below the text. Returns the labels, with their places, of those that nothing refers to.
    pub fn write(mut self, out: &mut String) -> Vec<(String, usize)> {
        if !self.referred.is_empty() {
            out.push_str(
                "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n",
            );
            for (nth, (label, times)) in self.referred.iter().enumerate() {
                let number = nth + 1;
                let note = format!("{}{number}", self.prefix);
                out.push_str(&format!(r#"<li id="{note}">"#));
                // A reference without a definition is no reference to the parser, so each has one.
                let (inside, _) = self.definitions.remove(label).unwrap_or_default();
                html::push_html(out, inside.into_iter());
                (1..=*times).for_each(|time| out.push_str(&way_back(&note, number, time)));
                out.push_str("</li>\n");
            }
            out.push_str("</ol>\n</section>\n");
        }
        self.definitions.into_iter().map(|(label, (_, offset))| (label, offset)).collect()
    }
}

/// The id of a place that refers to a note.
fn place(note: &str, time: usize) -> String {
    if time == 1 { format!("{note}_back") } else { format!("{note}_back_{time}") }
}

/// What the places after the first are called.
const LATER: [&str; 4] = ["second", "third", "fourth", "fifth"];

fn way_back(note: &str, number: usize, time: usize) -> String {
    let words = match time.checked_sub(2).and_then(|later| LATER.get(later)) {
        Some(nth) => format!("Back to the {nth} place"),
        None if time == 1 => "Back to the text".to_owned(),
        None => format!("Back to place {time}"),
    };
    let id = place(note, time);
    format!(
        "<a href=\"#{id}\" role=\"doc-backlink\" aria-label=\"{words} of footnote {number}\">{words}</a>\n"
    )
}
