//! Large photographs are made smaller beside everything else, one at a time.
//! Until then they are shown as they lie there; one that lies on its side is
//! turned for the first who asks for it.

use std::mem;

use tokio::task::JoinHandle;

use crate::app::Current;

#[derive(Default)]
pub struct Pictures {
    making: Option<JoinHandle<()>>,
    are_new: bool,
    /// For which the content has been read again: a problem in it may keep them from being shown.
    told: Vec<String>,
    /// The edition of the site whose pictures the folder holds, and no others.
    tidied: Option<u64>,
}

impl Pictures {
    /// Goes on with the pictures of the site that have no sizes yet.
    pub fn go_on(&mut self, current: &Current) {
        if self.making.as_ref().is_some_and(|making| !making.is_finished()) {
            return;
        }
        self.making = None;
        let app = current.app();
        if let Some((name, image)) = app.picture_maker.next(&app.site.images) {
            let (maker, name, image) = (app.picture_maker.clone(), name.clone(), image.clone());
            self.making = Some(tokio::spawn(async move { drop(maker.made(&name, &image).await) }));
            return;
        }
        let news = app.picture_maker.news(&app.site.images);
        self.are_new |= news.iter().any(|hash| !self.told.contains(hash));
        self.told = news;
        if self.tidied.replace(app.edition) != Some(app.edition) {
            app.picture_maker.tidy(&app.site.images);
        }
    }

    /// True once all are made, when the content is to be read again for them.
    pub fn are_made(&mut self) -> bool {
        self.making.is_none() && mem::take(&mut self.are_new)
    }
}
