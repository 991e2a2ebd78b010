//! What a session costs.

/// An amount in hundredths of the practice's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Price(pub i64);

impl Price {
    /// `$95`, `$95.50`, `€95`; another currency by its code, `SEK 950`.
    pub fn words(self, currency: &str) -> String {
        let (whole, hundredths) = (self.0 / 100, self.0 % 100);
        let amount = if hundredths == 0 { whole.to_string() } else { format!("{whole}.{hundredths:02}") };
        match currency {
            "USD" => format!("${amount}"),
            "EUR" => format!("€{amount}"),
            "GBP" => format!("£{amount}"),
            code => format!("{code} {amount}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_shows_cents_only_where_there_are_any() {
        assert_eq!(Price(9500).words("USD"), "$95");
        assert_eq!(Price(9550).words("EUR"), "€95.50");
        assert_eq!(Price(5).words("SEK"), "SEK 0.05");
    }
}
