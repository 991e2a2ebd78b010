//! Who is the same person: the keys by which two spellings of one name, or of
//! one number, are the same.

use unicode_normalization::UnicodeNormalization;

use super::{country::Country, name::Name, phone};

/// Of the rule by which the keys are made. Whoever changes it raises this, and
/// the keys on file are made anew.
pub const VERSION: i64 = 2;

/// The key of a name: case, the way in which Unicode spells an accent,
/// apostrophes, and how many spaces there are make no difference. An accent itself does.
pub fn name_key(name: &str) -> String {
    // By way of the capitals `ß` is `ss`, and both small sigmas are one.
    let plain = name.chars().filter(|c| !is_silent(*c)).map(plain_dash).nfkc();
    let folded: String = plain.flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whoever is named besides somebody; `None` where that is they themselves.
pub fn another(guest: Option<Name>, name: &Name) -> Option<Name> {
    guest.filter(|guest| name_key(guest.as_str()) != name_key(name.as_str()))
}

/// The key of a number: its digits with the plus in front, and the extension's.
pub fn phone_key(phone: &str) -> String {
    let phone: String = phone.nfkc().collect();
    let is_extension = |c: char| c.is_alphabetic() || matches!(c, '#' | ';' | ',');
    let (number, extension) = phone.split_at(phone.find(is_extension).unwrap_or(phone.len()));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    // Pasted numbers begin with marks that nobody sees.
    let first = number.chars().find(|c| c.is_ascii_digit() || *c == '+');
    let plus = if first == Some('+') { "+" } else { "" };
    let extension = digits(extension);
    let mark = if extension.is_empty() { "" } else { "x" };
    format!("{plus}{}{mark}{extension}", digits(number))
}

/// The key under which older versions kept a number of ten digits that they took
/// for a North American one: `55 5555 0142` in Mexico was `+1 555 555 0142`.
/// Nothing on file tells the two apart; the name does.
pub fn mistaken_phone_key(phone: &str) -> Option<String> {
    let key = phone_key(phone);
    let code = Country::of_phone(phone)?.calling_code()?;
    let number = key.strip_prefix(&format!("+{code}"))?;
    (code != 1 && phone::is_north_american(number)).then(|| format!("+1{number}"))
}

/// Apostrophes, however they are typed, and what is not seen at all.
fn is_silent(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '´' | '\u{2bb}'..='\u{2bd}' | '\u{2b9}' | '\u{2018}'..='\u{201b}' | '\u{2032}'
            | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// The hyphens that keyboards and phones make of one.
fn plain_dash(c: char) -> char {
    if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        for (one, other) in [
            ("O'Brien", "O’Brien"),
            ("O'Brien", "OʼBrien"),
            ("O`Brien", "O´Brien"),
            ("Ann O'Brien", "ann obrien"),
            ("Jos\u{e9} Ruiz", "Jose\u{301} Ruiz"),
            ("JOS\u{c9} RUIZ", "jose\u{301} ruiz"),
            ("June  Okafor", "June Okafor"),
            (" June\u{a0}Okafor ", "June Okafor"),
            ("June\u{200b} Okafor", "June Okafor"),
            ("Anne\u{2011}Marie", "Anne-Marie"),
            ("Ｊｕｎｅ", "June"),
            ("Großmann", "GROSSMANN"),
            ("Nguye\u{302}\u{303}n", "Nguy\u{1ec5}n"),
            ("Ο\u{3a3}", "ος"),
        ] {
            assert_eq!(name_key(one), name_key(other), "{one}, {other}");
        }
    }

    #[test]
    fn names_of_two_people_stay_two() {
        for (one, other) in [
            ("June Okafor", "Jane Okafor"),
            ("José Ruiz", "Jose Ruiz"),
            ("Ann Lee", "Anna Lee"),
            ("Walt Brennan", "Walt Brennan Jr."),
            ("Müller", "Muller"),
        ] {
            assert_ne!(name_key(one), name_key(other), "{one}, {other}");
        }
    }

    #[test]
    fn a_number_is_its_digits() {
        for (one, other) in [
            ("+15305550142", "+1 (530) 555-0142"),
            ("+15305550142", "+1\u{2011}530\u{2013}555.0142"),
            ("+15305550142", "\u{202a}+1 530 555 0142\u{202c}"),
            ("0301234567", "030 / 123 45 67"),
            ("+15305550142 x12", "+1 530 555 0142 ext. 12"),
            ("+15305550142;ext=12", "+15305550142 #12"),
        ] {
            assert_eq!(phone_key(one), phone_key(other), "{one}, {other}");
        }
        for (one, other) in [("+15305550142", "+15305550143"), ("+15305550142", "+15305550142 x1")] {
            assert_ne!(phone_key(one), phone_key(other), "{one}, {other}");
        }
    }
}
