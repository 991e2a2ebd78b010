//! After a restore: what would be emailed, and the therapist's word on it.

use std::collections::BTreeSet;

use crate::{
    app::Current,
    domain::{
        history::{Entry, What},
        ids::{AppointmentId, EmailId, Token},
    },
    mail::{
        email,
        trouble::{Cause, Step, Trouble},
    },
    operation::{self, Operation},
    store::{GivenIn, Reading, StoreError, StoredEmail},
};

/// Why nothing went out yet.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Some that would go were not on the page.
    #[error("there is an email that wasn't seen")]
    Unseen,
    #[error(transparent)]
    Operation(#[from] operation::Error),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

/// How an email stands that waits since a restore. What couldn't be read then has lost its links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// It can go out.
    Whole,
    /// It can, once its link opens this appointment again.
    WithoutItsLink(Token, AppointmentId),
    /// Never: what it says can't be read, since its key isn't there.
    Unreadable,
    /// Never: its key came later, and what its links opened can't be told from it.
    LinksEnded,
}

/// Looks how an email stands that waits.
pub async fn look(tx: &mut Reading, stored: &StoredEmail) -> Result<Held, StoreError> {
    if !stored.is_readable {
        return Ok(Held::Unreadable);
    }
    let dead = tx.dead_among(email::tokens(&stored.email.text)).await?;
    Ok(match (dead.as_slice(), stored.email.appointment) {
        ([], _) => Held::Whole,
        ([link], Some(appointment)) => Held::WithoutItsLink(link.clone(), appointment),
        _ => Held::LinksEnded,
    })
}

/// Lets the emails go that wait, but those that are to be left out: they may have gone out
/// before the restore. `seen` are all that the page showed. What can't go out is given up, so
/// that the therapist has it on Today.
pub async fn release(
    current: &Current,
    seen: &BTreeSet<EmailId>,
    left_out: &BTreeSet<EmailId>,
) -> Result<(), Error> {
    let mut op = Operation::begin(current).await?;
    if op.tx.from_backup().await?.is_none() {
        return Ok(());
    }
    let waiting = op.tx.emails_held_by_restore().await?;
    if waiting.iter().any(|email| !seen.contains(&email.id)) {
        return Err(Error::Unseen);
    }
    for email in &waiting {
        let Some((stored, _)) = op.tx.stored_email(email.id).await? else { continue };
        match look(&mut op.tx, &stored).await? {
            Held::Unreadable | Held::LinksEnded => {
                let trouble = Trouble::new(Step::Connecting, Cause::Unrestored);
                op.tx.email_was_given_up(&stored, &trouble, op.now).await?;
            }
            _ if left_out.contains(&email.id) => op.tx.email_is_left_out(&stored, op.now).await?,
            Held::WithoutItsLink(link, appointment) => op.give_anew(&link, appointment).await?,
            Held::Whole => {}
        }
    }
    op.tx.release_emails().await?;
    op.tx.note_happened(&Entry::planned(What::EmailsReleased, op.now)).await?;
    op.commit().await?;
    Ok(())
}

impl Operation {
    /// The link that an email carries opens its appointment again.
    async fn give_anew(&mut self, link: &Token, appointment: AppointmentId) -> Result<(), Error> {
        let Some(a) = self.tx.asked_for(appointment).await? else { return Ok(()) };
        let good_until = a.span.end + self.app.practice().keep.links_outlive_visit();
        Ok(self.tx.insert_link(link, a.id, GivenIn::Email, good_until).await?)
    }
}
