//! From a rendered template to a response, and the frame that every page has.

use serde_json::Value;

use super::{
    OfficeView,
    card::{self, Card},
    icon::Icon,
    structured,
};
use crate::{
    app::App,
    content::{
        pictures::branding::CARD_SIZE,
        read::page::{Menu, Page},
        site::Site,
    },
    domain::practice::Practice,
    urls,
};

/// What the therapist's navigation has besides its line, in order.
const MORE: [(&str, &str); 10] = [
    (urls::WAITLIST_DESK, "Waitlist"),
    (urls::TIME_OFF, "Time off"),
    (urls::EMAILS, "Emails"),
    (urls::NUMBERS, "Numbers"),
    (urls::HISTORY, "History"),
    (urls::WHY, "Check a time"),
    (urls::CONTENT, "Content"),
    (urls::SETTINGS, "Settings"),
    (urls::EXPORTS, "Exports"),
    (urls::ACCOUNT, "Account"),
];

/// What stands around every page: head, header, footer.
pub struct Frame<'a> {
    pub site: &'a Site,
    pub practice: &'a Practice,
    pub title: String,
    /// The same without the practice's name.
    pub heading: String,
    pub description: Option<String>,
    /// The whole address by which the page wants to be known.
    pub canonical: Option<String>,
    /// The entry of the main navigation to which the page belongs.
    pub section: &'a str,
    /// The picture that goes with the page where it is shared.
    pub card: Card,
    /// When the page was published and last changed, for an article.
    pub dates: Option<(String, String)>,
    /// What machines read about the page.
    pub graph: Vec<Value>,
    pub offices: Vec<OfficeView<'a>>,
    /// The page is opened in a hurry: our icon is in it, so that nothing is fetched for that.
    pub is_urgent: bool,
    /// A page about the reader's own visit: what they can do with it leads, and booking another steps back.
    pub is_own: bool,
    /// The hour of the practice's day, which colours the drawing on the home page.
    pub light: Option<&'static str>,
}

impl<'a> Frame<'a> {
    /// The entries of the therapist's navigation under More: where each leads, what it says,
    /// and whether the page belongs to it.
    pub fn more(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        MORE.into_iter().map(|(href, words)| (href, words, href == self.section))
    }

    /// True where the page belongs to one of them.
    pub fn is_under_more(&self) -> bool {
        self.more().any(|(.., is_here)| is_here)
    }

    /// A page about nobody in particular. `title` stands in front of the practice's name.
    pub fn public(app: &'a App, path: &str, title: &str, description: impl Into<Option<String>>) -> Self {
        Self {
            description: description.into(),
            canonical: Some(app.base.to(path)),
            section: section_of(path),
            graph: breadcrumbs(app, path, title).into_iter().collect(),
            ..Self::private(app, title)
        }
    }

    /// A page about a person, or one that only one person sees.
    pub fn private(app: &'a App, title: &str) -> Self {
        let practice = app.practice();
        Self {
            site: &app.site,
            practice,
            title: format!("{title} · {}", practice.name),
            heading: title.to_owned(),
            description: None,
            canonical: None,
            section: "",
            card: card::of_site(app),
            dates: None,
            graph: Vec::new(),
            offices: practice.offices.iter().map(|office| OfficeView::new(app, office)).collect(),
            is_urgent: false,
            is_own: false,
            light: None,
        }
    }

    /// One of the therapist's pages, under an entry of their navigation.
    pub fn admin(app: &'a App, title: &str, section: &'static str) -> Self {
        Self { section, ..Self::private(app, title) }
    }

    pub fn urgent(self) -> Self {
        Self { is_urgent: true, ..self }
    }

    /// A page about a client's own visit.
    pub fn own(app: &'a App, title: &str) -> Self {
        Self { is_own: true, ..Self::private(app, title) }
    }

    /// Tells machines what the page is about.
    pub fn about(mut self, things: impl IntoIterator<Item = Value>) -> Self {
        self.graph.splice(0..0, things);
        self
    }

    /// The inside of the page's JSON-LD.
    pub fn json_ld(&self) -> String {
        structured::script(&self.graph)
    }

    /// Width and height of the card.
    pub fn card_size(&self) -> (u32, u32) {
        CARD_SIZE
    }

    pub fn icon(&self) -> Icon {
        Icon::of(self.site)
    }

    /// True when the therapist has written this page.
    pub fn has_page(&self, name: &str) -> bool {
        self.site.pages.contains_key(name)
    }

    /// The pages that the therapist wants in the header, each with its address.
    pub fn in_header(&self) -> Vec<(String, &Page)> {
        self.site.menu(Menu::Header)
    }

    /// The same for the footer.
    pub fn in_footer(&self) -> Vec<(String, &Page)> {
        self.site.menu(Menu::Footer)
    }

    /// How many columns of offices the stylesheet is to draw.
    pub fn offices_shown(&self) -> usize {
        self.offices.len().min(4)
    }

    pub fn asset(&self, name: &str) -> &'static str {
        crate::web::http::assets::url(name)
    }
}

/// The way to a page: over the list that it stands in, if it does.
fn breadcrumbs(app: &App, path: &str, title: &str) -> Option<Value> {
    let lists = [(urls::ARTICLES, "Articles"), (urls::SERVICES, "Services"), (urls::OFFICES, "Offices")];
    let list = lists.into_iter().find(|(list, _)| path.starts_with(&format!("{list}/")));
    let mut steps: Vec<(&str, &str)> = list.map(|(path, name)| (name, path)).into_iter().collect();
    steps.push((title, path));
    (path != urls::HOME).then(|| structured::breadcrumbs(app, &steps))
}

fn section_of(path: &str) -> &'static str {
    let sections = [urls::ARTICLES, urls::SERVICES, urls::OFFICES, urls::ABOUT];
    sections.into_iter().find(|section| urls::is_within(path, section)).unwrap_or("")
}
