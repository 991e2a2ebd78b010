//! What of today's page says about the certificate, where the program gets it by itself: how long
//! it holds, or why there's none.

use crate::{app::App, domain::time::Instant, words};

/// One that's well, in a line.
pub fn line(app: &App, now: Instant) -> Option<String> {
    let certificate = app.store.health().certificate().filter(|certificate| !certificate.is_trouble(now))?;
    let ends = certificate.ends(now)?;
    Some(format!(
        "The certificate for {} is good for {}.",
        certificate.name,
        words::certificate::days(ends - now)
    ))
}

/// One that isn't there, or won't be for long: what that is, and what comes of it.
pub fn trouble(app: &App, now: Instant) -> Option<(String, &'static str)> {
    let certificate = app.store.health().certificate().filter(|certificate| certificate.is_trouble(now))?;
    let name = &certificate.name;
    let (what, so) = match (certificate.ends(now), certificate.holds) {
        (Some(ends), _) => (
            format!("The certificate for {name} ends in {}", words::certificate::days(ends - now)),
            "Stillpoint keeps asking for a new one. Without one, browsers keep visitors out.",
        ),
        (None, Some(_)) => (
            format!("The certificate for {name} has ended"),
            "Stillpoint keeps asking for a new one. Until it comes, browsers keep visitors out.",
        ),
        (None, None) => (
            format!("No certificate for {name} yet"),
            "Stillpoint keeps asking for one. Until it comes, browsers keep visitors out.",
        ),
    };
    let why = certificate.trouble.map(|trouble| format!(": {trouble}")).unwrap_or_default();
    Some((format!("{what}{why}."), so))
}
