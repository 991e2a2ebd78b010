//! The other visits that were asked for with one, as its client's own page names them.

use super::found::Found;
use crate::{
    app::App,
    domain::{appointment::Appointment, time},
    words::appointment::status_to_client,
};

/// What was asked for with it: `One of 4 visits:`, and each of the others, with what has become of
/// it where that is something else.
pub fn words(app: &App, found: &Found) -> Option<(String, Vec<String>)> {
    let Found { appointment: a, together, .. } = found;
    let line = |other: &Appointment| {
        let when = time::phrase(app.practice().zone, other.span.start);
        let place = app.practice().office_name(&other.office);
        let status = status_to_client(other.status()).to_lowercase();
        let status = if other.status() == a.status() { String::new() } else { format!(", {status}") };
        format!("{when}, {place}{status}")
    };
    let others: Vec<String> = together.iter().filter(|other| other.id != a.id).map(line).collect();
    (!others.is_empty()).then(|| (format!("One of {} visits. The others:", together.len()), others))
}
