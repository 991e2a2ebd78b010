//! `stillpoint doctor`: looks at everything that keeps the practice from running well and
//! that can be looked at from this machine, and says what to do, a line each. It changes
//! nothing, sends no email, and may run beside a server.

mod address;
mod backups;
mod clock;
mod content;
mod dns;
mod finding;
mod folders;
mod mail;
mod variables;

use std::env;

use crate::{clock::Clock, config::Config};

pub use finding::{Finding, Verdict};

/// Looks at everything. `selector` is the name of the key that signs the emails (DKIM).
pub async fn examine(config: &Config, clock: &dyn Clock, selector: Option<&str>) -> Vec<Finding> {
    let now = clock.now();
    let mut findings = variables::misspelt(env::vars_os().filter_map(|(name, _)| name.into_string().ok()));
    let (site, about_content) = content::read(config, now);
    findings.extend(folders::all(config).await);
    findings.extend(about_content);
    findings.push(clock::examine(config, site.as_ref().map(|site| site.practice.zone), now));
    findings.extend(address::examine(config, now).await);
    findings.extend(mail::examine(config).await);
    if let Some(domain) = mail::domain(config, site.as_deref()) {
        findings.extend(dns::examine(&domain, selector).await);
    }
    findings.extend(backups::examine(config, now).await);
    findings
}
