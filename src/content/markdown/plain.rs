//! What a text says in plain words, gathered section by section while its HTML
//! is written.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::rendered::Section;

#[derive(Default)]
pub struct Plain {
    beginning: String,
    sections: Vec<Section>,
    in_heading: bool,
}

impl Plain {
    /// Takes an event in. Whatever does not stand within a line divides words.
    pub fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.say(text)
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link)
            | Event::FootnoteReference(_) => {}
            _ => self.pause(),
        }
    }

    pub fn say(&mut self, words: &str) {
        let text = match self.sections.last_mut() {
            Some(section) if self.in_heading => &mut section.heading,
            Some(section) => &mut section.text,
            None => &mut self.beginning,
        };
        text.push_str(words);
    }

    /// Divides what was said from what comes.
    pub fn pause(&mut self) {
        self.say(" ");
    }

    /// What is said next is a heading. One of the second or third level begins a section.
    pub fn begin_heading(&mut self, level: HeadingLevel, id: &str) {
        self.pause();
        if matches!(level, HeadingLevel::H2 | HeadingLevel::H3) {
            self.sections.push(Section { id: id.to_owned(), ..Section::default() });
            self.in_heading = true;
        }
    }

    pub fn end_heading(&mut self) {
        self.in_heading = false;
        self.pause();
    }

    /// The beginning, and the sections that say something.
    pub fn finish(self) -> (String, Vec<Section>) {
        let sections = self.sections.into_iter().map(|section| Section {
            heading: one_spaced(&section.heading),
            text: one_spaced(&section.text),
            ..section
        });
        let says_something = |section: &Section| !section.heading.is_empty() || !section.text.is_empty();
        (one_spaced(&self.beginning), sections.filter(says_something).collect())
    }
}

fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
