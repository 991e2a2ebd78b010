//! Rounds of the waitlist: whenever something was written, and with every tick, since time alone
//! ends holds and nights.

use std::{sync::Arc, time::Duration};

use crate::{app::Current, waitlist::round};

/// How long a round is away at the most.
const TICK: Duration = Duration::from_secs(10);

/// Offers what opens up for as long as the program runs.
pub async fn run(current: Arc<Current>) {
    loop {
        match round::round(&current).await {
            Ok(0) => {}
            Ok(done) => tracing::info!(done, "the waitlist was looked after"),
            Err(error) => tracing::error!(%error, "nothing can be offered to the waitlist"),
        }
        let app = current.app();
        tokio::select! {
            () = app.waitlist.notified() => {}
            () = tokio::time::sleep(TICK) => {}
        }
    }
}
