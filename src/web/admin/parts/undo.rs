//! What the therapist has done within the last minute, as their pages show it: what
//! it was, with whom, and until when it can be undone.

use std::collections::BTreeSet;

use crate::{
    app::App,
    domain::{
        ids::AppointmentId,
        time::{self, Instant},
    },
    store::{Reading, StoreError},
    urls, words,
};

pub struct UndoView {
    /// `June Okafor`; or the office whose new address was told.
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
    let mut views = Vec::new();
    let mut newer = BTreeSet::new();
    for act in tx.running_acts(now).await? {
        let appointments = tx.acted_on(act.id).await?;
        let is_newest = appointments.iter().all(|id| newer.insert(*id));
        if of.is_some_and(|id| !appointments.contains(&id)) {
            continue;
        }
        let whose = match (&act.office, appointments.first()) {
            (Some(office), _) => app.practice().office_name(office).to_owned(),
            (None, Some(id)) => tx.appointment(*id).await?.map(|a| a.name.to_string()).unwrap_or_default(),
            (None, None) => continue,
        };
        views.push(UndoView {
            whose,
            done: words::act::done(act.kind),
            until: time::seconds_words(app.practice().zone, act.ends_at),
            action: is_newest.then(|| urls::undo(act.id)),
        });
    }
    Ok(views)
}
