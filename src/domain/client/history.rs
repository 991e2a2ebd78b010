//! What a client's earlier appointments came to.

/// What a client's earlier appointments came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct History {
    pub visits: u32,
    pub no_shows: u32,
    pub late_cancellations: u32,
}

impl History {
    /// `4 visits, 1 no-show, 1 late cancellation`; `first visit` where there is nothing to tell.
    pub fn words(&self) -> String {
        let counted = [
            (self.visits, "visit"),
            (self.no_shows, "no-show"),
            (self.late_cancellations, "late cancellation"),
        ];
        let words: Vec<String> = counted
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}{}", if count == 1 { "" } else { "s" }))
            .collect();
        if words.is_empty() { "first visit".to_owned() } else { words.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_is_one_line() {
        let history =
            |visits, no_shows, late_cancellations| History { visits, no_shows, late_cancellations }.words();
        assert_eq!(history(4, 1, 1), "4 visits, 1 no-show, 1 late cancellation");
        assert_eq!(history(1, 0, 2), "1 visit, 2 late cancellations");
        assert_eq!(history(0, 0, 0), "first visit");
    }
}
