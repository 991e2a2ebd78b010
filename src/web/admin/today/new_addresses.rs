//! `POST /admin/offices/{slug}/new-address/emails` and `…/known`: an office
//! has moved, and those who come there are told, or know it. Today's page asks.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use crate::{
    app::App,
    booking::address_told,
    domain::{ids::OfficeSlug, practice::office::Office},
    operation, urls,
    web::{
        Web,
        http::{answer, error::Error},
        parts::OfficeView,
    },
};

/// An office whose new address has not been told yet, as today's page asks about it.
pub struct NewAddressView<'a> {
    pub office: OfficeView<'a>,
    /// How many people come there.
    pub people: usize,
    pub emails: String,
    pub known: String,
}

/// The offices with a new address to which somebody comes.
pub async fn untold(app: &App) -> Result<Vec<NewAddressView<'_>>, Error> {
    let mut views = Vec::new();
    for (slug, people) in address_told::untold(app).await? {
        if let Some(office) = app.practice().office(&slug) {
            let office = OfficeView::new(app, office);
            let (emails, known) = (urls::new_address_emails(&slug), urls::new_address_known(&slug));
            views.push(NewAddressView { office, people, emails, known });
        }
    }
    Ok(views)
}

pub async fn write_to_all(State(web): State<Arc<Web>>, Path(slug): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let office = found(app, &slug)?;
    done(address_told::write_to_all(&web.current, &office.slug).await.map(|_| ()))
}

pub async fn need_not_write(
    State(web): State<Arc<Web>>,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let app = &*web.app();
    let office = found(app, &slug)?;
    done(address_told::need_not_write(&web.current, &office.slug).await)
}

fn found<'a>(app: &'a App, slug: &str) -> Result<&'a Office, Error> {
    OfficeSlug::parse(slug).and_then(|slug| app.practice().office(&slug)).ok_or(Error::NotFound)
}

fn done(outcome: Result<(), operation::Error>) -> Result<Response, Error> {
    match outcome {
        Ok(()) => Ok(answer::see_other(urls::ADMIN)),
        Err(operation::Error::Missing) => {
            Err(Error::Refused("This is already settled. Nothing was changed.".to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}
