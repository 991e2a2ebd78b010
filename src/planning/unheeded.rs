//! What was changed in the practice file after the therapist had set it on their
//! pages: it has no effect, and whoever changed it is told so at once.

use std::fmt;

use crate::{
    app::App,
    domain::{availability::rules::Rules, practice::Practice, time},
    store::{Reading, StoreError},
};

/// A part of the practice file that was changed in vain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unheeded {
    /// The weekly hours of an office, by its name.
    Hours(String),
    FirstBooking,
    /// Keys of the policy.
    Policy(Vec<&'static str>),
}

impl fmt::Display for Unheeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hours(office) => write!(f, "the opening hours of {office}"),
            Self::FirstBooking => f.write_str("first_booking_decides"),
            Self::Policy(keys) => f.write_str(&keys.join(", ")),
        }
    }
}

/// What has been changed in vain since the practice file said what it did
/// `before`. What has been set on the pages to the very same is left out.
pub async fn since(app: &App, before: &Rules) -> Result<Vec<Unheeded>, StoreError> {
    let mut tx = app.store.read().await?;
    let (now, file) = (app.now(), &app.site.first_rules);
    let today = time::date(app.practice().zone, now);
    let in_force = tx.rules(file, now).await?;
    let mut unheeded = Vec::new();
    for office in &app.practice().offices {
        let slug = &office.slug;
        let is_changed = !before.timetable.weeks(slug).eq(file.timetable.weeks(slug));
        let holds = in_force.timetable.week_on(slug, today) == file.timetable.week_on(slug, today);
        if is_changed && !holds && tx.has_opening_hours(slug).await? {
            unheeded.push(Unheeded::Hours(office.name.clone()));
        }
    }
    let days = |rules: &Rules| rules.timetable.first_booking_decides;
    if days(before) != days(file) && days(&in_force) != days(file) {
        unheeded.push(Unheeded::FirstBooking);
    }
    let values = before.policy.values().into_iter().zip(file.policy.values()).zip(in_force.policy.values());
    let keys = values.filter(|(((_, before), (_, file)), (_, in_force))| before != file && in_force != file);
    let keys: Vec<&'static str> = keys.map(|(((key, _), _), _)| key).collect();
    if !keys.is_empty() {
        unheeded.push(Unheeded::Policy(keys));
    }
    Ok(unheeded)
}

/// What the practice file said when it was last listened to, once it says
/// something else: of what the therapist has set, still what it said `before`.
pub async fn heeded(
    tx: &mut Reading,
    before: &Rules,
    file: &Rules,
    practice: &Practice,
) -> Result<Rules, StoreError> {
    let mut heeded = file.clone();
    for office in &practice.offices {
        if tx.has_opening_hours(&office.slug).await? {
            heeded.timetable.forget_weeks(&office.slug);
            for (from, hours) in before.timetable.weeks(&office.slug) {
                heeded.timetable.set_week(office.slug.clone(), from, hours.clone());
            }
        }
    }
    if tx.first_booking_decides().await?.is_some() {
        heeded.timetable.first_booking_decides = before.timetable.first_booking_decides;
    }
    if tx.policy(&file.policy).await?.is_some() {
        heeded.policy = before.policy.clone();
    }
    Ok(heeded)
}
