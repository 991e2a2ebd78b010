//! The therapist's private note about a client.

use super::{Error, begin};
use crate::{
    app::Current,
    domain::{client::Note, history::What, ids::ClientId},
};

/// Keeps what the therapist notes; nothing takes the note away. One that can't be read is
/// shown to nobody, so nothing in its place leaves it as it is.
pub async fn write(
    current: &Current,
    id: ClientId,
    seen: Option<u32>,
    note: Option<Note>,
) -> Result<ClientId, Error> {
    let (mut op, person) = begin(current, id, seen).await?;
    let mut record = person.records()[0].clone();
    let is_left = note.is_none() && record.note.as_ref().is_some_and(|note| !note.is_readable());
    if record.note != note && !is_left {
        record.note = note;
        op.tx.update_client(&record).await?;
        op.changed(person.id(), What::NoteChanged).await?;
    }
    op.commit().await?;
    Ok(person.id())
}
