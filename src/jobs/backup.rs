//! The backup of each night. One that fails is tried again, and meanwhile the
//! therapist's Today says so.

use std::{sync::Arc, time::Duration};

use crate::{
    app::{App, Current},
    backup::nightly,
};

/// How often it is looked whether one is due, and how long it is until one that failed is tried again.
const TICK: Duration = Duration::from_secs(5 * 60);

/// Makes backups for as long as the program runs.
pub async fn run(current: Arc<Current>) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        back_up(&current.app()).await;
    }
}

/// Makes the backup that is due, if one is, and notes how it went.
pub async fn back_up(app: &App) {
    match nightly::make_if_due(app).await {
        Ok(made) => {
            app.store.health().backup_succeeded();
            if let Some(made) = made {
                tracing::info!(size = made.size, "the backup of the night was made");
            }
        }
        Err(error) => {
            tracing::error!(%error, "the backup of the night can't be made");
            app.store.health().backup_failed(error.to_string());
        }
    }
}
