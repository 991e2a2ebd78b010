//! Keeps the certificate fresh. One that can't be had is tried for again, ever more seldom: who
//! gives them counts how often it's asked.

use std::{sync::Arc, time::Duration};

use crate::{certificate::renewal::Certificates, clock::Clock};

/// How often it is looked whether one is due.
const TICK: Duration = Duration::from_secs(5 * 60);
/// How long it is, in minutes, until the next try after a first, a second, … that failed. Let's
/// Encrypt bears five in an hour for a name.
const PAUSES: [u64; 5] = [1, 5, 15, 30, 60];

/// Renews it for as long as the program runs.
pub async fn run(certificates: Arc<Certificates>, clock: Arc<dyn Clock>) {
    let mut failed = 0;
    loop {
        let pause = match certificates.renew_if_due(clock.now()).await {
            Ok(()) => {
                failed = 0;
                TICK
            }
            Err(trouble) => {
                failed = if trouble.is_too_often() { PAUSES.len() } else { failed + 1 };
                pause(failed)
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// How long to wait after so many in a row that failed.
fn pause(failed: usize) -> Duration {
    let minutes = PAUSES.get(failed.saturating_sub(1)).or(PAUSES.last());
    Duration::from_secs(60 * minutes.copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_hour_sees_no_more_tries_than_the_certificate_authority_bears() {
        let mut tries = vec![0];
        for failed in 1..10 {
            tries.push(tries.last().copied().unwrap_or_default() + pause(failed).as_secs() / 60);
        }
        assert_eq!(tries[..5], [0, 1, 6, 21, 51]);
        assert!(tries.windows(6).all(|six| six[5] - six[0] >= 60), "{tries:?}");
    }
}
