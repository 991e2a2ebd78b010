//! The table `waitlist_entries`: who waits for a time, and for which.

use sqlx_macros::FromRow;

use super::{
    columns::{date, instant, optional_instant, seconds, written_date},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    appointment::Appointment,
    client::{Contact, EmailAddress, Name, Person, Phone, identity::name_key, mailbox::mailbox},
    ids::{AppointmentId, OfficeSlug, ServiceSlug, WaitlistEntryId},
    time::Instant,
    waitlist::{
        entry::{End, Entry, State},
        wishes::{self, Part, WEEK, Wishes},
    },
};

#[derive(FromRow)]
struct Row {
    id: i64,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    services: String,
    offices: String,
    weekdays: String,
    parts: String,
    from_date: Option<String>,
    to_date: Option<String>,
    notice_hours: u32,
    instead: Option<i64>,
    joined_at: i64,
    until: i64,
    waiting_since: Option<i64>,
    ended_at: Option<i64>,
    ended_as: Option<String>,
}

/// Reads words with spaces between them.
fn words<T>(text: &str, parse: impl Fn(&str) -> Option<T>, what: &'static str) -> Result<Vec<T>, StoreError> {
    text.split_whitespace().map(|word| parse(word).ok_or(StoreError::Unreadable(what))).collect()
}

impl TryFrom<Row> for Entry {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let ended = optional_instant(row.ended_at)?.zip(row.ended_as);
        let state = match (ended, optional_instant(row.waiting_since)?) {
            (Some((at, how)), _) => {
                State::Ended { at, how: End::parse(&how).ok_or(StoreError::Unreadable("end"))? }
            }
            (None, Some(since)) => State::Waiting { since },
            (None, None) => State::Unproven,
        };
        Ok(Self {
            id: WaitlistEntryId(row.id),
            name: Name::stored(row.name),
            contact: Contact {
                email: row.email.map(EmailAddress::stored),
                phone: row.phone.map(Phone::stored),
            },
            wishes: Wishes {
                services: words(&row.services, ServiceSlug::parse, "service")?,
                offices: words(&row.offices, OfficeSlug::parse, "office")?,
                weekdays: words(&row.weekdays, wishes::parse_weekday, "weekday")?.into_iter().collect(),
                parts: words(&row.parts, Part::parse, "part of the day")?,
                from: row.from_date.as_deref().map(date).transpose()?,
                to: row.to_date.as_deref().map(date).transpose()?,
                notice_hours: row.notice_hours,
            },
            instead: row.instead.map(AppointmentId),
            joined_at: instant(row.joined_at)?,
            until: instant(row.until)?,
            state,
        })
    }
}

impl Reading {
    pub async fn waitlist_entry(&mut self, id: WaitlistEntryId) -> Result<Option<Entry>, StoreError> {
        let row: Option<Row> = sqlx::query_as("SELECT * FROM waitlist_entries WHERE id = ?")
            .bind(id.0)
            .fetch_optional(&mut *self.0)
            .await?;
        row.map(Entry::try_from).transpose()
    }

    /// The one that the very same form has made.
    pub async fn waitlist_entry_of_form(&mut self, form: &[u8]) -> Result<Option<Entry>, StoreError> {
        let row: Option<Row> = sqlx::query_as("SELECT * FROM waitlist_entries WHERE form_hash = ?")
            .bind(form)
            .fetch_optional(&mut *self.0)
            .await?;
        row.map(Entry::try_from).transpose()
    }

    /// Everybody who waits, or has still to show who they are, in order of joining.
    pub async fn waitlist(&mut self) -> Result<Vec<Entry>, StoreError> {
        let rows: Vec<Row> =
            sqlx::query_as("SELECT * FROM waitlist_entries WHERE ended_at IS NULL ORDER BY id")
                .fetch_all(&mut *self.0)
                .await?;
        rows.into_iter().map(Entry::try_from).collect()
    }

    /// The entries of somebody with this name and this email address or telephone number,
    /// whatever became of them. Whoever shares the number alone is somebody else.
    pub async fn waitlist_entries_of(
        &mut self,
        name: &Name,
        Contact { email, phone }: &Contact,
    ) -> Result<Vec<Entry>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT * FROM waitlist_entries
             WHERE joined_at > 0 AND (email = ? COLLATE NOCASE OR phone = ?) ORDER BY joined_at, id",
        )
        .bind(email.as_ref().map(EmailAddress::as_str))
        .bind(phone.as_ref().map(Phone::as_str))
        .fetch_all(&mut *self.0)
        .await?;
        let mut entries: Vec<Entry> = rows.into_iter().map(Entry::try_from).collect::<Result<_, _>>()?;
        entries.retain(|entry| name_key(entry.name.as_str()) == name_key(name.as_str()));
        Ok(entries)
    }

    /// The entries that somebody has joined by their name with an address or a number of theirs,
    /// the ones of then included. `appointments` are theirs.
    pub async fn waitlist_entries_of_person(
        &mut self,
        person: &Person,
        appointments: &[Appointment],
    ) -> Result<Vec<Entry>, StoreError> {
        let mut entries: Vec<Entry> = Vec::new();
        let now = person.records().iter().map(|record| (&record.name, &record.contact));
        for (name, contact) in now.chain(appointments.iter().map(|a| (&a.name, &a.contact))) {
            entries.extend(self.waitlist_entries_of(name, contact).await?);
        }
        entries.sort_by_key(|entry| entry.id);
        entries.dedup_by_key(|entry| entry.id);
        Ok(entries)
    }

    /// How many entries an email address or a telephone number has that are not over,
    /// whichever has more. All addresses of one mailbox count as one, and those who haven't shown
    /// who they are only since an instant: nobody fills somebody else's places for longer.
    pub async fn open_waitlist_entries(
        &mut self,
        contact: &Contact,
        since: Instant,
    ) -> Result<u32, StoreError> {
        let own = contact.email.as_ref().map(mailbox);
        let (mut by_email, mut by_phone) = (0, 0);
        let all = self.waitlist().await?;
        let counts = |entry: &&Entry| entry.waiting_since().is_some() || entry.joined_at > since;
        for Entry { contact: other, .. } in all.iter().filter(counts) {
            by_email += u32::from(own.is_some() && other.email.as_ref().map(mailbox) == own);
            by_phone += u32::from(contact.phone.is_some() && other.phone == contact.phone);
        }
        Ok(by_email.max(by_phone))
    }

    /// How many were made since an instant and wait for their proof.
    pub async fn unproven_waitlist_entries_since(&mut self, since: Instant) -> Result<u32, StoreError> {
        let (count,): (u32,) = sqlx::query_as(
            "SELECT count(*) FROM waitlist_entries WHERE joined_at > ? AND waiting_since IS NULL",
        )
        .bind(seconds(since))
        .fetch_one(&mut *self.0)
        .await?;
        Ok(count)
    }
}

impl Writing {
    /// Writes one. `form` tells the very same form from another.
    pub async fn insert_waitlist_entry(
        &mut self,
        entry: &Entry,
        form: &[u8],
    ) -> Result<WaitlistEntryId, StoreError> {
        let Wishes { services, offices, weekdays, parts, from, to, notice_hours } = &entry.wishes;
        let services: Vec<&str> = services.iter().map(ServiceSlug::as_str).collect();
        let offices: Vec<&str> = offices.iter().map(OfficeSlug::as_str).collect();
        let weekdays = WEEK.into_iter().filter(|day| weekdays.contains(*day)).map(wishes::weekday_as_str);
        let parts: Vec<&str> = parts.iter().map(|part| part.as_str()).collect();
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO waitlist_entries (name, email, phone, services, offices, weekdays, parts, from_date,
                 to_date, notice_hours, instead, joined_at, until, waiting_since, form_hash)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(entry.name.as_str())
        .bind(entry.contact.email.as_ref().map(EmailAddress::as_str))
        .bind(entry.contact.phone.as_ref().map(Phone::as_str))
        .bind(services.join(" "))
        .bind(offices.join(" "))
        .bind(weekdays.collect::<Vec<_>>().join(" "))
        .bind(parts.join(" "))
        .bind(from.map(written_date))
        .bind(to.map(written_date))
        .bind(notice_hours)
        .bind(entry.instead.map(|id| id.0))
        .bind(seconds(entry.joined_at))
        .bind(seconds(entry.until))
        .bind(entry.waiting_since().map(seconds))
        .bind(form)
        .fetch_one(&mut *self.0.0)
        .await?;
        Ok(WaitlistEntryId(id))
    }

    /// Offers go to another name and contact from now on. A link that went to another email
    /// address opens nothing any more.
    pub async fn update_waitlist_contact(
        &mut self,
        entry: &Entry,
        name: &Name,
        contact: &Contact,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE waitlist_entries SET name = ?, email = ?, phone = ? WHERE id = ?")
            .bind(name.as_str())
            .bind(contact.email.as_ref().map(EmailAddress::as_str))
            .bind(contact.phone.as_ref().map(Phone::as_str))
            .bind(entry.id.0)
            .execute(&mut *self.0.0)
            .await?;
        if entry.contact.email != contact.email {
            sqlx::query("DELETE FROM waitlist_links WHERE entry = ?")
                .bind(entry.id.0)
                .execute(&mut *self.0.0)
                .await?;
        }
        Ok(())
    }

    /// An entry counts from now on, until that instant.
    pub async fn waitlist_entry_counts(
        &mut self,
        id: WaitlistEntryId,
        until: Instant,
        now: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE waitlist_entries SET waiting_since = ?, until = ? WHERE id = ? AND waiting_since IS NULL",
        )
        .bind(seconds(now))
        .bind(seconds(until))
        .bind(id.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    pub async fn end_waitlist_entry(
        &mut self,
        id: WaitlistEntryId,
        how: End,
        now: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE waitlist_entries SET ended_at = ?, ended_as = ? WHERE id = ? AND ended_at IS NULL",
        )
        .bind(seconds(now))
        .bind(how.as_str())
        .bind(id.0)
        .execute(&mut *self.0.0)
        .await?;
        // Whoever has not shown who they are need not any more.
        self.take_back_waitlist_emails(&format!("{}/{id}/", Entry::JOINED), now).await
    }
}
