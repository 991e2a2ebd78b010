//! Large photographs are made smaller beside everything else, one at a time.
//! Until then they are shown as they lie there.

use std::{collections::HashSet, mem};

use tokio::task::JoinHandle;

use crate::{
    app::Current,
    content::pictures::{
        images::{self, Image},
        sizes::{self, Error},
    },
};

/// A picture on its way, by its name and hash.
struct Making {
    name: String,
    hash: String,
    end: JoinHandle<Result<(), Error>>,
}

#[derive(Default)]
pub struct Pictures {
    /// By the hash: what cannot be made smaller is tried once.
    failed: HashSet<String>,
    making: Option<Making>,
    are_new: bool,
}

impl Pictures {
    /// Goes on with the pictures of the site that have no sizes yet.
    pub async fn go_on(&mut self, current: &Current) {
        if let Some(Making { name, hash, end }) = self.making.take_if(|making| making.end.is_finished()) {
            match end.await {
                Ok(Ok(())) => self.are_new = true,
                failed => {
                    let reason = match failed {
                        Ok(Err(error)) => error.to_string(),
                        _ => "the picture is damaged".to_owned(),
                    };
                    let file = images::path_of(&name);
                    tracing::warn!("{file} can't be made smaller, so it's shown as it is: {reason}");
                    self.failed.insert(hash);
                }
            }
        }
        let site = current.app().site.clone();
        let Some(folder) = site.sizes.clone() else { return };
        let is_next = |image: &Image| {
            image.wants_sizes() && !self.failed.contains(&image.hash) && !sizes::are_made(&folder, image)
        };
        if self.making.is_some() {
            return;
        }
        if let Some((name, image)) = site.images.iter().find(|(_, image)| is_next(image)) {
            let (name, hash, image) = (name.clone(), image.hash.clone(), image.clone());
            let end = tokio::task::spawn_blocking(move || sizes::make(&folder, &image));
            self.making = Some(Making { name, hash, end });
        } else if self.are_new
            && let Err(error) = sizes::tidy(&folder, &site.images)
        {
            tracing::warn!(%error, "pictures that are no longer shown can't be removed");
        }
    }

    /// True once all are made, when the content is to be read again for them.
    pub fn are_made(&mut self) -> bool {
        self.making.is_none() && mem::take(&mut self.are_new)
    }
}
