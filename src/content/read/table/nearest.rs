//! The name that was probably meant by one that nobody knows.

use strsim::osa_distance;

/// `did you mean \`this\`?`, or else all that there are.
pub fn help(unknown: &str, known: &[&str]) -> String {
    match nearest(unknown, known) {
        Some(known) => format!("did you mean `{known}`?"),
        None if known.is_empty() => "nothing goes here".to_owned(),
        None => {
            let known: Vec<_> = known.iter().map(|known| format!("`{known}`")).collect();
            format!("choose from {}", known.join(", "))
        }
    }
}

/// One that differs by a slip or two, or of which the one is the beginning of the other.
fn nearest<'a>(unknown: &str, known: &[&'a str]) -> Option<&'a str> {
    let unknown = unknown.to_lowercase();
    let is_begun = |known: &str| {
        unknown.len().min(known.len()) >= 4 && (known.starts_with(&unknown) || unknown.starts_with(known))
    };
    let is_near = |known: &&&str| is_mistyped(&unknown, known) || is_begun(known);
    known.iter().filter(is_near).min_by_key(|known| osa_distance(&unknown, known)).copied()
}

/// One that differs by a slip or two.
pub fn mistyped<'a>(unknown: &str, known: &[&'a str]) -> Option<&'a str> {
    known.iter().find(|known| is_mistyped(unknown, known)).copied()
}

fn is_mistyped(unknown: &str, known: &str) -> bool {
    osa_distance(unknown, known) <= unknown.chars().count().div_ceil(4).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_and_none_where_none_is_near() {
        let keys = [
            "slot_step_minutes",
            "minimum_notice_hours",
            "horizon_days",
            "hold_hours",
            "phone",
            "from",
            "to",
        ];
        for (unknown, suggestion) in [
            ("slot_step_minuets", Some("slot_step_minutes")),
            ("slot_steps_minutes", Some("slot_step_minutes")),
            ("slotstepminutes", Some("slot_step_minutes")),
            ("minimum_notice", Some("minimum_notice_hours")),
            ("Horizon_Days", Some("horizon_days")),
            ("horizon", Some("horizon_days")),
            ("hold_hour", Some("hold_hours")),
            ("phones", Some("phone")),
            ("pone", Some("phone")),
            ("form", Some("from")),
            ("fee", None),
            ("colour", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(unknown, &keys), suggestion, "{unknown}");
        }
        assert_eq!(help("colour", &["name", "phone"]), "choose from `name`, `phone`");
        assert_eq!(help("nam", &["name", "phone"]), "did you mean `name`?");
    }
}
