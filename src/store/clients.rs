//! The table `clients`.

use super::{
    columns::seconds,
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    client::{Contact, EmailAddress, Name, Phone, identity},
    ids::ClientId,
    time::Instant,
};

/// Somebody on record, as the therapist is asked about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownClient {
    pub id: ClientId,
    pub name: Name,
    /// The address and number of their record, or else those of their latest visit that had one.
    pub email: Option<EmailAddress>,
    pub phone: Option<Phone>,
}

impl Reading {
    /// Whom a name, an address or a number belongs to: who shares most of it
    /// first, up to five.
    pub async fn known_clients(
        &mut self,
        name: &Name,
        contact: &Contact,
    ) -> Result<Vec<KnownClient>, StoreError> {
        let ids: Vec<(i64,)> = sqlx::query_as(
            "SELECT client FROM (
                 SELECT id AS client, 3 AS weight FROM clients WHERE name_key = ?1
                 UNION SELECT id, 5 FROM clients WHERE email_key = ?2
                 UNION SELECT id, 6 FROM clients WHERE phone_key IN (?3, ?5)
                 UNION SELECT client, 1 FROM appointments WHERE email_key = ?2
                 UNION SELECT client, 2 FROM appointments WHERE phone IN (?4, ?5))
             GROUP BY client ORDER BY sum(weight) DESC, client DESC LIMIT 5",
        )
        .bind(identity::name_key(name.as_str()))
        .bind(contact.email.as_ref().map(EmailAddress::key))
        .bind(contact.phone.as_ref().map(|phone| identity::phone_key(phone.as_str())))
        .bind(contact.phone.as_ref().map(Phone::as_str))
        .bind(contact.phone.as_ref().and_then(|phone| identity::mistaken_phone_key(phone.as_str())))
        .fetch_all(&mut *self.0)
        .await?;
        let mut known = Vec::new();
        for (id,) in ids {
            known.extend(self.known_client(ClientId(id)).await?);
        }
        Ok(known)
    }

    pub async fn known_client(&mut self, id: ClientId) -> Result<Option<KnownClient>, StoreError> {
        let row: Option<(String, Option<String>, Option<String>)> = sqlx::query_as(
            "SELECT name,
                 coalesce(email, (SELECT a.email FROM appointments AS a
                                  WHERE a.client = ?1 AND a.email IS NOT NULL ORDER BY a.id DESC LIMIT 1)),
                 coalesce(phone, (SELECT a.phone FROM appointments AS a
                                  WHERE a.client = ?1 AND a.phone IS NOT NULL ORDER BY a.id DESC LIMIT 1))
             FROM clients WHERE id = ?1",
        )
        .bind(id.0)
        .fetch_optional(&mut *self.0)
        .await?;
        Ok(row.map(|(name, email, phone)| KnownClient {
            id,
            name: Name::stored(name),
            email: email.map(EmailAddress::stored),
            phone: phone.map(Phone::stored),
        }))
    }
}

impl Writing {
    /// The client with this name and this email address or telephone number;
    /// a new one if there is none. An existing row is left as it is.
    pub async fn client(
        &mut self,
        name: &Name,
        contact: &Contact,
        now: Instant,
    ) -> Result<ClientId, StoreError> {
        let known: Option<(i64,)> = sqlx::query_as(
            "SELECT id FROM clients WHERE name_key = ?1 AND email_key = ?2
             UNION SELECT id FROM clients WHERE name_key = ?1 AND phone_key IN (?3, ?4)
             ORDER BY id LIMIT 1",
        )
        .bind(identity::name_key(name.as_str()))
        .bind(contact.email.as_ref().map(EmailAddress::key))
        .bind(contact.phone.as_ref().map(|phone| identity::phone_key(phone.as_str())))
        .bind(contact.phone.as_ref().and_then(|phone| identity::mistaken_phone_key(phone.as_str())))
        .fetch_optional(&mut *self.0.0)
        .await?;
        if let Some((id,)) = known {
            return Ok(ClientId(id));
        }
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO clients (name, email, phone, name_key, email_key, phone_key, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(name.as_str())
        .bind(contact.email.as_ref().map(EmailAddress::as_str))
        .bind(contact.phone.as_ref().map(Phone::as_str))
        .bind(identity::name_key(name.as_str()))
        .bind(contact.email.as_ref().map(EmailAddress::key))
        .bind(contact.phone.as_ref().map(|phone| identity::phone_key(phone.as_str())))
        .bind(seconds(now))
        .fetch_one(&mut *self.0.0)
        .await?;
        Ok(ClientId(id))
    }

    /// Removes a client to whom no appointment belongs: a mistyped address
    /// that was corrected leaves nobody behind.
    pub async fn forget_client_without_appointments(&mut self, id: ClientId) -> Result<(), StoreError> {
        sqlx::query(
            "DELETE FROM clients WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM appointments WHERE client = ?1)",
        )
        .bind(id.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }
}
