//! What each key of the content looks like when it is right, for the sentence
//! that says that it is not.

/// The keys with an example of what follows `=`. Keys of different tables that
/// share a name share their example.
const EXAMPLES: &[(&str, &str)] = &[
    ("address", r#"["100 Main Street", "Mt. Shasta, CA 96067"]"#),
    ("address_public", "false"),
    ("aliases", r#"["/old/address.html"]"#),
    ("answer_before_hours", "2"),
    ("between", r#"["mt-shasta", "redding"]"#),
    ("book_again", r#""by_therapist""#),
    ("buffer_minutes", "15"),
    ("by_therapist", "true"),
    ("cancellation_notice_hours", "24"),
    ("come_early_minutes", "5"),
    ("confirmation", r#""by_therapist""#),
    ("credential", r#""CAMTC #93004""#),
    ("currency", r#""USD""#),
    ("days", r#"["monday", "wednesday"]"#),
    ("description", r#""What the page is about, in a sentence.""#),
    ("email", r#""you@example.com""#),
    ("email_text_days", "400"),
    ("first_booking_decides", r#"["saturday"]"#),
    ("from", r#""09:00""#),
    ("hold_hours", "24"),
    ("horizon_days", "60"),
    ("hours", r#"[{ days = ["monday"], from = "09:00", to = "17:00" }]"#),
    ("late_fee_percent", "50"),
    ("latitude", "41.31"),
    ("lead", r#""The first sentence.""#),
    ("link_days_after_visit", "30"),
    ("longitude", "-122.31"),
    ("menu", r#""footer""#),
    ("miles", "60"),
    ("minimum_notice_hours", "12"),
    ("minutes", "60"),
    ("name", r#""Mt. Shasta""#),
    ("notice", r#""A line at the foot of each page.""#),
    ("office", r#""mt-shasta""#),
    ("offices", r#"["mt-shasta", "redding"]"#),
    ("open_requests_per_contact", "3"),
    ("moves_per_appointment", "3"),
    ("per_address_10_seconds", "6"),
    ("per_address_hour", "20"),
    ("phone", r#""(530) 555-0100""#),
    ("phone_needed", "true"),
    ("portrait", r#""you.jpg""#),
    ("price", "95"),
    ("published", "2026-11-14"),
    ("reminder_hours", "[48, 3]"),
    ("retired", "true"),
    ("revised", "2026-11-14"),
    ("sign_in_days", "90"),
    ("slot_step_minutes", "15"),
    ("slug", r#""mt-shasta""#),
    ("spoken_with", "true"),
    ("summary", r#""A short line for the list.""#),
    ("time_zone", r#""America/Los_Angeles""#),
    ("title", r#""A few words""#),
    ("to", r#""17:00""#),
    ("topics", r#"["headache"]"#),
    ("unproven_holds", "40"),
    ("unproven_holds_per_day", "4"),
    ("unproven_request_days", "30"),
    ("visits_years", "7"),
    ("waitlist_notice_hours", "2"),
    ("who", r#""N. L.""#),
    ("year", "2023"),
];

/// ``, as in `currency = "USD"` ``; nothing for a key without an example.
pub fn as_in(table: &str, key: &str) -> String {
    // The one name that says two things: the sender, and when an office opens.
    let example = match (table, key) {
        ("mail", "from") => Some(r#""you@example.com""#),
        _ => EXAMPLES.iter().find(|(known, _)| *known == key).map(|(_, example)| *example),
    };
    example.map(|example| format!(", as in `{key} = {example}`")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_that_the_shipped_practice_writes_has_its_example() {
        let file = include_str!("../../../../content/practice.toml");
        let lines = file.lines().filter_map(|line| line.split_once(" = "));
        let keys = lines.map(|(key, _)| key).filter(|key| !key.starts_with(['#', ' ']));
        let without: Vec<_> = keys.filter(|key| as_in("", key).is_empty()).collect();
        assert!(without.is_empty(), "{without:?}");
    }

    #[test]
    fn every_example_can_be_read() {
        for (key, example) in EXAMPLES {
            let read = toml::from_str::<toml::Table>(&format!("{key} = {example}"));
            assert!(read.is_ok(), "{key}: {read:?}");
        }
    }
}
