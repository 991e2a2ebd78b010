//! Reading the content folder: everything in one go, checked against each other.

mod addresses;
mod drawings;
mod kept_back;
mod look_over;
mod names;
mod pictures;
mod portraits;
mod reading;
mod texts;

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::Arc,
};

use chrono_tz::Tz;

use self::{
    reading::{Made, Reading},
    texts::TextFiles,
};
use super::{
    pictures::images::{self, Image, Images},
    problem::{Problem, Problems, Source},
    read::{
        article::Article,
        folder::{Files, Folder, ReadFile, made},
        practice_file::{self, PracticeFile},
        prose::Prose,
        table::{self, Table},
    },
    related::Related,
    site::{ReadFiles, Site},
    topics,
};
use crate::domain::{
    ids::{OfficeSlug, ServiceSlug},
    practice::Practice,
    time::{self, Instant},
};

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
    let reading = Reading { folder: Folder::new(root, &problems), problems: &problems, sizes, before };
    let site = site(&reading);
    let zone = site.as_ref().map_or(Tz::UTC, |site| site.practice.zone);
    let (remarks, problems) = (problems.remarks(time::date(zone, now)), problems.into_sorted());
    match site {
        Some(site) if problems.is_empty() => Ok(Site { remarks, ..site }),
        _ => Err(Unfit { problems, remarks }),
    }
}

/// `None` without a practice file, which is a problem like any other.
fn site(reading: &Reading<'_>) -> Option<Site> {
    let practice_files = practice_files(reading);
    let practice = made(&practice_files).next().map(|(_, practice)| practice);
    let drawing_files = drawings::files(reading, practice.map(|read| &read.practice));
    let room_files = portraits::files(&reading.folder, practice.map(|read| &read.practice));
    let image_files = pictures::files(reading, &room_files);
    let images: Images =
        made(&image_files).map(|(file, image)| (images::name_of(&file.path), image.clone())).collect();
    let is_same = |(one, other): (&Arc<ReadFile<Image>>, &Arc<ReadFile<Image>>)| Arc::ptr_eq(one, other);
    let have_changed = image_files.len() != reading.before.images.len()
        || !image_files.iter().zip(&reading.before.images).all(is_same);
    let texts = TextFiles::read(reading, &images, have_changed);
    let pages: Vec<_> = made(&texts.pages).collect();
    let services: Vec<_> = made(&texts.services).collect();
    let offices: Vec<_> = made(&texts.offices).collect();
    let testimonials: Vec<_> = made(&texts.testimonials).collect();
    let articles: Vec<_> = made(&texts.articles).collect();

    names::look_for_the_unread(reading);
    names::look_at_the_names(reading, &pages);
    names::look_for_double_slugs(reading, &articles);
    let PracticeFile { practice, rules: first_rules, portrait } = practice?.clone();
    let all = addresses::Texts {
        pages: &pages,
        services: &services,
        offices: &offices,
        testimonials: &testimonials,
        articles: &articles,
    };
    kept_back::look_for_addresses(reading, &practice, &all);
    let aliases = all.look_up_links(&practice, &images, reading.problems);
    let articles = sorted(reading, &articles, &practice);
    let card_files = pictures::card_files(reading);
    let cards = pictures::cards(reading, &card_files, &articles);
    let branding_files = pictures::branding_files(reading);

    Some(Site {
        topics: topics::pages(&articles),
        aliases,
        pages: pages.into_iter().map(|(file, page)| (file.name().to_owned(), page.clone())).collect(),
        services: shown(reading, &services, |slug| {
            ServiceSlug::parse(slug).filter(|slug| practice.service(slug).is_some())
        }),
        offices: kept_back::office_prose(
            &practice,
            shown(reading, &offices, |slug| {
                OfficeSlug::parse(slug).filter(|slug| practice.office(slug).is_some())
            }),
        ),
        marks: drawings::marks(reading, &practice, &drawing_files),
        home_drawing: drawings::of(&drawing_files, drawings::HOME).map(|drawing| drawing.behind("home_")),
        foot_drawing: drawings::of(&drawing_files, drawings::FOOT).map(|drawing| drawing.behind("foot_")),
        related: Related::new(&articles),
        positions: positions(&articles),
        articles,
        testimonials: testimonials.into_iter().map(|(_, said)| said.clone()).collect(),
        portrait: portraits::portrait(portrait.as_ref(), &images, reading.problems),
        rooms: portraits::of_offices(&practice, &room_files, reading.problems),
        images,
        cards,
        branding: made(&branding_files).map(|(file, image)| (file.path.clone(), image.clone())).collect(),
        practice,
        first_rules,
        remarks: Vec::new(),
        sizes: reading.sizes.map(Path::to_owned),
        read: ReadFiles {
            practice: practice_files,
            drawings: drawing_files,
            pages: texts.pages,
            services: texts.services,
            offices: texts.offices,
            testimonials: texts.testimonials,
            articles: texts.articles,
            images: image_files,
            cards: card_files,
            branding: branding_files,
        },
    })
}

fn practice_files(reading: &Reading<'_>) -> Files<PracticeFile> {
    let read = |folder: &Folder<'_>, path: &str| {
        let (text, problems) = (folder.text(path)?, folder.problems());
        let source = Source::new(path, &text);
        let (root, _) = table::parse(source, problems);
        let keys = Table::new(source, &root, problems);
        let made = practice_file::read(&keys);
        look_over::file(&keys, None, problems);
        keys.unknown_keys();
        Some(made)
    };
    reading.folder.each(vec![practice_file::FILE.to_owned()], &reading.before.practice, |_| false, read)
}

/// Newest first. An article that invites to an office of another practice invites to all.
fn sorted(reading: &Reading<'_>, read: &[Made<'_, Arc<Article>>], practice: &Practice) -> Vec<Arc<Article>> {
    for (file, article) in read {
        if article.office.as_ref().is_some_and(|slug| practice.office(slug).is_none()) {
            reading.remark(&file.path, "this article's office isn't in practice.toml");
        }
    }
    let mut articles: Vec<Arc<Article>> = read.iter().map(|(_, article)| (*article).clone()).collect();
    articles.sort_by(|a, b| (b.published, &a.title).cmp(&(a.published, &b.title)));
    articles
}

/// The prose whose service or office is in the practice file.
fn shown<S: Ord>(
    reading: &Reading<'_>,
    read: &[Made<'_, Prose>],
    slug: impl Fn(&str) -> Option<S>,
) -> BTreeMap<S, Prose> {
    let mut shown = BTreeMap::new();
    for (file, prose) in read {
        match slug(file.name()) {
            Some(slug) => drop(shown.insert(slug, (*prose).clone())),
            None => {
                let wrong = format!("`{}` isn't in practice.toml, so this isn't shown", file.name());
                reading.remark(&file.path, &wrong);
            }
        }
    }
    shown
}

/// Where each article stands in the list, by its slug.
fn positions(articles: &[Arc<Article>]) -> HashMap<String, usize> {
    articles.iter().enumerate().map(|(at, article)| (article.slug.value.clone(), at)).collect()
}
