//! Everything that can happen to a client's record, one file each. Public forms
//! add records and change none; what stands here is the therapist's alone. To
//! change, merge or erase reads the same way as an appointment's acts: begin,
//! read, decide, write, commit.

pub mod block;
pub mod details;
pub mod erase;
pub mod erasure_log;
pub mod merge;
pub mod note;
pub mod outlived;
pub mod record;

use crate::{
    app::Current,
    booking::expire,
    domain::{
        client::Person,
        history::{Entry, What},
        ids::ClientId,
    },
    operation::{self, Operation},
    store::StoreError,
};

/// Why nothing was changed of a client.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The page showed them otherwise.
    #[error("the client has changed meanwhile")]
    Changed,
    /// Both are one person already.
    #[error("both are one person already")]
    SamePerson,
    /// Something is still to come, or to be answered.
    #[error("the client has visits that are not over")]
    HasLiveVisits,
    #[error(transparent)]
    Operation(#[from] operation::Error),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

/// Begins what changes a person who is on file, if they are as the page showed them.
async fn begin(current: &Current, id: ClientId, seen: Option<u32>) -> Result<(Operation, Person), Error> {
    let mut op = expire::begin(current).await?;
    let person = found(&mut op, id).await?;
    if seen.is_some_and(|seen| seen != person.revision()) {
        // What has expired meanwhile is written all the same.
        op.commit().await?;
        return Err(Error::Changed);
    }
    Ok((op, person))
}

async fn found(op: &mut Operation, id: ClientId) -> Result<Person, Error> {
    let person = op.tx.person(id).await?;
    Ok(person.ok_or(operation::Error::Missing)?)
}

impl Operation {
    /// Notes what was done to a person: their pages that are open show another state
    /// of things from now on.
    async fn changed(&mut self, id: ClientId, what: What) -> Result<(), Error> {
        self.tx.note_happened(&Entry::of_client(what, id, self.now)).await?;
        self.tx.raise_client_revision(id).await?;
        Ok(())
    }
}
