//! Makes the sizes of pictures, one picture at a time since each takes much
//! memory: beside everything else, or at once for a turned picture that somebody
//! asks for before its turn has come.

use std::{
    collections::HashMap,
    panic,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{sync, task};

use super::{
    images::{self, Image, Images},
    sizes,
};

pub struct PictureMaker {
    /// Where they are kept.
    folder: PathBuf,
    /// By the hash, until the content is read again for them; `None` for one of which nothing can be made.
    made: Arc<Mutex<HashMap<String, Option<Image>>>>,
    one_at_a_time: Arc<sync::Mutex<()>>,
}

impl PictureMaker {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, made: Arc::default(), one_at_a_time: Arc::default() }
    }

    /// A picture with its sizes; as it is where none can be made of it.
    pub async fn made(&self, name: &str, image: &Image) -> Image {
        if let Some(known) = self.known(&image.hash) {
            return known.unwrap_or_else(|| image.clone());
        }
        let turn = self.one_at_a_time.clone().lock_owned().await;
        if let Some(known) = self.known(&image.hash) {
            return known.unwrap_or_else(|| image.clone());
        }
        let (folder, wanted, name) = (self.folder.clone(), image.clone(), name.to_owned());
        let all = self.made.clone();
        let made = task::spawn_blocking(move || {
            // Whoever asked may have gone; the next one waits all the same.
            let _turn = turn;
            // A picture that breaks its reader is to break it once.
            let made = panic::catch_unwind(|| make(&folder, &name, &wanted)).unwrap_or_else(|_| {
                let file = images::path_of(&name);
                tracing::warn!("{file} is damaged; save it again");
                None
            });
            lock(&all).insert(wanted.hash.clone(), made.clone());
            made
        });
        made.await.ok().flatten().unwrap_or_else(|| image.clone())
    }

    /// The next of the site's pictures to make sizes of, with its name.
    pub fn next<'a>(&self, images: &'a Images) -> Option<(&'a String, &'a Image)> {
        let is_next = |image: &Image| {
            image.wants_sizes() && self.known(&image.hash).is_none() && !sizes::are_made(&self.folder, image)
        };
        images.iter().find(|(_, image)| is_next(image))
    }

    /// The hashes of pictures that are shown without sizes, although those are kept.
    pub fn news(&self, images: &Images) -> Vec<String> {
        let are_made = |image: &&Image| sizes::are_made(&self.folder, image);
        images.values().filter(are_made).map(|image| image.hash.clone()).collect()
    }

    /// Forgets, and removes from the folder, what is no longer of use.
    pub fn tidy(&self, images: &Images) {
        let wanted = |hash: &String| images.values().any(|image| image.wants_sizes() && image.hash == *hash);
        lock(&self.made).retain(|hash, _| wanted(hash));
        if let Err(error) = sizes::tidy(&self.folder, images) {
            tracing::warn!(%error, "pictures that are no longer shown can't be removed");
        }
    }

    fn known(&self, hash: &str) -> Option<Option<Image>> {
        lock(&self.made).get(hash).cloned()
    }
}

fn make(folder: &Path, name: &str, image: &Image) -> Option<Image> {
    let file = images::path_of(name);
    let found = sizes::found(folder, image.clone());
    if !found.sizes.is_empty() {
        return Some(found);
    }
    let made = match sizes::make(image) {
        Ok(made) => made,
        Err(error) if image.is_turned() => {
            tracing::warn!("{file} is stored on its side and can't be turned; save it upright: {error}");
            return None;
        }
        Err(error) => {
            tracing::warn!("{file} can't be made smaller, so it's shown as it is: {error}");
            return None;
        }
    };
    if let Err(error) = sizes::keep(folder, image, &made) {
        tracing::warn!("the sizes of {file} can't be kept for the next start: {error}");
    }
    sizes::with_sizes(image, made)
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
