//! Everything the therapist wrote, as it is shown.

use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::Arc,
};

use super::{
    pictures::{
        branding::Branding,
        drawing::Drawing,
        images::{Image, Images},
    },
    problem::Problem,
    read::{
        alias::Aliases,
        article::Article,
        folder::Files,
        page::{Menu, Page},
        practice_file::PracticeFile,
        prose::Prose,
        testimonial::Testimonial,
    },
    related::Related,
    topics::TopicPage,
};
use crate::{
    domain::{
        availability::rules::Rules,
        ids::{OfficeSlug, ServiceSlug},
        practice::Practice,
    },
    urls,
};

pub struct Site {
    pub practice: Practice,
    /// The rules with which the practice begins; see [`Rules`] for those in force.
    pub first_rules: Rules,
    /// By name, see `read::page::NAMES`.
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
    pub articles: Vec<Arc<Article>>,
    /// Which of them go together.
    pub related: Related,
    /// Where each article stands in the list, by its slug.
    pub(super) positions: HashMap<String, usize>,
    /// What they are about, in order of name.
    pub topics: Vec<TopicPage>,
    /// Where pages and articles once stood.
    pub aliases: Aliases,
    pub testimonials: Vec<Testimonial>,
    pub images: Images,
    /// The name of the therapist's picture among them.
    pub portrait: Option<String>,
    /// The same for each office that has one.
    pub rooms: BTreeMap<OfficeSlug, String>,
    /// By the slug of an article, the picture that goes with it where it is shared, `cards/{slug}.png`.
    pub cards: BTreeMap<String, Image>,
    /// The site's own icon and card.
    pub branding: Branding,
    /// What is harmless but probably not meant.
    pub remarks: Vec<Problem>,
    /// Where the sizes of pictures are kept that we make.
    pub sizes: Option<PathBuf>,
    /// The files that it was read from, so that the next reading reads what has changed.
    pub(super) read: ReadFiles,
}

impl Site {
    /// An article by its slug, and its position in the list.
    pub fn article(&self, slug: &str) -> Option<(usize, &Article)> {
        let position = *self.positions.get(slug)?;
        Some((position, self.articles.get(position)?))
    }
}

impl Site {
    /// The pages of a menu, each with its address, in order of their names.
    pub fn menu(&self, menu: Menu) -> Vec<(String, &Page)> {
        let pages = self.pages.iter().filter(|(_, page)| page.menu == Some(menu));
        pages.map(|(name, page)| (page_address(name), page)).collect()
    }
}

/// What each file of a folder has become.
#[derive(Default)]
pub(super) struct ReadFiles {
    pub practice: Files<PracticeFile>,
    /// The drawings that become part of pages.
    pub drawings: Files<Drawing>,
    pub pages: Files<Page>,
    pub services: Files<Prose>,
    pub offices: Files<Prose>,
    pub testimonials: Files<Testimonial>,
    pub articles: Files<Arc<Article>>,
    pub images: Files<Image>,
    pub cards: Files<Image>,
    pub branding: Files<Image>,
}

impl Site {
    /// True when the policies say when a late fee is waived: they have a section marked `{.waiver}`.
    pub fn waives_late_fee(&self) -> bool {
        self.pages.get("policies").is_some_and(|page| page.body.marked("waiver").is_some())
    }
}

/// Where a page stands, by its name.
pub(super) fn page_address(name: &str) -> String {
    if name == "home" { urls::HOME.to_owned() } else { format!("/{name}") }
}
