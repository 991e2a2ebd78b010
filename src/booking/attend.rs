//! The client says that they'll be there.

use super::{expire, undo::OfClient};
use crate::{
    app::Current,
    domain::{
        appointment::Appointment,
        history::{Entry, What, Who},
        ids::Token,
    },
    operation::Error,
};

/// Notes it, once; nobody is written to. `seen` is the revision that their page
/// showed, where it said one.
pub async fn attend(current: &Current, link: &Token, seen: Option<u32>) -> Result<Appointment, Error> {
    let mut op = expire::begin(current).await?;

    // What the therapist has just done they are to see first.
    let OfClient { appointment, seen } = op.for_client(link, seen, |_| false).await?;
    let mut op = op.about_what_was_seen(&appointment, seen).await?;
    appointment.may_be_attended(op.now)?;

    let said = op.tx.attendance(appointment.id).await?;
    if said.is_none_or(|said| !said.holds(&appointment)) {
        op.tx.note_attendance(appointment.id, appointment.span.start, op.now).await?;
        let entry = Entry::of(Who::Client, What::WillAttend, &appointment, op.now);
        op.tx.note_happened(&entry).await?;
    }
    op.commit().await?;
    Ok(appointment)
}
