//! Markdown into HTML, in one pass over its events: headings get ids, marked
//! sections become sections, pictures become figures, footnotes get a way
//! back, and links are noted so that they can be looked up when everything has
//! been read. Raw HTML in a file is shown as the text that it is.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use super::{
    events::{Placed, closing, is_picture_alone, plain_text},
    fault::{Faults, Source},
    figure::Picture,
    footnotes::Footnotes,
    images::{Images, variants},
    slug::slug_of,
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
    footnotes: Footnotes<'e>,
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
            footnotes: Footnotes::default(),
        }
    }

    fn run(&mut self, events: &[Placed<'e>]) {
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
                    self.footnotes.define(label, inside, *offset);
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
                let reference = self.footnotes.refer(&label);
                self.push_html(&reference);
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
        inside: &[Placed<'e>],
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
            self.out.html.push_str("<details><summary>");
            self.run(inside);
            self.flush();
            // A browser opens the fold by itself for what stands in it, not for the fold.
            self.out.html.push_str(&format!("</summary>\n<div class=\"answer\" id=\"{id}\">\n"));
            self.answer = true;
            return;
        }
        if level <= HeadingLevel::H2 {
            self.close_section();
            self.out.contents.push(Heading { id: id.clone(), text });
            self.open_section(classes, &id, offset);
        }
        // The heading is the link to itself, but for one that links elsewhere.
        let links = inside
            .iter()
            .any(|(event, _)| matches!(event, Event::Start(Tag::Link { .. }) | Event::FootnoteReference(_)));
        self.out.html.push_str(&format!(r#"<{level} id="{id}">"#));
        if !links {
            self.out.html.push_str(&format!(r##"<a class="anchor" href="#{id}">"##));
        }
        self.run(inside);
        self.flush();
        self.out.html.push_str(if links { "" } else { "</a>" });
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
            None => Some(slug_of(text)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| {
                // Nothing of the heading can stand in an address.
                format!("section-{}", self.out.ids.len() + 1)
            }),
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
            self.out.html.push_str("</div>\n</details>\n");
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
    fn picture(&mut self, events: &[Placed<'e>], alone: bool) {
        let Some((Event::Start(Tag::Image { dest_url, title, .. }), offset)) = events.first() else { return };
        let alt = plain_text(&events[1..]);
        if alt.trim().is_empty() {
            self.fault(*offset, format!("the picture `{dest_url}` has no alt text"));
        }
        let name = dest_url.strip_prefix("/images/").unwrap_or_default();
        let Some(image) = self.images.get(name) else {
            self.fault(
                *offset,
                format!(
                    "there is no picture `{dest_url}`; pictures are in images/ and are written /images/name"
                ),
            );
            return;
        };
        let picture = Picture { name, image, alt: &alt, caption: title };
        for (other, _) in variants(self.images, name).filter(|(_, other)| !picture.has_shape_of(other)) {
            let wrong = format!("`{other}` has another shape than `{name}`, so it is not used");
            self.faults.remark(self.source.fault(*offset, wrong));
        }
        let html = if alone { picture.figure(self.images) } else { picture.inline(self.images) };
        self.push_html(&html);
    }

    fn finish(mut self) -> Rendered {
        self.flush();
        self.close_section();
        for (label, offset) in std::mem::take(&mut self.footnotes).write(&mut self.out.html) {
            self.fault(offset, format!("the footnote `{label}` is never referred to"));
        }
        self.out
    }

    fn fault(&self, offset: usize, wrong: impl Into<String>) {
        self.faults.add(self.source.fault(offset, wrong));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(text: &str, shape: Shape) -> (Rendered, Vec<String>) {
        let mut images = Images::new();
        let image = super::super::images::Image::new(
            "map.svg",
            br#"<svg width="6" height="4" viewBox="0 0 6 4"></svg>"#.to_vec(),
        );
        images.insert("map.svg".to_owned(), image.expect("a picture"));
        let faults = Faults::default();
        let rendered = super::render(Source::new("a.md", text), shape, &images, &faults);
        (rendered, faults.into_sorted().iter().map(ToString::to_string).collect())
    }

    fn html(text: &str) -> String {
        let (rendered, faults) = render(text, Shape::Prose);
        assert_eq!(faults, [""; 0]);
        rendered.html
    }

    #[test]
    fn headings_get_ids_and_are_listed() {
        let (rendered, _) =
            render("## What it's *for*\n\n### Small\n\n## Given {#own}\n\n## Given", Shape::Prose);
        let contents: Vec<_> =
            rendered.contents.iter().map(|heading| (heading.id.as_str(), heading.text.as_str())).collect();
        assert_eq!(contents, [("what-its-for", "What it’s for"), ("own", "Given"), ("given", "Given")]);
        let heading = r##"<h3 id="small"><a class="anchor" href="#small">Small</a></h3>"##;
        assert!(rendered.html.contains(heading), "each is a link to itself: {}", rendered.html);
        let elsewhere = html("## See [this](https://example.com)");
        assert!(elsewhere.starts_with("<h2 id=\"see-this\">See <a href=\"https"), "{elsewhere}");
    }

    #[test]
    fn two_headings_of_the_same_words_have_two_ids() {
        let (rendered, faults) = render("## Ask\n\n## Ask", Shape::Prose);
        assert_eq!(
            rendered.contents.iter().map(|heading| heading.id.as_str()).collect::<Vec<_>>(),
            ["ask", "ask-2"]
        );
        assert_eq!(faults, [""; 0]);
        assert_eq!(
            render("## A {#x}\n\n## B {#x}", Shape::Prose).1,
            ["a.md:3: another heading has the id `x`"]
        );
    }

    #[test]
    fn a_marked_heading_makes_a_section_of_what_it_heads() {
        let (rendered, _) = render("## Way {#way .directions}\n\nLeft.\n\n## Next\n\nRight.", Shape::Prose);
        assert_eq!(rendered.sections["directions"], "<p>Left.</p>");
        assert!(
            rendered.html.contains("<section class=\"directions flow\" aria-labelledby=\"way\">"),
            "{}",
            rendered.html
        );
        assert!(
            rendered.html.ends_with("</section>\n<h2 id=\"next\"><a class=\"anchor\" href=\"#next\">Next</a></h2>\n<p>Right.</p>\n"),
            "{}",
            rendered.html
        );
    }

    #[test]
    fn questions_become_details() {
        let page = render("## Does it hurt?\n\nNo.\n\n## Why?", Shape::Questions).0.html;
        assert_eq!(
            page,
            "<details><summary>Does it hurt?</summary>\n<div class=\"answer\" id=\"does-it-hurt\">\n<p>No.</p>\n</div>\n</details>\n\
             <details><summary>Why?</summary>\n<div class=\"answer\" id=\"why\">\n</div>\n</details>\n"
        );
        let section = html("## Ask {.questions}\n\n### Why?\n\nSo.\n");
        assert!(
            section
                .contains("<summary>Why?</summary>\n<div class=\"answer\" id=\"why\">\n<p>So.</p>\n</div>\n</details>\n</section>"),
            "{section}"
        );
    }

    #[test]
    fn a_picture_alone_in_its_paragraph_is_a_figure() {
        assert_eq!(
            html("![A map](/images/map.svg \"The way\")"),
            "<figure><svg class=\"fig\" viewBox=\"0 0 6 4\" role=\"img\" aria-label=\"A map\"></svg>\
             <figcaption>The way</figcaption></figure>\n"
        );
    }

    #[test]
    fn footnotes_have_a_way_back() {
        let page = html("One[^a], two[^b], one again[^a].\n\n[^b]: Second.\n[^a]: First.");
        for (place, id) in [("a", "note-1-back"), ("b", "note-2-back"), ("a again", "note-1-back-2")] {
            assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{place}: {page}");
            assert_eq!(page.matches(&format!("href=\"#{id}\"")).count(), 1, "back to {place}: {page}");
        }
        assert!(page.contains(">Back to the second place</a>"), "{page}");
        let (first, second) = (page.find("First.").expect("first"), page.find("Second.").expect("second"));
        assert!(first < second, "in the order in which they are referred to: {page}");
    }

    #[test]
    fn raw_html_is_shown_as_text_and_tables_bring_no_style() {
        let page = html("<script>x</script>\n\na <b>c</b>\n\n| a |\n|--:|\n| b |");
        assert!(!page.contains("<script>") && !page.contains("<b>") && !page.contains("style="), "{page}");
    }

    #[test]
    fn what_cannot_be_right_is_named_with_its_line() {
        for (text, fault) in [
            ("# A", "a.md:1: headings begin at `##`; the title of the page is in its front matter"),
            ("## A {.loud}", "a.md:1: unknown mark `.loud`; there are .doctor, .questions, .directions"),
            ("\n![](/images/map.svg)", "a.md:2: the picture `/images/map.svg` has no alt text"),
            (
                "![x](/images/no.png)",
                "a.md:1: there is no picture `/images/no.png`; pictures are in images/ and are written /images/name",
            ),
            (
                "[x](javascript:y)",
                "a.md:1: the link `javascript:y` should begin with https:// or, within the site, with /",
            ),
            ("a\n\n[^x]: b", "a.md:3: the footnote `x` is never referred to"),
        ] {
            assert_eq!(render(text, Shape::Prose).1, [fault], "{text}");
        }
    }

    #[test]
    fn links_within_the_site_are_noted_with_their_line() {
        let links = render("a\n\n[x](/faq#y) [z](https://example.com) [w](#here)", Shape::Prose).0.links;
        let links: Vec<_> = links.iter().map(|link| (link.to.as_str(), link.line)).collect();
        assert_eq!(links, [("/faq#y", 3), ("#here", 3)]);
    }
}
