//! A phone number, read as the country reads it that the practice is in, and
//! kept in one form however it was typed.

use std::fmt;

use super::{country::Country, typed};

/// Why what was typed can't be kept as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneError {
    /// There is something in it that is neither a digit nor stands between digits.
    NotDigits,
    /// Nobody could call it.
    NotANumber,
}

/// A number as a `tel:` link holds it: `+15305550142`, `+15305550142;ext=12`.
/// Digits as they are dialed where the country is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

/// What may stand between the digits.
const BETWEEN: &str = " -.()/[]_·•,'";
/// What may stand before an extension; the longer ones first.
const EXTENSIONS: [&str; 9] = [";ext=", "extension", "durchwahl", "extn", "ext.", "ext", "x.", "x", "#"];

impl Phone {
    /// Reads a number. Without a country code it is one of `country`'s.
    pub fn parse(text: &str, country: Option<Country>) -> Result<Self, PhoneError> {
        let text = typed::plain(&typed::line(text)).to_lowercase();
        let text = text.trim_start_matches("tel").trim_start_matches([':', '.', ' ']);
        let text = text.replace(is_dash, "-");
        let (number, extension) = split_extension(&text).ok_or(PhoneError::NotANumber)?;
        let after_plus = number.trim_start_matches(['(', ' ']).trim_start_matches('+');
        if !after_plus.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || BETWEEN.contains(c)) {
            return Err(PhoneError::NotDigits);
        }
        let number = whole(&compact(number), country).ok_or(PhoneError::NotANumber)?;
        Ok(Self(match extension {
            Some(extension) => format!("{number};ext={extension}"),
            None => number,
        }))
    }

    /// Takes back a number that was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// As the file and a `tel:` link have it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As a form offers it, which is read as `country`'s again: as it is shown, with its country
    /// code where it would be another's number without.
    pub fn as_typed(&self, country: Option<Country>) -> String {
        let shown = self.to_string();
        let is_read_back = Self::parse(&shown, country).is_ok_and(|read| read == *self);
        if is_read_back { shown } else { self.0.clone() }
    }

    /// What is dialed first, and all that can be texted to.
    pub fn without_extension(&self) -> &str {
        self.0.split(';').next().unwrap_or_default()
    }
}

/// `(530) 555-0142` for a North American number, the digits for any other, and
/// the extension behind it.
impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, extension) = self.0.split_once(";ext=").unwrap_or((&self.0, ""));
        match number.strip_prefix("+1") {
            Some(n) if n.len() == 10 => write!(f, "({}) {}-{}", &n[..3], &n[3..6], &n[6..])?,
            _ => f.write_str(number)?,
        }
        if extension.is_empty() { Ok(()) } else { write!(f, " ext. {extension}") }
    }
}

/// The digits, with the plus and with a zero in brackets, which is not dialed from abroad.
fn compact(number: &str) -> String {
    let zero = number.replace("( 0 )", "(0)").replace("(0)", "z");
    let kept: String = zero.chars().filter(|c| c.is_ascii_digit() || matches!(c, '+' | 'z')).collect();
    kept.replace('z', "(0)")
}

/// A number with its country code, or as it is dialed where there is no country.
fn whole(number: &str, country: Option<Country>) -> Option<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let read = match country {
        Some(country) => phonelib::PhoneNumber::parse_with_country(number, country.code()),
        None if number.starts_with('+') => phonelib::PhoneNumber::parse(number),
        None => None,
    };
    if let Some(read) = read {
        let number = read.e164();
        let is_good = number.strip_prefix("+1").is_none_or(is_north_american);
        return is_good.then(|| number.to_owned());
    }
    // New ranges are handed out faster than lists of them are printed.
    let is_foreign = number.starts_with('+') && !digits.starts_with(['0', '1']);
    if is_foreign && !number.contains("(0)") && (8..=15).contains(&digits.len()) {
        return Some(format!("+{digits}"));
    }
    (country.is_none() && !number.starts_with('+') && (7..=15).contains(&digits.len())).then_some(digits)
}

/// Ten digits, area code and exchange beginning with 2 to 9.
pub(super) fn is_north_american(digits: &str) -> bool {
    digits.len() == 10 && [0, 3].iter().all(|at| (b'2'..=b'9').contains(&digits.as_bytes()[*at]))
}

/// The number, and the extension behind it; none where that is no extension.
fn split_extension(text: &str) -> Option<(&str, Option<&str>)> {
    let Some(at) = text.find(|c: char| c.is_ascii_alphabetic() || matches!(c, '#' | ';')) else {
        return Some((text, None));
    };
    let (number, rest) = text.split_at(at);
    let extension = EXTENSIONS.iter().find_map(|word| rest.strip_prefix(word))?.trim_matches([' ', ':', '.']);
    let is_extension = (1..=7).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_digit());
    is_extension.then_some((number.trim_end_matches([' ', ',', '-', '(']), Some(extension)))
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{30fc}')
}

#[cfg(test)]
mod tests;
