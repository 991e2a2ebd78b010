//! Footnotes: numbered in the order in which a text refers to them, each with
//! a way back to every place that does.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, html};

#[derive(Default)]
pub struct Footnotes<'e> {
    /// Labels in order of their first reference, each with how often it is referred to.
    referred: Vec<(String, usize)>,
    /// What stands in a note, and the byte at which it begins, by its label.
    definitions: BTreeMap<String, (Vec<Event<'e>>, usize)>,
}

impl<'e> Footnotes<'e> {
    pub fn define(&mut self, label: &str, inside: Vec<Event<'e>>, offset: usize) {
        self.definitions.insert(label.to_owned(), (inside, offset));
    }

    /// A reference, in HTML.
    pub fn refer(&mut self, label: &str) -> String {
        let nth = self.referred.iter().position(|(known, _)| known == label).unwrap_or_else(|| {
            self.referred.push((label.to_owned(), 0));
            self.referred.len() - 1
        });
        let times = &mut self.referred[nth].1;
        *times += 1;
        let number = nth + 1;
        let id = place(number, *times);
        format!(
            r##"<sup><a href="#note-{number}" id="{id}" role="doc-noteref" aria-label="Footnote {number}">{number}</a></sup>"##
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
                out.push_str(&format!(r#"<li id="note-{number}">"#));
                // A reference without a definition is no reference to the parser, so each has one.
                let (inside, _) = self.definitions.remove(label).unwrap_or_default();
                html::push_html(out, inside.into_iter());
                (1..=*times).for_each(|time| out.push_str(&way_back(number, time)));
                out.push_str("</li>\n");
            }
            out.push_str("</ol>\n</section>\n");
        }
        self.definitions.into_iter().map(|(label, (_, offset))| (label, offset)).collect()
    }
}

/// The id of a place that refers to a note.
fn place(number: usize, time: usize) -> String {
    if time == 1 { format!("note-{number}-back") } else { format!("note-{number}-back-{time}") }
}

/// What the places after the first are called.
const LATER: [&str; 4] = ["second", "third", "fourth", "fifth"];

fn way_back(number: usize, time: usize) -> String {
    let words = match time.checked_sub(2).and_then(|later| LATER.get(later)) {
        Some(nth) => format!("Back to the {nth} place"),
        None if time == 1 => "Back to the text".to_owned(),
        None => format!("Back to place {time}"),
    };
    let id = place(number, time);
    format!(
        "<a href=\"#{id}\" role=\"doc-backlink\" aria-label=\"{words} of footnote {number}\">{words}</a>\n"
    )
}
