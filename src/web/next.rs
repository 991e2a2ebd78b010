//! Each office's next opening, for pages that name it beside what they are
//! about, as it is [at the moment](super::moment).

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::moment::OfTheMoment;
use crate::{
    app::App,
    booking::slots::{self, NextOpening},
    domain::client::Note,
    store::StoreError,
};

/// Each office's next opening: of the service that is offered first, or of another where that has none.
#[derive(PartialEq)]
pub struct Next {
    pub openings: Vec<NextOpening>,
    /// The therapist's sentence, while online booking is paused and there are none.
    pub closed: Option<Note>,
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
    let openings = snapshot.next_openings_of_any();
    let closed = snapshot.rules().pause.clone();
    let digest = Sha256::digest(format!("{closed:?} {openings:?}"));
    let key = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Ok(Next { openings, closed, key })
}
