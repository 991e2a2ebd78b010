//! Somebody has waited for as long as they wanted to, and hears so once.

use crate::{
    domain::waitlist::entry::{End, Entry},
    mail::waitlist as emails,
    operation::{Error, Operation},
    urls,
};

impl Operation {
    pub(super) async fn run_out(&mut self, entry: &Entry) -> Result<usize, Error> {
        self.end_entry(entry, End::RanOut).await?;
        let hears = self.tx.hears(&entry.contact).await?;
        if let Some(email) = entry.contact.email.as_ref().filter(|_| hears.is_by_email()) {
            let app = self.app.clone();
            let facts = emails::Facts {
                practice: app.practice(),
                entry,
                page: app.base.to(urls::NEW_APPOINTMENT),
                waitlist: app.base.to(urls::WAITLIST),
            };
            let email = emails::over(&facts, email.to_string(), format!("<{}>", app.fresh_world_id()))?;
            self.tx.enqueue(&email, self.now).await?;
        }
        Ok(1)
    }
}
