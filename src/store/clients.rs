//! The table `clients`.

use chrono::TimeDelta;
use sqlx_macros::FromRow;

use super::{
    columns::{instant, optional_instant, seconds},
    file::{Reading, StoreError, Writing},
    sealed::CLIENT_NOTE,
};
use crate::{
    domain::{
        client::{Contact, EmailAddress, Name, Person, Phone, identity, person::Record},
        ids::ClientId,
        time::Instant,
    },
    sealing::Keys,
};

/// How many people a booking is asked about.
const KNOWN_AT_MOST: usize = 5;

/// A row of the table.
#[derive(FromRow)]
struct Row {
    id: i64,
    name: String,
    goes_by: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    note: Option<Vec<u8>>,
    revision: i64,
    erased_at: Option<i64>,
}

impl Row {
    fn record(self, keys: &Keys) -> Result<Record, StoreError> {
        Ok(Record {
            id: ClientId(self.id),
            name: Name::stored(self.name),
            goes_by: self.goes_by.map(Name::stored),
            contact: Contact {
                email: self.email.map(EmailAddress::stored),
                phone: self.phone.map(Phone::stored),
            },
            note: CLIENT_NOTE.note(keys, &self.id.to_string(), self.note),
            revision: u32::try_from(self.revision).map_err(|_| StoreError::Unreadable("revision"))?,
            erased_at: optional_instant(self.erased_at)?,
        })
    }
}

impl Reading {
    /// The person whose record an id is, with every other record of theirs; `None`
    /// for somebody who was erased, too.
    pub async fn person(&mut self, id: ClientId) -> Result<Option<Person>, StoreError> {
        let family = self.family(id).await?;
        let rows: Vec<Row> =
            sqlx::query_as("SELECT * FROM clients WHERE id IN (SELECT value FROM json_each(?))")
                .bind(&family)
                .fetch_all(&mut *self.0)
                .await?;
        let records: Vec<Record> =
            rows.into_iter().map(|row| row.record(&self.1)).collect::<Result<_, _>>()?;
        let person = Person::of(id, &records, &self.aliases_of(&family).await?);
        Ok(person.filter(|person| !person.is_erased()))
    }

    /// One record, whoever it belongs to.
    pub async fn record(&mut self, id: ClientId) -> Result<Option<Record>, StoreError> {
        let row: Option<Row> = sqlx::query_as("SELECT * FROM clients WHERE id = ?")
            .bind(id.0)
            .fetch_optional(&mut *self.0)
            .await?;
        row.map(|row| row.record(&self.1)).transpose()
    }

    /// When each of some records was made.
    pub async fn records_made_at(
        &mut self,
        ids: impl IntoIterator<Item = ClientId>,
    ) -> Result<Vec<(ClientId, Instant)>, StoreError> {
        let mut made = Vec::new();
        for id in ids {
            let row: Option<(i64,)> = sqlx::query_as("SELECT created_at FROM clients WHERE id = ?")
                .bind(id.0)
                .fetch_optional(&mut *self.0)
                .await?;
            if let Some((at,)) = row {
                made.push((id, instant(at)?));
            }
        }
        Ok(made)
    }

    /// Everybody who was not erased, each once.
    pub async fn people(&mut self) -> Result<Vec<Person>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as("SELECT * FROM clients WHERE erased_at IS NULL ORDER BY id")
            .fetch_all(&mut *self.0)
            .await?;
        let records = rows.into_iter().map(|row| row.record(&self.1)).collect::<Result<_, _>>()?;
        Ok(Person::all(records, &self.aliases().await?))
    }

    /// Whose visits begin nearest to an instant, within a span of it: the nearest first.
    pub async fn clients_around(
        &mut self,
        at: Instant,
        span: TimeDelta,
    ) -> Result<Vec<ClientId>, StoreError> {
        let ids: Vec<(i64,)> = sqlx::query_as(
            "SELECT client FROM appointments WHERE starts_at BETWEEN ?2 AND ?3
             GROUP BY client ORDER BY min(abs(starts_at - ?1)) LIMIT 50",
        )
        .bind(seconds(at))
        .bind(seconds(at - span))
        .bind(seconds(at + span))
        .fetch_all(&mut *self.0)
        .await?;
        Ok(ids.into_iter().map(|(id,)| ClientId(id)).collect())
    }

    /// Whom a name, an address or a number belongs to: who shares most of it
    /// first, up to five people.
    pub async fn known_people(&mut self, name: &Name, contact: &Contact) -> Result<Vec<Person>, StoreError> {
        let ids: Vec<(i64,)> = sqlx::query_as(
            "SELECT client FROM (
                 SELECT id AS client, 3 AS weight FROM clients WHERE name_key = ?1
                 UNION SELECT id, 5 FROM clients WHERE email_key = ?2
                 UNION SELECT id, 6 FROM clients WHERE phone_key IN (?3, ?5)
                 UNION SELECT client, 1 FROM appointments WHERE email_key = ?2
                 UNION SELECT client, 2 FROM appointments WHERE phone IN (?4, ?5))
             GROUP BY client ORDER BY sum(weight) DESC, client DESC LIMIT 10",
        )
        .bind(identity::name_key(name.as_str()))
        .bind(contact.email.as_ref().map(EmailAddress::key))
        .bind(contact.phone.as_ref().map(|phone| identity::phone_key(phone.as_str())))
        .bind(contact.phone.as_ref().map(Phone::as_str))
        .bind(contact.phone.as_ref().and_then(|phone| identity::mistaken_phone_key(phone.as_str())))
        .fetch_all(&mut *self.0)
        .await?;
        let mut known: Vec<Person> = Vec::new();
        for (id,) in ids {
            let person = self.person(ClientId(id)).await?;
            known.extend(person.filter(|person| known.iter().all(|other| other.id() != person.id())));
        }
        known.truncate(KNOWN_AT_MOST);
        Ok(known)
    }

    /// Where a person is reached: by what is on file, or else as with their latest
    /// visit that told.
    pub async fn reach(&mut self, person: &Person) -> Result<Contact, StoreError> {
        let Contact { mut email, mut phone } = person.contact();
        if email.is_some() && phone.is_some() {
            return Ok(Contact { email, phone });
        }
        let latest: (Option<String>, Option<String>) = sqlx::query_as(
            "SELECT
                 (SELECT email FROM appointments WHERE client IN (SELECT value FROM json_each(?1))
                      AND email IS NOT NULL ORDER BY id DESC LIMIT 1),
                 (SELECT phone FROM appointments WHERE client IN (SELECT value FROM json_each(?1))
                      AND phone IS NOT NULL ORDER BY id DESC LIMIT 1)",
        )
        .bind(self.family(person.id()).await?)
        .fetch_one(&mut *self.0)
        .await?;
        email = email.or(latest.0.map(EmailAddress::stored));
        phone = phone.or(latest.1.map(Phone::stored));
        Ok(Contact { email, phone })
    }

    /// The client with this name and this email address or telephone number.
    pub async fn known_client(
        &mut self,
        name: &Name,
        contact: &Contact,
    ) -> Result<Option<ClientId>, StoreError> {
        let known: Option<(i64,)> = sqlx::query_as(
            "SELECT id FROM clients WHERE name_key = ?1 AND email_key = ?2
             UNION SELECT id FROM clients WHERE name_key = ?1 AND phone_key IN (?3, ?4)
             ORDER BY id LIMIT 1",
        )
        .bind(identity::name_key(name.as_str()))
        .bind(contact.email.as_ref().map(EmailAddress::key))
        .bind(contact.phone.as_ref().map(|phone| identity::phone_key(phone.as_str())))
        .bind(contact.phone.as_ref().and_then(|phone| identity::mistaken_phone_key(phone.as_str())))
        .fetch_optional(&mut *self.0)
        .await?;
        Ok(known.map(|(id,)| ClientId(id)))
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
        if let Some(known) = self.known_client(name, contact).await? {
            return Ok(known);
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
        self.3.clients.push(ClientId(id));
        Ok(ClientId(id))
    }

    /// Removes a client to whom no appointment belongs: a mistyped address
    /// that was corrected leaves nobody behind. Whoever is blocked stays on file.
    pub async fn forget_client_without_appointments(&mut self, id: ClientId) -> Result<(), StoreError> {
        sqlx::query(
            "DELETE FROM clients WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM appointments WHERE client = ?1)
                 AND NOT EXISTS (SELECT 1 FROM blocked_requests WHERE client = ?1)
                 AND NOT EXISTS (SELECT 1 FROM blocked_clients WHERE client = ?1)",
        )
        .bind(id.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Notes that the therapist has changed something about the person of this record.
    pub async fn raise_client_revision(&mut self, id: ClientId) -> Result<(), StoreError> {
        sqlx::query("UPDATE clients SET revision = revision + 1 WHERE id = ?")
            .bind(id.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Writes what the therapist has made of a record.
    pub async fn update_client(&mut self, record: &Record) -> Result<(), StoreError> {
        let Contact { email, phone } = &record.contact;
        let note = CLIENT_NOTE.of_note(&self.0.1, &record.id.0.to_string(), record.note.as_ref())?;
        sqlx::query(
            "UPDATE clients
             SET name = ?, name_key = ?, goes_by = ?, email = ?, email_key = ?, phone = ?, phone_key = ?,
                 note = ?, revision = ?, erased_at = ?
             WHERE id = ?",
        )
        .bind(record.name.as_str())
        .bind(identity::name_key(record.name.as_str()))
        .bind(record.goes_by.as_ref().map(Name::as_str))
        .bind(email.as_ref().map(EmailAddress::as_str))
        .bind(email.as_ref().map(EmailAddress::key))
        .bind(phone.as_ref().map(Phone::as_str))
        .bind(phone.as_ref().map(|phone| identity::phone_key(phone.as_str())))
        .bind(note)
        .bind(i64::from(record.revision))
        .bind(record.erased_at.map(seconds))
        .bind(record.id.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }
}
