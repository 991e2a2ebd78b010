//! The other visits that were asked for with one, as its client's own page names them.

use super::found::Found;
use crate::{
    app::App,
    domain::{appointment::Appointment, time},
    words::{appointment::status_to_client, client::visit_of},
};

/// What was asked for with it: `One of 4 visits. The others:`, and each of the others, with what has become of
/// it where that is something else.
pub fn words(app: &App, found: &Found) -> Option<(String, Vec<String>)> {
    let Found { appointment: a, together, .. } = found;
    let line = |other: &Appointment| {
        let when = time::phrase(app.practice().zone, other.span.start);
        let place = app.practice().office_name(&other.office);
        let status = status_to_client(other.status()).to_lowercase();
        let status = if other.status() == a.status() { String::new() } else { format!(", {status}") };
        let whose = match &other.guest {
            Some(guest) if other.guest != a.guest => format!(", {}", visit_of(guest)),
            _ => String::new(),
        };
        format!("{when}, {place}{whose}{status}")
    };
    let others: Vec<String> = together.iter().filter(|other| other.id != a.id).map(line).collect();
    let of_all = match others.len() {
        0 => return None,
        1 => "One of 2 visits. The other:".to_owned(),
        others => format!("One of {} visits. The others:", others + 1),
    };
    Some((of_all, others))
}
