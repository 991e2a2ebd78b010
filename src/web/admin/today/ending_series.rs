//! The series that end soon, each with the way to book on.

use crate::{
    domain::{series::ending, time::Instant},
    store::{Reading, StoreError},
    urls, words,
};

pub struct EndingSeriesView {
    /// `June Okafor: the series ends after two more visits.`
    pub words: String,
    /// Where a series is put together that follows it.
    pub book_on: String,
}

pub async fn read(tx: &mut Reading, now: Instant) -> Result<Vec<EndingSeriesView>, StoreError> {
    let all = tx.series_not_booked_on(now).await?;
    let view = |ending: ending::Ending| {
        let left = if ending.left == 1 { "one more visit" } else { "two more visits" };
        EndingSeriesView {
            words: format!("{}: the series ends after {left}.", words::appointment::whose(&ending.last)),
            book_on: urls::admin_series(ending.last.id),
        }
    };
    Ok(all.iter().filter_map(|visits| ending::ending(visits, now)).map(view).collect())
}
