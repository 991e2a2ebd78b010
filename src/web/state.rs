//! What every handler holds.

use std::{
    net::IpAddr,
    sync::{Arc, OnceLock},
    time::Instant,
};

use ipnet::IpNet;

use super::{
    admin::account::kept_forms::KeptForms,
    cache::Cache,
    http::{
        limit::{PostLimits, TooMany},
        sign_ins::SignIns,
    },
};
use crate::app::{App, Current};

/// What every handler holds: the present state of the site, and what only HTTP needs.
pub struct Web {
    pub(super) current: Arc<Current>,
    pub(super) limits: PostLimits,
    /// Counted apart: a busy form must not lock the therapist out.
    pub(super) sign_ins: SignIns,
    pub(super) kept_forms: KeptForms,
    pub(super) cache: Cache,
    pub(super) trusted_proxies: Vec<IpNet>,
    /// Stands in front with `X-Forwarded-For`, and `TRUSTED_PROXIES` does not name it.
    pub(super) unnamed_proxy: OnceLock<IpAddr>,
}

impl Web {
    pub fn new(current: Arc<Current>, trusted_proxies: Vec<IpNet>) -> Self {
        // They count from here on: a change of the practice file's limits waits for the next start.
        let app = current.app();
        let limits = &app.practice().limits;
        Self {
            limits: PostLimits::new(limits),
            sign_ins: SignIns::new(limits),
            current,
            kept_forms: KeptForms::default(),
            cache: Cache::default(),
            trusted_proxies,
            unnamed_proxy: OnceLock::new(),
        }
    }

    /// The state of the site that one request sees: each asks once.
    pub(super) fn app(&self) -> Arc<App> {
        self.current.app()
    }

    /// Counts one post of a public form.
    pub(super) fn count_post(&self, address: IpAddr) -> Result<(), TooMany> {
        self.limits.check(address, Instant::now())
    }
}
