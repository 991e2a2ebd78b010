//! What the therapist has done within the last minute, as their pages show it: what
//! it was, with whom, and until when it can be undone.

use std::collections::BTreeSet;

use crate::{
    app::App,
    domain::{
        act::{Act, Kind},
        ids::{ActId, AppointmentId},
        time::{self, Instant, Interval},
    },
    store::{Reading, StoreError},
    urls, words,
};

/// So many of those whom one act was about are named.
const NAMED: usize = 3;

pub struct UndoView {
    /// `June Okafor`, `June Okafor, Walt Brennan, and 3 more`; or the office whose new address
    /// was told, or the day that was closed.
    pub whose: String,
    /// `Declined`
    pub done: &'static str,
    /// `2:04:10`
    pub until: String,
    /// `None` where a newer act on the same appointment is to be undone first.
    pub action: Option<String>,
}

/// What can be undone now, the newest first; of one appointment, or of all.
pub async fn all(
    app: &App,
    tx: &mut Reading,
    of: Option<AppointmentId>,
    now: Instant,
) -> Result<Vec<UndoView>, StoreError> {
    Ok(acts(app, tx, of, now).await?.into_iter().map(|(_, view)| view).collect())
}

/// Of these what was done with a day as a whole.
pub async fn of_day(
    app: &App,
    tx: &mut Reading,
    day: Interval,
    now: Instant,
) -> Result<Vec<UndoView>, StoreError> {
    let mut views = Vec::new();
    for (act, view) in acts(app, tx, None, now).await? {
        let closings = tx.closings_of_act(act.id).await?;
        if closings.iter().any(|closing| closing.span.overlaps(day)) {
            views.push(view);
        }
    }
    Ok(views)
}

/// Of these what was done in one way.
pub async fn of_kind(
    app: &App,
    tx: &mut Reading,
    kind: Kind,
    now: Instant,
) -> Result<Vec<UndoView>, StoreError> {
    let mut views = acts(app, tx, None, now).await?;
    views.retain(|(act, _)| act.kind == kind);
    Ok(views.into_iter().map(|(_, view)| view).collect())
}

async fn acts(
    app: &App,
    tx: &mut Reading,
    of: Option<AppointmentId>,
    now: Instant,
) -> Result<Vec<(Act, UndoView)>, StoreError> {
    let mut views = Vec::new();
    let mut newer = BTreeSet::new();
    for act in tx.running_acts(now).await? {
        let appointments = tx.acted_on(act.id).await?;
        let is_newest = appointments.iter().all(|id| newer.insert(*id));
        if of.is_some_and(|id| !appointments.contains(&id)) {
            continue;
        }
        let whose = match &act.office {
            _ if matches!(act.kind, Kind::Closed | Kind::Reopened) => closed(app, tx, act.id).await?,
            Some(office) => app.practice().office_name(office).to_owned(),
            _ if act.kind == Kind::Offered => offered(tx, act.id).await?,
            None if appointments.is_empty() => continue,
            None => {
                // Whoever has several visits among them is named once.
                let mut people = Vec::new();
                for id in &appointments {
                    let Some(a) = tx.appointment(*id).await? else { continue };
                    let who = (a.client, a.visitor().to_string());
                    if !people.contains(&who) {
                        people.push(who);
                    }
                }
                let names = people.into_iter().map(|(_, name)| name).collect();
                words::listed::visitors(names, appointments.len(), NAMED)
            }
        };
        let view = UndoView {
            whose,
            done: words::act::done(act.kind),
            until: time::seconds_words(app.practice().zone, act.ends_at),
            action: is_newest.then(|| urls::undo(act.id)),
        };
        views.push((act, view));
    }
    Ok(views)
}

/// To whom an act has offered something.
async fn offered(tx: &mut Reading, act: ActId) -> Result<String, StoreError> {
    let mut names = Vec::new();
    for offer in tx.offers_of_act(act).await? {
        names.extend(tx.waitlist_entry(offer.entry).await?.map(|entry| entry.name.to_string()));
    }
    Ok(words::listed::some(names, 0))
}

/// The day that an act has closed, or opened again: `Tuesday, December 8`.
async fn closed(app: &App, tx: &mut Reading, act: ActId) -> Result<String, StoreError> {
    let zone = app.practice().zone;
    let closings = tx.closings_of_act(act).await?;
    let date = closings.first().map(|closing| time::date(zone, closing.span.start));
    Ok(date.map(|date| time::date_words_from(time::date(zone, app.now()), date)).unwrap_or_default())
}
