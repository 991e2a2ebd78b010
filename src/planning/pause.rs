//! The therapist pauses online booking, and goes on with it.

use crate::{
    app::Current,
    booking::expire,
    domain::{
        client::Note,
        history::{Entry, What},
    },
    operation::Error,
};

/// Pauses online booking from now on; pages say the sentence instead.
pub async fn begin(current: &Current, sentence: &Note) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    op.tx.begin_pause(sentence, op.now).await?;
    op.tx.note_happened(&Entry::planned(What::Paused, op.now)).await?;
    op.commit().await
}

/// Takes requests again. [`Error::Missing`] when they are taken already.
pub async fn end(current: &Current) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    if !op.tx.end_pause().await? {
        return Err(Error::Missing);
    }
    op.tx.note_happened(&Entry::planned(What::Resumed, op.now)).await?;
    op.commit().await
}
