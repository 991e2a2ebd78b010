//! The therapist asks everybody to prove their email before a time is held for them, and
//! stops asking.

use crate::{
    app::Current,
    booking::expire,
    domain::history::{Entry, What},
    operation::Error,
};

/// Asks everybody from now on. [`Error::Missing`] when everybody is asked already.
pub async fn begin(current: &Current) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    if !op.tx.begin_proof_of_everybody(op.now).await? {
        return Err(Error::Missing);
    }
    op.tx.note_happened(&Entry::planned(What::ProofAskedFor, op.now)).await?;
    op.commit().await
}

/// Asks only beyond the ceiling again. [`Error::Missing`] when nobody else is asked.
pub async fn end(current: &Current) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    if !op.tx.end_proof_of_everybody().await? {
        return Err(Error::Missing);
    }
    op.tx.note_happened(&Entry::planned(What::ProofNotAskedFor, op.now)).await?;
    op.commit().await
}
