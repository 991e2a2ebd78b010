//! The addresses of the year's numbers, and of what is taken out.

use chrono::NaiveDate;

use crate::domain::numbers::Year;

/// What the therapist takes out of Stillpoint.
pub const EXPORTS: &str = "/admin/exports";
/// What a year comes to.
pub const NUMBERS: &str = "/admin/numbers";
/// The same for a spreadsheet.
pub const NUMBERS_TABLE: &str = "/admin/numbers.csv";
/// The year's sheet: on which days the therapist drove between offices.
pub const MILES: &str = "/admin/numbers/miles";
/// The same for a spreadsheet.
pub const MILES_TABLE: &str = "/admin/numbers/miles.csv";
/// Where a rate per mile is noted.
pub const MILEAGE_RATES: &str = "/admin/numbers/rates";

pub fn miles(year: Year) -> String {
    format!("{MILES}?year={year}")
}

/// The row of a date on its sheet.
pub fn miles_of(date: NaiveDate) -> String {
    format!("{MILES}?year={}#d{date}", date.format("%Y"))
}

pub fn miles_table(year: Year) -> String {
    format!("{MILES_TABLE}?year={year}")
}

/// Where a date's drives are ticked.
pub fn driven_day(date: NaiveDate) -> String {
    format!("{MILES}/{date}")
}

/// Where they are unticked.
pub fn driven_day_end(date: NaiveDate) -> String {
    format!("{}/end", driven_day(date))
}

/// Where a rate per mile is taken back.
pub fn mileage_rate_end(holds_from: NaiveDate) -> String {
    format!("{MILEAGE_RATES}/{holds_from}/end")
}

pub fn numbers(year: Year) -> String {
    format!("{NUMBERS}?year={year}")
}

pub fn numbers_table(year: Year) -> String {
    format!("{NUMBERS_TABLE}?year={year}")
}
