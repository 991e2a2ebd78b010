//! The therapist has written: the site as it lies in the content folder now
//! takes the place of the one that is shown.

use std::sync::Arc;

use crate::{
    app::Current,
    booking::address_told,
    content::{
        problem::{Problem, Problems, Source},
        read::practice_file,
        site::Site,
    },
    domain::{
        availability::timetable,
        client::country::Country,
        practice::Practice,
        time::{Instant, Interval},
    },
    operation::FAR,
    planning::unheeded,
    store::{Reading, StoreError, Writing},
};

/// Shows a site from now on; or returns why that cannot be. It happens under
/// the lock: whatever is agreed before is looked at, and whoever agrees on
/// something after it does so by the new site.
pub async fn publish(current: &Current, site: Site) -> Result<Result<(), Vec<Problem>>, StoreError> {
    let _gate = current.publishing().await;
    let app = current.app();
    let mut tx = app.store.write().await?;
    let now = app.now();
    let broken = broken(&mut tx, &site.practice, now).await?;
    if !broken.is_empty() {
        return Ok(Err(broken));
    }
    note(&mut tx, &site.practice, now).await?;
    let before = tx.rules(&app.site.first_rules, now).await?;
    let after = tx.rules(&site.first_rules, now).await?;
    let busy = tx.busy(Interval::new(now, now + FAR), now).await?;
    let zone = site.practice.zone;
    match timetable::left_standing(zone, &before.timetable, &after.timetable, &busy).len() {
        0 => {}
        left => {
            tracing::warn!(
                appointments = left,
                "some upcoming appointments are outside the new opening hours; they stand"
            )
        }
    }
    // Before the site is shown, so that what it says is found from the first.
    let site = Arc::new(site);
    app.search.bring(site.clone()).await;
    let heeded = unheeded::heeded(&mut tx, &app.heeded, &site.first_rules, &site.practice).await?;
    tx.commit().await?;
    current.set(app.with_site(site, heeded));
    Ok(Ok(()))
}

/// Notes what a later practice file is compared with: where the offices are,
/// and in which zone and currency appointments are agreed on. Phone numbers
/// from before its country was known are read as those of it.
pub async fn note(tx: &mut Writing, practice: &Practice, now: Instant) -> Result<(), StoreError> {
    tx.set_agreed_in(practice.zone.name(), &practice.currency).await?;
    if let Some(country) = Country::of(practice.zone) {
        tx.read_dialed_phones(country).await?;
    }
    address_told::note_addresses(tx, practice, now).await
}

/// What a practice file would break of appointments still to come: without its
/// office there is no drive to one, and no address; in another zone or currency
/// its time and its price would read otherwise than they were agreed on.
pub async fn broken(tx: &mut Reading, practice: &Practice, now: Instant) -> Result<Vec<Problem>, StoreError> {
    let in_use = tx.slugs_in_use(now).await?;
    let problems = Problems::default();
    let file = Source::new(practice_file::FILE, "");
    for (office, service) in &in_use {
        let vanished = |what: &str| {
            let wrong = format!("{what} is used by upcoming appointments, so it can't be removed");
            problems.add(file.problem(0, wrong));
        };
        if practice.office(office).is_none() {
            vanished(&format!("the office `{office}`"));
        }
        if practice.service(service).is_none() {
            vanished(&format!("the service `{service}` (it can be `retired` instead)"));
        }
    }
    if let Some((zone, currency)) = tx.agreed_in().await?.filter(|_| !in_use.is_empty()) {
        let other = |what: &str, agreed: &str, now: &str| {
            if agreed != now {
                let wrong = format!(
                    "upcoming appointments were agreed on in the {what} {agreed}: it can't change to {now} until they're over"
                );
                problems.add(file.problem(0, wrong));
            }
        };
        other("time zone", &zone, practice.zone.name());
        other("currency", &currency, &practice.currency);
    }
    Ok(problems.into_sorted())
}
