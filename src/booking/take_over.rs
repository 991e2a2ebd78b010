//! The therapist has written: the site as it lies in the content folder now
//! takes the place of the one that is shown.

use super::address_told;
use crate::{
    app::Current,
    content::{
        fault::{Fault, Faults, Source},
        passage, practice_file,
        site::Site,
    },
    domain::{practice::Practice, time::Instant},
    store::{Reading, StoreError, search::SearchIndex},
};

/// Shows a site from now on; or returns why that cannot be. It happens under
/// the lock: whatever is agreed before is looked at, and whoever agrees on
/// something after it does so by the new site.
pub async fn take_over(current: &Current, site: Site) -> Result<Result<(), Vec<Fault>>, StoreError> {
    let app = current.app();
    let search = SearchIndex::new(&passage::of_site(&site)).await?;
    let mut tx = app.store.write().await?;
    let now = app.now();
    let vanished = vanished(&mut tx, &site.practice, now).await?;
    if !vanished.is_empty() {
        return Ok(Err(vanished));
    }
    address_told::note_addresses(&mut tx, &site.practice, now).await?;
    current.set(app.with_site(site, search));
    tx.commit().await?;
    Ok(Ok(()))
}

/// Slugs that appointments still to come use and the practice file no longer
/// has: without its office there is no drive to an appointment, and no address.
pub async fn vanished(tx: &mut Reading, practice: &Practice, now: Instant) -> Result<Vec<Fault>, StoreError> {
    let in_use = tx.slugs_in_use(now).await?;
    let faults = Faults::default();
    let vanished = |what: &str| {
        let wrong = format!("{what} is used by appointments that are still to come, and cannot vanish");
        faults.add(Source::new(practice_file::FILE, "").fault(0, wrong));
    };
    for (office, service) in in_use {
        if practice.office(&office).is_none() {
            vanished(&format!("the office `{office}`"));
        }
        if practice.service(&service).is_none() {
            vanished(&format!("the service `{service}` (it can be `retired`)"));
        }
    }
    Ok(faults.into_sorted())
}
