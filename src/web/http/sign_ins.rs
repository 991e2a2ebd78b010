//! How tries to sign in are paced. Each address has so many tries of its own. While many
//! tries go wrong, all of them wait longer, from every address, and only so many are looked
//! at at a time: a password is found by nobody, and nobody is ever locked out by others. An
//! address from which somebody has signed in waits for nothing and stands in nobody's line.

use std::{
    collections::{HashSet, VecDeque},
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::{Semaphore, SemaphorePermit};

use super::limit::{PostLimits, TooMany, household};
use crate::domain::practice::Limits;

/// How long a wrong try counts.
const COUNTS: Duration = Duration::from_secs(15 * 60);
/// From so many on everybody waits, at first for so long.
const MANY: usize = 20;
const FIRST_WAIT: Duration = Duration::from_millis(250);
/// After so many more it is twice as long, and never longer than this.
const DOUBLES_AFTER: usize = 20;
const LONGEST_WAIT: Duration = Duration::from_secs(4);
/// So many wrong tries are remembered: more make no difference.
const REMEMBERED: usize = 1000;
/// So many addresses are known by a right password.
const KNOWN: usize = 64;
/// So many tries at a time may wait to be looked at: each takes a core, and 19 MiB while
/// its turn is.
const IN_LINE: usize = 32;
/// How long one may stand in line.
const PATIENCE: Duration = Duration::from_secs(10);

/// All tries since the start.
pub struct SignIns {
    limits: PostLimits,
    tries: Mutex<Tries>,
    line: Semaphore,
}

#[derive(Default)]
struct Tries {
    /// When tries have gone wrong, the oldest first.
    wrong: VecDeque<Instant>,
    /// The addresses of right passwords, the latest last.
    known: VecDeque<IpAddr>,
    /// Those with a try that is under way.
    trying: HashSet<IpAddr>,
}

/// One try that may be looked at. Dropped, its address may try again.
pub struct Turn<'a> {
    all: &'a SignIns,
    address: IpAddr,
    _place: Option<SemaphorePermit<'a>>,
}

/// How it is while many tries go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlowDown {
    /// How many, within a quarter of an hour.
    pub wrong: usize,
    /// How long a try waits.
    pub wait: Duration,
}

impl SignIns {
    pub fn new(limits: &Limits) -> Self {
        Self { limits: PostLimits::new(limits), tries: Mutex::default(), line: Semaphore::new(IN_LINE) }
    }

    /// Counts a try, and waits for its turn.
    pub async fn turn(&self, address: IpAddr) -> Result<Turn<'_>, TooMany> {
        self.limits.check(address, Instant::now())?;
        let address = household(address);
        let (is_known, wait) = self.begins(address)?;
        let mut turn = Turn { all: self, address, _place: None };
        if is_known {
            return Ok(turn);
        }
        tokio::time::sleep(wait).await;
        match tokio::time::timeout(PATIENCE, self.line.acquire()).await {
            Ok(Ok(place)) => {
                turn._place = Some(place);
                Ok(turn)
            }
            _ => Err(TooMany::after(PATIENCE)),
        }
    }

    /// Counts a try of a one-time code, which costs nothing to look at.
    pub fn check(&self, address: IpAddr) -> Result<(), TooMany> {
        self.limits.check(address, Instant::now())
    }

    /// What the therapist is told while everybody waits.
    pub fn slow_down(&self) -> Option<SlowDown> {
        self.tries().slow_down(Instant::now())
    }

    /// Whether an address is known, and how long it waits otherwise; it tries one thing at a time.
    fn begins(&self, address: IpAddr) -> Result<(bool, Duration), TooMany> {
        let mut tries = self.tries();
        if !tries.trying.insert(address) {
            return Err(TooMany::after(FIRST_WAIT));
        }
        let wait = tries.slow_down(Instant::now()).map_or(Duration::ZERO, |slow| slow.wait);
        Ok((tries.known.contains(&address), wait))
    }

    fn tries(&self) -> std::sync::MutexGuard<'_, Tries> {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tries {
    fn slow_down(&mut self, now: Instant) -> Option<SlowDown> {
        while self.wrong.front().is_some_and(|at| now.saturating_duration_since(*at) >= COUNTS) {
            self.wrong.pop_front();
        }
        let wrong = self.wrong.len();
        let doublings = wrong.checked_sub(MANY)? / DOUBLES_AFTER;
        let doublings = u32::try_from(doublings).unwrap_or(u32::MAX).min(16);
        Some(SlowDown { wrong, wait: (FIRST_WAIT * 2_u32.pow(doublings)).min(LONGEST_WAIT) })
    }
}

impl Turn<'_> {
    /// The password was wrong.
    pub fn was_wrong(self) {
        let mut tries = self.all.tries();
        tries.known.retain(|known| *known != self.address);
        tries.wrong.push_back(Instant::now());
        if tries.wrong.len() > REMEMBERED {
            tries.wrong.pop_front();
        }
    }

    /// It was right: from there nobody has to wait any more.
    pub fn was_right(self) {
        let mut tries = self.all.tries();
        tries.known.retain(|known| *known != self.address);
        tries.known.push_back(self.address);
        if tries.known.len() > KNOWN {
            tries.known.pop_front();
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.all.tries().trying.remove(&self.address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(wrong: usize) -> Tries {
        let now = Instant::now();
        Tries { wrong: vec![now; wrong].into(), ..Tries::default() }
    }

    #[test]
    fn the_wait_grows_with_wrong_tries_and_never_locks_anybody_out() {
        let millis = |wrong| after(wrong).slow_down(Instant::now()).map(|slow| slow.wait.as_millis());
        for (wrong, expected) in [
            (0, None),
            (19, None),
            (20, Some(250)),
            (39, Some(250)),
            (40, Some(500)),
            (60, Some(1000)),
            (80, Some(2000)),
            (100, Some(4000)),
            (1000, Some(4000)),
        ] {
            assert_eq!(millis(wrong), expected, "after {wrong}");
        }
    }

    #[test]
    fn wrong_tries_are_forgotten_after_a_quarter_of_an_hour() {
        let mut tries = after(50);
        assert!(tries.slow_down(Instant::now() + COUNTS - Duration::from_secs(1)).is_some());
        assert_eq!(tries.slow_down(Instant::now() + COUNTS), None);
        assert!(tries.wrong.is_empty());
    }
}
