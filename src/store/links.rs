//! The table `links`: who holds one may see a client's own page.

use super::{
    columns::{hash, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    appointment::Appointment,
    ids::{AppointmentId, Token},
    time::Instant,
};

/// What [`Writing::end_email_links`] says, on its way by an index.
pub(super) const END: &str = "DELETE FROM links WHERE appointment = ? AND given_in = ?";

/// Where a link was given, which decides what its page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenIn {
    /// To whoever sent the form, right after it.
    Request,
    Email,
}

impl GivenIn {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Email => "email",
        }
    }

    /// What is not said to be from a form is from an email.
    pub(super) fn parse(text: &str) -> Self {
        if text == Self::Request.as_str() { Self::Request } else { Self::Email }
    }
}

impl Reading {
    /// The appointment that a link shows, while the link is good; what a blocked
    /// client has asked for reads as one.
    pub async fn appointment_by_link(
        &mut self,
        token: &Token,
        now: Instant,
    ) -> Result<Option<(Appointment, GivenIn)>, StoreError> {
        let link: Option<(i64, String)> =
            sqlx::query_as("SELECT appointment, given_in FROM links WHERE token_hash = ? AND expires_at > ?")
                .bind(hash(token))
                .bind(seconds(now))
                .fetch_optional(&mut *self.0)
                .await?;
        let Some((id, given_in)) = link else { return Ok(None) };
        let given_in = GivenIn::parse(&given_in);
        let appointment = self.asked_for(AppointmentId(id)).await?;
        Ok(appointment.map(|appointment| (appointment, given_in)))
    }
}

impl Writing {
    /// Adds a link; one that is there already keeps its time.
    pub async fn insert_link(
        &mut self,
        token: &Token,
        appointment: AppointmentId,
        given_in: GivenIn,
        expires_at: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO links (token_hash, appointment, given_in, expires_at) VALUES (?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
        )
        .bind(hash(token))
        .bind(appointment.0)
        .bind(given_in.as_str())
        .bind(seconds(expires_at))
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Makes the links of an appointment that are still good last until an instant at least.
    pub async fn prolong_links(
        &mut self,
        appointment: AppointmentId,
        expires_at: Instant,
        now: Instant,
    ) -> Result<(), StoreError> {
        if self.is_new(appointment) {
            // Whatever links it has were given for it as it is.
            return Ok(());
        }
        sqlx::query(
            "UPDATE links SET expires_at = ?2 WHERE appointment = ?1 AND expires_at > ?3 AND expires_at < ?2",
        )
        .bind(appointment.0)
        .bind(seconds(expires_at))
        .bind(seconds(now))
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Ends the links that emails about an appointment have carried.
    pub async fn end_email_links(&mut self, appointment: AppointmentId) -> Result<(), StoreError> {
        sqlx::query(END).bind(appointment.0).bind(GivenIn::Email.as_str()).execute(&mut *self.0.0).await?;
        Ok(())
    }

    /// Ends every link of an appointment but these.
    pub async fn end_links_but(
        &mut self,
        appointment: AppointmentId,
        kept: &[Token],
    ) -> Result<(), StoreError> {
        let links: Vec<(Vec<u8>,)> = sqlx::query_as("SELECT token_hash FROM links WHERE appointment = ?")
            .bind(appointment.0)
            .fetch_all(&mut *self.0.0)
            .await?;
        let kept: Vec<_> = kept.iter().map(hash).collect();
        for (link,) in links.into_iter().filter(|(link,)| !kept.iter().any(|kept| kept[..] == link[..])) {
            sqlx::query("DELETE FROM links WHERE token_hash = ?").bind(link).execute(&mut *self.0.0).await?;
        }
        Ok(())
    }

    /// Removes the links that are no longer good.
    pub async fn prune_links(&mut self, now: Instant) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM links WHERE expires_at <= ?")
            .bind(seconds(now))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
