//! The texts of the content folder: pages, what is said about services and
//! offices, testimonials, articles.

use std::sync::Arc;

use super::{look_over, reading::Reading};
use crate::content::{
    markdown::Rendered,
    pictures::images::Images,
    problem::{Problems, Source},
    read::{
        article::{self, Article},
        folder::{File, Files},
        front_matter,
        page::{self, Page},
        prose::{self, Prose},
        table::Table,
        testimonial::{self, Testimonial},
    },
};

pub struct TextFiles {
    pub pages: Files<Page>,
    pub services: Files<Prose>,
    pub offices: Files<Prose>,
    pub testimonials: Files<Testimonial>,
    pub articles: Files<Arc<Article>>,
}

impl TextFiles {
    /// Reads them. A text with pictures shows how large they are, so it is read again when `images` have changed;
    /// and one that is wrong may be so for want of a picture.
    pub fn read(reading: &Reading<'_>, images: &Images, have_changed: bool) -> Self {
        let depends = |body: Option<&Rendered>| have_changed && body.is_none_or(|body| body.has_pictures);
        let pages = reading.folder.markdown(
            "pages",
            &reading.before.pages,
            |page: Option<&Page>| depends(page.map(|page| &page.body)),
            |file, problems| {
                text(file, problems, |keys, body| page::read(keys, body, &file.name, images, problems))
            },
        );
        let prose = |folder, before| {
            let depends = |prose: Option<&Prose>| depends(prose.map(|prose| &prose.body));
            reading.folder.markdown(folder, before, depends, |file, problems| {
                text(file, problems, |keys, body| prose::read(keys, body, images, problems))
            })
        };
        let services = prose("services", &reading.before.services);
        let offices = prose("offices", &reading.before.offices);
        let testimonials = reading.folder.markdown(
            "testimonials",
            &reading.before.testimonials,
            |said: Option<&Testimonial>| depends(said.map(|said| &said.body)),
            |file, problems| {
                text(file, problems, |keys, body| testimonial::read(keys, body, &file.name, images, problems))
            },
        );
        let articles = reading.folder.markdown(
            "articles",
            &reading.before.articles,
            |article: Option<&Arc<Article>>| depends(article.map(|article| &article.body)),
            |file, problems| {
                text(file, problems, |keys, body| {
                    Arc::new(article::read(keys, body, &file.name, images, problems))
                })
            },
        );
        Self { pages, services, offices, testimonials, articles }
    }
}

/// Reads a file with front matter, and looks over what it says.
fn text<T>(file: &File, problems: &Problems, read: impl FnOnce(&Table<'_>, Source<'_>) -> T) -> Option<T> {
    front_matter::read(file.source(), problems, |keys, body| {
        let made = read(keys, body);
        look_over::file(keys, Some(body), problems);
        made
    })
}
