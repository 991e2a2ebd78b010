//! The card: the picture that stands beside an address where it is shared.

use super::icon;
use crate::{app::App, content::read::article::Article, urls, web::http::assets};

pub struct Card {
    /// The whole address of the picture.
    pub address: String,
    /// What is to be seen.
    pub alt: String,
}

pub fn of_site(app: &App) -> Card {
    if let Some(address) = icon::card(&app.site) {
        // Of a picture from elsewhere nothing is known.
        let alt = format!("A picture made for {}.", app.practice().name);
        return Card { address: app.base.to(&address), alt };
    }
    let alt = "A mountain drawn in contour lines that close on one point.".to_owned();
    Card { address: app.base.to(assets::url("card.png")), alt }
}

pub fn of_article(app: &App, article: &Article) -> Card {
    let slug = &article.slug.value;
    let Some(card) = app.site.cards.get(slug) else { return of_site(app) };
    // The title may have been another when the card was drawn; of a picture from elsewhere nothing is known.
    let alt = match &card.title {
        Some(title) => format!("“{title}”, above a mountain drawn in contour lines."),
        None => "A picture made for this article.".to_owned(),
    };
    Card { address: app.base.to(&urls::card(slug)), alt }
}
