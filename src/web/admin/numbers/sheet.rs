//! The year's sheet as it is on record now.

use crate::{
    app::App,
    domain::{
        ids::OfficeSlug,
        numbers::{
            Year,
            miles::{DrivenDay, Rates, Sheet},
        },
    },
    store::StoreError,
};

/// A year's rows, and every rate that was noted.
pub async fn read(app: &App, year: Year) -> Result<(Sheet, Rates), StoreError> {
    let zone = app.practice().zone;
    let mut tx = app.store.read().await?;
    let entries = tx.entries(year.span(zone), app.now()).await?;
    let ticked = tx.driven_days(year).await?;
    let rates = tx.mileage_rates().await?;
    let days = DrivenDay::all(zone, &app.practice().travel, &entries);
    Ok((Sheet::new(days, &ticked, &rates), rates))
}

/// `Mt. Shasta → Redding → Mt. Shasta`
pub fn way(app: &App, stops: &[OfficeSlug]) -> String {
    let names: Vec<_> = stops.iter().map(|office| app.practice().office_name(office)).collect();
    names.join(" → ")
}
