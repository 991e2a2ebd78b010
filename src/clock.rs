//! The clock: the one trait of our own, so that tests can say what time it is,
//! and the one place that asks the machine.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{TimeDelta, Utc};
use rustix::time::{ClockId, clock_gettime};

use crate::domain::time::{self, Instant};

/// A step of the machine's clock by more than this is looked at twice.
const JUMP: TimeDelta = TimeDelta::hours(1);
/// A step by no more than this is no step: clocks are put right all the time.
const SMALL: TimeDelta = TimeDelta::minutes(5);
/// How long a step is told of.
const TOLD: Duration = Duration::from_secs(24 * 60 * 60);
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

    /// How far the clock was set ahead, or back, within the last day, and not set right since.
    fn was_set(&self) -> Option<TimeDelta> {
        None
    }
}

/// The machine's clock. One that is years ahead for a moment must expire nobody.
#[derive(Default)]
pub struct SystemClock(Mutex<Steady>);

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    fn now(&self) -> Instant {
        self.steady().look(time::whole_seconds(Utc::now()), up())
    }

    fn was_set(&self) -> Option<TimeDelta> {
        self.steady().was_set(up())
    }
}

impl SystemClock {
    fn steady(&self) -> MutexGuard<'_, Steady> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long the machine has been up.
fn up() -> Duration {
    let up = clock_gettime(UPTIME);
    Duration::new(up.tv_sec.cast_unsigned(), up.tv_nsec as u32)
}

/// What the clock has said, each with how long the machine had been up then.
#[derive(Default)]
struct Steady {
    believed: Option<(Instant, Duration)>,
    /// The first look after a jump.
    doubted: Option<(Instant, Duration)>,
    /// How far it was set in all, and how long the machine had been up at the last time.
    set: Option<(TimeDelta, Duration)>,
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
        let by = self.believed.map_or(TimeDelta::zero(), |(at, then)| wall - later(at, then, up));
        if by.abs() > SMALL {
            let sum = self.was_set(up).map_or(by, |before| before + by);
            self.set = (sum.abs() > SMALL).then_some((sum, up));
        }
        (self.believed, self.doubted) = (Some((wall, up)), None);
        wall
    }

    fn was_set(&self, up: Duration) -> Option<TimeDelta> {
        let (by, then) = self.set?;
        (up.saturating_sub(then) < TOLD).then_some(by)
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
    fn a_clock_that_was_set_is_told_of_for_a_day_or_until_it_is_set_right() {
        let start = time::parse_instant("2026-11-23T16:00:00Z").expect("an instant");
        let mut steady = Steady::default();
        for (up, wall, hours) in [
            (100, 0, None),
            (110, 130, None),                         // Two minutes are nothing.
            (120, 3740, Some(1)),                     // An hour ahead,
            (130, 150, None),                         // and right again.
            (140, 86560, None),                       // A day ahead: once is never,
            (160, 86580, Some(24)),                   // twice it is.
            (86000, 86420 + 86000, Some(24)),         // Still,
            (86_560, 86420 + 86560, None),            // and no more.
            (86_570, 86420 + 86570 - 3600, Some(-1)), // An hour back.
        ] {
            steady.look(start + TimeDelta::seconds(wall), Duration::from_secs(up));
            let told = steady
                .was_set(Duration::from_secs(up))
                .map(|by| (by.num_minutes() + by.num_minutes().signum()) / 60);
            assert_eq!(told, hours, "{up}");
        }
    }

    #[test]
    fn a_clock_that_jumps_about_is_not_believed() {
        looks(&[(100, 0, 0), (110, YEARS, 10), (130, -YEARS, 30), (150, YEARS, 50), (160, 60, 60)]);
    }
}
