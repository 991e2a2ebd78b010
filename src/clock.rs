//! The clock: the one trait of our own, so that tests can say what time it is,
//! and the one place that asks the machine.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use chrono::{TimeDelta, Utc};
use rustix::time::{ClockId, clock_gettime};

use crate::domain::time::{self, Instant};

/// A step of the machine's clock by more than this is looked at twice.
const JUMP: TimeDelta = TimeDelta::hours(1);
/// How long after the first look the second counts.
const SECOND_LOOK: Duration = Duration::from_secs(15);
/// Counts on evenly, through sleep too where the system knows how, whatever the clock is set to.
#[cfg(target_os = "linux")]
const UPTIME: ClockId = ClockId::Boottime;
#[cfg(not(target_os = "linux"))]
const UPTIME: ClockId = ClockId::Monotonic;

pub trait Clock: Send + Sync {
    /// Now, in whole seconds. An operation asks once.
    fn now(&self) -> Instant;
}

/// The machine's clock. One that is years ahead for a moment must expire nobody.
#[derive(Default)]
pub struct SystemClock(Mutex<Steady>);

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    fn now(&self) -> Instant {
        let up = clock_gettime(UPTIME);
        let up = Duration::new(up.tv_sec.cast_unsigned(), up.tv_nsec as u32);
        let mut steady = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        steady.look(time::whole_seconds(Utc::now()), up)
    }
}

/// What the clock has said, each with how long the machine had been up then.
#[derive(Default)]
struct Steady {
    believed: Option<(Instant, Duration)>,
    /// The first look after a jump.
    doubted: Option<(Instant, Duration)>,
}

impl Steady {
    fn look(&mut self, wall: Instant, up: Duration) -> Instant {
        let is_near = |(at, then): (Instant, Duration)| (wall - later(at, then, up)).abs() <= JUMP;
        match (self.believed, self.doubted) {
            (Some(believed), Some(first)) if !is_near(believed) && is_near(first) => {
                if up.saturating_sub(first.1) < SECOND_LOOK {
                    return later(believed.0, believed.1, up);
                }
                tracing::warn!("the clock stayed where it jumped to, so that's the time now");
            }
            (Some(believed), _) if !is_near(believed) => {
                tracing::warn!(
                    "the clock jumped by more than an hour; that counts once a second look agrees"
                );
                self.doubted = Some((wall, up));
                return later(believed.0, believed.1, up);
            }
            _ => {}
        }
        *self = Self { believed: Some((wall, up)), doubted: None };
        wall
    }
}

/// What a clock says that said `at` when the machine had been up for `then`.
fn later(at: Instant, then: Duration, up: Duration) -> Instant {
    let passed = i64::try_from(up.saturating_sub(then).as_secs()).unwrap_or(0);
    at + TimeDelta::seconds(passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each look: how long the machine has been up, what its clock says, and what is the time.
    fn looks(looks: &[(u64, i64, i64)]) {
        let start = time::parse_instant("2026-11-23T16:00:00Z").expect("an instant");
        let mut steady = Steady::default();
        for (up, wall, expected) in looks {
            let at = |seconds: &i64| start + TimeDelta::seconds(*seconds);
            assert_eq!(steady.look(at(wall), Duration::from_secs(*up)), at(expected), "{up} of {looks:?}");
        }
    }

    const YEARS: i64 = 5 * 366 * 86400;

    #[test]
    fn time_passes() {
        looks(&[(100, 0, 0), (110, 10, 10), (120, 21, 21), (9120, 9021, 9021)]);
    }

    #[test]
    fn a_step_of_up_to_an_hour_counts_at_once() {
        looks(&[(100, 0, 0), (110, 3610, 3610), (120, 20, 20)]);
    }

    #[test]
    fn one_look_at_a_clock_that_is_years_ahead_or_behind_does_not_count() {
        looks(&[(100, 0, 0), (110, YEARS, 10), (120, 20, 20), (130, 30, 30)]);
        looks(&[(100, 0, 0), (110, -YEARS, 10), (111, 1 - YEARS, 11), (120, 20, 20)]);
    }

    #[test]
    fn a_clock_that_stays_where_it_jumped_to_counts_from_the_second_look_on() {
        looks(&[(100, 0, 0), (110, YEARS, 10), (120, YEARS + 10, 20), (125, YEARS + 15, YEARS + 15)]);
        looks(&[
            (100, 0, 0),
            (110, -86400, 10),
            (130, 20 - 86400, 20 - 86400),
            (140, 30 - 86400, 30 - 86400),
        ]);
    }

    #[test]
    fn a_clock_that_jumps_about_is_not_believed() {
        looks(&[(100, 0, 0), (110, YEARS, 10), (130, -YEARS, 30), (150, YEARS, 50), (160, 60, 60)]);
    }
}
