//! What is done because time has passed: holds end, reminders are written, and
//! what has run out is removed.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;

use crate::{
    account,
    app::{App, Current},
    booking::{expire, remind},
    clients::outlived::{self, LetGo},
    store::StoreError,
};

/// How often holds and reminders are looked at. A write looks at holds as well.
const TICK: Duration = Duration::from_secs(10);
/// How many ticks lie between two prunings, about an hour.
const TICKS_BETWEEN_PRUNINGS: u64 = 360;

/// How many ticks lie between two times when what was kept long enough is let go of: a day.
const TICKS_BETWEEN_LETTING_GO: u64 = 8640;

/// How many ticks lie between two trials whether writing works, about a minute.
const TICKS_BETWEEN_TRIALS: u64 = 6;

/// How long it is kept how an appointment was before an act.
const ACTS_KEPT: TimeDelta = TimeDelta::days(1);

/// Keeps house for as long as the program runs.
pub async fn run(current: Arc<Current>) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    for tick in 0_u64.. {
        ticks.tick().await;
        let app = current.app();
        let is_in_trouble = app.store.health().write_trouble().is_some();
        // Where nobody writes, nobody notices that writing fails.
        if (is_in_trouble || tick % TICKS_BETWEEN_TRIALS == 0) && app.store.try_to_write().await.is_err() {
            // It is the same for whatever is due: that waits for the next tick.
            app.store.health().came_round();
            continue;
        }
        match expire::expire(&current).await {
            Ok(0) => {}
            Ok(expired) => tracing::info!(expired, "requests expired unanswered"),
            Err(error) => tracing::error!(%error, "holds can't be checked"),
        }
        match remind::remind(&current).await {
            Ok(0) => {}
            Ok(written) => tracing::info!(written, "reminders and other emails were written"),
            Err(error) => tracing::error!(%error, "reminders can't be written"),
        }
        if tick % TICKS_BETWEEN_PRUNINGS == 0
            && let Err(error) = prune(&app).await
        {
            tracing::error!(%error, "what has expired can't be removed");
        }
        if tick % TICKS_BETWEEN_LETTING_GO == 0 {
            match outlived::let_go(&current).await {
                Ok(LetGo { visits: 0, clients: 0, email_texts: 0 }) => {}
                Ok(LetGo { visits, clients, email_texts }) => {
                    tracing::info!(visits, clients, email_texts, "what was kept long enough is gone");
                }
                Err(error) => tracing::error!(%error, "what was kept long enough can't be removed"),
            }
        }
        // The links of emails that went out stand there until then.
        if let Err(error) = app.store.empty_journal().await {
            tracing::warn!(%error, "the journal can't be emptied; the next tick tries again");
        }
        app.store.health().came_round();
    }
}

/// Removes what is no longer good: links, sessions, the traces of forms and requests.
pub async fn prune(app: &App) -> Result<(), StoreError> {
    let mut tx = app.store.write().await?;
    let now = app.now();
    tx.prune_links(now).await?;
    let keep = app.practice().keep;
    tx.prune_sessions(now, now - account::session::LATELY, keep.sign_ins_since(now)).await?;
    tx.prune_sent_forms(now).await?;
    tx.prune_named_mailboxes(now).await?;
    tx.prune_unproven_requests(keep.unproven_requests_since(now)).await?;
    tx.prune_waitlist(keep.unproven_requests_since(now)).await?;
    tx.prune_acts(now - ACTS_KEPT).await?;
    tx.commit().await
}
