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
    }
}
