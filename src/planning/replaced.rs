//! What of the practice file does not hold any more, since the therapist has
//! changed it on their pages.

use crate::{app::App, store::StoreError};

/// Says in a sentence each of which hours and which policy the practice file is
/// no longer the source.
pub async fn replaced(app: &App) -> Result<Vec<String>, StoreError> {
    let mut tx = app.store.read().await?;
    let mut replaced = Vec::new();
    for office in &app.practice().offices {
        if tx.has_opening_hours(&office.slug).await? {
            let name = &office.name;
            replaced.push(format!(
                "the opening hours of {name} come from the admin pages, not from practice.toml"
            ));
        }
    }
    if tx.first_booking_decides().await?.is_some() {
        replaced.push(
            "the days when the first booking decides come from the admin pages, not from practice.toml"
                .to_owned(),
        );
    }
    if tx.policy(&app.site.first_rules.policy).await?.is_some() {
        replaced.push("the policy comes from the admin pages, not from practice.toml".to_owned());
    }
    Ok(replaced)
}
