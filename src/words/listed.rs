//! Several names in one phrase.

/// `Redding`, `Mt. Shasta and Redding`, `Mt. Shasta, Redding, and Weed`
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, other] => format!("{one} and {other}"),
        [before @ .., last] => format!("{}, and {last}", before.join(", ")),
    }
}

/// The same of those that are named, `June Okafor and 3 more`.
pub fn some(mut named: Vec<String>, more: usize) -> String {
    if more > 0 {
        named.push(format!("{more} more"));
    }
    listed(&named.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Who comes to so many visits, and how many of them are named: `June Okafor, Walt Brennan, and 3
/// more`; `June Okafor, 3 visits` where they are all of one.
pub fn visitors(mut names: Vec<String>, visits: usize, most: usize) -> String {
    if let [alone] = names.as_slice()
        && visits > 1
    {
        return format!("{alone}, {visits} visits");
    }
    let more = names.len().saturating_sub(most);
    names.truncate(most);
    some(names, more)
}

/// `one call`, `3 calls`; nothing of nothing.
pub fn counted(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("one {one}")),
        count => Some(format!("{count} {many}")),
    }
}

/// The words as a sentence or a heading begins.
pub fn begun(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_as_they_are_said() {
        for (names, phrase) in [
            (&[][..], ""),
            (&["Redding"], "Redding"),
            (&["Mt. Shasta", "Redding"], "Mt. Shasta and Redding"),
            (&["Mt. Shasta", "Redding", "Weed"], "Mt. Shasta, Redding, and Weed"),
            (&["A", "B", "C", "D"], "A, B, C, and D"),
        ] {
            assert_eq!(listed(names), phrase);
        }
        assert_eq!(some(vec!["Redding".to_owned()], 3), "Redding and 3 more");
        assert_eq!(some(vec!["Redding".to_owned()], 0), "Redding");
        assert_eq!(counted(1, "call", "calls").map(|words| begun(&words)), Some("One call".to_owned()));
        assert_eq!(counted(0, "call", "calls"), None);
    }
}
