//! Two records are one person's, because the therapist says so; and that they
//! are not, after all. Nothing is moved from one record to the other.

use super::{Error, begin, found};
use crate::{
    app::Current,
    domain::{
        client::person::{Alias, Taken},
        history::What,
        ids::ClientId,
    },
    operation,
};

/// Makes `other` an alias of the person `id`, who keeps everything that is not
/// `taken` from the alias. Both have to be as the page showed them.
pub async fn merge(
    current: &Current,
    (id, seen): (ClientId, Option<u32>),
    (other, other_seen): (ClientId, Option<u32>),
    taken: Taken,
) -> Result<ClientId, Error> {
    let (mut op, person) = begin(current, id, seen).await?;
    let other = found(&mut op, other).await?;
    if other.id() == person.id() {
        return Err(Error::SamePerson);
    }
    if other_seen.is_some_and(|seen| seen != other.revision()) {
        return Err(Error::Changed);
    }
    // Two merges within a second keep their order.
    let latest = person.aliases().first().map(|(_, alias)| alias.merged_at);
    let merged_at = latest.map_or(op.now, |latest| op.now.max(latest + chrono::TimeDelta::seconds(1)));
    let alias = Alias { client: other.id(), person: person.id(), taken, merged_at };
    op.tx.insert_alias(&alias).await?;
    op.changed(person.id(), What::Merged).await?;
    op.tx.raise_client_revision(other.id()).await?;
    op.commit().await?;
    Ok(person.id())
}

/// Makes an alias of the person `id` somebody of their own again, with everything
/// that was theirs. Returns who that is.
pub async fn unmerge(
    current: &Current,
    id: ClientId,
    seen: Option<u32>,
    alias: ClientId,
) -> Result<ClientId, Error> {
    let (mut op, person) = begin(current, id, seen).await?;
    if !person.ids().skip(1).any(|own| own == alias) || !op.tx.delete_alias(alias).await? {
        return Err(operation::Error::Missing.into());
    }
    op.changed(person.id(), What::Unmerged).await?;
    op.tx.raise_client_revision(alias).await?;
    op.commit().await?;
    Ok(alias)
}
