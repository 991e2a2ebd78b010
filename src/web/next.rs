//! Each office's next opening, for pages that name it beside what they are
//! about, as it is [at the moment](super::moment).

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::moment::OfTheMoment;
use crate::{
    app::App,
    booking::slots::{self, NextOpening},
    store::StoreError,
};

/// The next openings of the service that is offered first.
#[derive(PartialEq)]
pub struct Next {
    pub openings: Vec<NextOpening>,
    /// What they are openings for: `First visit, 90 minutes`.
    pub session: String,
    /// The therapist's sentence, while online requests are closed and there are none.
    pub closed: Option<String>,
    /// Tells them from others, in a few letters: part of the key under which a page is kept.
    pub key: String,
}

#[derive(Default)]
pub struct NextOpenings(OfTheMoment<Next>);

impl NextOpenings {
    pub async fn read(&self, app: &App) -> Result<Arc<Next>, StoreError> {
        self.0.get(app, "", || read(app)).await
    }
}

async fn read(app: &App) -> Result<Next, StoreError> {
    let snapshot = slots::snapshot(app).await?;
    let service = app.practice().services_offered().next();
    let session = service.map(|service| format!("{}, {} minutes", service.name, service.minutes));
    let openings = service.map(|service| snapshot.next_openings(service)).unwrap_or_default();
    let closed = snapshot.rules().closed_words().map(str::to_owned);
    let digest = Sha256::digest(format!("{closed:?} {openings:?}"));
    let key = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Ok(Next { openings, session: session.unwrap_or_default(), closed, key })
}
