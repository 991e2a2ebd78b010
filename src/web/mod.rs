//! The first entry point, HTTP. [`router`] is the whole URL map on one screen;
//! every file below `site/`, `appointments/` and `admin/` is one resource: its
//! page as a struct, and its handlers; or a part that several of them show.

mod admin;
mod appointments;
mod assets;
mod branding;
mod cards;
mod client_address;
mod contact_fields;
mod encoded;
mod error;
mod fields;
mod headers;
mod healthz;
mod kept;
mod kept_forms;
mod limit;
mod mail_domain;
mod mistyped;
mod moment;
mod next;
mod page;
mod parts;
mod portrait;
mod ready;
pub mod router;
mod seen;
mod session;
mod site;
mod spelling;
mod structured;
mod suggestions;
mod unsaved;
mod wish;

use std::{
    net::IpAddr,
    sync::{Arc, OnceLock},
};

use ipnet::IpNet;

pub use ready::ReadyFirst;

use crate::app::{App, Current};

/// What every handler holds: the present state of the site, and what only HTTP needs.
pub struct Web {
    current: Arc<Current>,
    limits: limit::PostLimits,
    /// Counted apart: a busy form must not lock the therapist out.
    sign_in_limits: limit::PostLimits,
    kept: kept::KeptPages,
    kept_forms: kept_forms::KeptForms,
    next: next::NextOpenings,
    openings: appointments::openings::KeptOpenings,
    ready: ready::Answers,
    trusted_proxies: Vec<IpNet>,
    /// Stands in front with `X-Forwarded-For`, and `TRUSTED_PROXIES` does not name it.
    unnamed_proxy: OnceLock<IpAddr>,
}

impl Web {
    pub fn new(current: Arc<Current>, trusted_proxies: Vec<IpNet>) -> Self {
        // They count from here on: a change of the practice file's limits waits for the next start.
        let app = current.app();
        let limits = || limit::PostLimits::new(&app.practice().limits);
        Self {
            limits: limits(),
            sign_in_limits: limits(),
            current,
            kept: kept::KeptPages::default(),
            kept_forms: kept_forms::KeptForms::default(),
            next: next::NextOpenings::default(),
            openings: appointments::openings::KeptOpenings::default(),
            ready: ready::Answers::default(),
            trusted_proxies,
            unnamed_proxy: OnceLock::new(),
        }
    }

    /// The state of the site that one request sees: each asks once.
    fn app(&self) -> Arc<App> {
        self.current.app()
    }
}
