//! How many public forms one address may post. Reading is never limited.

use std::{
    net::{IpAddr, Ipv6Addr},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::{Web, client_address::ClientAddress};
use crate::domain::practice::Limits;

/// After this many posts, addresses that have been quiet are forgotten.
const POSTS_BETWEEN_CLEANINGS: u32 = 256;

pub struct PostLimits {
    ten_seconds: DefaultKeyedRateLimiter<IpAddr>,
    hour: DefaultKeyedRateLimiter<IpAddr>,
    posts: AtomicU32,
}

/// An address has posted too often.
pub struct TooMany;

impl PostLimits {
    pub fn new(limits: &Limits) -> Self {
        let over = |span: u64, count: std::num::NonZeroU32| {
            let each = Duration::from_secs(span) / count.get();
            // A period of zero would need more than 10^10 posts a second.
            RateLimiter::keyed(
                Quota::with_period(each).unwrap_or(Quota::per_second(count)).allow_burst(count),
            )
        };
        Self {
            ten_seconds: over(10, limits.per_address_10_seconds),
            hour: over(3600, limits.per_address_hour),
            posts: AtomicU32::new(0),
        }
    }

    fn check(&self, address: IpAddr) -> Result<(), TooMany> {
        if self.posts.fetch_add(1, Ordering::Relaxed).is_multiple_of(POSTS_BETWEEN_CLEANINGS) {
            self.ten_seconds.retain_recent();
            self.hour.retain_recent();
        }
        let key = household(address);
        self.ten_seconds.check_key(&key).and_then(|()| self.hour.check_key(&key)).map_err(|_| TooMany)
    }
}

impl Web {
    /// Counts one post of a public form.
    pub fn count_post(&self, ClientAddress(address): ClientAddress) -> Result<(), TooMany> {
        self.limits.check(address)
    }

    /// Counts one try to sign in.
    pub fn count_sign_in(&self, ClientAddress(address): ClientAddress) -> Result<(), TooMany> {
        self.sign_in_limits.check(address)
    }
}

/// One subscriber has a whole /64 of IPv6, so that is what counts as an address.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;

    #[test]
    fn an_address_may_post_so_often_and_another_is_not_affected() {
        let limit = NonZeroU32::new(3).expect("not zero");
        let limits = PostLimits::new(&Limits { per_address_10_seconds: limit, per_address_hour: limit });
        let address = |text: &str| text.parse().expect("an address");
        for _ in 0..3 {
            assert!(limits.check(address("2001:db8:1:2::1")).is_ok());
        }
        assert!(limits.check(address("2001:db8:1:2:ffff::9")).is_err(), "the same /64");
        assert!(limits.check(address("2001:db8:1:3::1")).is_ok(), "another /64");
        assert!(limits.check(address("203.0.113.9")).is_ok());
    }
}
