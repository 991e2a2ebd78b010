//! `GET /metrics`, on an address of its own: how the program is doing, as Prometheus reads
//! it (OpenMetrics 1.0). Numbers, and nothing about anybody.

use std::sync::{Arc, atomic::AtomicU64};

use axum::{
    Router,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use prometheus_client::{
    encoding::text::encode,
    metrics::gauge::Gauge,
    registry::{Registry, Unit},
};

use super::{Web, http::error::Error};
use crate::{
    app::App,
    backup::nightly,
    domain::{series::together, time::Instant},
    files,
    health::Job,
};

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

pub fn router(web: Arc<Web>) -> Router {
    Router::new().route("/metrics", get(show)).with_state(web)
}

async fn show(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    let text = text(&web.app()).await?;
    Ok(([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response())
}

/// Everything as it is now: nothing is kept between two readings.
async fn text(app: &App) -> Result<String, Error> {
    let now = app.now();
    let mut tx = app.store.read().await?;
    let requests = together::grouped(tx.requests().await?);
    let troubled = tx.emails_in_trouble(now).await?;
    let is_restored = tx.from_backup().await?.is_some();
    drop(tx);
    let (waiting, given_up): (Vec<_>, Vec<_>) =
        troubled.into_iter().partition(|email| email.next_attempt_at.is_some());
    let health = app.store.health();
    let backup = nightly::newest(&app.backups, now).ok().flatten();
    let since = |at: Instant| (now - at).num_seconds();
    let oldest = waiting.iter().map(|email| email.written_at).min();

    let mut numbers = Numbers(Registry::with_prefix("stillpoint"));
    numbers.add("booking_works", "1 while booking works", !health.booking_fails());
    numbers.add("writing_works", "1 while the last write went well", health.write_trouble().is_none());
    let down = health.jobs_down();
    for (name, job) in [
        ("courier_works", Job::Courier),
        ("housekeeping_works", Job::Housekeeping),
        ("content_watch_works", Job::ContentWatch),
        ("backup_works", Job::Backup),
    ] {
        let is_well = !down.contains(&job) && (job != Job::Backup || health.backup_trouble().is_none());
        numbers.add(name, "1 while this part of the program is at work", is_well);
    }
    numbers.add("requests_waiting", "Requests that wait for the therapist's answer", requests.len());
    numbers.add("emails_waiting", "Emails that have not gone out", waiting.len());
    numbers.add("emails_given_up", "Emails that could not be delivered, and are not settled", given_up.len());
    numbers.add("emails_held", "1 while no email goes out after a restore", is_restored);
    numbers.add(
        "content_problems",
        "What keeps the content from being shown as it is now",
        app.problems.len(),
    );
    if let Some(oldest) = oldest {
        numbers.add_in(
            "oldest_waiting_email_age",
            "Of the email that waits longest",
            Unit::Seconds,
            since(oldest),
        );
    }
    if let Some(backup) = backup {
        numbers.add_in("backup_age", "Of the newest backup", Unit::Seconds, since(backup.at));
        numbers.add_in("backup_size", "Of the newest backup", Unit::Bytes, backup.size);
    }
    if let Some(certificate) = health.certificate() {
        let renews = !down.contains(&Job::Certificate) && certificate.trouble.is_none();
        numbers.add("certificate_renews", "1 unless a new certificate is due and can't be had", renews);
        let left = certificate.ends(now).map_or(0, |ends| (ends - now).num_seconds());
        numbers.add_in("certificate_left", "Until the certificate ends", Unit::Seconds, left);
    }
    if let Ok(free) = files::free(files::folder_of(&app.backups.database)) {
        numbers.add_in("disk_free", "Where the database lies", Unit::Bytes, free);
    }
    let mut text = String::new();
    encode(&mut text, &numbers.0).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(text)
}

struct Numbers(Registry);

impl Numbers {
    fn add(&mut self, name: &str, help: &str, value: impl TryInto<u64>) {
        self.0.register(name, help, gauge(value));
    }

    fn add_in(&mut self, name: &str, help: &str, unit: Unit, value: impl TryInto<u64>) {
        self.0.register_with_unit(name, help, unit, gauge(value));
    }
}

/// What is below zero, as under a clock that was set back, is zero.
fn gauge(value: impl TryInto<u64>) -> Gauge<u64, AtomicU64> {
    let gauge = Gauge::default();
    gauge.set(value.try_into().unwrap_or(0));
    gauge
}
