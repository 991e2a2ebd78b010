//! The table `unproven_requests`: what was asked for beyond the ceiling on unproven
//! holds. It holds no time, and becomes an appointment when its client proves that
//! they read the email.

use sqlx_macros::FromRow;

use super::{
    columns::{hash, instant, seconds},
    file::{Reading, StoreError, Writing},
    links::GivenIn,
    sealed::NOTE,
    sent_forms::SentForm,
};
use crate::{
    domain::{
        appointment::{
            Second,
            unproven::{COUNTS, UnprovenRequest},
        },
        client::{Contact, EmailAddress, Name, Phone},
        ids::{OfficeSlug, ServiceSlug, Token, UnprovenRequestId},
        time::Instant,
    },
    sealing::Keys,
};

#[derive(FromRow)]
struct Row {
    id: i64,
    office: String,
    service: String,
    starts_at: i64,
    second_starts_at: Option<i64>,
    second_guest: Option<String>,
    name: String,
    guest: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    note: Option<Vec<u8>>,
    terms: String,
    requested_at: i64,
    ended_at: Option<i64>,
    uid: String,
}

impl Row {
    fn request(self, keys: &Keys) -> Result<UnprovenRequest, StoreError> {
        Ok(UnprovenRequest {
            id: UnprovenRequestId(self.id),
            name: Name::stored(self.name),
            guest: self.guest.map(Name::stored),
            contact: Contact {
                email: self.email.map(EmailAddress::stored),
                phone: self.phone.map(Phone::stored),
            },
            note: NOTE.note(keys, &self.uid, self.note),
            office: OfficeSlug::parse(&self.office).ok_or(StoreError::Unreadable("office"))?,
            service: ServiceSlug::parse(&self.service).ok_or(StoreError::Unreadable("service"))?,
            start: instant(self.starts_at)?,
            second: match self.second_starts_at {
                Some(start) => {
                    Some(Second { start: instant(start)?, guest: self.second_guest.map(Name::stored) })
                }
                None => None,
            },
            terms: self.terms,
            requested_at: instant(self.requested_at)?,
            is_ended: self.ended_at.is_some(),
            uid: self.uid,
        })
    }
}

/// How many wait for their client's proof, and how many of them for a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct UnprovenCount {
    pub by_email: u32,
    pub by_phone: u32,
}

impl Reading {
    pub async fn unproven_request(
        &mut self,
        id: UnprovenRequestId,
    ) -> Result<Option<UnprovenRequest>, StoreError> {
        let row: Option<Row> = sqlx::query_as("SELECT * FROM unproven_requests WHERE id = ?")
            .bind(id.0)
            .fetch_optional(&mut *self.0)
            .await?;
        row.map(|row| row.request(&self.1)).transpose()
    }

    /// The one that a link shows, and whether the link is the email's.
    pub async fn unproven_request_by_link(
        &mut self,
        link: &Token,
    ) -> Result<Option<(UnprovenRequest, GivenIn)>, StoreError> {
        let row: Option<(i64, bool)> = sqlx::query_as(
            "SELECT id, 0 FROM unproven_requests WHERE page_hash = ?1
             UNION ALL SELECT id, 1 FROM unproven_requests WHERE email_hash = ?1",
        )
        .bind(hash(link))
        .fetch_optional(&mut *self.0)
        .await?;
        let Some((id, is_of_email)) = row else { return Ok(None) };
        let given_in = if is_of_email { GivenIn::Email } else { GivenIn::Request };
        let request = self.unproven_request(UnprovenRequestId(id)).await?;
        Ok(request.map(|request| (request, given_in)))
    }

    /// The ones that forms with this key have made, with what each has sent.
    pub async fn unproven_requests_of_form(
        &mut self,
        key_hash: &[u8],
    ) -> Result<Vec<(SentForm, String)>, StoreError> {
        #[derive(FromRow)]
        struct Sent {
            #[sqlx(flatten)]
            sent: SentForm,
            uid: String,
        }
        let rows: Vec<Sent> = sqlx::query_as(
            "SELECT asked, key_hash, typed_email AS email_hash, typed_phone AS phone_hash, uid
             FROM unproven_requests WHERE key_hash = ? ORDER BY id DESC",
        )
        .bind(key_hash)
        .fetch_all(&mut *self.0)
        .await?;
        Ok(rows.into_iter().map(|row| (row.sent, row.uid)).collect())
    }

    /// How many wait, of those that still count.
    pub async fn unproven_count(&mut self, now: Instant) -> Result<UnprovenCount, StoreError> {
        Ok(sqlx::query_as(
            "SELECT count(*) FILTER (WHERE email IS NOT NULL) AS by_email,
                    count(*) FILTER (WHERE email IS NULL) AS by_phone
             FROM unproven_requests
             WHERE requested_at > ? AND ended_at IS NULL AND starts_at > ?",
        )
        .bind(seconds(now - COUNTS))
        .bind(seconds(now))
        .fetch_one(&mut *self.0)
        .await?)
    }

    /// How many were made since an instant.
    pub async fn unproven_requests_since(&mut self, since: Instant) -> Result<u32, StoreError> {
        let (count,): (u32,) =
            sqlx::query_as("SELECT count(*) FROM unproven_requests WHERE requested_at > ?")
                .bind(seconds(since))
                .fetch_one(&mut *self.0)
                .await?;
        Ok(count)
    }

    /// Those who have left a phone number alone, the nearest time first, up to so many.
    pub async fn unproven_requests_to_call(
        &mut self,
        now: Instant,
        at_most: u32,
    ) -> Result<Vec<UnprovenRequest>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT * FROM unproven_requests
             WHERE email IS NULL AND ended_at IS NULL AND starts_at > ? ORDER BY starts_at, id LIMIT ?",
        )
        .bind(seconds(now))
        .bind(at_most)
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(|row| row.request(&self.1)).collect()
    }
}

impl Writing {
    /// Writes one. `page` is the link that is given right after the form.
    pub async fn insert_unproven_request(
        &mut self,
        request: &UnprovenRequest,
        form: &SentForm,
        page: &Token,
    ) -> Result<UnprovenRequestId, StoreError> {
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO unproven_requests (
                 office, service, starts_at, second_starts_at, second_guest, name, guest, email, phone, note, terms,
                 requested_at, uid, page_hash, asked, key_hash, typed_email, typed_phone)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(request.office.as_str())
        .bind(request.service.as_str())
        .bind(seconds(request.start))
        .bind(request.second.as_ref().map(|second| seconds(second.start)))
        .bind(request.second.as_ref().and_then(|second| second.guest.as_ref()).map(Name::as_str))
        .bind(request.name.as_str())
        .bind(request.guest.as_ref().map(Name::as_str))
        .bind(request.contact.email.as_ref().map(EmailAddress::as_str))
        .bind(request.contact.phone.as_ref().map(Phone::as_str))
        .bind(NOTE.of_note(&self.0.1, &request.uid, request.note.as_ref())?)
        .bind(&request.terms)
        .bind(seconds(request.requested_at))
        .bind(&request.uid)
        .bind(hash(page))
        .bind(&form.asked)
        .bind(&form.key_hash)
        .bind(&form.email_hash)
        .bind(&form.phone_hash)
        .fetch_one(&mut *self.0.0)
        .await?;
        Ok(UnprovenRequestId(id))
    }

    /// Takes one off the therapist's list. False when it is not on it.
    pub async fn end_unproven_request(
        &mut self,
        id: UnprovenRequestId,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let ended =
            sqlx::query("UPDATE unproven_requests SET ended_at = ? WHERE id = ? AND ended_at IS NULL")
                .bind(seconds(now))
                .bind(id.0)
                .execute(&mut *self.0.0)
                .await?;
        Ok(ended.rows_affected() == 1)
    }

    /// Removes those of an email address or a telephone number, with the emails about them.
    pub async fn forget_unproven_requests(
        &mut self,
        email: Option<&EmailAddress>,
        phone: Option<&Phone>,
    ) -> Result<(), StoreError> {
        let ids: Vec<(i64,)> = sqlx::query_as(
            "SELECT id FROM unproven_requests
             WHERE requested_at > 0 AND (email = ? COLLATE NOCASE OR phone = ?)",
        )
        .bind(email.map(EmailAddress::as_str))
        .bind(phone.map(Phone::as_str))
        .fetch_all(&mut *self.0.0)
        .await?;
        for (id,) in ids {
            for statement in [
                "DELETE FROM emails WHERE key = (SELECT emailed FROM unproven_requests WHERE id = ?)",
                "DELETE FROM unproven_requests WHERE id = ?",
            ] {
                sqlx::query(statement).bind(id).execute(&mut *self.0.0).await?;
            }
        }
        Ok(())
    }

    /// Removes those of before an instant.
    pub async fn prune_unproven_requests(&mut self, before: Instant) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM unproven_requests WHERE requested_at <= ?")
            .bind(seconds(before))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
