//! What a session costs.

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
    }
}
