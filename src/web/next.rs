//! Each office's next opening, for pages that name it beside what they are
//! about. It is read from the calendar once a second at the most, and at once
//! when something was written: so it is true at that moment, and such a page is
//! as quick as one that never changes.

use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::{
    app::App,
    booking::slots::{self, NextOpening},
    domain::time::Instant,
    store::StoreError,
};

/// The next openings of the service that is offered first.
pub struct Next {
    pub openings: Vec<NextOpening>,
    /// The therapist's sentence, while online requests are closed and there are none.
    pub closed: Option<String>,
    /// Tells them from others, in a few letters: part of the key under which a page is kept.
    pub key: String,
}

/// A moment, the number of changes to the file until then, and the edition of
/// the site: while they are the same, the openings are.
type State = (Instant, u64, u64);

/// What was read last, and in which state.
#[derive(Default)]
pub struct NextOpenings(Mutex<Option<(State, Arc<Next>)>>);

impl NextOpenings {
    pub async fn read(&self, app: &App) -> Result<Arc<Next>, StoreError> {
        // In this order: whatever is written from here on is read again next time.
        let state = (app.now(), app.store.commits(), app.edition);
        let read = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((before, next)) = read
            && before == state
        {
            return Ok(next);
        }
        let snapshot = slots::snapshot(app).await?;
        let service = app.practice().services_offered().next();
        let openings = service.map(|service| snapshot.next_openings(service)).unwrap_or_default();
        let closed = snapshot.rules().closed.as_ref().map(|sentence| sentence.as_str().to_owned());
        let digest = Sha256::digest(format!("{closed:?} {openings:?}"));
        let key = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let next = Arc::new(Next { openings, closed, key });
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((state, next.clone()));
        Ok(next)
    }
}
