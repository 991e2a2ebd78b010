//! A rate per mile in words.

use crate::domain::numbers::miles::{Rate, RateError};

/// What hundredths of a currency are called: `cents`.
pub fn hundredths(currency: &str) -> String {
    match currency {
        "USD" | "EUR" | "CAD" | "AUD" | "NZD" => "cents".to_owned(),
        "GBP" => "pence".to_owned(),
        code => format!("hundredths of a {code}"),
    }
}

/// `72.5 cents`
pub fn rate(currency: &str, rate: Rate) -> String {
    format!("{} {}", rate.hundredths(), hundredths(currency))
}

/// What is wrong with a rate that was typed.
pub fn wrong(currency: &str, error: RateError) -> String {
    let hundredths = hundredths(currency);
    match error {
        RateError::Unreadable => format!("Please write the rate in {hundredths}, like “72.5”."),
        RateError::TooSmall => {
            format!("That's less than 2 {hundredths} a mile. Please write it in {hundredths}, like “72.5”.")
        }
        RateError::TooLarge => {
            format!("That's more than 999 {hundredths} a mile. Please write it in {hundredths}, like “72.5”.")
        }
    }
}
