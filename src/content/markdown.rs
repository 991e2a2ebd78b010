//! Markdown into HTML, in one pass over its events: headings get ids, marked
//! sections become sections, pictures become figures, footnotes get a way
//! back, and links are noted so that they can be looked up when everything has
//! been read. Raw HTML in a file is shown as the text that it is.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use super::{
    fault::{Faults, Source},
    images::Images,
};
use crate::domain::ids::is_slug;

/// What became of one file's Markdown.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    pub html: String,
    /// The headings of the second level, for a list of contents.
    pub contents: Vec<Heading>,
    /// The inside of each marked section, by its mark.
    pub sections: BTreeMap<String, String>,
    pub words: usize,
    pub ids: BTreeSet<String>,
    pub links: Vec<Link>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub id: String,
    pub text: String,
}

/// A link within the site, to be looked up later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub to: String,
    pub line: usize,
}

/// How the second-level headings of a file are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Prose,
    /// Each heading is a question and what follows its answer.
    Questions,
}

/// The marks that a second-level heading may carry, `{.doctor}`; they make a section of what it heads.
const MARKS: [&str; 3] = ["doctor", "questions", "directions"];

pub fn render(source: Source<'_>, shape: Shape, images: &Images, faults: &Faults) -> Rendered {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let events = Parser::new_ext(source.text, options).into_offset_iter();
    let events: Vec<_> = events.map(|(event, span)| (event, span.start)).collect();
    let mut pass = Pass::new(source, shape, images, faults);
    pass.run(&events);
    pass.finish()
}

struct Pass<'a, 'e> {
    source: Source<'a>,
    images: &'a Images,
    faults: &'a Faults,
    shape: Shape,
    out: Rendered,
    /// Events of the stretch that is being read, not yet written.
    stretch: Vec<Event<'e>>,
    /// The mark of the open section, and where its inside began in the HTML.
    section: Option<(String, usize)>,
    /// True while an answer is open.
    answer: bool,
    /// Labels in order of their first reference.
    footnotes: Vec<String>,
    definitions: BTreeMap<String, Vec<Event<'e>>>,
}

impl<'a, 'e> Pass<'a, 'e> {
    fn new(source: Source<'a>, shape: Shape, images: &'a Images, faults: &'a Faults) -> Self {
        Self {
            source,
            images,
            faults,
            shape,
            out: Rendered::default(),
            stretch: Vec::new(),
            section: None,
            answer: false,
            footnotes: Vec::new(),
            definitions: BTreeMap::new(),
        }
    }

    fn run(&mut self, events: &[(Event<'e>, usize)]) {
        let mut at = 0;
        while let Some((event, offset)) = events.get(at) {
            at = match event {
                Event::Start(Tag::Heading { level, id, classes, .. }) => {
                    let end = closing(events, at);
                    self.heading(*level, id.as_deref(), classes, &events[at + 1..end], *offset);
                    end + 1
                }
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    let end = closing(events, at);
                    let outside = std::mem::take(&mut self.stretch);
                    self.run(&events[at + 1..end]);
                    let inside = std::mem::replace(&mut self.stretch, outside);
                    self.definitions.insert(label.to_string(), inside);
                    end + 1
                }
                Event::Start(Tag::Paragraph) if is_picture_alone(events, at) => {
                    let end = closing(events, at);
                    self.picture(&events[at + 1..end], true);
                    end + 1
                }
                Event::Start(Tag::Image { .. }) => {
                    let end = closing(events, at);
                    self.picture(&events[at..=end], false);
                    end + 1
                }
                _ => {
                    self.event(event.clone(), *offset);
                    at + 1
                }
            };
        }
    }

    fn event(&mut self, event: Event<'e>, offset: usize) {
        match event {
            Event::Text(text) => {
                self.out.words +=
                    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
                self.stretch.push(Event::Text(text));
            }
            Event::Html(raw) | Event::InlineHtml(raw) => self.stretch.push(Event::Text(raw)),
            Event::Start(Tag::HtmlBlock) => self.stretch.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => self.stretch.push(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                self.link(dest_url, offset);
                self.stretch.push(event);
            }
            Event::Start(Tag::Table(alignments)) => {
                self.push_html(r#"<div class="scroll" role="region" aria-label="Table" tabindex="0">"#);
                // Alignment would be written as inline style, which our pages do not allow.
                let plain = vec![Alignment::None; alignments.len()];
                self.stretch.push(Event::Start(Tag::Table(plain)));
            }
            Event::End(TagEnd::Table) => {
                self.stretch.push(event);
                self.push_html("</div>");
            }
            Event::FootnoteReference(label) => {
                let known = self.footnotes.iter().position(|known| *known == *label);
                let number = known.unwrap_or_else(|| {
                    self.footnotes.push(label.to_string());
                    self.footnotes.len() - 1
                }) + 1;
                // Only the first reference is a place to come back to.
                let id = if known.is_none() { format!(r#" id="note-{number}-back""#) } else { String::new() };
                self.push_html(&format!(
                    r##"<sup><a href="#note-{number}"{id} aria-label="Footnote {number}">{number}</a></sup>"##
                ));
            }
            other => self.stretch.push(other),
        }
    }

    fn push_html(&mut self, html: &str) {
        self.stretch.push(Event::Html(CowStr::from(html.to_owned())));
    }

    /// Writes what has been read so far.
    fn flush(&mut self) {
        html::push_html(&mut self.out.html, self.stretch.drain(..));
    }

    fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        classes: &[CowStr<'e>],
        inside: &[(Event<'e>, usize)],
        offset: usize,
    ) {
        if level == HeadingLevel::H1 {
            self.fault(offset, "headings begin at `##`; the title of the page is in its front matter");
        }
        let text = plain_text(inside);
        self.out.words += text.split_whitespace().count();
        let id = self.heading_id(id, &text, offset);
        let is_question = match self.shape {
            Shape::Questions => level == HeadingLevel::H2,
            Shape::Prose => {
                level == HeadingLevel::H3
                    && self.section.as_ref().is_some_and(|(mark, _)| mark == "questions")
            }
        };
        self.flush();
        if is_question {
            self.close_answer();
            self.out.html.push_str(&format!(r#"<details id="{id}"><summary>"#));
            self.run(inside);
            self.flush();
            self.out.html.push_str("</summary>\n");
            self.answer = true;
            return;
        }
        if level <= HeadingLevel::H2 {
            self.close_section();
            self.out.contents.push(Heading { id: id.clone(), text });
            self.open_section(classes, &id, offset);
        }
        self.out.html.push_str(&format!(r#"<{level} id="{id}">"#));
        self.run(inside);
        self.flush();
        self.out.html.push_str(&format!("</{level}>\n"));
        if let Some((_, inside)) = &mut self.section
            && level <= HeadingLevel::H2
        {
            *inside = self.out.html.len();
        }
    }

    fn heading_id(&mut self, given: Option<&str>, text: &str, offset: usize) -> String {
        let mut id = match given {
            Some(id) => id.to_owned(),
            None => slug_of(text),
        };
        if !is_slug(&id) {
            self.fault(
                offset,
                format!("the heading's id `{id}` should be lower-case letters, digits and single hyphens"),
            );
        }
        if given.is_none() {
            let first = id.clone();
            let taken = |id: &String| self.out.ids.contains(id);
            if let Some(free) =
                (2..).map(|n| format!("{first}-{n}")).find(|id| !taken(id)).filter(|_| taken(&id))
            {
                id = free;
            }
        }
        if !self.out.ids.insert(id.clone()) {
            self.fault(offset, format!("another heading has the id `{id}`"));
        }
        id
    }

    fn open_section(&mut self, classes: &[CowStr<'e>], id: &str, offset: usize) {
        for class in classes.iter().filter(|class| !MARKS.contains(&class.as_ref())) {
            self.fault(offset, format!("unknown mark `.{class}`; there are .{}", MARKS.join(", .")));
        }
        if let Some(mark) = classes.iter().find(|class| MARKS.contains(&class.as_ref())) {
            self.out.html.push_str(&format!("<section class=\"{mark} flow\" aria-labelledby=\"{id}\">\n"));
            self.section = Some((mark.to_string(), self.out.html.len()));
        }
    }

    fn close_section(&mut self) {
        self.close_answer();
        if let Some((mark, inside)) = self.section.take() {
            let inside = self.out.html[inside..].trim().to_owned();
            self.out.sections.insert(mark, inside);
            self.out.html.push_str("</section>\n");
        }
    }

    fn close_answer(&mut self) {
        if std::mem::take(&mut self.answer) {
            self.out.html.push_str("</details>\n");
        }
    }

    fn link(&mut self, to: &str, offset: usize) {
        let scheme = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| to.starts_with(scheme));
        if to.starts_with('/') || to.starts_with('#') {
            let line = self.source.line(offset);
            self.out.links.push(Link { to: to.to_owned(), line });
        } else if !scheme {
            self.fault(
                offset,
                format!("the link `{to}` should begin with https:// or, within the site, with /"),
            );
        }
    }

    /// A picture, `events` being everything of it; alone in its paragraph it is a figure.
    fn picture(&mut self, events: &[(Event<'e>, usize)], alone: bool) {
        let Some((Event::Start(Tag::Image { dest_url, title, .. }), offset)) = events.first() else { return };
        let alt = plain_text(&events[1..]);
        if alt.trim().is_empty() {
            self.fault(*offset, format!("the picture `{dest_url}` has no alt text"));
        }
        let name = dest_url.strip_prefix("/images/");
        let image = name.and_then(|name| self.images.get(name));
        if image.is_none() {
            self.fault(
                *offset,
                format!(
                    "there is no picture `{dest_url}`; pictures are in images/ and are written /images/name"
                ),
            );
        }
        let size = image.and_then(|image| image.size);
        let size =
            size.map_or(String::new(), |(width, height)| format!(r#" width="{width}" height="{height}""#));
        let img =
            format!(r#"<img src="{}" alt="{}"{size} loading="lazy">"#, escaped(dest_url), escaped(&alt));
        match (alone, title.is_empty()) {
            (false, _) => self.push_html(&img),
            (true, true) => self.push_html(&format!("<figure>{img}</figure>\n")),
            (true, false) => {
                self.push_html(&format!(
                    "<figure>{img}<figcaption>{}</figcaption></figure>\n",
                    escaped(title)
                ));
            }
        }
    }

    fn finish(mut self) -> Rendered {
        self.flush();
        self.close_section();
        if !self.footnotes.is_empty() {
            self.out.html.push_str("<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n");
            for (nth, label) in std::mem::take(&mut self.footnotes).iter().enumerate() {
                let number = nth + 1;
                // A reference without a definition is no reference to the parser, so each has one.
                self.stretch = self.definitions.remove(label).unwrap_or_default();
                self.out.html.push_str(&format!(r#"<li id="note-{number}">"#));
                self.flush();
                self.out.html.push_str(&format!(
                    "<a href=\"#note-{number}-back\" aria-label=\"Back to the text of footnote {number}\">Back to the text</a></li>\n"
                ));
            }
            self.out.html.push_str("</ol>\n</section>\n");
        }
        for label in self.definitions.keys() {
            self.faults.add(self.source.fault(0, format!("the footnote `{label}` is never referred to")));
        }
        self.out
    }

    fn fault(&self, offset: usize, wrong: impl Into<String>) {
        self.faults.add(self.source.fault(offset, wrong));
    }
}

/// The index of the event that closes the one at `start`.
fn closing(events: &[(Event<'_>, usize)], start: usize) -> usize {
    let mut depth = 0;
    for (at, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    events.len() - 1
}

fn is_picture_alone(events: &[(Event<'_>, usize)], start: usize) -> bool {
    matches!(events.get(start + 1), Some((Event::Start(Tag::Image { .. }), _)))
        && closing(events, start + 1) + 1 == closing(events, start)
}

/// The text of some events without their markup.
fn plain_text(events: &[(Event<'_>, usize)]) -> String {
    let mut plain = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => plain.push_str(text),
            Event::SoftBreak | Event::HardBreak => plain.push(' '),
            _ => {}
        }
    }
    plain
}

/// `What is it?` → `what-is-it`
fn slug_of(text: &str) -> String {
    let simple: String = text.to_lowercase().chars().filter(|c| !matches!(c, '’' | '\'')).collect();
    let words = simple.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").chars().take(80).collect::<String>().trim_end_matches('-').to_owned()
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    // Writing into a String cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut escaped, text);
    escaped
}
