//! How many public forms one address may post. Reading is never limited.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    http::{HeaderValue, header},
    response::Response,
};

use crate::domain::{practice::Limits, time};

/// After this many posts, addresses that have been quiet are forgotten.
const POSTS_BETWEEN_CLEANINGS: u32 = 256;
/// No more addresses are remembered than this: whoever posts from more of them than anybody
/// has must not fill the memory. Those that may post the least stay.
const MOST_ADDRESSES: usize = 20_000;

pub struct PostLimits {
    paces: [Pace; 2],
    posts: Mutex<Posts>,
}

#[derive(Default)]
struct Posts {
    /// For each address when its next post would be due at each pace.
    due: HashMap<IpAddr, [Instant; 2]>,
    since_cleaning: u32,
}

/// So many posts at once, and then one after each step of time.
struct Pace {
    step: Duration,
    ahead: Duration,
}

impl Pace {
    fn new(span: u64, count: NonZeroU32) -> Self {
        let step = Duration::from_secs(span) / count.get();
        Self { step, ahead: step * (count.get() - 1) }
    }
}

/// An address has posted too often, and may again after so long.
#[derive(Debug)]
pub struct TooMany(Duration);

impl TooMany {
    /// After so long.
    pub fn after(wait: Duration) -> Self {
        Self(wait)
    }

    /// Until a moment that is known.
    pub fn until(until: time::Instant, now: time::Instant) -> Self {
        Self((until - now).to_std().unwrap_or_default())
    }

    /// What whoever has sent a button's form reads above it.
    pub fn words(&self) -> String {
        format!("A lot of forms came from your connection just now. Try again in {}.", self.wait())
    }

    /// The same where something was typed.
    pub fn words_to_typist(&self) -> String {
        format!("{} Don't worry, nothing you typed is lost.", self.words())
    }

    /// `12 seconds`, `3 minutes`: never less than it is.
    pub fn wait(&self) -> String {
        let seconds = self.seconds();
        match (seconds, seconds.div_ceil(60), seconds.div_ceil(3600)) {
            (1, ..) => "1 second".to_owned(),
            (..=90, ..) => format!("{seconds} seconds"),
            (_, minutes @ ..=90, _) => format!("{minutes} minutes"),
            (.., hours) => format!("{hours} hours"),
        }
    }

    /// The answer, which tells programs how long to wait as well.
    pub fn tell(&self, mut answer: Response) -> Response {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(self.seconds()));
        answer
    }

    fn seconds(&self) -> u64 {
        self.0.as_millis().div_ceil(1000).max(1).try_into().unwrap_or(u64::MAX)
    }
}

impl PostLimits {
    pub fn new(limits: &Limits) -> Self {
        let paces = [Pace::new(10, limits.per_address_10_seconds), Pace::new(3600, limits.per_address_hour)];
        Self { paces, posts: Mutex::default() }
    }

    /// Counts a post, or says how long until one more would count. What is
    /// refused counts at no pace, so that the wait it is told is the whole of it.
    pub fn check(&self, address: IpAddr, now: Instant) -> Result<(), TooMany> {
        let mut posts = self.posts.lock().unwrap_or_else(PoisonError::into_inner);
        posts.since_cleaning += 1;
        if posts.since_cleaning >= POSTS_BETWEEN_CLEANINGS {
            posts.since_cleaning = 0;
            posts.due.retain(|_, due| due.iter().any(|due| *due > now));
            if posts.due.len() > MOST_ADDRESSES {
                let mut last: Vec<Instant> = posts.due.values().map(|[_, hour]| *hour).collect();
                let (_, least, _) = last.select_nth_unstable(MOST_ADDRESSES / 2);
                let least = *least;
                posts.due.retain(|_, [_, hour]| *hour > least);
            }
        }
        let due = posts.due.entry(household(address)).or_insert([now; 2]);
        let waits =
            due.iter().zip(&self.paces).map(|(due, pace)| due.saturating_duration_since(now + pace.ahead));
        match waits.max().filter(|wait| !wait.is_zero()) {
            Some(wait) => Err(TooMany(wait)),
            None => {
                due.iter_mut().zip(&self.paces).for_each(|(due, pace)| *due = (*due).max(now) + pace.step);
                Ok(())
            }
        }
    }
}

/// One subscriber has a whole /64 of IPv6, so that is what counts as an address.
pub(super) fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: &str = "203.0.113.9";

    fn limits(ten_seconds: u32, hour: u32) -> PostLimits {
        let count = |count| NonZeroU32::new(count).expect("not zero");
        PostLimits::new(&Limits { per_address_10_seconds: count(ten_seconds), per_address_hour: count(hour) })
    }

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn the_wait_is_said_as_long_as_it_is() {
        for (millis, words) in [
            (0, "1 second"),
            (900, "1 second"),
            (1001, "2 seconds"),
            (12_000, "12 seconds"),
            (59_500, "60 seconds"),
            (90_000, "90 seconds"),
            (90_001, "2 minutes"),
            (179_999, "3 minutes"),
            (180_000, "3 minutes"),
            (1_200_000, "20 minutes"),
            (3_600_000, "60 minutes"),
            (5_400_001, "2 hours"),
            (86_400_000, "24 hours"),
        ] {
            assert_eq!(TooMany(Duration::from_millis(millis)).wait(), words, "{millis}");
        }
    }

    #[test]
    fn an_address_may_post_so_often_and_another_is_not_affected() {
        let (limits, now) = (limits(3, 3), Instant::now());
        for _ in 0..3 {
            assert!(limits.check(address("2001:db8:1:2::1"), now).is_ok());
        }
        assert!(limits.check(address("2001:db8:1:2:ffff::9"), now).is_err(), "the same /64");
        assert!(limits.check(address("2001:db8:1:3::1"), now).is_ok(), "another /64");
        assert!(limits.check(address(ANN), now).is_ok());
    }

    #[test]
    fn whoever_waits_as_long_as_they_were_told_is_heard_whatever_they_tried_meanwhile() {
        for (ten_seconds, hour, posts) in [(1, 100, 1), (6, 20, 6), (6, 20, 20), (100, 3, 3), (2, 2, 2)] {
            let (limits, mut now) = (limits(ten_seconds, hour), Instant::now());
            let mut heard = 0;
            while heard < posts {
                match limits.check(address(ANN), now) {
                    Ok(()) => heard += 1,
                    Err(TooMany(wait)) => now += wait,
                }
            }
            let Err(TooMany(wait)) = limits.check(address(ANN), now) else { panic!("{posts} are enough") };
            let just_before = now + wait - Duration::from_millis(1);
            assert!(limits.check(address(ANN), just_before).is_err(), "it is no longer than it has to be");
            assert!(limits.check(address(ANN), now + wait).is_ok(), "{ten_seconds} {hour} {posts}");
        }
    }

    #[test]
    fn no_number_of_addresses_fills_the_memory_and_who_posts_much_is_remembered() {
        let (limits, now) = (limits(6, 20), Instant::now());
        let much = address("203.0.113.9");
        for _ in 0..6 {
            assert!(limits.check(much, now).is_ok());
        }
        for nth in 0..50_000_u32 {
            let _ = limits.check(IpAddr::from(nth.to_be_bytes()), now);
        }
        let held = limits.posts.lock().expect("no panic").due.len();
        assert!(held <= MOST_ADDRESSES + POSTS_BETWEEN_CLEANINGS as usize, "{held}");
        assert!(limits.check(much, now).is_err());
    }

    #[test]
    fn addresses_that_have_been_quiet_are_forgotten() {
        let (limits, now) = (limits(6, 20), Instant::now());
        let later = now + Duration::from_secs(3600);
        for nth in 0..POSTS_BETWEEN_CLEANINGS {
            assert!(limits.check(IpAddr::from(nth.to_be_bytes()), now).is_ok());
        }
        for _ in 0..POSTS_BETWEEN_CLEANINGS {
            let _ = limits.check(address(ANN), later);
        }
        assert_eq!(limits.posts.lock().expect("no panic").due.len(), 1);
    }
}
