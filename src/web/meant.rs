//! What somebody meant who came to an address that is not there: an alias, the
//! same without a slash at its end, or pages whose names or texts hold the
//! words of the address, nearly so where it was mistyped.

use std::collections::HashSet;

use super::spelling::is_nearly;
use crate::{
    app::App,
    content::{alias, page},
    store::StoreError,
    urls,
};

/// How many pages are named.
const MOST: usize = 5;
/// Words of an address that say nothing of what is at it.
const SAY_NOTHING: [&str; 13] =
    ["html", "htm", "php", "asp", "aspx", "index", "www", "page", "pages", "the", "and", "for", "with"];
/// An address with more words than this was not typed by a person.
const WORDS: usize = 8;

/// A page that may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    pub href: String,
    pub title: String,
}

impl Meant {
    fn new(href: impl Into<String>, title: &str) -> Self {
        Self { href: href.into(), title: title.to_owned() }
    }
}

/// Where an address leads that is not there any more, or is only written otherwise.
pub fn moved(app: &App, path: &str) -> Option<String> {
    let trimmed = alias::without_last_slash(path);
    let is_place = || places(app).into_iter().any(|place| place.href == trimmed);
    let alias = app.site.aliases.get(trimmed).cloned();
    alias.or_else(|| (trimmed != path && is_place()).then(|| trimmed.to_owned()))
}

/// The pages that may have been meant, the likeliest first.
pub async fn meant(app: &App, path: &str) -> Result<Vec<Meant>, StoreError> {
    let is_private = [urls::ADMIN, urls::APPOINTMENTS, urls::ASSETS, urls::IMAGES, urls::CARDS]
        .iter()
        .any(|room| path.starts_with(room));
    let words = words(path);
    if is_private || words.is_empty() || words.len() > WORDS {
        return Ok(Vec::new());
    }
    let mut scored: Vec<(usize, Meant)> = places(app)
        .into_iter()
        .map(|place| (likeness(&words, &place), place))
        .filter(|(likeness, _)| *likeness > 0)
        .collect();
    scored.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
    let mut meant: Vec<Meant> = scored.into_iter().map(|(_, place)| place).take(MOST).collect();
    let mut seen: HashSet<String> = meant.iter().map(|place| place.href.clone()).collect();
    for found in app.search.find_any(&words.join(" ")).await? {
        let page = found.address.split('#').next().unwrap_or_default().to_owned();
        if meant.len() < MOST && seen.insert(page) {
            let words = |pieces: &[crate::store::search::Piece]| {
                pieces.iter().map(|piece| piece.text.as_str()).collect::<String>()
            };
            let title = if found.heading.is_empty() { words(&found.title) } else { words(&found.heading) };
            meant.push(Meant { href: found.address, title });
        }
    }
    Ok(meant)
}

/// Every page that a visitor could mean, by the name that it goes by.
fn places(app: &App) -> Vec<Meant> {
    let (site, practice) = (&app.site, app.practice());
    let mut places = vec![
        Meant::new(urls::SERVICES, "Services"),
        Meant::new(urls::OFFICES, "Offices"),
        Meant::new(urls::ARTICLES, "Articles"),
        Meant::new(urls::NEW_APPOINTMENT, "Openings: book an appointment"),
        Meant::new(urls::SEARCH, "Search"),
    ];
    let written = page::NAMES.into_iter().chain([page::TESTIMONIALS]).filter(|name| *name != "home");
    for name in written {
        let href = format!("/{name}");
        if let Some(page) = site.pages.get(name)
            && !places.iter().any(|place| place.href == href)
        {
            places.push(Meant::new(href, &page.title));
        }
    }
    places.extend(
        practice.services_offered().map(|service| Meant::new(urls::service(&service.slug), &service.name)),
    );
    places.extend(
        practice
            .offices
            .iter()
            .map(|office| Meant::new(urls::office(&office.slug), &format!("{} office", office.name))),
    );
    places.extend(
        site.articles.iter().map(|article| Meant::new(urls::article(&article.slug.value), &article.title)),
    );
    places.extend(site.topics.iter().map(|page| {
        Meant::new(urls::topic(&page.topic.slug), &format!("Articles about {}", page.topic.name))
    }));
    places
}

/// The words of an address. Where others stand beside them, those of its
/// folder and those that say nothing do not count.
fn words(path: &str) -> Vec<String> {
    let split = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        let says_much = |word: &String| {
            word.chars().count() > 2
                && !SAY_NOTHING.contains(&word.as_str())
                && word.chars().any(char::is_alphabetic)
        };
        words.filter(says_much).collect()
    };
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let words = split(last);
    if words.is_empty() { split(path) } else { words }
}

/// How many of the words the name or the address of a place holds: 2 for each,
/// 1 for one that is nearly so.
fn likeness(words: &[String], place: &Meant) -> usize {
    let mut own = self::words(&place.href);
    own.extend(place.title.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase));
    let of = |word: &String| {
        if own.contains(word) { 2 } else { usize::from(own.iter().any(|other| is_nearly(word, other))) }
    };
    words.iter().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_an_address_are_those_that_tell_something() {
        assert_eq!(words("/articles/back-pain.html"), ["back", "pain"]);
        assert_eq!(words("/contact/index.php"), ["contact"]);
        assert_eq!(words("/.env"), ["env"]);
        assert_eq!(words("/2021/"), [""; 0]);
    }
}
