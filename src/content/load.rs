//! Reading the content folder: everything in one go, checked against each other.

use std::{collections::BTreeMap, path::Path};

use chrono_tz::Tz;

use super::{
    alias,
    article::{self, Article},
    claims, drawing,
    fault::{Fault, Faults, Source},
    folder::{File, Folder},
    glyphs,
    images::{Image, Images},
    inventory::FOLDERS,
    links::Addresses,
    markdown::Rendered,
    page::{self, Page, Prose},
    practice_file, related,
    site::{Site, page_address},
    topic,
};
use crate::{
    domain::{
        ids::{OfficeSlug, ServiceSlug},
        practice::Practice,
        time::{self, Instant},
    },
    urls,
};

/// The viewBox of an office's mark.
const MARK: &str = "0 0 28 14";
const BREAKS_OFF: &str = "the picture breaks off; was it copied whole?";

/// Content that cannot be shown: why, and what else there is to remark upon.
#[derive(Debug)]
pub struct Unfit {
    pub faults: Vec<Fault>,
    pub remarks: Vec<Fault>,
}

/// Reads the content folder. Every fault in it is told at once.
pub fn load(root: &Path, now: Instant) -> Result<Site, Unfit> {
    let faults = Faults::default();
    let site = Reading { folder: Folder::new(root, &faults), faults: &faults }.site();
    let zone = site.as_ref().map_or(Tz::UTC, |site| site.practice.zone);
    let (remarks, faults) = (faults.remarks(time::date(zone, now)), faults.into_sorted());
    match site {
        Some(site) if faults.is_empty() => Ok(Site { remarks, ..site }),
        _ => Err(Unfit { faults, remarks }),
    }
}

struct Reading<'a> {
    folder: Folder<'a>,
    faults: &'a Faults,
}

impl Reading<'_> {
    /// `None` without a practice file, which is a fault like any other.
    fn site(self) -> Option<Site> {
        let practice = self.folder.text(practice_file::FILE);
        let practice =
            practice.map(|text| practice_file::read(Source::new(practice_file::FILE, &text), self.faults));
        let images = self.images();
        let prose = |file: &File| page::read_prose(file.source(), &images, self.faults);
        let pages =
            self.folder.markdown("pages", |file| page::read(file.source(), &file.name, &images, self.faults));
        let services = self.folder.markdown("services", prose);
        let offices = self.folder.markdown("offices", prose);
        let testimonials = self
            .folder
            .markdown("testimonials", |file| page::read_testimonial(file.source(), &images, self.faults));
        let articles = self
            .folder
            .markdown("articles", |file| article::read(file.source(), &file.name, &images, self.faults));

        self.look_for_the_unread();
        self.look_for_unknown_pages(&pages);
        self.look_for_double_slugs(&articles);
        let (practice, first_rules) = practice?;
        let texts =
            (pages.iter().map(|(file, page)| Text::new(file, page_address(&file.name), &page.body)))
                .chain(services.iter().map(|(file, prose)| Text::below(urls::SERVICES, file, &prose.body)))
                .chain(offices.iter().map(|(file, prose)| Text::below(urls::OFFICES, file, &prose.body)))
                .chain(
                    testimonials
                        .iter()
                        .map(|(file, said)| Text::new(file, urls::TESTIMONIALS.to_owned(), &said.body)),
                )
                .chain(articles.iter().map(|(file, article)| {
                    Text::new(file, urls::article(&article.slug.value), &article.body)
                }));
        let addresses = self.look_up_links(&practice, &images, &texts.collect::<Vec<_>>(), &articles);
        let named = pages
            .iter()
            .map(|(file, page)| (file.path.as_str(), page_address(&file.name), page.aliases.as_slice()));
        let named = named.chain(articles.iter().map(|(file, article)| {
            (file.path.as_str(), urls::article(&article.slug.value), article.aliases.as_slice())
        }));
        let aliases = alias::gather(named, &addresses, self.faults);
        let articles = self.articles(articles, &practice);
        let cards = self.cards(&articles);

        Some(Site {
            topics: topic::pages(&articles),
            aliases,
            pages: pages.into_iter().map(|(file, page)| (file.name, page)).collect(),
            services: self.shown(services, |slug| {
                ServiceSlug::parse(slug).filter(|slug| practice.service(slug).is_some())
            }),
            offices: self.shown(offices, |slug| {
                OfficeSlug::parse(slug).filter(|slug| practice.office(slug).is_some())
            }),
            marks: self.marks(&practice),
            home_drawing: drawing::read(&self.folder, "pages/home.svg", self.faults),
            foot_drawing: drawing::read(&self.folder, "pages/foot.svg", self.faults),
            articles,
            testimonials: testimonials.into_iter().map(|(_, said)| said).collect(),
            images,
            cards,
            practice,
            first_rules,
            remarks: Vec::new(),
        })
    }

    fn images(&self) -> Images {
        let mut images = Images::new();
        for path in self.folder.paths("images") {
            let name = path.rsplit('/').next().unwrap_or_default().to_owned();
            let Some(bytes) = self.folder.bytes(&path) else { continue };
            let Some(image) = Image::new(&name, bytes) else { continue };
            if !image.is_whole() {
                self.faults.add(Source::new(&path, "").fault(0, BREAKS_OFF));
            } else if image.size.is_none() {
                self.remark(&path, "says no width and height, so the page moves when it arrives");
            }
            if let ("image/svg+xml", Ok(text)) = (image.media_type, std::str::from_utf8(&image.bytes)) {
                claims::look_over_drawing(Source::new(&path, text), self.faults);
                glyphs::look_over_drawing(Source::new(&path, text), self.faults);
            }
            images.insert(name, image);
        }
        images
    }

    fn cards(&self, articles: &[Article]) -> BTreeMap<String, Image> {
        let mut cards = BTreeMap::new();
        for path in self.folder.paths("cards") {
            let name = path.rsplit('/').next().unwrap_or_default();
            let slug = name.strip_suffix(".png").unwrap_or_default();
            let Some(article) = articles.iter().find(|article| article.slug.value == slug) else {
                self.remark(&path, "there is no article with this name, so this card is not shown");
                continue;
            };
            if let Some(card) = self.folder.bytes(&path).and_then(|bytes| Image::new(name, bytes)) {
                if let Some(title) = card.title().filter(|title| *title != article.title) {
                    let wrong = format!(
                        "this card shows the title “{title}”, and the article is called “{}” now",
                        article.title
                    );
                    self.remark(&path, &wrong);
                }
                if !card.is_whole() {
                    self.faults.add(Source::new(&path, "").fault(0, BREAKS_OFF));
                }
                cards.insert(slug.to_owned(), card);
            }
        }
        cards
    }

    fn marks(&self, practice: &Practice) -> BTreeMap<OfficeSlug, String> {
        let mut marks = BTreeMap::new();
        for path in self.folder.paths("offices").iter().filter(|path| path.ends_with(".svg")) {
            let name = path.trim_start_matches("offices/").trim_end_matches(".svg");
            if !practice.offices.iter().any(|office| office.slug.as_str() == name) {
                self.remark(path, &format!("`{name}` is not in practice.toml, so this is not shown"));
            }
        }
        for office in &practice.offices {
            let path = format!("offices/{}.svg", office.slug);
            if let Some(drawing) = drawing::read(&self.folder, &path, self.faults) {
                if drawing.view_box != MARK {
                    let wrong = format!("an office's mark is drawn in viewBox=\"{MARK}\"");
                    self.faults.add(Source::new(&path, "").fault(0, wrong));
                }
                marks.insert(office.slug.clone(), drawing.inside);
            }
        }
        marks
    }

    /// Newest first. An article that invites to an office of another practice invites to all.
    fn articles(&self, read: Vec<(File, Article)>, practice: &Practice) -> Vec<Article> {
        let mut articles: Vec<Article> = read.into_iter().map(|(_, article)| article).collect();
        for article in &mut articles {
            if article.office.as_ref().is_some_and(|slug| practice.office(slug).is_none()) {
                self.remark(&article.file, "the office that this article invites to is not in practice.toml");
                article.office = None;
            }
        }
        articles.sort_by(|a, b| (b.published, &a.title).cmp(&(a.published, &b.title)));
        let related = related::related(&articles);
        articles.iter_mut().zip(related).for_each(|(article, related)| article.related = related);
        articles
    }

    /// The prose whose service or office is in the practice file.
    fn shown<S: Ord>(
        &self,
        read: Vec<(File, Prose)>,
        slug: impl Fn(&str) -> Option<S>,
    ) -> BTreeMap<S, Prose> {
        let mut shown = BTreeMap::new();
        for (file, prose) in read {
            match slug(&file.name) {
                Some(slug) => drop(shown.insert(slug, prose)),
                None => {
                    self.remark(
                        &file.path,
                        &format!("`{}` is not in practice.toml, so this is not shown", file.name),
                    );
                }
            }
        }
        shown
    }

    /// What has been given another name by mistake would be missed by nobody else.
    fn look_for_the_unread(&self) {
        for entry in self.folder.entries().iter().filter(|entry| !entry.has_a_place()) {
            let path = entry.path_below();
            if entry.folder.is_empty() && entry.is_folder {
                let wrong = format!(
                    "there is no such folder; there are {}, and those whose name begins with a dot are left alone",
                    FOLDERS.join(", ")
                );
                self.faults.add(Source::new(&path, "").fault(0, wrong));
            } else {
                self.remark(&path, &format!("this is not read: {}", entry.why_not_read()));
            }
        }
    }

    fn look_for_unknown_pages(&self, pages: &[(File, Page)]) {
        let known = |name: &str| page::NAMES.contains(&name) || name == page::TESTIMONIALS;
        for (file, _) in pages.iter().filter(|(file, _)| !known(&file.name)) {
            self.faults.add(file.source().fault(0, format!("there is no page `{}`", file.name)));
        }
    }

    fn look_for_double_slugs(&self, articles: &[(File, Article)]) {
        for (nth, (file, article)) in articles.iter().enumerate() {
            let slug = &article.slug;
            if let Some((first, _)) = articles[..nth].iter().find(|(_, other)| other.slug.value == slug.value)
            {
                let wrong = format!("the article in {} has the slug `{}` already", first.path, slug.value);
                self.faults.add(Fault { file: file.path.clone(), line: slug.line, wrong });
            }
        }
    }

    /// Looks at every link of the texts, and returns all addresses that there are.
    fn look_up_links(
        &self,
        practice: &Practice,
        images: &Images,
        texts: &[Text<'_>],
        articles: &[(File, Article)],
    ) -> Addresses {
        let topics = articles.iter().flat_map(|(_, article)| &article.topics);
        let topics = topics.map(|topic| urls::topic(&topic.slug));
        let mut addresses = Addresses::new(addresses(practice, images).chain(topics));
        for text in texts {
            // Files of a service or an office that the practice no longer has are read but not shown.
            if !text.waits_for_practice || addresses.has(&text.address) {
                addresses.add(&text.address, text.body);
            }
        }
        texts.iter().for_each(|text| addresses.look_up(text.file, text.body, self.faults));
        addresses
    }

    fn remark(&self, path: &str, wrong: &str) {
        self.faults.remark(Source::new(path, "").fault(0, wrong));
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
    fn new(file: &'a File, address: String, body: &'a Rendered) -> Self {
        Self { file: &file.path, address, body, waits_for_practice: false }
    }

    fn below(folder: &str, file: &'a File, body: &'a Rendered) -> Self {
        Self { waits_for_practice: true, ..Self::new(file, format!("{folder}/{}", file.name), body) }
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
        urls::BOOK,
    ];
    (fixed.into_iter().map(str::to_owned))
        .chain(practice.services_offered().map(|service| urls::service(&service.slug)))
        .chain(practice.offices.iter().map(|office| urls::office(&office.slug)))
        .chain(images.keys().map(|name| urls::image(name)))
}
