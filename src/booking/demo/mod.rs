//! A practice to look at: two plausible years of invented clients, for a newcomer,
//! for pictures, for tests. What emails there are were sent or given up: none leaves.

mod emails;
mod history;
mod money;
mod people;
mod weeks;

use std::collections::BTreeMap;

use chrono::{Datelike, Days};

use self::weeks::Weeks;
use crate::{
    content::site::Site,
    domain::{
        client::Note,
        practice::Practice,
        time::{self, Instant, Interval},
    },
    store::{Store, StoreError, Writing},
    urls::BaseUrl,
};

/// How far back the visits go, for whoever looks at a practice as it is after some time.
pub const WEEKS_BACK: u64 = 104;
/// The vacation begins on the Saturday after so many days, beyond all visits.
const UNTIL_VACATION: u64 = 35;
const VACATION_DAYS: u64 = 9;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there are already clients or appointments; the demo only fills an empty practice")]
    NotEmpty,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("an invented email couldn't be written: {0}")]
    Email(#[from] askama::Error),
}

/// Fills an empty practice with the visits of so many weeks and some to come. Returns how
/// many appointments were invented. Emails that are told of are over; none waits.
pub async fn fill(store: &Store, site: &Site, now: Instant, weeks_back: u64) -> Result<usize, Error> {
    let mut tx = store.write().await?;
    if !tx.is_without_appointments().await? {
        return Err(Error::NotEmpty);
    }
    let rules = tx.rules(&site.first_rules, now).await?;
    let practice = &site.practice;
    let mut clients = BTreeMap::new();
    let mut written = Vec::new();
    for visit in (Weeks { practice, rules: &rules, weeks_back, now }).all() {
        let mut appointment = visit.appointment;
        appointment.client = match clients.get(&visit.person) {
            Some(client) => *client,
            None => tx.client(&appointment.name, &appointment.contact, appointment.requested_at).await?,
        };
        clients.insert(visit.person, appointment.client);
        written.push(tx.insert_appointment(appointment, None).await?);
    }
    let mut asked = None;
    if let Some(request) = weeks::reschedule_request(practice, &rules, &written, now) {
        asked = Some(tx.insert_reschedule_request(request).await?);
    }
    money::note(&mut tx, &written).await?;
    history::note(&mut tx, &written).await?;
    // Where links in emails led is blotted out of what was sent.
    let base = BaseUrl::parse("https://demo.invalid");
    if let Some(base) = base {
        emails::write(&mut tx, site, &rules, &base, (&written, asked.as_ref()), now).await?;
    }
    go_away(&mut tx, practice, now).await?;
    tx.commit().await?;
    Ok(written.len())
}

/// A vacation ahead.
async fn go_away(tx: &mut Writing, practice: &Practice, now: Instant) -> Result<(), StoreError> {
    let today = time::date(practice.zone, now);
    let first = today.checked_add_days(Days::new(UNTIL_VACATION)).unwrap_or(today);
    let to_saturday = (12 - u64::from(first.weekday().num_days_from_monday())) % 7;
    let first = first.checked_add_days(Days::new(to_saturday)).unwrap_or(first);
    let end = first.checked_add_days(Days::new(VACATION_DAYS)).unwrap_or(first);
    let span =
        Interval::new(time::start_of_day(practice.zone, first), time::start_of_day(practice.zone, end));
    let note = Note::parse("At the coast with the family").ok().flatten();
    let back = time::day_words(end);
    let sentence = format!(
        "I'm on vacation and back on {back}. Need me sooner? Leave a message; I listen in the evening."
    );
    let sentence = Note::parse(&sentence).ok().flatten();
    tx.insert_time_off(None, span, (note.as_ref(), sentence.as_ref())).await?;
    Ok(())
}
