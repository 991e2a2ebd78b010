//! Markdown into HTML, in one pass over its events: headings get ids, marked
//! sections become sections, pictures become figures, footnotes get a way
//! back, and links are noted so that they can be looked up when everything has
//! been read. Raw HTML in a file is shown as the text that it is.

use std::{
    mem::{replace, take},
    ops::Range,
};

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd, html};

use super::{
    events::{OPTIONS, Placed, closing, count_words, events, holds_link, is_picture_alone, plain_text},
    figure::Picture,
    footnotes::Footnotes,
    headings::{self, Open, Shape},
    ids::Ids,
    links, mistakes,
    plain::Plain,
    rendered::{Heading, Link, Rendered},
    tables::Tables,
};
use crate::content::{
    pictures::images::Images,
    problem::{Problems, Source},
};

/// Makes HTML of a text. What is wrong in it is noted in `problems`, and reading goes on.
pub fn render(source: Source<'_>, shape: Shape<'_>, images: &Images, problems: &Problems) -> Rendered {
    let events = events(source.text, OPTIONS);
    let mut pass = Pass::new(source, shape, images, problems);
    pass.run(&events);
    pass.finish()
}

struct Pass<'a, 'e> {
    source: Source<'a>,
    images: &'a Images,
    problems: &'a Problems,
    ids: Ids,
    out: Rendered,
    /// What it says in plain words.
    plain: Plain,
    /// Events of the stretch that is being read, not yet written.
    stretch: Vec<Event<'e>>,
    open: Open,
    /// How many quotations, list items and notes are open. A heading within one
    /// heads nothing of the page.
    depth: usize,
    is_code: bool,
    tables: Tables,
    footnotes: Footnotes<'e>,
}

impl<'a, 'e> Pass<'a, 'e> {
    fn new(source: Source<'a>, shape: Shape<'a>, images: &'a Images, problems: &'a Problems) -> Self {
        let prefix = shape.prefix();
        Self {
            footnotes: Footnotes::new(&prefix),
            ids: Ids::new(prefix),
            source,
            images,
            problems,
            out: Rendered::default(),
            plain: Plain::default(),
            stretch: Vec::new(),
            open: Open::new(shape),
            depth: 0,
            is_code: false,
            tables: Tables::default(),
        }
    }

    fn run(&mut self, events: &[Placed<'e>]) {
        let mut at = 0;
        while let Some((event, span)) = events.get(at) {
            let offset = span.start;
            at = match event {
                Event::Start(Tag::Heading { level, id, classes, .. }) => {
                    let end = closing(events, at);
                    self.heading(*level, id.as_deref(), classes, &events[at + 1..end], offset);
                    end + 1
                }
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    let end = closing(events, at);
                    self.note(label, &events[at + 1..end], offset);
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
                    self.event(event.clone(), span);
                    at + 1
                }
            };
        }
    }

    fn event(&mut self, event: Event<'e>, span: &Range<usize>) {
        self.plain.event(&event);
        match event {
            Event::Text(text) => {
                self.out.words += count_words(&text);
                if !self.is_code {
                    mistakes::look_at_text(self.source, span, self.problems);
                }
                self.stretch.push(Event::Text(text));
            }
            Event::Html(raw) | Event::InlineHtml(raw) => {
                mistakes::look_at_html(self.source, &raw, span.start, self.problems);
                self.stretch.push(Event::Text(raw));
            }
            Event::Start(Tag::HtmlBlock) => self.stretch.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => self.stretch.push(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::Link { link_type, ref dest_url, .. }) => {
                // `<name@example.com>` becomes a link to write to.
                if link_type != LinkType::Email {
                    self.link(dest_url, span.start);
                }
                self.stretch.push(event);
            }
            Event::FootnoteReference(label) => {
                let reference = self.footnotes.refer(&label);
                self.push_html(&reference);
            }
            event => {
                match &event {
                    Event::Start(Tag::CodeBlock(_)) => self.is_code = true,
                    Event::End(TagEnd::CodeBlock) => self.is_code = false,
                    Event::Start(Tag::BlockQuote(_) | Tag::Item) => self.depth += 1,
                    Event::End(TagEnd::BlockQuote(_) | TagEnd::Item) => self.depth -= 1,
                    _ => {}
                }
                match self.tables.html(&event) {
                    Some(html) => self.push_html(&html),
                    None => self.stretch.push(event),
                }
            }
        }
    }

    /// A footnote, which is beside what the text says.
    fn note(&mut self, label: &str, inside: &[Placed<'e>], offset: usize) {
        let (outside, said) = (take(&mut self.stretch), take(&mut self.plain));
        self.depth += 1;
        self.run(inside);
        self.depth -= 1;
        self.plain = said;
        let inside = replace(&mut self.stretch, outside);
        if let Some(first) = self.footnotes.define(label, inside, offset) {
            let first = self.source.line(first);
            self.problem(offset, format!("the footnote `{label}` is already defined in line {first}"));
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
            self.problem(offset, "headings start at `##`; the page's title is in its front matter");
        }
        let text = plain_text(inside);
        let problem = |wrong| self.problems.add(self.source.problem(offset, wrong));
        let id = self.ids.of_heading(id, &text, problem);
        let mark = headings::mark(classes, self.depth > 0, problem);
        if self.depth > 0 {
            // Part of what is quoted or listed, and of nothing else.
            self.heading_itself(level, &id, inside);
            return;
        }
        if self.open.is_question(level, mark.as_deref()) {
            match level {
                HeadingLevel::H2 => self.close_section(),
                _ => self.close_answer(),
            }
            self.open.heads(&id);
            Open::begin_question(&mut self.out.html);
            self.plain.begin_heading(level, &id);
            self.run(inside);
            self.plain.end_heading();
            self.flush();
            self.open.begin_answer(&mut self.out.html, &id, offset);
            return;
        }
        if level <= HeadingLevel::H2 {
            self.close_section();
            self.out.contents.push(Heading { id: id.clone(), text });
            if let Some(mark) = mark {
                self.open.begin_section(&mut self.out.html, mark, &id);
            }
        }
        self.open.heads(&id);
        self.heading_itself(level, &id, inside);
        self.flush();
        self.open.inside(&self.out.html);
    }

    /// Writes a heading, which is a link to itself, but for one that links elsewhere.
    fn heading_itself(&mut self, level: HeadingLevel, id: &str, inside: &[Placed<'e>]) {
        let links = holds_link(inside);
        self.push_html(&format!(r#"<{level} id="{id}">"#));
        if !links {
            self.push_html(&format!(r##"<a class="anchor" href="#{id}">"##));
        }
        self.plain.begin_heading(level, id);
        self.run(inside);
        self.plain.end_heading();
        self.push_html(if links { "" } else { "</a>" });
        self.push_html(&format!("</{level}>\n"));
    }

    fn close_section(&mut self) {
        self.close_answer();
        self.out.marked.extend(self.open.end_section(&mut self.out.html));
    }

    fn close_answer(&mut self) {
        self.flush();
        if let Some(offset) = self.open.end_answer(&mut self.out.html) {
            self.problems.remark(self.source.problem(offset, "this question has no answer"));
        }
    }

    fn link(&mut self, to: &str, offset: usize) {
        match links::is_within_site(to) {
            Ok(true) => self.out.links.push(Link { to: to.to_owned(), line: self.source.line(offset) }),
            Ok(false) => {}
            Err(wrong) => self.problem(offset, wrong),
        }
    }

    /// A picture, `events` being everything of it; alone in its paragraph it is a figure.
    fn picture(&mut self, events: &[Placed<'e>], alone: bool) {
        let Some((Event::Start(Tag::Image { dest_url, title, .. }), span)) = events.first() else { return };
        let offset = span.start;
        self.out.has_pictures = true;
        let alt = plain_text(&events[1..]);
        if alt.trim().is_empty() {
            self.problem(offset, format!("the picture `{dest_url}` has no alt text"));
        }
        let Some(picture) = Picture::named(dest_url, &alt, title, self.images) else {
            let wrong = "pictures go in images/ and are written /images/name";
            self.problem(offset, format!("there's no picture `{dest_url}`; {wrong}"));
            return;
        };
        for wrong in picture.misfits(self.images) {
            self.problems.remark(self.source.problem(offset, wrong));
        }
        self.plain.pause();
        if !alone {
            self.push_html(&picture.inline(self.images));
            return;
        }
        self.plain.say(title);
        self.plain.pause();
        let figure =
            picture.figure(self.images, &format!("{}drawing_{}_", self.ids.prefix, self.out.drawings.len()));
        self.push_html(&figure.html);
        self.out.drawings.extend(figure.drawing.map(|drawing| (drawing, picture.inline(self.images))));
    }

    fn finish(mut self) -> Rendered {
        self.close_section();
        for (label, offset) in self.footnotes.write(&mut self.out.html) {
            let wrong = format!("the footnote `{label}` is never used");
            self.problems.add(self.source.problem(offset, wrong));
        }
        self.out.ids = self.ids.taken;
        (self.out.beginning, self.out.sections) = self.plain.finish();
        self.out
    }

    fn problem(&self, offset: usize, wrong: impl Into<String>) {
        self.problems.add(self.source.problem(offset, wrong));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{mistakes::COMMENT_LEFT_OPEN, *};
    use crate::domain::example::any_text;

    fn render(text: &str, shape: Shape<'_>) -> (Rendered, Vec<String>) {
        let mut images = Images::new();
        let image = crate::content::pictures::images::Image::new(
            "map.svg",
            br#"<svg width="6" height="4" viewBox="0 0 6 4"></svg>"#.to_vec(),
        );
        images.insert("map.svg".to_owned(), image.expect("a picture"));
        let problems = Problems::default();
        let rendered = super::render(Source::new("a.md", text), shape, &images, &problems);
        (rendered, problems.into_sorted().iter().map(ToString::to_string).collect())
    }

    fn html(text: &str) -> String {
        let (rendered, problems) = render(text, Shape::Prose);
        assert_eq!(problems, [""; 0]);
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
        let (rendered, problems) = render("## Ask\n\n## Ask", Shape::Prose);
        assert_eq!(
            rendered.contents.iter().map(|heading| heading.id.as_str()).collect::<Vec<_>>(),
            ["ask", "ask-2"]
        );
        assert_eq!(problems, [""; 0]);
        assert_eq!(
            render("## A {#x}\n\n## B {#x}", Shape::Prose).1,
            ["a.md:3: another heading already has the id `x`"]
        );
    }

    #[test]
    fn a_marked_heading_makes_a_section_of_what_it_heads() {
        let (rendered, _) = render("## Way {#way .directions}\n\nLeft.\n\n## On\n\nRight.", Shape::Prose);
        assert_eq!(rendered.marked("directions"), Some("<p>Left.</p>"));
        assert!(
            rendered.html.contains("<section class=\"directions flow\" aria-labelledby=\"way\">"),
            "{}",
            rendered.html
        );
        assert!(
            rendered.html.ends_with(
                "</section>\n<h2 id=\"on\"><a class=\"anchor\" href=\"#on\">On</a></h2>\n<p>Right.</p>\n"
            ),
            "{}",
            rendered.html
        );
    }

    #[test]
    fn what_is_kept_back_is_in_no_page_and_no_search() {
        let text = "One.\n\n## Way {#way .directions}\n\nLeft.\n\n### Door {#door}\n\nGreen.\n\n## On {#on}\n\nRight.";
        let (rendered, _) = render(text, Shape::Prose);
        let kept_back = rendered.keeping_back("directions");
        assert!(kept_back.html.contains("One.") && kept_back.html.contains("Right."));
        for hidden in ["Left", "Green", "Way", "Door", "section"] {
            assert!(!kept_back.html.contains(hidden), "{hidden}: {}", kept_back.html);
        }
        let sections: Vec<&str> = kept_back.sections.iter().map(|section| section.id.as_str()).collect();
        assert_eq!(sections, ["on"]);
        assert_eq!(kept_back.contents.len(), 1);
        assert!(
            kept_back.marked("directions").is_some_and(|way| way.contains("Left.") && way.contains("Green."))
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

    /// What a text says in plain words: its beginning, then each section's id, heading and text.
    fn said(text: &str, shape: Shape<'_>) -> (String, Vec<[String; 3]>) {
        let (rendered, problems) = render(text, shape);
        assert_eq!(problems, [""; 0]);
        let sections = rendered.sections.into_iter();
        (rendered.beginning, sections.map(|section| [section.id, section.heading, section.text]).collect())
    }

    #[test]
    fn what_a_text_says_is_cut_at_its_headings() {
        let text = "First & *fore*most.\n\n## B & *b* {#b}\n\nThen[^n].\n\n- x\n- y\n\n### C\n\n\
                    ## See [this](https://example.com) {#d}\n\n[^n]: ## A note.";
        let (beginning, sections) = said(text, Shape::Prose);
        assert_eq!(beginning, "First & foremost.");
        assert_eq!(
            sections,
            [["b", "B & b", "Then. x y"], ["c", "C", ""], ["d", "See this", ""]],
            "and notes are left out"
        );
    }

    #[test]
    fn what_a_text_says_is_what_its_page_shows_in_words() {
        let text = "a  \nb\n`c`<d>&amp;\n\n![no](/images/map.svg \"e\")\n\nf ![no](/images/map.svg)g\n\n\
                    #### h\n\n> i\n\n```\nj\n```\n\n| k | l |\n|---|---|\n| m | n |\n\n---\n\no";
        assert_eq!(said(text, Shape::Prose).0, "a b c<d>& e f g h i j k l m n o");
        assert_eq!(said("## ![no](/images/map.svg)", Shape::Prose).1, [[""; 3]; 0]);
    }

    #[test]
    fn a_question_is_a_heading_and_its_answer_what_it_says() {
        assert_eq!(said("## Why?\n\nSo.", Shape::Questions).1, [["why", "Why?", "So."]]);
        assert_eq!(
            said("## Ask {.questions}\n\n### Why?\n\nSo.", Shape::Prose).1,
            [["ask", "Ask", ""], ["why", "Why?", "So."]]
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
        for (place, id) in [("a", "note_1_back"), ("b", "note_2_back"), ("a again", "note_1_back_2")] {
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
        for (text, problem) in [
            ("# A", "a.md:1: headings start at `##`; the page's title is in its front matter"),
            (
                "## A {.loud}",
                "a.md:1: unknown mark `.loud`; choose from .doctor, .questions, .directions, .waiver",
            ),
            ("\n![](/images/map.svg)", "a.md:2: the picture `/images/map.svg` has no alt text"),
            (
                "![x](/images/no.png)",
                "a.md:1: there's no picture `/images/no.png`; pictures go in images/ and are written /images/name",
            ),
            (
                "[x](javascript:y)",
                "a.md:1: the link `javascript:y` should start with https:// or, within the site, with /",
            ),
            (
                "a\n![x](/images/my photo.jpg)",
                "a.md:2: an address can't have spaces: write `/images/my%20photo.jpg`, not `/images/my photo.jpg`",
            ),
            (
                "[x](/images/my photo.jpg)",
                "a.md:1: an address can't have spaces: write `/images/my%20photo.jpg`, not `/images/my photo.jpg`",
            ),
            ("a\n\n[^x]: b", "a.md:3: the footnote `x` is never used"),
            ("a[^x]\n\nb[^y]\n\n[^x]: c", "a.md:3: the footnote `y` is never defined"),
            ("## A[^y]", "a.md:1: the footnote `y` is never defined"),
            ("a[^x]\n\n[^x]: b\n\n[^X]: c", "a.md:5: the footnote `X` is already defined in line 3"),
            ("a\n\nb <!-- c\n\nd", &format!("a.md:3: {COMMENT_LEFT_OPEN}")),
            ("a\n\n<!-- c\n\nd", &format!("a.md:3: {COMMENT_LEFT_OPEN}")),
            ("a\n\n## B {#main}", "a.md:3: the id `main` is already used by the page itself"),
            ("> ## A {.doctor}", "a.md:1: the mark `.doctor` only works outside quotes, lists, and notes"),
        ] {
            assert_eq!(render(text, Shape::Prose).1, [problem], "{text}");
        }
    }

    #[test]
    fn links_within_the_site_are_noted_with_their_line() {
        let links = render("a\n\n[x](/faq#y) [z](https://example.com) [w](#here)", Shape::Prose).0.links;
        let links: Vec<_> = links.iter().map(|link| (link.to.as_str(), link.line)).collect();
        assert_eq!(links, [("/faq#y", 3), ("#here", 3)]);
    }

    #[test]
    fn what_is_right_has_no_problem() {
        for text in [
            "<dustin@example.com>",
            "a `[^x]` b",
            "```\n[^x] <!-- a -->\n```",
            "\\[^x] and \\<!-- a",
            "[^]",
            "[^A]\n\n[^a]: b",
            "[^a](/b)",
            "a < b -- c",
            "[^x]\n\n[^x]: ## A heading\n    and more",
        ] {
            assert_eq!(render(text, Shape::Prose).1, [""; 0], "{text}");
        }
        assert!(
            html("<dustin@example.com>")
                .contains(r#"<a href="mailto:dustin@example.com">dustin@example.com</a>"#)
        );
    }

    #[test]
    fn html_is_a_remark() {
        for (text, line) in [("a\n<b>c</b>", 2), ("a\n\n<div>\nb\n</div>", 3), ("> <br>", 1), ("<?php ?>", 1)]
        {
            let problems = Problems::default();
            super::render(Source::new("a.md", text), Shape::Prose, &Images::new(), &problems);
            let remarks = problems.remarks(chrono::NaiveDate::MAX);
            assert!(remarks[0].line == line && remarks[0].wrong.starts_with("HTML"), "{text}: {remarks:?}");
        }
    }

    /// The ids of a text, in order.
    fn ids(html: &str) -> Vec<&str> {
        html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn no_heading_has_an_id_of_the_page_or_of_another() {
        for (text, wanted) in [
            ("## Contents", &["contents-2"][..]),
            ("## Main\n\n## Main", &["main-2", "main-3"]),
            ("## Invitation", &["invitation-2"]),
            ("### Next", &["next-2"]),
            ("## Q", &["q-2"]),
            ("## Written", &["written-2"]),
            ("## Email error", &["email-error-2"]),
            ("## Note 1\n\na[^1]\n\n[^1]: b", &["note-1", "note_1_back", "note_1"]),
            ("## Note 1 back\n\n## Change", &["note-1-back", "change-2"]),
            ("## Table\n\n> ## Table", &["table", "table-2"]),
            ("## A-2\n\n## A\n\n## A", &["a-2", "a", "a-3"]),
            ("- ## Main", &["main-2"]),
        ] {
            let page = html(text);
            assert_eq!(ids(&page), wanted, "{text}: {page}");
        }
        let said = render("## Why\n\na[^1]\n\n[^1]: b", Shape::Said { by: "n-l" }).0;
        assert_eq!(ids(&said.html), ["n-l_why", "n-l_note_1_back", "n-l_note_1"]);
    }

    #[test]
    fn a_heading_within_something_heads_nothing_of_the_page() {
        let text = "## A {.doctor}\n\nb\n\n> ## C\n>\n> d\n\ne[^1]\n\n[^1]: ## F";
        let (rendered, problems) = render(text, Shape::Prose);
        assert_eq!(problems, [""; 0]);
        assert_eq!(rendered.contents.len(), 1);
        let page = rendered.html;
        let order = [
            "<section",
            "<blockquote>",
            "<h2 id=\"c\"",
            "</blockquote>",
            "</section>",
            "<li id=\"note_1\"><h2 id=\"f\"",
        ];
        let places: Vec<_> = order.iter().map(|piece| page.find(piece).expect(piece)).collect();
        assert!(places.is_sorted(), "{page}");
        let questions = render("## Why?\n\nSo.\n\n> ## No question\n", Shape::Questions).0.html;
        assert_eq!(questions.matches("<details>").count(), 1, "{questions}");
    }

    #[test]
    fn a_table_keeps_its_columns_and_has_a_name_of_its_own() {
        let table = "| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | *2* | 3 | 4 |\n";
        let page = html(&format!("{table}\n{table}"));
        assert!(page.starts_with(
            "<div class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table><thead><tr>\
             <th>a</th><th class=\"left\">b</th><th class=\"center\">c</th><th class=\"right\">d</th></tr></thead>\n\
             <tbody><tr><td>1</td><td class=\"left\"><em>2</em></td><td class=\"center\">3</td>\
             <td class=\"right\">4</td></tr>\n</tbody></table></div>\n"
        ), "{page}");
        assert!(page.contains("aria-label=\"Table 2\""), "{page}");
    }

    #[test]
    fn marked_questions_among_questions_are_no_question() {
        let page =
            render("## Why?\n\nSo.\n\n## Questions {.questions}\n\n### How?\n\nThus.", Shape::Questions);
        assert_eq!(page.1, [""; 0]);
        assert_eq!(page.0.html.matches("<details>").count(), 2, "{}", page.0.html);
        assert!(page.0.html.contains(
            "<section class=\"questions flow\" aria-labelledby=\"questions\">\n<h2 id=\"questions\">"
        ));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn whatever_is_written_is_markup_and_none_is_served_in_which_something_runs(text in any_text(&[
            "# ", "## ", "{#a}", "- ", "1. ", "> ", "\n", "\n\n", "    ", "**", "*", "_", "`", "```", "|", "|---|", "[a]", "(b)",
            "![a](map.svg)", "[^1]", "[^1]: ", "<b>", "<script>", "</script>", "<!--", "-->", "&amp;", "\\", "~~", "http://a.b",
            "javascript:", "<javascript:alert(1)>", "[a](javascript:x)",
        ])) {
            let (Rendered { html, .. }, problems) = render(&text, Shape::Prose);
            let runs = html.contains("<script") || html.contains("href=\"javascript");
            prop_assert!(!runs || !problems.is_empty(), "{html}");
        }
    }
}
