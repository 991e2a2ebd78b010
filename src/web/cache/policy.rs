//! How long an answer is true, and what ends it.

use axum::http::HeaderValue;

use crate::{app::App, domain::time::Instant, store::FileState};

/// How long an answer is true, by the kind of page that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// What an address with its version or hash in it leads to. Browsers keep it;
    /// here it lies in memory already.
    Forever,
    /// A page made of content alone.
    UntilContent,
    /// A page that shows the calendar or a rule: true until something is written,
    /// or the clock has moved by a second.
    UntilWrite,
    /// That nothing is at an address, or something else is by now: it takes the place of what a shared cache
    /// has from there, so that a page that was taken down doesn't come back while nobody answers.
    Missing,
    /// A page about a person, or one that only one person sees.
    Never,
}

impl CachePolicy {
    /// What browsers, and a cache in front of us, are told. A browser asks each time whether a page
    /// is still so. A shared cache asks once a second, and while nobody answers it may show what it has:
    /// for a day, but no longer than an hour where openings stand on the page. They lead to pages that no
    /// shared cache keeps, so nobody books an opening that is gone.
    pub fn cache_control(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Forever => "public, max-age=31536000, immutable",
            Self::UntilContent => "public, max-age=0, s-maxage=1, stale-if-error=86400",
            Self::UntilWrite => "public, max-age=0, s-maxage=1, stale-if-error=3600",
            Self::Missing => "public, max-age=0, s-maxage=1",
            Self::Never => "no-store",
        })
    }
}

/// The state of things in which an answer was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub(super) second: Instant,
    pub(super) file: FileState,
    pub(super) edition: u64,
}

impl Stamp {
    /// To be taken before anything is read: what is written from then on makes it another.
    pub fn of(app: &App) -> Self {
        Self { second: app.now(), file: app.store.state(), edition: app.edition }
    }

    /// Whether what was made at this stamp is still true at another.
    pub fn is_good(self, policy: CachePolicy, now: Self) -> bool {
        match policy {
            CachePolicy::Forever => true,
            CachePolicy::UntilContent => self.edition == now.edition,
            CachePolicy::UntilWrite => self == now,
            CachePolicy::Missing | CachePolicy::Never => false,
        }
    }
}
