//! The therapist closes and opens online requests.

use super::{Error, Operation};
use crate::{app::App, domain::client::Note};

/// Takes no requests on line from now on; pages say the sentence instead.
pub async fn close(app: &App, sentence: &Note) -> Result<(), Error> {
    let mut op = Operation::begin(app).await?;
    op.tx.close_requests(sentence, op.now).await?;
    op.commit().await
}

/// Takes requests again. [`Error::Missing`] when they are taken already.
pub async fn open(app: &App) -> Result<(), Error> {
    let mut op = Operation::begin(app).await?;
    if !op.tx.open_requests_again().await? {
        return Err(Error::Missing);
    }
    op.commit().await
}
