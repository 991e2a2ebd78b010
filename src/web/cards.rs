//! `GET /cards/{name}`: the picture that stands beside an address where it is
//! shared. An article has its own where one was drawn, `content/cards/{slug}.png`;
//! everything else has the site's.

use std::sync::Arc;

use axum::{
    extract::{Path, RawQuery, State},
    http::HeaderMap,
    response::Response,
};

use super::{Web, assets, branding, error::Error, site::images};
use crate::{app::App, content::read::article::Article, urls};

pub struct Card {
    /// The whole address of the picture.
    pub address: String,
    /// What is to be seen.
    pub alt: String,
}

pub fn of_site(app: &App) -> Card {
    if let Some(address) = branding::card(&app.site) {
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

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let slug = name.strip_suffix(".png").ok_or(Error::NotFound)?;
    let app = &*web.app();
    let card = app.site.cards.get(slug).ok_or(Error::NotFound)?;
    Ok(images::answer(card, query.as_deref(), &headers))
}
