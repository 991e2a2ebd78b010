//! The waitlist in a line, where anybody is on it.

use crate::{
    domain::waitlist::{entry::State, offer::Outcome},
    store::{Reading, StoreError},
    words::listed::{begun, counted},
};

/// `2 people are on the waitlist. One call to make.`
pub async fn line(tx: &mut Reading) -> Result<Option<String>, StoreError> {
    let (mut waiting, mut calls) = (0, 0);
    for entry in tx.waitlist().await? {
        let is_called = !tx.hears(&entry.contact).await?.is_by_email();
        match entry.state {
            State::Waiting { .. } => {
                waiting += 1;
                let offers = tx.offers_to(entry.id).await?;
                let is_offered = offers.iter().any(|offer| offer.outcome == Outcome::Open);
                calls += usize::from(is_called && is_offered);
            }
            State::Unproven => calls += usize::from(is_called),
            State::Ended { .. } => {}
        }
    }
    let waiting = counted(waiting, "person is on the waitlist", "people are on the waitlist");
    let calls = counted(calls, "call to make about the waitlist", "calls to make about the waitlist");
    let lines: Vec<String> = [waiting, calls].into_iter().flatten().map(|line| begun(&line) + ".").collect();
    Ok((!lines.is_empty()).then(|| lines.join(" ")))
}
