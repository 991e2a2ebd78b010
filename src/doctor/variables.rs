//! Variables that look like ours and aren't: nobody reads those, and nothing says so.

use super::finding::{Finding, look};
use crate::config;

/// How many letters may be off.
const OFF: usize = 2;

/// A line for each name that is nearly one of ours.
pub fn misspelt(names: impl Iterator<Item = String>) -> Vec<Finding> {
    let mut names: Vec<String> = names.collect();
    names.sort();
    let nearly = |name: &String| {
        let is = |ours: &&&str| {
            let off = strsim::damerau_levenshtein(&name.to_ascii_uppercase(), ours);
            // Of a short name two letters are half.
            off <= OFF.min(ours.len() / 4)
        };
        let is_ours = config::NAMES.contains(&name.as_str());
        config::NAMES.iter().find(|ours| !is_ours && is(ours)).map(|ours| {
            look("variables", format!("{name} is set, and nothing reads it; did you mean {ours}?"))
        })
    };
    names.iter().filter_map(nearly).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_a_name_is_noticed_and_other_programs_variables_are_none() {
        let about = |name: &str| misspelt([name.to_owned()].into_iter()).pop().map(|line| line.says);
        for (name, ours) in [
            ("SMPT_URL", "SMTP_URL"),
            ("base_url", "BASE_URL"),
            ("TRUSTED_PROXYS", "TRUSTED_PROXIES"),
            ("DATADIR", "DATA_DIR"),
            ("BACKUP_RECIPENT", "BACKUP_RECIPIENT"),
        ] {
            assert!(
                about(name).is_some_and(|says| says.ends_with(&format!("did you mean {ours}?"))),
                "{name}"
            );
        }
        for name in
            ["SMTP_URL", "PATH", "HOME", "LANG", "MAILTO", "LISTEN_FDS", "LISTEN_PID", "USER", "SHELL"]
        {
            assert_eq!(about(name), None, "{name}");
        }
    }
}
