//! An entry counts from now on: its owner has pressed the button on the page that the email
//! leads to, or the therapist has spoken with them.

use crate::{
    app::Current,
    booking::expire,
    domain::{
        appointment::refusal::Refusal,
        ids::{Token, WaitlistEntryId},
        waitlist::entry::State,
    },
    operation::{Error, Operation},
    store::GivenIn,
};

/// Whoever opened the page from the email presses the button. Twice is once.
pub async fn confirm(current: &Current, link: &Token) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    let found = op.tx.waitlist_link(link).await?.ok_or(Error::Missing)?;
    if found.given_in != GivenIn::Email {
        return Err(Refusal::NoProof.into());
    }
    if found.entry.is_ended() {
        return Err(Refusal::WaitlistEntryIsOver.into());
    }
    let until = found.entry.until_from(op.app.practice().zone, op.now);
    op.tx.waitlist_entry_counts(found.entry.id, until, op.now).await?;
    op.commit().await
}

/// The therapist has spoken with somebody who left a phone number alone. [`Error::Missing`]
/// when they do not wait for that (any more).
pub async fn for_client(current: &Current, id: WaitlistEntryId) -> Result<(), Error> {
    let mut op: Operation = expire::begin(current).await?;
    let entry = op.tx.waitlist_entry(id).await?.ok_or(Error::Missing)?;
    if entry.state != State::Unproven {
        return Err(Error::Missing);
    }
    let until = entry.until_from(op.app.practice().zone, op.now);
    op.tx.waitlist_entry_counts(id, until, op.now).await?;
    op.commit().await
}
