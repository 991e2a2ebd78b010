//! What is wrong with the program itself, for the head of today's page.

use super::certificate;
use crate::{
    domain::time::Instant,
    health::Job,
    web::{Web, http::seen},
    words,
};

pub struct TroubleView {
    pub what: String,
    pub so: &'static str,
}

/// What is wrong now, the worst first.
pub fn of(web: &Web, now: Instant) -> Vec<TroubleView> {
    let app = web.app();
    let health = app.store.health();
    let write = health.write_trouble().map(|trouble| TroubleView {
        what: format!("Nothing can be saved right now: {trouble}."),
        so: "Anyone who tries to book is asked to call you. Everything picks up again by itself once that's fixed.",
    });
    let down = |job| {
        let (what, so) = match job {
            Job::Courier => ("Email isn't going out.", "It waits, and goes out once it's back."),
            Job::Housekeeping => (
                "Reminders aren't going out, and unanswered requests don't expire.",
                "They catch up once it's back.",
            ),
            Job::Waitlist => ("Nothing is offered to your waitlist.", "It goes on once that's back."),
            Job::Certificate => ("Nothing renews the certificate.", "It's renewed once that's back."),
            Job::Backup => ("Backups aren't being made.", "The next one is made once it's back."),
            Job::ContentWatch => ("Changes to your content don't show up.", "They show up once it's back."),
        };
        TroubleView { what: format!("{what} A part of the program stopped and is being restarted."), so }
    };
    let proxy = web.unnamed_proxy.get().map(|proxy| TroubleView {
        what: format!("Setup: {}.", seen::through_unnamed(proxy)),
        so: "Until then all visitors count as one: a few busy ones can lock everyone out of the forms, and you out of signing in.",
    });
    let guessing = web.sign_ins.slow_down().map(|slow| TroubleView {
        what: format!(
            "Somebody is guessing passwords: {} wrong tries in the last 15 minutes.",
            slow.wrong
        ),
        so: "Signing in takes up to a few seconds longer for now. Nobody can lock you out, and you stay signed in here.",
    });
    let clock = app.clock.was_set().map(|by| TroubleView {
        what: format!("This server's clock was set {}.", words::clock::set(by)),
        so: "Requests expire and reminders go out by it. If it's right now, there's nothing to do. If it's wrong, have it set right; a request that expired too early can still be confirmed.",
    });
    let unreadable = (app.store.unreadable() > 0).then(|| TroubleView {
        what: "Some notes and emails can't be read: the key is missing.".to_owned(),
        so: "They're all still there. Put the old key file back where it was and restart, and they can be read again. Everything new is fine, and emails that can't be read wait.",
    });
    let key = app.store.key_trouble().map(|trouble| TroubleView {
        what: format!("The key file can't be used (KEY_FILE): {trouble}."),
        so: "New notes and emails are encrypted with another key, kept next to it. Put the right key file there and restart.",
    });
    let certificate = certificate::trouble(&app, now).map(|(what, so)| TroubleView { what, so });
    let jobs = health.jobs_down().into_iter().map(down);
    write
        .into_iter()
        .chain(certificate)
        .chain(jobs)
        .chain(clock)
        .chain(key)
        .chain(unreadable)
        .chain(guessing)
        .chain(proxy)
        .collect()
}
