//! Everything the therapist wrote, read and checked in one go.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

use super::{
    article::{self, Article},
    fault::{Fault, Faults, Source},
    images::{Image, Images},
    markdown::Rendered,
    page::{self, Page, Prose, Testimonial},
    practice_file,
};
use crate::{
    domain::{
        ids::{OfficeSlug, ServiceSlug},
        practice::Practice,
    },
    urls,
};

pub struct Site {
    pub practice: Practice,
    /// By name, see [`page::NAMES`].
    pub pages: BTreeMap<String, Page>,
    pub services: BTreeMap<ServiceSlug, Prose>,
    pub offices: BTreeMap<OfficeSlug, Prose>,
    /// The inside of the small drawing that stands beside an office's name.
    pub marks: BTreeMap<OfficeSlug, String>,
    /// The drawing on the home page, `pages/home.svg`.
    pub home_drawing: Option<Drawing>,
    /// The drawing at the foot of every public page, `pages/foot.svg`.
    pub foot_drawing: Option<Drawing>,
    /// The newest first.
    pub articles: Vec<Article>,
    pub testimonials: Vec<Testimonial>,
    pub images: Images,
    /// What is harmless but probably not meant, for the log.
    pub remarks: Vec<Fault>,
}

/// Reads the content folder. Every fault in it is told at once.
pub fn load(folder: &Path) -> Result<Site, Vec<Fault>> {
    let faults = Faults::default();
    let site = Reading { folder, faults: &faults, remarks: Faults::default() }.site();
    let faults = faults.into_sorted();
    match site {
        Some(site) if faults.is_empty() => Ok(site),
        _ => Err(faults),
    }
}

struct Reading<'a> {
    folder: &'a Path,
    faults: &'a Faults,
    remarks: Faults,
}

/// A file of the content folder: its path below it, its name without ending, its text.
struct File {
    path: String,
    name: String,
    text: String,
}

impl Reading<'_> {
    fn site(self) -> Option<Site> {
        let practice = self.text(practice_file::FILE);
        let practice =
            practice.map(|text| practice_file::read(Source::new(practice_file::FILE, &text), self.faults));
        let images = self.images();

        let read_page = |file: &File| page::read(file.source(), &file.name, &images, self.faults);
        let read_prose = |file: &File| page::read_prose(file.source(), &images, self.faults);
        let read_testimonial = |file: &File| page::read_testimonial(file.source(), &images, self.faults);
        let read_article = |file: &File| article::read(file.source(), &file.name, &images, self.faults);

        let pages = self.markdown("pages", read_page);
        let services = self.markdown("services", read_prose);
        let offices = self.markdown("offices", read_prose);
        let testimonials = self.markdown("testimonials", read_testimonial);
        let articles = self.markdown("articles", read_article);
        for (file, _) in &pages {
            if !page::NAMES.contains(&file.name.as_str()) && file.name != page::TESTIMONIALS {
                self.faults.add(file.source().fault(0, format!("there is no page `{}`", file.name)));
            }
        }
        self.look_for_double_slugs(&articles);

        let practice = practice?;
        let bodies: Vec<(String, String, &Rendered)> = (pages.iter())
            .map(|(file, page)| (file.path.clone(), page_address(&file.name), &page.body))
            .chain(services.iter().map(|(file, prose)| {
                (file.path.clone(), format!("{}/{}", urls::SERVICES, file.name), &prose.body)
            }))
            .chain(offices.iter().map(|(file, prose)| {
                (file.path.clone(), format!("{}/{}", urls::OFFICES, file.name), &prose.body)
            }))
            .chain(
                testimonials
                    .iter()
                    .map(|(file, said)| (file.path.clone(), urls::TESTIMONIALS.to_owned(), &said.body)),
            )
            .chain(articles.iter().map(|(file, article)| {
                (file.path.clone(), urls::article(&article.slug.value), &article.body)
            }))
            .collect();
        let mut known = known_addresses(&practice, &images);
        for (_, address, body) in &bodies {
            // Files of a service or an office that the practice no longer has are read but not shown.
            let is_shown = known.contains_key(address)
                || !(address.starts_with(urls::SERVICES) || address.starts_with(urls::OFFICES));
            if is_shown {
                known.entry(address.clone()).or_default().extend(body.ids.iter().cloned());
            }
        }
        self.look_up_links(&bodies, &known);

        let marks = self.marks(&practice);
        let home_drawing = self.drawing("pages/home.svg");
        let foot_drawing = self.drawing("pages/foot.svg");
        let services = self.prose_of(services, |slug| {
            ServiceSlug::parse(slug).filter(|slug| practice.service(slug).is_some())
        });
        let offices = self
            .prose_of(offices, |slug| OfficeSlug::parse(slug).filter(|slug| practice.office(slug).is_some()));
        let mut articles: Vec<Article> = articles.into_iter().map(|(_, article)| article).collect();
        for article in &mut articles {
            if article.office.as_ref().is_some_and(|slug| practice.office(slug).is_none()) {
                let wrong = "the office that this article invites to is not in practice.toml";
                self.remarks.add(Source::new(&article.file, "").fault(0, wrong));
                article.office = None;
            }
        }
        articles.sort_by(|a, b| (b.published, &a.title).cmp(&(a.published, &b.title)));
        Some(Site {
            practice,
            pages: pages.into_iter().map(|(file, page)| (file.name, page)).collect(),
            services,
            offices,
            marks,
            home_drawing,
            foot_drawing,
            articles,
            testimonials: testimonials.into_iter().map(|(_, said)| said).collect(),
            images,
            remarks: self.remarks.into_sorted(),
        })
    }

    /// The files of a folder that end in `.md`, in order of name, each as `read` takes it.
    fn markdown<T>(&self, folder: &str, read: impl Fn(&File) -> Option<T>) -> Vec<(File, T)> {
        let paths = self.paths(folder);
        let files = paths.iter().filter_map(|path| {
            let name = path.rsplit('/').next()?.strip_suffix(".md")?;
            Some(File { name: name.to_owned(), text: self.text(path)?, path: path.clone() })
        });
        files.filter_map(|file| read(&file).map(|made| (file, made))).collect()
    }

    fn images(&self) -> Images {
        let mut images = Images::new();
        for path in self.paths("images") {
            let name = path.rsplit('/').next().unwrap_or_default().to_owned();
            match self.bytes(&path).map(|bytes| Image::new(&name, bytes)) {
                Some(Some(image)) => {
                    images.insert(name, image);
                }
                Some(None) => {
                    self.remarks.add(Source::new(&path, "").fault(0, "not a picture that browsers show"))
                }
                None => {}
            }
        }
        images
    }

    fn marks(&self, practice: &Practice) -> BTreeMap<OfficeSlug, String> {
        let mut marks = BTreeMap::new();
        for office in &practice.offices {
            let path = format!("offices/{}.svg", office.slug);
            if let Some(drawing) = self.drawing(&path) {
                if drawing.view_box != MARK {
                    let wrong = format!("an office's mark is drawn in viewBox=\"{MARK}\"");
                    self.faults.add(Source::new(&path, "").fault(0, wrong));
                }
                marks.insert(office.slug.clone(), drawing.inside);
            }
        }
        marks
    }

    /// A drawing that is written into pages; `None` when there is no such file.
    fn drawing(&self, path: &str) -> Option<Drawing> {
        if !self.folder.join(path).is_file() {
            return None;
        }
        let drawing = Drawing::read(&self.text(path)?);
        if drawing.is_none() {
            let wrong =
                "should be one <svg> with a viewBox, of plain shapes without styles, links or scripts";
            self.faults.add(Source::new(path, "").fault(0, wrong));
        }
        drawing
    }

    fn prose_of<S: Ord>(
        &self,
        read: Vec<(File, Prose)>,
        slug: impl Fn(&str) -> Option<S>,
    ) -> BTreeMap<S, Prose> {
        let mut kept = BTreeMap::new();
        for (file, prose) in read {
            match slug(&file.name) {
                Some(slug) => {
                    kept.insert(slug, prose);
                }
                None => {
                    let wrong = format!("`{}` is not in practice.toml, so this is not shown", file.name);
                    self.remarks.add(file.source().fault(0, wrong));
                }
            }
        }
        kept
    }

    fn look_for_double_slugs(&self, articles: &[(File, Article)]) {
        for (nth, (_, article)) in articles.iter().enumerate() {
            let slug = &article.slug;
            if let Some((other, _)) = articles[..nth].iter().find(|(_, other)| other.slug.value == slug.value)
            {
                let wrong = format!("the article in {} has the slug `{}` already", other.path, slug.value);
                self.faults.add(Fault { file: article.file.clone(), line: slug.offset, wrong });
            }
        }
    }

    fn look_up_links(
        &self,
        bodies: &[(String, String, &Rendered)],
        known: &BTreeMap<String, BTreeSet<String>>,
    ) {
        for (file, here, body) in bodies {
            for link in &body.links {
                let (path, fragment) =
                    link.to.split_once('#').map_or((link.to.as_str(), None), |(path, id)| (path, Some(id)));
                let path = path.split_once('?').map_or(path, |(path, _)| path);
                let ids = if path.is_empty() { Some(&body.ids) } else { known.get(path) };
                let leads_somewhere = match (ids, fragment) {
                    (None, _) => false,
                    (Some(_), None) => true,
                    (Some(ids), Some(id)) => ids.contains(id) || path == here && body.ids.contains(id),
                };
                if !leads_somewhere {
                    let wrong = format!("the link `{}` leads nowhere", link.to);
                    self.faults.add(Fault { file: file.clone(), line: link.line, wrong });
                }
            }
        }
    }

    /// The paths of a folder's files below the content folder, in order of name. No folder, no files.
    fn paths(&self, folder: &str) -> Vec<String> {
        let entries = match fs::read_dir(self.folder.join(folder)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
            Err(error) => {
                self.cannot_read(folder, &error);
                return Vec::new();
            }
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut paths: Vec<String> =
            names.filter(|name| !name.starts_with('.')).map(|name| format!("{folder}/{name}")).collect();
        paths.sort();
        paths
    }

    fn text(&self, path: &str) -> Option<String> {
        match String::from_utf8(self.bytes(path)?) {
            Ok(text) => Some(text),
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let bytes = error.into_bytes();
                let line = 1 + bytes[..good].iter().filter(|byte| **byte == b'\n').count();
                self.faults.add(Fault { file: path.to_owned(), line, wrong: "not UTF-8".to_owned() });
                None
            }
        }
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.folder.join(path)).inspect_err(|error| self.cannot_read(path, error)).ok()
    }

    fn cannot_read(&self, path: &str, error: &io::Error) {
        self.faults.add(Source::new(path, "").fault(0, format!("cannot be read: {error}")));
    }
}

impl File {
    fn source(&self) -> Source<'_> {
        Source::new(&self.path, &self.text)
    }
}

fn page_address(name: &str) -> String {
    if name == "home" { urls::HOME.to_owned() } else { format!("/{name}") }
}

/// The addresses that a link may lead to, before the files with text add theirs.
fn known_addresses(practice: &Practice, images: &Images) -> BTreeMap<String, BTreeSet<String>> {
    let fixed = [
        urls::HOME,
        urls::SERVICES,
        urls::OFFICES,
        urls::ARTICLES,
        urls::FEED,
        urls::NEW_APPOINTMENT,
        "/book",
    ];
    let addresses = (fixed.into_iter().map(str::to_owned))
        .chain(practice.services_offered().map(|service| urls::service(&service.slug)))
        .chain(practice.offices.iter().map(|office| urls::office(&office.slug)))
        .chain(images.keys().map(|name| urls::image(name)));
    addresses.map(|address| (address, BTreeSet::new())).collect()
}

/// The viewBox of an office's mark.
const MARK: &str = "0 0 28 14";

/// A drawing that becomes part of a page, so that the page's colours reach it.
pub struct Drawing {
    pub view_box: String,
    /// How it fills its place, `preserveAspectRatio`.
    pub fit: String,
    pub inside: String,
}

impl Drawing {
    const SHAPES: [&'static str; 12] = [
        "path",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "rect",
        "g",
        "defs",
        "linearGradient",
        "stop",
        "title",
    ];

    /// `None` for anything that is more than a drawing: it would be part of our page.
    fn read(svg: &str) -> Option<Self> {
        let (root, inside) = svg.split_once("<svg")?.1.split_once('>')?;
        let inside = inside.rsplit_once("</svg>")?.0.trim();
        let attribute =
            |name: &str| Some(root.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0.to_owned());
        let plain = inside.split('<').skip(1).all(|tag| {
            let name = tag
                .trim_start_matches('/')
                .split(|c: char| !c.is_ascii_alphabetic())
                .next()
                .unwrap_or_default();
            Self::SHAPES.contains(&name)
                && !tag.contains("href")
                && !tag.contains("style")
                && !tag.contains(" on")
        });
        let (view_box, fit) = (attribute("viewBox")?, attribute("preserveAspectRatio"));
        let fit = fit.unwrap_or_else(|| "xMidYMid meet".to_owned());
        plain.then(|| Self { view_box, fit, inside: inside.to_owned() })
    }
}
