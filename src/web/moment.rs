//! What is true at one moment: made when it is first asked for, and made again
//! as soon as the clock has moved by a second, something was written, or the
//! content has changed. So a page that shows the calendar is true when it is
//! served, and as quick as one that never changes.
//!
//! Whatever the web room keeps in memory, with what ends it:
//!
//! | kept by | under | until |
//! |---|---|---|
//! | [`ready`](super::ready), whole answers | the address | the moment passes |
//! | [`openings`](super::appointments), the page of openings | the service | the moment passes |
//! | [`next`](super::next), each office's next opening | nothing: there is one | the moment passes |
//! | [`kept`](super::kept), pages | all that they show besides content | the content changes |
//!
//! An answer that is ready may hold a kept page, and that the next openings: each
//! is asked for at its own moment, which is never older than the answer's.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{app::App, domain::time::Instant, store::FileState};

/// When this many are kept all are forgotten, so that memory stays bounded
/// whatever is asked for.
const CEILING: usize = 50;

/// The second, the state of the file, and the edition of the site.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    now: Instant,
    file: FileState,
    edition: u64,
}

impl Moment {
    /// To be taken before anything is read: what is written from then on makes it another.
    pub fn of(app: &App) -> Self {
        Self { now: app.now(), file: app.store.state(), edition: app.edition }
    }
}

/// Values by their keys, each of the moment at which it was made.
pub struct OfTheMoment<T> {
    made: Mutex<HashMap<String, (Moment, Arc<T>)>>,
    /// Held while one is made: those who ask meanwhile wait for it.
    making: tokio::sync::Mutex<()>,
}

impl<T> Default for OfTheMoment<T> {
    fn default() -> Self {
        Self { made: Mutex::default(), making: tokio::sync::Mutex::default() }
    }
}

impl<T: PartialEq> OfTheMoment<T> {
    /// The value of a key as it is now.
    pub async fn get<E, F>(&self, app: &App, key: &str, make: impl FnOnce() -> F) -> Result<Arc<T>, E>
    where
        F: Future<Output = Result<T, E>>,
    {
        if let Some(value) = self.find(Moment::of(app), key) {
            return Ok(value);
        }
        let _making = self.making.lock().await;
        let moment = Moment::of(app);
        if let Some(value) = self.find(moment, key) {
            return Ok(value);
        }
        let value = Arc::new(make().await?);
        Ok(self.keep(moment, key, value))
    }

    /// What was kept, if it is of this moment.
    pub fn find(&self, moment: Moment, key: &str) -> Option<Arc<T>> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.get(key).filter(|(of, _)| *of == moment).map(|(_, value)| value.clone())
    }

    /// Keeps what was made at a moment. Where that is what was kept before, the
    /// former stays, with what belongs to it, such as its compressed forms.
    pub fn keep(&self, moment: Moment, key: &str, value: Arc<T>) -> Arc<T> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let before = made.get(key).map(|(_, before)| before).filter(|before| **before == value);
        let value = before.cloned().unwrap_or(value);
        if made.len() >= CEILING && !made.contains_key(key) {
            made.clear();
        }
        made.insert(key.to_owned(), (moment, value.clone()));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[tokio::test]
    async fn a_full_memory_forgets_for_what_is_new_and_not_for_what_it_has() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("stillpoint.db")).await.expect("a file");
        let moment = |edition| Moment { now: Instant::UNIX_EPOCH, file: store.state(), edition };
        let pages = OfTheMoment::default();
        let is_kept =
            |page: u64, edition| pages.find(moment(edition), &page.to_string()) == Some(Arc::new(page));
        let keep = |page: u64, edition| pages.keep(moment(edition), &page.to_string(), Arc::new(page));
        let full = CEILING as u64;
        (0..full).for_each(|page| _ = keep(page, 0));
        keep(0, 1);
        assert!(is_kept(0, 1) && (1..full).all(|page| is_kept(page, 0)));
        keep(full, 1);
        assert!(is_kept(full, 1) && (0..full).all(|page| !is_kept(page, 0) && !is_kept(page, 1)));
        store.close().await;
    }
}
