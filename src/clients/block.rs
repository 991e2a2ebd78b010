//! Blocking somebody: what they ask for from now on holds no time, and is declined
//! by itself some hours later. What is booked stays.

use super::{Error, begin};
use crate::{
    app::Current,
    domain::{history::What, ids::ClientId},
};

/// Blocks a person, by all of their records. Whoever shares only a phone or an
/// email address with them is not blocked.
pub async fn block(current: &Current, id: ClientId, seen: Option<u32>) -> Result<ClientId, Error> {
    let (mut op, person) = begin(current, id, seen).await?;
    op.tx.block_client(person.id(), op.now).await?;
    op.changed(person.id(), What::Blocked).await?;
    op.commit().await?;
    Ok(person.id())
}

/// Lets a person ask again. What they have asked for meanwhile is declined as before.
pub async fn unblock(current: &Current, id: ClientId, seen: Option<u32>) -> Result<ClientId, Error> {
    let (mut op, person) = begin(current, id, seen).await?;
    op.tx.unblock_client(person.id()).await?;
    op.changed(person.id(), What::Unblocked).await?;
    op.commit().await?;
    Ok(person.id())
}
