//! The table `client_aliases`: which records are one person's.

use sqlx_macros::FromRow;

use super::{
    columns::{instant, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    client::person::{Alias, Taken},
    ids::ClientId,
};

#[derive(FromRow)]
struct Row {
    client: i64,
    person: i64,
    takes_name: bool,
    takes_goes_by: bool,
    takes_email: bool,
    takes_phone: bool,
    merged_at: i64,
}

impl TryFrom<Row> for Alias {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            client: ClientId(row.client),
            person: ClientId(row.person),
            taken: Taken {
                name: row.takes_name,
                goes_by: row.takes_goes_by,
                email: row.takes_email,
                phone: row.takes_phone,
            },
            merged_at: instant(row.merged_at)?,
        })
    }
}

fn all(rows: Vec<Row>) -> Result<Vec<Alias>, StoreError> {
    rows.into_iter().map(Alias::try_from).collect()
}

impl Reading {
    /// The ids of every record of the person whose record `id` is, as a JSON array.
    pub(super) async fn family(&mut self, id: ClientId) -> Result<String, StoreError> {
        let (ids,): (String,) = sqlx::query_as(
            "WITH RECURSIVE
                 above (id) AS (
                     VALUES (?1) UNION SELECT a.person FROM above JOIN client_aliases AS a ON a.client = above.id),
                 family (id) AS (
                     SELECT id FROM above WHERE NOT EXISTS (SELECT 1 FROM client_aliases WHERE client = above.id)
                     UNION SELECT a.client FROM family JOIN client_aliases AS a ON a.person = family.id)
             SELECT json_group_array(id) FROM family",
        )
        .bind(id.0)
        .fetch_one(&mut *self.0)
        .await?;
        Ok(ids)
    }

    /// The merges of these records into others.
    pub(super) async fn aliases_of(&mut self, family: &str) -> Result<Vec<Alias>, StoreError> {
        let rows =
            sqlx::query_as("SELECT * FROM client_aliases WHERE client IN (SELECT value FROM json_each(?))")
                .bind(family)
                .fetch_all(&mut *self.0)
                .await?;
        all(rows)
    }

    pub(super) async fn aliases(&mut self) -> Result<Vec<Alias>, StoreError> {
        all(sqlx::query_as("SELECT * FROM client_aliases").fetch_all(&mut *self.0).await?)
    }
}

impl Writing {
    /// Makes one record another name of a person.
    pub async fn insert_alias(&mut self, alias: &Alias) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO client_aliases
                 (client, person, takes_name, takes_goes_by, takes_email, takes_phone, merged_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(alias.client.0)
        .bind(alias.person.0)
        .bind(alias.taken.name)
        .bind(alias.taken.goes_by)
        .bind(alias.taken.email)
        .bind(alias.taken.phone)
        .bind(seconds(alias.merged_at))
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Takes a merge back. Returns false where there was none.
    pub async fn delete_alias(&mut self, client: ClientId) -> Result<bool, StoreError> {
        let done = sqlx::query("DELETE FROM client_aliases WHERE client = ?")
            .bind(client.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(done.rows_affected() > 0)
    }
}
