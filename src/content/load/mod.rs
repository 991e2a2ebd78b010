//! Reading the content folder: everything in one go, checked against each other.

mod portraits;

use std::{
    collections::{BTreeMap, HashMap, hash_map::Entry},
    path::Path,
    sync::Arc,
};

use chrono_tz::Tz;

use super::{
    claims,
    markdown::{Rendered, links::Addresses},
    pictures::{
        branding,
        drawing::{self, Drawing},
        images::{self, Image, Images},
        sizes,
    },
    problem::{Problem, Problems, Source},
    read::{
        alias,
        article::{self, Article},
        folder::{File, Files, Folder, ReadFile, inventory::FOLDERS, made},
        forbidden, front_matter, glyphs,
        page::{self, Page},
        page_name,
        practice_file::{self, PracticeFile},
        prose::{self, Prose},
        table::{self, Table},
        testimonial::{self, Testimonial},
    },
    related::Related,
    site::{ReadFiles, Site, page_address},
    topics,
};
use crate::{
    domain::{
        ids::{OfficeSlug, ServiceSlug},
        practice::Practice,
        time::{self, Instant},
    },
    urls,
};

const HOME_DRAWING: &str = "pages/home.svg";
const FOOT_DRAWING: &str = "pages/foot.svg";
/// The viewBox of an office's mark.
const MARK: &str = "0 0 28 14";

/// Content that cannot be shown: why, and what else there is to remark upon.
#[derive(Debug)]
pub struct Unfit {
    pub problems: Vec<Problem>,
    pub remarks: Vec<Problem>,
}

/// Reads the content folder. Every problem in it is told at once.
/// What has been made of its pictures is in the folder `sizes`, if anywhere.
pub fn load(root: &Path, sizes: Option<&Path>, now: Instant) -> Result<Site, Unfit> {
    read(root, sizes, &ReadFiles::default(), now)
}

/// The same for a folder that was read before: what has not changed since, and
/// depends on nothing that has, is taken from the site as it was.
pub fn load_again(root: &Path, before: &Site, now: Instant) -> Result<Site, Unfit> {
    read(root, before.sizes.as_deref(), &before.read, now)
}

fn read(root: &Path, sizes: Option<&Path>, before: &ReadFiles, now: Instant) -> Result<Site, Unfit> {
    let problems = Problems::default();
    let site = Reading { folder: Folder::new(root, &problems), problems: &problems, sizes, before }.site();
    let zone = site.as_ref().map_or(Tz::UTC, |site| site.practice.zone);
    let (remarks, problems) = (problems.remarks(time::date(zone, now)), problems.into_sorted());
    match site {
        Some(site) if problems.is_empty() => Ok(Site { remarks, ..site }),
        _ => Err(Unfit { problems, remarks }),
    }
}

struct Reading<'a> {
    folder: Folder<'a>,
    problems: &'a Problems,
    sizes: Option<&'a Path>,
    before: &'a ReadFiles,
}

impl Reading<'_> {
    /// `None` without a practice file, which is a problem like any other.
    fn site(self) -> Option<Site> {
        let practice_files = self.practice_files();
        let practice = made(&practice_files).next().map(|(_, practice)| practice);
        let drawing_files = self.drawing_files(practice.map(|read| &read.practice));
        let room_files = portraits::files(&self.folder, practice.map(|read| &read.practice));
        let image_files = self.image_files(&room_files);
        let images: Images =
            made(&image_files).map(|(file, image)| (images::name_of(&file.path), image.clone())).collect();
        // A text with pictures shows how large they are; and one that is wrong may be so for want of one.
        let is_same = |(one, other): (&Arc<ReadFile<Image>>, &Arc<ReadFile<Image>>)| Arc::ptr_eq(one, other);
        let have_changed = image_files.len() != self.before.images.len()
            || !image_files.iter().zip(&self.before.images).all(is_same);
        let depends = |body: Option<&Rendered>| have_changed && body.is_none_or(|body| body.has_pictures);

        let page_files = self.folder.markdown(
            "pages",
            &self.before.pages,
            |page: Option<&Page>| depends(page.map(|page| &page.body)),
            |file, problems| {
                text(file, problems, |keys, body| page::read(keys, body, &file.name, &images, problems))
            },
        );
        let prose = |folder, before| {
            let depends = |prose: Option<&Prose>| depends(prose.map(|prose| &prose.body));
            self.folder.markdown(folder, before, depends, |file, problems| {
                text(file, problems, |keys, body| prose::read(keys, body, &images, problems))
            })
        };
        let service_files = prose("services", &self.before.services);
        let office_files = prose("offices", &self.before.offices);
        let testimonial_files = self.folder.markdown(
            "testimonials",
            &self.before.testimonials,
            |said: Option<&Testimonial>| depends(said.map(|said| &said.body)),
            |file, problems| {
                text(file, problems, |keys, body| {
                    testimonial::read(keys, body, &file.name, &images, problems)
                })
            },
        );
        let article_files = self.folder.markdown(
            "articles",
            &self.before.articles,
            |article: Option<&Arc<Article>>| depends(article.map(|article| &article.body)),
            |file, problems| {
                text(file, problems, |keys, body| {
                    Arc::new(article::read(keys, body, &file.name, &images, problems))
                })
            },
        );
        let pages: Vec<_> = made(&page_files).collect();
        let services: Vec<_> = made(&service_files).collect();
        let offices: Vec<_> = made(&office_files).collect();
        let testimonials: Vec<_> = made(&testimonial_files).collect();
        let articles: Vec<_> = made(&article_files).collect();

        self.look_for_the_unread();
        self.look_at_the_names(&pages);
        self.look_for_double_slugs(&articles);
        let PracticeFile { practice, rules: first_rules, portrait } = practice?.clone();
        let texts =
            (pages.iter().map(|(file, page)| Text::new(&file.path, page_address(file.name()), &page.body)))
                .chain(services.iter().map(|(file, prose)| Text::below(urls::SERVICES, file, prose)))
                .chain(offices.iter().map(|(file, prose)| Text::below(urls::OFFICES, file, prose)))
                .chain(
                    testimonials
                        .iter()
                        .map(|(file, said)| Text::new(&file.path, urls::TESTIMONIALS.to_owned(), &said.body)),
                )
                .chain(articles.iter().map(|(file, article)| {
                    Text::new(&file.path, urls::article(&article.slug.value), &article.body)
                }));
        let addresses = self.look_up_links(&practice, &images, &texts.collect::<Vec<_>>(), &articles);
        let named = pages
            .iter()
            .map(|(file, page)| (file.path.as_str(), page_address(file.name()), page.aliases.as_slice()));
        let named = named.chain(articles.iter().map(|(file, article)| {
            (file.path.as_str(), urls::article(&article.slug.value), article.aliases.as_slice())
        }));
        let aliases = alias::gather(named, &addresses, self.problems);
        let articles = self.articles(&articles, &practice);
        let card_files = self.card_files();
        let cards = self.cards(&card_files, &articles);
        let branding_files = self.branding_files();

        Some(Site {
            topics: topics::pages(&articles),
            aliases,
            pages: pages.into_iter().map(|(file, page)| (file.name().to_owned(), page.clone())).collect(),
            services: self.shown(&services, |slug| {
                ServiceSlug::parse(slug).filter(|slug| practice.service(slug).is_some())
            }),
            offices: self.shown(&offices, |slug| {
                OfficeSlug::parse(slug).filter(|slug| practice.office(slug).is_some())
            }),
            marks: self.marks(&practice, &drawing_files),
            home_drawing: drawing_of(&drawing_files, HOME_DRAWING).map(|drawing| drawing.behind("home_")),
            foot_drawing: drawing_of(&drawing_files, FOOT_DRAWING).map(|drawing| drawing.behind("foot_")),
            related: Related::new(&articles),
            positions: positions(&articles),
            articles,
            testimonials: testimonials.into_iter().map(|(_, said)| said.clone()).collect(),
            portrait: portraits::portrait(portrait.as_ref(), &images, self.problems),
            rooms: portraits::of_offices(&practice, &room_files, self.problems),
            images,
            cards,
            branding: made(&branding_files).map(|(file, image)| (file.path.clone(), image.clone())).collect(),
            practice,
            first_rules,
            remarks: Vec::new(),
            sizes: self.sizes.map(Path::to_owned),
            read: ReadFiles {
                practice: practice_files,
                drawings: drawing_files,
                pages: page_files,
                services: service_files,
                offices: office_files,
                testimonials: testimonial_files,
                articles: article_files,
                images: image_files,
                cards: card_files,
                branding: branding_files,
            },
        })
    }

    fn practice_files(&self) -> Files<PracticeFile> {
        let read = |folder: &Folder<'_>, path: &str| {
            let (text, problems) = (folder.text(path)?, folder.problems());
            let source = Source::new(path, &text);
            let (root, _) = table::parse(source, problems);
            let keys = Table::new(source, &root, problems);
            let made = practice_file::read(&keys);
            look_over(&keys, None, problems);
            keys.unknown_keys();
            Some(made)
        };
        self.folder.each(vec![practice_file::FILE.to_owned()], &self.before.practice, |_| false, read)
    }

    fn drawing_files(&self, practice: Option<&Practice>) -> Files<Drawing> {
        let marks =
            practice.into_iter().flat_map(|practice| &practice.offices).map(|office| mark(&office.slug));
        let mut paths: Vec<String> =
            [HOME_DRAWING, FOOT_DRAWING].map(str::to_owned).into_iter().chain(marks).collect();
        paths.retain(|path| self.folder.has(path));
        self.folder.each(paths, &self.before.drawings, |_| false, drawing)
    }

    /// The pictures of `images/`, and those that show offices.
    fn image_files(&self, rooms: &[String]) -> Files<Image> {
        let sizes = self.sizes;
        let read = |folder: &Folder<'_>, path: &str| {
            let problems = folder.problems();
            let name = file_name(path);
            let mut image = image(folder, path)?;
            problems_of(&image, path, problems);
            // It takes long, so that it is tried for whoever only checks; else before it is shown.
            image.lies |= sizes.is_none() && !image.can_be_turned();
            if let Some(remarkable) = image.remarkable(name) {
                problems.remark(Source::new(path, "").problem(0, remarkable));
            }
            look_at_the_words(&image, path, problems);
            Some(match sizes {
                Some(sizes) => sizes::found(sizes, image),
                None => image,
            })
        };
        let are_made = |image: Option<&Image>| {
            sizes.zip(image).is_some_and(|(sizes, image)| sizes::are_made(sizes, image))
        };
        let mut paths = self.folder.paths("images");
        paths.extend_from_slice(rooms);
        self.folder.each(paths, &self.before.images, are_made, read)
    }

    fn branding_files(&self) -> Files<Image> {
        let mut paths = branding::FILES.map(str::to_owned).to_vec();
        paths.retain(|path| self.folder.has(path));
        let read = |folder: &Folder<'_>, path: &str| {
            let image = image(folder, path)?;
            look_at_the_words(&image, path, folder.problems());
            Some(branding::look_over(path, image, folder.problems()))
        };
        let is_drawn_alone = paths.iter().any(|path| path == branding::ICON_SVG)
            && !paths.iter().any(|path| path == branding::ICON_PNG);
        if is_drawn_alone {
            self.remark(branding::ICON_SVG, "phones and some browsers need a PNG: add icon.png next to it");
        }
        self.folder.each(paths, &self.before.branding, |_| false, read)
    }

    fn card_files(&self) -> Files<Image> {
        self.folder.each(
            self.folder.paths("cards"),
            &self.before.cards,
            |_| false,
            |folder, path| {
                let card = image(folder, path)?.turned();
                if card.lies {
                    folder.problems().remark(Source::new(path, "").problem(0, images::LIES));
                }
                Some(card)
            },
        )
    }

    fn cards(&self, files: &Files<Image>, articles: &[Arc<Article>]) -> BTreeMap<String, Image> {
        let titles: HashMap<&str, &str> =
            articles.iter().map(|article| (article.slug.value.as_str(), article.title.as_str())).collect();
        let mut cards = BTreeMap::new();
        for (file, card) in made(files) {
            let (slug, path) = (file.name(), file.path.as_str());
            let Some(title) = titles.get(slug) else {
                self.remark(path, "there's no article with this name, so this card isn't shown");
                continue;
            };
            if let Some(shown) = card.title.as_deref().filter(|shown| shown != title) {
                let wrong =
                    format!("this card shows the title “{shown}”, but the article is now called “{title}”");
                self.remark(path, &wrong);
            }
            problems_of(card, path, self.problems);
            cards.insert(slug.to_owned(), card.clone());
        }
        cards
    }

    fn marks(&self, practice: &Practice, drawings: &Files<Drawing>) -> BTreeMap<OfficeSlug, String> {
        let mut marks = BTreeMap::new();
        for path in self
            .folder
            .paths("offices")
            .iter()
            .filter(|path| path.ends_with(".svg") && !portraits::is_drawing(path))
        {
            let name = path.trim_start_matches("offices/").trim_end_matches(".svg");
            if !practice.offices.iter().any(|office| office.slug.as_str() == name) {
                self.remark(path, &format!("`{name}` isn't in practice.toml, so this isn't shown"));
            }
        }
        for office in &practice.offices {
            let path = &mark(&office.slug);
            let Some(drawing) = drawing_of(drawings, path) else { continue };
            if drawing.view_box != MARK {
                let wrong = format!(
                    "an office's mark needs viewBox=\"{MARK}\"; a drawing of the room goes in {}-room.svg",
                    office.slug
                );
                self.problems.add(Source::new(path, "").problem(0, wrong));
            }
            if drawing.inside.contains(" id=\"") {
                let wrong =
                    "an office's mark can be on a page more than once, so nothing in it can have an id";
                self.problems.add(Source::new(path, "").problem(0, wrong));
            }
            marks.insert(office.slug.clone(), drawing.inside.clone());
        }
        marks
    }

    /// Newest first. An article that invites to an office of another practice invites to all.
    fn articles(&self, read: &[Made<'_, Arc<Article>>], practice: &Practice) -> Vec<Arc<Article>> {
        for (file, article) in read {
            if article.office.as_ref().is_some_and(|slug| practice.office(slug).is_none()) {
                self.remark(&file.path, "this article's office isn't in practice.toml");
            }
        }
        let mut articles: Vec<Arc<Article>> = read.iter().map(|(_, article)| (*article).clone()).collect();
        articles.sort_by(|a, b| (b.published, &a.title).cmp(&(a.published, &b.title)));
        articles
    }

    /// The prose whose service or office is in the practice file.
    fn shown<S: Ord>(
        &self,
        read: &[Made<'_, Prose>],
        slug: impl Fn(&str) -> Option<S>,
    ) -> BTreeMap<S, Prose> {
        let mut shown = BTreeMap::new();
        for (file, prose) in read {
            match slug(file.name()) {
                Some(slug) => drop(shown.insert(slug, (*prose).clone())),
                None => {
                    let wrong = format!("`{}` isn't in practice.toml, so this isn't shown", file.name());
                    self.remark(&file.path, &wrong);
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
                    "this folder isn't used; the folders are {}, and names that start with a dot are ignored",
                    FOLDERS.join(", ")
                );
                self.problems.add(Source::new(&path, "").problem(0, wrong));
            } else {
                self.remark(&path, &format!("this isn't used: {}", entry.why_not_read()));
            }
        }
    }

    fn look_at_the_names(&self, pages: &[Made<'_, Page>]) {
        let all = pages.iter().map(|(file, _)| file.name()).collect();
        for (file, page) in pages {
            if let Some(wrong) = page_name::wrong(file.name(), &all) {
                self.problems.add(Source::new(&file.path, "").problem(0, wrong));
            } else if let Some(suggestion) =
                page_name::suggestion(file.name(), &all).filter(|_| page.menu.is_none())
            {
                let address = page_address(file.name());
                let wrong =
                    format!("this makes a page of its own at {address}; did you mean `{suggestion}.md`?");
                self.remark(&file.path, &wrong);
            }
        }
    }

    fn look_for_double_slugs(&self, articles: &[Made<'_, Arc<Article>>]) {
        let mut known: HashMap<&str, &str> = HashMap::new();
        for (file, article) in articles {
            let slug = &article.slug;
            match known.entry(&slug.value) {
                Entry::Vacant(free) => drop(free.insert(&file.path)),
                Entry::Occupied(first) => {
                    let wrong =
                        format!("the article in {} already has the slug `{}`", first.get(), slug.value);
                    self.problems.add(Problem { file: file.path.clone(), line: slug.line, wrong });
                }
            }
        }
    }

    /// Looks at every link of the texts, and returns all addresses that there are.
    fn look_up_links(
        &self,
        practice: &Practice,
        images: &Images,
        texts: &[Text<'_>],
        articles: &[Made<'_, Arc<Article>>],
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
        texts.iter().for_each(|text| addresses.look_up(text.file, text.body, self.problems));
        addresses
    }

    fn remark(&self, path: &str, wrong: &str) {
        self.problems.remark(Source::new(path, "").problem(0, wrong));
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

/// A file, and what was made of it.
type Made<'a, T> = (&'a ReadFile<T>, &'a T);

/// Where each article stands in the list, by its slug.
fn positions(articles: &[Arc<Article>]) -> HashMap<String, usize> {
    articles.iter().enumerate().map(|(at, article)| (article.slug.value.clone(), at)).collect()
}

/// The file of an office's mark.
fn mark(office: &OfficeSlug) -> String {
    format!("offices/{office}.svg")
}

/// The drawing of a file, if there is one.
fn drawing_of<'a>(drawings: &'a Files<Drawing>, path: &str) -> Option<&'a Drawing> {
    made(drawings).find(|(file, _)| file.path == path).map(|(_, drawing)| drawing)
}

/// The last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Why a picture cannot be shown.
fn problems_of(image: &Image, path: &str, problems: &Problems) {
    image.wrong.iter().for_each(|wrong| problems.add(Source::new(path, "").problem(0, wrong.clone())));
}

/// Reads a file with front matter, and looks over what it says.
fn text<T>(file: &File, problems: &Problems, read: impl FnOnce(&Table<'_>, Source<'_>) -> T) -> Option<T> {
    front_matter::read(file.source(), problems, |keys, body| {
        let made = read(keys, body);
        look_over(keys, Some(body), problems);
        made
    })
}

/// Reads a drawing that becomes part of pages; `None` when it is more than a drawing, which is a problem.
fn drawing(folder: &Folder<'_>, path: &str) -> Option<Drawing> {
    let (text, problems) = (folder.text(path)?, folder.problems());
    look_over_drawing(Source::new(path, &text), problems);
    let drawing = drawing::parse(&text);
    if drawing.is_none() {
        let wrong = "should be one <svg> with a viewBox, with plain shapes and no styles, links, or scripts";
        problems.add(Source::new(path, "").problem(0, wrong));
    }
    drawing
}

/// Remarks on what is claimed in a file, and on what the fonts cannot draw.
fn look_over(keys: &Table<'_>, body: Option<Source<'_>>, problems: &Problems) {
    claims::look_over(keys, body, problems);
    glyphs::look_over(keys, body, problems);
}

/// The words in a drawing are read as well.
fn look_over_drawing(drawing: Source<'_>, problems: &Problems) {
    claims::look_over_drawing(drawing, problems);
    glyphs::look_over_drawing(drawing, problems);
}

/// The same for a picture that is a drawing.
fn look_at_the_words(image: &Image, path: &str, problems: &Problems) {
    if let ("image/svg+xml", Ok(text)) = (image.media_type, std::str::from_utf8(&image.bytes)) {
        look_over_drawing(Source::new(path, text), problems);
    }
}

/// Reads a picture; a drawing without the characters that no drawing may hold.
fn image(folder: &Folder<'_>, path: &str) -> Option<Image> {
    let length = folder.length(path);
    if length > images::LARGEST_FILE {
        let wrong = format!("this picture is {} MB; save it smaller", length / 1_000_000);
        folder.problems().add(Source::new(path, "").problem(0, wrong));
        return None;
    }
    let bytes = folder.bytes(path)?;
    let bytes = match std::str::from_utf8(&bytes) {
        Ok(text) if path.ends_with(".svg") => {
            forbidden::left_out(Source::new(path, text), folder.problems()).into_bytes()
        }
        _ => bytes,
    };
    Image::new(file_name(path), bytes)
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
