//! The content, as the server would read it.

use super::finding::{Finding, fix, look, ok};
use crate::{
    config::Config,
    content::{load, problem, site::Site},
    domain::time::Instant,
};

/// The site, if it is good, and what there is to say of it.
pub fn read(config: &Config, now: Instant) -> (Option<Box<Site>>, Vec<Finding>) {
    let (about, shown) = ("CONTENT_DIR", config.content_dir.display());
    match load::load(&config.content_dir, None, now) {
        Ok(site) => {
            let finding = match site.remarks.len() {
                0 => ok(about, format!("no problems in {shown}")),
                count => {
                    let things =
                        if count == 1 { "one remark".to_owned() } else { format!("{count} remarks") };
                    look(about, format!("no problems in {shown}, and {things}: see `stillpoint check`"))
                }
            };
            (Some(Box::new(site)), vec![finding])
        }
        Err(unfit) => {
            let first = unfit.problems.first().map(|problem| format!("{shown}/{problem}"));
            let says = format!(
                "{}: {}; `stillpoint check` lists them all, and no start works until they're fixed",
                problem::words(unfit.problems.len()),
                first.unwrap_or_default()
            );
            (None, vec![fix(about, says)])
        }
    }
}
