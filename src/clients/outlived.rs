//! What has been on file long enough: old visits are nobody's any more, whoever has no
//! others is erased with them, and emails lose their text.

use std::collections::BTreeSet;

use super::erase;
use crate::{
    app::Current,
    domain::{client::person::Record, ids::ClientId},
    operation::{Error, Operation},
};

/// How many visits become nobody's in one transaction: others wait for the lock.
const AT_ONCE: u32 = 200;

/// What was let go of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LetGo {
    pub visits: usize,
    pub clients: usize,
    pub email_texts: u64,
}

/// Lets go of what `[keep]` in the practice file says has been kept for long enough.
pub async fn let_go(current: &Current) -> Result<LetGo, Error> {
    let mut gone = LetGo::default();
    loop {
        let visits = let_go_of_visits(current).await?;
        gone.visits += visits;
        if visits == 0 {
            break;
        }
    }
    let mut op = Operation::begin(current).await?;
    let keep = op.app.practice().keep;
    let outlived: BTreeSet<ClientId> =
        op.tx.outlived_records(keep.visits_since(op.now), &erase::nobody()).await?.into_iter().collect();
    for id in &outlived {
        // Gone already, where another of their records came first.
        let Some(person) = op.tx.person(*id).await? else { continue };
        let is_gone = |record: &Record| record.erased_at.is_some() || outlived.contains(&record.id);
        if person.records().iter().all(is_gone) {
            erase::empty(&mut op.tx, person.records(), op.now).await?;
            gone.clients += 1;
        }
    }
    gone.email_texts = op.tx.remove_email_texts(keep.email_text_since(op.now)).await?;
    op.commit().await?;
    Ok(gone)
}

async fn let_go_of_visits(current: &Current) -> Result<usize, Error> {
    let mut op = Operation::begin(current).await?;
    let since = op.app.practice().keep.visits_since(op.now);
    let nobody = erase::nobody();
    let visits = op.tx.outlived_appointments(since, &nobody, AT_ONCE).await?;
    for id in &visits {
        op.tx.erase_appointment(*id, &nobody).await?;
    }
    if !visits.is_empty() {
        op.commit().await?;
    }
    Ok(visits.len())
}
