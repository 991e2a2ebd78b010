//! The texts of the site in passages, a section each, as plain words with the
//! address of the very section: what the search looks through.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{
    markdown::Rendered,
    read::{article::Article, page::TESTIMONIALS, prose::Prose},
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

impl<'a> Part<'a> {
    /// Passages that are no article's.
    pub fn of(key: &'a str, stamp: u64, passages: Vec<Passage>) -> Self {
        Self { key, stamp, article: None, passages }
    }

    pub fn passages(&self) -> Vec<Passage> {
        match self.article {
            Some(article) => {
                let address = urls::article(&article.slug.value);
                passages(&address, &article.title, Some(&article.description), &article.body)
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
    articles.chain([Part::of("", hasher.finish(), passages)]).collect()
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
    pages.chain(services).chain(offices).chain(said).collect()
}

fn prose_passages(address: &str, title: &str, prose: Option<&Prose>) -> Vec<Passage> {
    let nothing = Rendered::default();
    let summary = prose.and_then(|prose| prose.summary.as_deref().or(prose.description.as_deref()));
    passages(address, title, Some(summary.unwrap_or(title)), prose.map_or(&nothing, |prose| &prose.body))
}

/// The passages of a text. `lead` is said before it begins.
fn passages(address: &str, title: &str, lead: Option<&str>, body: &Rendered) -> Vec<Passage> {
    let words = lead.into_iter().flat_map(str::split_whitespace).chain(body.beginning.split(' '));
    let text = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let beginning = Passage { address: address.to_owned(), title: title.to_owned(), heading: None, text };
    let sections = body.sections.iter().map(|section| Passage {
        address: format!("{address}#{}", section.id),
        title: title.to_owned(),
        heading: Some(section.heading.clone()),
        text: section.text.clone(),
    });
    // A heading with nothing but other headings below it says nothing: those are passages themselves.
    [beginning].into_iter().chain(sections).filter(|passage| !passage.text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{
        markdown::{self, Shape},
        pictures::images::Images,
        problem::{Problems, Source},
    };

    #[test]
    fn a_passage_says_where_it_stands_and_none_says_nothing() {
        let source = Source::new("a.md", "One.\n\n## B {#b}\n\n### C\n\nTwo.");
        let body = markdown::render(source, Shape::Prose, &Images::new(), &Problems::default());
        let passages = passages("/a", "A", Some("First\nof  all."), &body);
        let shown = passages.iter().map(|p| (p.address.as_str(), p.heading.as_deref(), p.text.as_str()));
        assert_eq!(
            shown.collect::<Vec<_>>(),
            [("/a", None, "First of all. One."), ("/a#c", Some("C"), "Two.")]
        );
        assert_eq!(super::passages("/a", "A", None, &Rendered::default()), []);
    }
}
