//! The texts of the site in passages, a section each, as plain words with the
//! address of the very section: what the search looks through.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{
    markdown::Rendered,
    read::{
        article::Article,
        page::{Prose, TESTIMONIALS},
    },
    site::{Site, page_address},
};
use crate::urls;

/// A section of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Passage {
    /// With the section's id where it has one.
    pub address: String,
    /// The title of the whole.
    pub title: String,
    /// The section's own heading, or the question. Without one it is the beginning.
    pub heading: Option<String>,
    pub text: String,
}

/// A text of the site, or several that are few and short, as one part of what the
/// search looks through.
pub struct Part<'a> {
    /// Tells it from the other parts.
    pub key: &'a str,
    /// Another one when what it says has changed.
    pub stamp: u64,
    article: Option<&'a Article>,
    passages: Vec<Passage>,
}

impl Part<'_> {
    /// Passages that are no article's.
    pub fn of(stamp: u64, passages: Vec<Passage>) -> Self {
        Self { key: "", stamp, article: None, passages }
    }

    pub fn passages(&self) -> Vec<Passage> {
        match self.article {
            Some(article) => {
                let address = urls::article(&article.slug.value);
                let passages = passages(&address, &article.title, Some(&article.description), &article.body);
                passages.into_iter().filter(says_something).collect()
            }
            None => self.passages.clone(),
        }
    }
}

/// Every text of the site: each article a part, the newest first, and all else another.
pub fn parts(site: &Site) -> Vec<Part<'_>> {
    let articles = site.articles.iter().map(|article| Part {
        key: &article.slug.value,
        stamp: article.stamp,
        article: Some(article),
        passages: Vec::new(),
    });
    let passages = of_pages(site);
    let mut hasher = DefaultHasher::new();
    passages.hash(&mut hasher);
    // No article has an empty slug.
    articles.chain([Part::of(hasher.finish(), passages)]).collect()
}

/// A heading with nothing but other headings below it says nothing: those are passages themselves.
fn says_something(passage: &Passage) -> bool {
    !passage.text.is_empty()
}

/// Every text but the articles in passages.
fn of_pages(site: &Site) -> Vec<Passage> {
    let pages = site.pages.iter().flat_map(|(name, page)| {
        passages(&page_address(name), &page.title, page.lead.as_deref(), &page.body)
    });
    let services = site.practice.services_offered().flat_map(|service| {
        let prose = site.services.get(&service.slug);
        prose_passages(&urls::service(&service.slug), &service.name, prose)
    });
    let offices = site.practice.offices.iter().flat_map(|office| {
        let (title, prose) = (format!("{} office", office.name), site.offices.get(&office.slug));
        prose_passages(&urls::office(&office.slug), &title, prose)
    });
    // What clients say stands on a page of its own, where there is one.
    let said = site.pages.get(TESTIMONIALS).into_iter().flat_map(|page| {
        site.testimonials.iter().flat_map(|said| {
            let mut passages = passages(urls::TESTIMONIALS, &page.title, None, &said.body);
            if let Some(first) = passages.first_mut() {
                first.heading.get_or_insert_with(|| format!("{}, {}", said.who, said.year));
            }
            passages
        })
    });
    pages.chain(services).chain(offices).chain(said).filter(says_something).collect()
}

fn prose_passages(address: &str, title: &str, prose: Option<&Prose>) -> Vec<Passage> {
    let nothing = Rendered::default();
    let summary = prose.and_then(|prose| prose.summary.as_deref().or(prose.description.as_deref()));
    passages(address, title, Some(summary.unwrap_or(title)), prose.map_or(&nothing, |prose| &prose.body))
}

/// Elements that say nothing to whoever searches: signs, drawings, notes.
const LEFT_OUT: [&str; 4] = ["sup", "svg", "script", "style"];
/// Elements that stand within a line.
const INLINE: [&str; 9] = ["a", "abbr", "b", "code", "em", "i", "mark", "span", "strong"];

/// The passages of a text. `lead` is said before it begins.
pub fn passages(address: &str, title: &str, lead: Option<&str>, body: &Rendered) -> Vec<Passage> {
    let new = |id: Option<&str>| Passage {
        address: id.map_or(address.to_owned(), |id| format!("{address}#{id}")),
        title: title.to_owned(),
        ..Passage::default()
    };
    let mut passages = vec![Passage { text: lead.unwrap_or_default().to_owned(), ..new(None) }];
    let mut rest = body.html.as_str();
    let mut in_heading = false;
    while let Some(at) = rest.find('<') {
        say(&mut passages, in_heading, &rest[..at]);
        let Some((tag, after)) = rest[at + 1..].split_once('>') else { break };
        rest = after;
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if tag.starts_with('/') {
            if ["h2", "h3", "summary"].contains(&name) {
                in_heading = false;
            }
        } else if is_left_out(name, tag) {
            rest = after_element(name, rest);
            continue;
        } else if let ("h2" | "h3", Some(id)) = (name, attribute(tag, "id")) {
            passages.push(Passage { heading: Some(String::new()), ..new(Some(id)) });
            in_heading = true;
        } else if name == "summary" {
            passages.push(Passage { heading: Some(String::new()), ..new(None) });
            in_heading = true;
        } else if let ("div", Some(id), Some(question)) = (name, attribute(tag, "id"), passages.last_mut()) {
            question.address = new(Some(id)).address;
        }
        if !INLINE.contains(&name) {
            say(&mut passages, in_heading, " ");
        }
    }
    say(&mut passages, in_heading, rest);
    for passage in &mut passages {
        passage.text = one_spaced(&passage.text);
        passage.heading = passage.heading.take().map(|heading| one_spaced(&heading));
    }
    let says = |text: &str| !text.is_empty();
    passages.retain(|passage| passage.heading.as_deref().is_some_and(says) || says(&passage.text));
    passages
}

/// Adds words to the passage that is being read.
fn say(passages: &mut [Passage], in_heading: bool, html: &str) {
    let Some(last) = passages.last_mut() else { return };
    let words = unescaped(html);
    match &mut last.heading {
        Some(heading) if in_heading => heading.push_str(&words),
        _ => last.text.push_str(&words),
    }
}

fn is_left_out(name: &str, tag: &str) -> bool {
    let class = attribute(tag, "class").unwrap_or_default();
    LEFT_OUT.contains(&name) || class.split(' ').any(|class| class == "footnotes")
}

/// What follows the element whose opening tag has just been read.
fn after_element<'a>(name: &str, mut rest: &'a str) -> &'a str {
    let (open, close) = (format!("<{name}"), format!("</{name}"));
    let mut depth = 1;
    while depth > 0 {
        let Some(at) = rest.find('<') else { return "" };
        rest = &rest[at..];
        if rest.starts_with(&close) {
            depth -= 1;
        } else if rest.starts_with(&open) {
            depth += 1;
        }
        rest = rest.split_once('>').map_or("", |(_, after)| after);
    }
    rest
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    Some(tag.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0)
}

/// The characters that HTML of ours escapes.
fn unescaped(html: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'")];
    let text = entities.iter().fold(html.to_owned(), |text, (entity, plain)| text.replace(entity, plain));
    text.replace("&amp;", "&")
}

fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{
        markdown::{self, Shape},
        pictures::images::Images,
        problem::{Problems, Source},
    };

    /// The passages of what a browser is sent.
    fn of(markdown: &str, shape: Shape<'_>) -> Vec<(String, Option<String>, String)> {
        let problems = Problems::default();
        let body = markdown::render(Source::new("a.md", markdown), shape, &Images::new(), &problems);
        assert_eq!(problems.into_sorted(), []);
        let passages = passages("/a", "A", None, &body).into_iter();
        passages.map(|passage| (passage.address, passage.heading, passage.text)).collect()
    }

    fn passage(address: &str, heading: Option<&str>, text: &str) -> (String, Option<String>, String) {
        (address.to_owned(), heading.map(str::to_owned), text.to_owned())
    }

    #[test]
    fn a_text_is_cut_at_its_headings() {
        let text = "First & *fore*most.\n\n## B & *b* {#b}\n\nThen[^n].\n\n- x\n- y\n\n### C\n\n\
                    ## See [this](https://example.com) {#d}\n\n[^n]: A note.";
        assert_eq!(
            of(text, Shape::Prose),
            [
                passage("/a", None, "First & foremost."),
                passage("/a#b", Some("B & b"), "Then. x y"),
                passage("/a#c", Some("C"), ""),
                passage("/a#d", Some("See this"), ""),
            ],
            "and notes are left out"
        );
    }

    #[test]
    fn a_question_is_a_heading() {
        assert_eq!(of("## Why?\n\nSo.", Shape::Questions), [passage("/a#why", Some("Why?"), "So.")]);
        assert_eq!(
            of("## Ask {.questions}\n\n### Why?\n\nSo.", Shape::Prose),
            [passage("/a#ask", Some("Ask"), ""), passage("/a#why", Some("Why?"), "So.")]
        );
    }

    #[test]
    fn what_says_nothing_is_no_passage() {
        let body = Rendered { html: "<h2 id=\"b\"><svg></svg></h2>".to_owned(), ..Rendered::default() };
        assert_eq!(passages("/a", "A", None, &body), []);
    }
}
