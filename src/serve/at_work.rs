//! What is done while the practice is open, whether or not anybody asks for anything.

use std::sync::Arc;

use tokio::sync::{Mutex, watch};

use crate::{
    app::Current,
    certificate::renewal::Certificates,
    health::Job,
    jobs::{
        backup as nightly, certificate,
        content_watch::{self, ContentWatch},
        courier, housekeeping,
        supervisor::Kept,
        waitlist,
    },
};

pub(super) fn all(
    current: &Arc<Current>,
    watch: ContentWatch,
    certificates: Option<Arc<Certificates>>,
    stopping: &watch::Receiver<bool>,
) -> Vec<Kept> {
    let (sending, stopping) = (current.clone(), stopping.clone());
    let (keeping, offering, saving) = (current.clone(), current.clone(), current.clone());
    // What the watch has seen outlives one that ends.
    let (reading, watch) = (current.clone(), Arc::new(Mutex::new(watch)));
    let clock = current.app().clock.clone();
    let certificate = certificates.map(|certificates| {
        Kept::new(Job::Certificate, move || certificate::run(certificates.clone(), clock.clone()))
    });
    let jobs = vec![
        Kept::new(Job::Courier, move || courier::run(sending.clone(), stopping.clone())).that_finishes(),
        Kept::new(Job::Housekeeping, move || housekeeping::run(keeping.clone())),
        Kept::new(Job::Waitlist, move || waitlist::run(offering.clone())),
        Kept::new(Job::Backup, move || nightly::run(saving.clone())),
        Kept::new(Job::ContentWatch, move || content_watch::run(reading.clone(), watch.clone())),
    ];
    jobs.into_iter().chain(certificate).collect()
}
