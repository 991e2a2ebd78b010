//! How much one contact may ask for. A typed address proves nothing about who
//! types it: without a bound, our forms would be a way to fill a stranger's mailbox.

use crate::{
    domain::{
        appointment::refusal::Refusal,
        client::{Contact, mailbox::mailbox},
    },
    operation::{Error, Operation},
};

/// How many requests may name a mailbox within a day, without a proof that they are its owner's.
const UNPROVEN_PER_DAY: u32 = 10;

impl Operation {
    /// Refuses one more request while too many of this contact are open.
    pub(super) async fn has_room_for(&mut self, contact: &Contact) -> Result<(), Error> {
        let open = self.tx.open_requests(contact, self.now).await?;
        match open < self.rules.policy.open_requests_per_contact {
            true => Ok(()),
            false => Err(Refusal::TooManyOpenRequests.into()),
        }
    }

    /// Counts a request that names a mailbox, and refuses one that was named too often today.
    /// Whoever comes by a link from an email is not counted: they have shown that it is theirs.
    pub(crate) async fn is_named(&mut self, contact: &Contact) -> Result<(), Error> {
        let Some(email) = &contact.email else { return Ok(()) };
        let mailbox = mailbox(email);
        if self.tx.insert_named_mailbox(&mailbox, UNPROVEN_PER_DAY, self.now).await? {
            return Ok(());
        }
        let until = self.tx.named_until(&mailbox, UNPROVEN_PER_DAY, self.now).await?;
        Err(Refusal::TooManyRequestsToday { until: until.unwrap_or(self.now) }.into())
    }
}
