//! What goes from the waitlist: emails that need not go out, and whoever is erased or has been off
//! it for long.

use super::{
    columns::seconds,
    file::{StoreError, Writing},
};
use crate::domain::{
    client::{Contact, Name},
    ids::{AppointmentId, WaitlistEntryId},
    time::Instant,
    waitlist::entry::Entry,
};

/// What comes after every key that begins with these, which end in a slash.
fn after_all(keys: &str) -> String {
    format!("{}0", keys.trim_end_matches('/'))
}

impl Writing {
    /// Drops the emails whose keys begin so, as far as they have not gone out.
    pub(super) async fn take_back_waitlist_emails(
        &mut self,
        keys: &str,
        now: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE emails SET outcome = 'lapsed', outcome_at = ?1
             WHERE key > ?2 AND key < ?3 AND outcome IN ('waiting', 'given_up')",
        )
        .bind(seconds(now))
        .bind(keys)
        .bind(after_all(keys))
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Removes the entries of somebody with this name and this email address or telephone number.
    pub async fn forget_waitlist_entries(
        &mut self,
        name: &Name,
        contact: &Contact,
    ) -> Result<(), StoreError> {
        for entry in self.waitlist_entries_of(name, contact).await? {
            self.forget_waitlist_entry(entry.id).await?;
        }
        Ok(())
    }

    /// Removes the entries that an appointment came from, or was to be replaced by.
    pub(super) async fn forget_waitlist_entries_about(
        &mut self,
        appointment: AppointmentId,
    ) -> Result<(), StoreError> {
        let ids: Vec<(i64,)> = sqlx::query_as(
            "SELECT id FROM waitlist_entries WHERE instead = ?1
             UNION SELECT entry FROM offers WHERE appointment = ?1",
        )
        .bind(appointment.0)
        .fetch_all(&mut *self.0.0)
        .await?;
        for (id,) in ids {
            self.forget_waitlist_entry(WaitlistEntryId(id)).await?;
        }
        Ok(())
    }

    /// Removes what has been over, or has waited for its proof, since before an instant.
    pub async fn prune_waitlist(&mut self, before: Instant) -> Result<(), StoreError> {
        let ids: Vec<(i64,)> = sqlx::query_as(
            "SELECT id FROM waitlist_entries
             WHERE ended_at <= ?1
             UNION
             SELECT id FROM waitlist_entries
             WHERE ended_at IS NULL AND waiting_since IS NULL AND joined_at <= ?1",
        )
        .bind(seconds(before))
        .fetch_all(&mut *self.0.0)
        .await?;
        for (id,) in ids {
            self.forget_waitlist_entry(WaitlistEntryId(id)).await?;
        }
        Ok(())
    }

    /// Removes one, with its links, its offers and the emails about it.
    async fn forget_waitlist_entry(&mut self, id: WaitlistEntryId) -> Result<(), StoreError> {
        for kind in Entry::EMAILS {
            let keys = format!("{kind}/{id}/");
            sqlx::query("DELETE FROM emails WHERE key > ? AND key < ?")
                .bind(&keys)
                .bind(after_all(&keys))
                .execute(&mut *self.0.0)
                .await?;
        }
        for statement in [
            "DELETE FROM waitlist_links WHERE entry = ?",
            "DELETE FROM offers WHERE entry = ?",
            "DELETE FROM waitlist_entries WHERE id = ?",
        ] {
            sqlx::query(statement).bind(id.0).execute(&mut *self.0.0).await?;
        }
        Ok(())
    }
}
