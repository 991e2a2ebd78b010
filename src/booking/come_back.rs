//! An email to a client has come back to the therapist's own mailbox: the client
//! is called instead, until their address is corrected or works again.

use super::expire;
use crate::{
    app::Current,
    domain::{
        appointment::{Appointment, Side, call::Topic},
        client::EmailAddress,
        history::{Entry, What, Who},
        ids::EmailId,
    },
    operation::{Error, Operation},
    store::Outcome,
};

/// Notes that an email came back: it did not arrive, and neither would the next
/// ones. Its client is to be called, unless the visit is over. [`Error::Missing`]
/// when it has not gone out, or this is noted already.
pub async fn came_back(current: &Current, id: EmailId) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    let (stored, outcome) = op.tx.stored_email(id).await?.ok_or(Error::Missing)?;
    let is_to_a_client = stored.email.side == Side::Client && outcome == Outcome::Sent;
    if !is_to_a_client || !op.tx.email_came_back(id, op.now).await? {
        return Err(Error::Missing);
    }
    op.tx.address_returns(&EmailAddress::stored(stored.email.recipient), op.now).await?;
    if let Some(of) = stored.email.appointment
        && let Some(a) = op.tx.appointment(of).await?
        && op.now < a.span.end
    {
        op.tx.insert_call_unless_open(of, Topic::EmailFailed, op.now).await?;
        op.tx.note_happened(&Entry::of(Who::Therapist, What::CameBack, &a, op.now)).await?;
    }
    op.commit().await
}

/// The address of an email works again, as far as the therapist knows.
/// [`Error::Missing`] when nobody has said otherwise.
pub async fn works_again(current: &Current, id: EmailId) -> Result<(), Error> {
    let mut op = Operation::begin(current).await?;
    let (stored, _) = op.tx.stored_email(id).await?.ok_or(Error::Missing)?;
    if !op.tx.address_works(&EmailAddress::stored(stored.email.recipient)).await? {
        return Err(Error::Missing);
    }
    op.commit().await
}

impl Operation {
    /// Where a client is written to. Nowhere, where an email came back from their
    /// address and they can be called instead.
    pub(crate) async fn writes_to(&mut self, a: &Appointment) -> Result<Option<EmailAddress>, Error> {
        let hears = self.tx.hears(&a.contact).await?;
        Ok(a.contact.email.clone().filter(|_| hears.is_by_email()))
    }
}
