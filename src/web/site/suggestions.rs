//! What somebody meant who came to an address that is not there: an alias, the
//! same without a slash at its end, or pages whose names or texts hold the
//! words of the address, nearly so where it was mistyped.

use std::collections::HashSet;

use crate::{
    app::App,
    content::read::alias,
    store::{StoreError, search::dictionary::is_nearly},
    urls,
};

/// How many articles, and topics, are compared with an address one by one.
const NEWEST: usize = 50;
/// How many pages are named.
const MOST: usize = 5;
/// Words of an address that say nothing of what is at it.
const SAY_NOTHING: &str = "
    html htm php asp aspx index www page pages all and any are but can does for from has have how its none
    not nothing null one our she some that the their them then there they this undefined was what which with
    you your";
/// Words by which pages are often looked for that do not say so themselves.
const ALSO_CALLED: [(&str, &[&str]); 2] = [
    (
        urls::OFFICES,
        &["address", "call", "contact", "directions", "hours", "location", "map", "phone", "telephone"],
    ),
    (urls::SERVICES, &["cost", "fee", "fees", "price", "rate"]),
];
/// The lists to which an address below such a folder belongs.
const LISTS: [(&str, &str); 4] = [
    (urls::SERVICES, urls::SERVICES),
    (urls::OFFICES, urls::OFFICES),
    (urls::ARTICLES, urls::ARTICLES),
    (urls::TOPICS, urls::ARTICLES),
];
/// An address with more words than this was not typed by a person.
const WORDS: usize = 8;

/// A page that may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub href: String,
    pub title: String,
}

impl Suggestion {
    fn new(href: impl Into<String>, title: &str) -> Self {
        Self { href: href.into(), title: title.to_owned() }
    }
}

/// Where an address leads that is not there any more, or is only written otherwise.
pub fn moved(app: &App, path: &str) -> Option<String> {
    let trimmed = alias::without_last_slash(path);
    let article = trimmed.strip_prefix(urls::ARTICLES).and_then(|rest| rest.strip_prefix('/'));
    let is_article = article
        .is_some_and(|rest| app.site.article(rest.strip_suffix("/question").unwrap_or(rest)).is_some());
    let is_place = || is_article || places(app).into_iter().any(|place| place.href == trimmed);
    let alias = app.site.aliases.get(trimmed).cloned();
    alias.or_else(|| (trimmed != path && is_place()).then(|| trimmed.to_owned()))
}

/// The pages that may have been meant, the likeliest first.
pub async fn suggestions(app: &App, path: &str) -> Result<Vec<Suggestion>, StoreError> {
    let is_private = [urls::ADMIN, urls::APPOINTMENTS, urls::ASSETS, urls::IMAGES, urls::CARDS]
        .iter()
        .any(|room| urls::is_within(path, room));
    if is_private {
        return Ok(Vec::new());
    }
    let places = places(app);
    // Whatever was meant below the address of a list, the list has it if anything does.
    let list = list_above(path).and_then(|list| places.iter().find(|place| place.href == list).cloned());
    let words = if list.is_some() { words(last_piece(path)) } else { words(path) };
    if words.is_empty() || words.len() > WORDS {
        return Ok(list.into_iter().collect());
    }
    let mut scored: Vec<(usize, Suggestion)> = places
        .into_iter()
        .filter(|place| list.as_ref().is_none_or(|list| list.href != place.href))
        .map(|place| (likeness(&words, &place), place))
        .filter(|(likeness, _)| *likeness > 0)
        .collect();
    scored.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
    let scored = scored.into_iter().map(|(_, place)| place);
    let mut suggestions: Vec<Suggestion> = list.into_iter().chain(scored).take(MOST).collect();
    let mut seen: HashSet<String> = suggestions.iter().map(|place| place.href.clone()).collect();
    for found in app.search.find_any(&words.join(" ")).await? {
        let page = found.address.split('#').next().unwrap_or_default().to_owned();
        if suggestions.len() < MOST && seen.insert(page) {
            let words = |pieces: &[crate::store::search::Piece]| {
                pieces.iter().map(|piece| piece.text.as_str()).collect::<String>()
            };
            let title = if found.heading.is_empty() { words(&found.title) } else { words(&found.heading) };
            suggestions.push(Suggestion { href: found.address, title });
        }
    }
    Ok(suggestions)
}

/// The list below which an address stands.
fn list_above(path: &str) -> Option<&'static str> {
    let (folder, _) = path.strip_prefix('/')?.split_once('/')?;
    let is_it = |list: &str| is_nearly(folder, list.trim_start_matches('/'));
    LISTS.into_iter().find(|(above, _)| is_it(above)).map(|(_, list)| list)
}

/// The pages that a visitor could mean, by the name that each goes by. Of articles
/// and topics, which grow in number, only so many: the search finds the others.
fn places(app: &App) -> Vec<Suggestion> {
    let (site, practice) = (&app.site, app.practice());
    let mut places = vec![
        Suggestion::new(urls::SERVICES, "Services"),
        Suggestion::new(urls::OFFICES, "Offices"),
        Suggestion::new(urls::ARTICLES, "Articles"),
        Suggestion::new(urls::NEW_APPOINTMENT, "Available times: book a session"),
        Suggestion::new(urls::SEARCH, "Search"),
    ];
    for (name, page) in site.pages.iter().filter(|(name, _)| *name != "home") {
        let href = format!("/{name}");
        if !places.iter().any(|place| place.href == href) {
            places.push(Suggestion::new(href, &page.title));
        }
    }
    places.retain(|place| place.href != urls::ARTICLES || !site.articles.is_empty());
    places.extend(
        practice
            .services_offered()
            .map(|service| Suggestion::new(urls::service(&service.slug), &service.name)),
    );
    places.extend(
        practice
            .offices
            .iter()
            .map(|office| Suggestion::new(urls::office(&office.slug), &format!("{} office", office.name))),
    );
    places.extend(
        site.articles
            .iter()
            .take(NEWEST)
            .map(|article| Suggestion::new(urls::article(&article.slug.value), &article.title)),
    );
    places.extend(site.topics.iter().take(NEWEST).map(|page| {
        Suggestion::new(urls::topic(&page.topic.slug), &format!("Articles about {}", page.topic.name))
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
                && !SAY_NOTHING.split_whitespace().any(|known| known == word)
                && word.chars().any(char::is_alphabetic)
        };
        words.filter(says_much).collect()
    };
    let words = split(last_piece(path));
    if words.is_empty() { split(path) } else { words }
}

fn last_piece(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// How many of the words the name or the address of a place holds: 2 for each,
/// 1 for one that is nearly so.
fn likeness(words: &[String], place: &Suggestion) -> usize {
    let mut own = self::words(&place.href);
    own.extend(place.title.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase));
    let also = ALSO_CALLED.iter().filter(|(href, _)| *href == place.href).flat_map(|(_, words)| words.iter());
    own.extend(also.map(|word| (*word).to_owned()));
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
