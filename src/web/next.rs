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

/// What was read last, at which moment, and after how many changes to the file.
#[derive(Default)]
pub struct NextOpenings(Mutex<Option<(Instant, u64, Arc<Next>)>>);

impl NextOpenings {
    pub async fn read(&self, app: &App) -> Result<Arc<Next>, StoreError> {
        // In this order: whatever is written from here on is read again next time.
        let (now, commits) = (app.now(), app.store.commits());
        let read = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((at, after, next)) = read
            && (at, after) == (now, commits)
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
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, commits, next.clone()));
        Ok(next)
    }
}
