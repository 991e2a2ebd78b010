//! What was changed in the practice file in vain, and where it can be changed.

use crate::{
    app::App,
    planning::unheeded::{self, Unheeded},
    store::StoreError,
    urls,
};

pub struct UnheededView {
    pub what: String,
    pub holds: &'static str,
    pub href: &'static str,
    pub page: &'static str,
}

/// All of it.
pub async fn all(app: &App) -> Result<Vec<UnheededView>, StoreError> {
    let unheeded = unheeded::since(app, &app.heeded).await?;
    Ok(unheeded.iter().map(UnheededView::new).collect())
}

/// What one of the pages sets.
pub async fn of_page(app: &App, href: &str) -> Result<Vec<UnheededView>, StoreError> {
    Ok(all(app).await?.into_iter().filter(|view| view.href == href).collect())
}

impl UnheededView {
    fn new(unheeded: &Unheeded) -> Self {
        let (holds, href, page) = match unheeded {
            Unheeded::Hours(_) => ("The hours you set on these pages count", urls::HOURS, "Opening hours"),
            Unheeded::FirstBooking => {
                ("The days you checked on these pages count", urls::HOURS, "Opening hours")
            }
            Unheeded::Policy(_) => {
                ("The settings you saved on these pages count", urls::SETTINGS, "Settings")
            }
        };
        Self { what: unheeded.to_string(), holds, href, page }
    }
}
