//! Where everything stands on the site, and whether each link leads somewhere.

use std::sync::Arc;

use super::reading::Made;
use crate::{
    content::{
        markdown::{Rendered, links::Addresses},
        pictures::images::Images,
        problem::Problems,
        read::{
            alias::{self, Alias, Aliases},
            article::Article,
            folder::ReadFile,
            page::Page,
            prose::Prose,
            testimonial::Testimonial,
        },
        site::page_address,
    },
    domain::practice::Practice,
    urls,
};

/// All texts of the site, each with its file.
pub struct Texts<'a> {
    pub pages: &'a [Made<'a, Page>],
    pub services: &'a [Made<'a, Prose>],
    pub offices: &'a [Made<'a, Prose>],
    pub testimonials: &'a [Made<'a, Testimonial>],
    pub articles: &'a [Made<'a, Arc<Article>>],
}

impl Texts<'_> {
    /// Looks at every link of the texts. Returns what leads to them from where they once stood.
    pub fn look_up_links(&self, practice: &Practice, images: &Images, problems: &Problems) -> Aliases {
        let topics = self.articles.iter().flat_map(|(_, article)| &article.topics);
        let topics = topics.map(|topic| urls::topic(&topic.slug));
        let mut addresses = Addresses::new(addresses(practice, images).chain(topics));
        let texts: Vec<_> = self.all().collect();
        for text in &texts {
            // Files of a service or an office that the practice no longer has are read but not shown.
            if !text.waits_for_practice || addresses.has(&text.address) {
                addresses.add(&text.address, text.body);
            }
        }
        texts.iter().for_each(|text| addresses.look_up(text.file, text.body, problems));
        alias::gather(self.aliases(), &addresses, problems)
    }

    /// Every text with its file, and what is said of it beside what stands in it.
    pub fn all_words(&self) -> Vec<(&str, Vec<&str>, &Rendered)> {
        let mut all: Vec<(&str, Vec<&str>, &Rendered)> = Vec::new();
        for (file, page) in self.pages {
            let said = [page.title.as_str(), &page.description].into_iter().chain(page.lead.as_deref());
            all.push((file.path.as_str(), said.collect(), &page.body));
        }
        for (file, prose) in self.services.iter().chain(self.offices) {
            let said = prose.description.as_deref().into_iter().chain(prose.summary.as_deref());
            all.push((&file.path, said.collect(), &prose.body));
        }
        for (file, said) in self.testimonials {
            all.push((&file.path, vec![&said.who], &said.body));
        }
        for (file, article) in self.articles {
            all.push((&file.path, vec![&article.title, &article.description], &article.body));
        }
        all
    }

    fn all(&self) -> impl Iterator<Item = Text<'_>> {
        let pages = self
            .pages
            .iter()
            .map(|(file, page)| Text::new(&file.path, page_address(file.name()), &page.body));
        let services = self.services.iter().map(|(file, prose)| Text::below(urls::SERVICES, file, prose));
        let offices = self.offices.iter().map(|(file, prose)| Text::below(urls::OFFICES, file, prose));
        let said = self.testimonials.iter();
        let said = said.map(|(file, said)| Text::new(&file.path, urls::TESTIMONIALS.to_owned(), &said.body));
        let articles = self.articles.iter();
        let articles = articles
            .map(|(file, article)| Text::new(&file.path, urls::article(&article.slug.value), &article.body));
        pages.chain(services).chain(offices).chain(said).chain(articles)
    }

    /// The aliases of each file, with the address that they lead to.
    fn aliases(&self) -> impl Iterator<Item = (&str, String, &[Alias])> {
        let pages = self.pages.iter();
        let pages = pages
            .map(|(file, page)| (file.path.as_str(), page_address(file.name()), page.aliases.as_slice()));
        let articles = self.articles.iter().map(|(file, article)| {
            (file.path.as_str(), urls::article(&article.slug.value), article.aliases.as_slice())
        });
        pages.chain(articles)
    }
}

/// A text with links in it, and where it will stand.
struct Text<'a> {
    file: &'a str,
    address: String,
    body: &'a Rendered,
    /// Whether it stands anywhere is for the practice file to say.
    waits_for_practice: bool,
}

impl<'a> Text<'a> {
    fn new(file: &'a str, address: String, body: &'a Rendered) -> Self {
        Self { file, address, body, waits_for_practice: false }
    }

    fn below(folder: &str, file: &'a ReadFile<Prose>, prose: &'a Prose) -> Self {
        let address = format!("{folder}/{}", file.name());
        Self { waits_for_practice: true, ..Self::new(&file.path, address, &prose.body) }
    }
}

/// The addresses that are there whatever the Markdown files say.
fn addresses(practice: &Practice, images: &Images) -> impl Iterator<Item = String> {
    let fixed = [
        urls::HOME,
        urls::SERVICES,
        urls::OFFICES,
        urls::ARTICLES,
        urls::FEED,
        urls::SEARCH,
        urls::NEW_APPOINTMENT,
        urls::WAITLIST,
        urls::BOOK,
    ];
    (fixed.into_iter().map(str::to_owned))
        .chain(practice.services_offered().map(|service| urls::service(&service.slug)))
        .chain(practice.offices.iter().map(|office| urls::office(&office.slug)))
        .chain(images.keys().map(|name| urls::image(name)))
}
