//! What a session costs, and an amount of money as somebody types it.

use crate::domain::client::typed;

/// The currencies in use (ISO 4217), without funds, metals and test codes.
const CURRENCIES: &str = "
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD
    MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG
    QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD
    TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// True for the code of a currency, like `USD`.
pub fn is_currency(code: &str) -> bool {
    CURRENCIES.split_whitespace().any(|known| known == code)
}

/// True for an amount that whole hundredths can say.
pub fn is_payable(amount: f64) -> bool {
    // No amount of up to a million is further than this from the hundredths that were written.
    (amount * 100.0 - (amount * 100.0).round()).abs() < 1e-6
}

/// An amount in hundredths of the practice's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Price(pub i64);

/// Why what was typed is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Nothing was typed.
    Missing,
    /// It reads like no amount: letters, three decimals, less than nothing.
    NotAnAmount,
    /// More than anybody is paid for a session.
    TooMuch,
}

impl Price {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The most that the practice file, or a form, takes.
    pub const MOST: Self = Self(100_000_000);

    /// Reads an amount as people write it: `95`, `$95.50`, `95,50 €`, `1,095.00`, `USD 95`.
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let text = typed::plain(&typed::line(text));
        let is_sign = |c: char| matches!(c, '$' | '€' | '£' | ' ');
        let text = text.trim_matches(is_sign);
        let code = |text: &str| text.len() == 3 && text.bytes().all(|b| b.is_ascii_alphabetic());
        let text = match text.get(..3).filter(|start| code(start)) {
            Some(_) => &text[3..],
            None => text.len().checked_sub(3).and_then(|at| text.split_at_checked(at)).map_or(
                text,
                |(front, end)| {
                    if code(end) { front } else { text }
                },
            ),
        };
        let text = text.trim_matches(is_sign);
        if text.is_empty() {
            return Err(AmountError::Missing);
        }
        // One or two digits after the last comma or point are hundredths. Three after a
        // comma are thousands; after a point nobody can say.
        let (whole, hundredths, others) = match text.rfind(['.', ',']) {
            Some(at) if (1..=2).contains(&(text.len() - at - 1)) => {
                let others = if text[at..].starts_with('.') { ',' } else { '.' };
                (&text[..at], &text[at + 1..], others)
            }
            _ => (text, "", ','),
        };
        let whole = grouped(whole, others).filter(|whole| !whole.is_empty() || !hundredths.is_empty());
        let digits = format!("{}{hundredths:0<2}", whole.ok_or(AmountError::NotAnAmount)?);
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(AmountError::NotAnAmount);
        }
        let amount = digits.parse().map(Self).map_err(|_| AmountError::TooMuch)?;
        if amount <= Self::MOST { Ok(amount) } else { Err(AmountError::TooMuch) }
    }

    /// `95`, `95.50`: as it stands in a field.
    pub fn figures(self) -> String {
        let (whole, hundredths) = (self.0 / 100, self.0 % 100);
        if hundredths == 0 { whole.to_string() } else { format!("{whole}.{hundredths:02}") }
    }

    /// `$95`, `$95.50`, `$57,855`, `€95`; another currency by its code, `SEK 950`.
    pub fn words(self, currency: &str) -> String {
        let amount = in_thousands(&self.figures());
        match currency {
            "USD" => format!("${amount}"),
            "EUR" => format!("€{amount}"),
            "GBP" => format!("£{amount}"),
            code => format!("{code} {amount}"),
        }
    }
}

/// Figures with their thousands set apart.
fn in_thousands(figures: &str) -> String {
    let (whole, rest) = figures.split_at(figures.find('.').unwrap_or(figures.len()));
    let mut apart = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            apart.push(',');
        }
        apart.push(digit);
    }
    apart + rest
}

/// The digits of whole units, without what stands between thousands.
fn grouped(whole: &str, separator: char) -> Option<String> {
    let mut groups = whole.split([separator, ' ', '\'', '’']);
    let first = groups.next().unwrap_or_default();
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || !(1..=3).contains(&first.len()) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::example::any_text;

    #[test]
    fn an_amount_is_read_as_people_write_it() {
        for (typed, amount) in [
            ("95", 9500),
            (" $95 ", 9500),
            ("95.5", 9550),
            ("95.50", 9550),
            ("95,50", 9550),
            ("95,50 €", 9550),
            ("USD 95", 9500),
            ("95 usd", 9500),
            ("1,095", 109_500),
            ("1,095.00", 109_500),
            ("1.095,00", 109_500),
            ("12 345.6", 1_234_560),
            ("0", 0),
            (".5", 50),
            ("$0.00", 0),
            ("٩٥", 9500),
            ("９５", 9500),
            ("1,000,000", 100_000_000),
        ] {
            assert_eq!(Price::parse(typed), Ok(Price(amount)), "{typed}");
        }
        for (typed, error) in [
            ("", AmountError::Missing),
            ("  ", AmountError::Missing),
            ("$", AmountError::Missing),
            ("-5", AmountError::NotAnAmount),
            ("−5", AmountError::NotAnAmount),
            ("ninety", AmountError::NotAnAmount),
            ("95.555", AmountError::NotAnAmount),
            ("1.095.50", AmountError::NotAnAmount),
            ("95.", AmountError::NotAnAmount),
            ("9,5,0", AmountError::NotAnAmount),
            ("1,0955", AmountError::NotAnAmount),
            ("95..5", AmountError::NotAnAmount),
            ("9e5", AmountError::NotAnAmount),
            ("+95", AmountError::NotAnAmount),
            ("95-100", AmountError::NotAnAmount),
            ("1,000,000.01", AmountError::TooMuch),
            ("99999999999999999999999", AmountError::TooMuch),
        ] {
            assert_eq!(Price::parse(typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn what_stands_in_a_field_reads_back() {
        for amount in [0, 5, 50, 9500, 9550, 100_000_000] {
            assert_eq!(Price::parse(&Price(amount).figures()), Ok(Price(amount)));
        }
    }

    #[test]
    fn a_currency_has_a_code_that_is_in_use() {
        for code in ["USD", "EUR", "GBP", "NZD", "CHF"] {
            assert!(is_currency(code), "{code}");
        }
        for code in
            ["", "usd", "US", "US$", "$", "EURO", "USDD", "ABC", "XXX", "XAU", "DEM", "USD EUR", " USD"]
        {
            assert!(!is_currency(code), "{code}");
        }
    }

    #[test]
    fn an_amount_has_two_decimals_at_most() {
        for amount in [0.0, 95.0, 95.5, 95.55, 0.01, 0.29, 1.15, 999_999.99] {
            assert!(is_payable(amount), "{amount}");
        }
        for amount in [95.555, 0.001, 95.999, 999_999.995] {
            assert!(!is_payable(amount), "{amount}");
        }
    }

    #[test]
    fn a_price_shows_cents_only_where_there_are_any() {
        assert_eq!(Price(9500).words("USD"), "$95");
        assert_eq!(Price(9550).words("EUR"), "€95.50");
        assert_eq!(Price(5).words("SEK"), "SEK 0.05");
        assert_eq!(Price(99_900).words("USD"), "$999");
        assert_eq!(Price(100_050).words("USD"), "$1,000.50");
        assert_eq!(Price(123_456_700).words("USD"), "$1,234,567");
    }

    proptest! {
        #[test]
        fn an_amount_is_read_as_it_stands_in_a_field_and_as_it_is_said(hundredths in 0..=Price::MOST.0, pick in any::<prop::sample::Index>()) {
            let price = Price(hundredths);
            let currency = pick.get(&["USD", "EUR", "GBP", "SEK", "XOF"]);
            prop_assert_eq!(Price::parse(&price.figures()), Ok(price));
            prop_assert_eq!(Price::parse(&price.words(currency)), Ok(price), "{}", price.words(currency));
        }

        #[test]
        fn whatever_is_typed_is_an_amount_or_none(text in any_text(&[
            "95", "0", "1", "095", ".", ",", " ", "'", "$", "€", "USD", "-", "٥", "e9", "99999999999999999999", "é",
        ])) {
            if let Ok(price) = Price::parse(&text) {
                prop_assert!((0..=Price::MOST.0).contains(&price.0));
                prop_assert_eq!(Price::parse(&price.figures()), Ok(price));
            }
        }
    }
}
