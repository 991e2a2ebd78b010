//! What the service manager hears from us, as systemd wants it (Type=notify): that the
//! practice is open, that it closes, and, where somebody watches, that it lives.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use sd_notify::NotifyState;

use crate::health::Health;

/// Housekeeping comes round every ten seconds, and waits for locks meanwhile. When it has
/// not come round for so long, something hangs that a fresh start would free.
const HANGS: Duration = Duration::from_secs(120);

/// The practice is open: it listens, and answers.
pub fn is_open() {
    tell(&[NotifyState::Ready, NotifyState::Status("open")]);
}

/// It takes no more connections, and finishes what is in flight.
pub fn closes() {
    tell(&[NotifyState::Stopping, NotifyState::Status("closing")]);
}

/// Says that the practice lives, as often as whoever watches wants to hear it, for as long as
/// it does. Returns where nobody watches.
pub async fn is_watched(health: Arc<Health>) {
    let Some(patience) = sd_notify::watchdog_enabled().filter(|patience| !patience.is_zero()) else { return };
    let (opened, mut said) = (Instant::now(), String::new());
    let mut ticks = tokio::time::interval((patience / 3).max(Duration::from_millis(1)));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let status = status(&health);
        if status != said {
            tell(&[NotifyState::Status(&status)]);
            said = status;
        }
        if lives(&health, opened, Instant::now()) {
            tell(&[NotifyState::Watchdog]);
        }
    }
}

/// Whether a fresh start would make nothing better. While nothing can be saved (a full disk, a
/// lock, a folder that is gone) it would make it worse: we are on a fresh connection at each try
/// anyway, a start needs to write, and meanwhile visitors would not even read whom to call.
fn lives(health: &Health, opened: Instant, now: Instant) -> bool {
    let round = health.last_round().unwrap_or(opened);
    health.jobs_down().is_empty() && now.saturating_duration_since(round) < HANGS
}

/// How it is, in a line of `systemctl status`.
fn status(health: &Health) -> String {
    if let Some(trouble) = health.write_trouble() {
        return format!("open, but nothing can be saved: {trouble}");
    }
    match health.jobs_down().as_slice() {
        [] => "open".to_owned(),
        down => {
            let names: Vec<_> = down.iter().map(ToString::to_string).collect();
            format!("open, but down: {}", names.join(", "))
        }
    }
}

fn tell(news: &[NotifyState]) {
    if let Err(error) = sd_notify::notify(news) {
        tracing::warn!(%error, "the service manager can't be told how it is (NOTIFY_SOCKET)");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::{Job, WriteTrouble};

    #[test]
    fn what_a_fresh_start_would_mend_is_not_passed_over_and_what_it_would_not_is() {
        let (health, opened) = (Health::default(), Instant::now());
        assert!(lives(&health, opened, opened));
        assert!(!lives(&health, opened, opened + HANGS), "housekeeping never came round");
        health.came_round();
        let round = health.last_round().expect("a round");
        assert!(lives(&health, opened, round + HANGS / 2));
        assert!(!lives(&health, opened, round + HANGS), "housekeeping hangs");
        health.job_is_down(Job::Courier);
        assert!(!lives(&health, opened, round));
        assert_eq!(status(&health), "open, but down: courier");
        health.job_is_up(Job::Courier);
        health.write_failed(WriteTrouble::Full);
        assert!(lives(&health, opened, round), "on a full disk nothing would start");
        assert_eq!(status(&health), "open, but nothing can be saved: the disk is full");
    }
}
