//! One of many, each on its own: what fails is logged with its id and undone,
//! and the rest go on. One row must never stop the practice.

use std::fmt::Display;

use super::{Error, Operation};

impl Operation {
    /// Begins what is to fail alone. [`Operation::end_alone`] ends it.
    pub(super) async fn begin_alone(&mut self) -> Result<(), Error> {
        Ok(self.tx.begin_part().await?)
    }

    /// Keeps what came of it, or undoes it and says in the log what failed:
    /// `what` it was, and the `id` of its row. Returns how much it came to.
    pub(super) async fn end_alone(
        &mut self,
        outcome: Result<usize, Error>,
        what: &'static str,
        id: impl Display,
    ) -> Result<usize, Error> {
        match outcome {
            Ok(count) => {
                self.tx.keep_part().await?;
                Ok(count)
            }
            Err(error) => {
                self.tx.undo_part().await?;
                tracing::error!(what, %id, %error, "one failed, and the rest go on");
                Ok(0)
            }
        }
    }
}
