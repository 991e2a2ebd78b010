//! The therapist pauses online booking, and goes on with it.

use super::{Error, Operation};
use crate::{app::App, domain::client::Note};

/// Pauses online booking from now on; pages say the sentence instead.
pub async fn begin(app: &App, sentence: &Note) -> Result<(), Error> {
    let mut op = Operation::begin(app).await?;
    op.tx.begin_pause(sentence, op.now).await?;
    op.commit().await
}

/// Takes requests again. [`Error::Missing`] when they are taken already.
pub async fn end(app: &App) -> Result<(), Error> {
    let mut op = Operation::begin(app).await?;
    if !op.tx.end_pause().await? {
        return Err(Error::Missing);
    }
    op.commit().await
}
