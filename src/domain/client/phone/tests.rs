//! Numbers as people of five countries write them.

use chrono_tz::Tz;

use proptest::prelude::*;

use super::*;
use crate::domain::example::any_text;

const US: Tz = Tz::America__Los_Angeles;
const GB: Tz = Tz::Europe__London;
const DE: Tz = Tz::Europe__Berlin;
const NZ: Tz = Tz::Pacific__Auckland;
const IE: Tz = Tz::Europe__Dublin;

#[test]
fn numbers_are_kept_in_one_form_however_they_are_typed() {
    for (zone, typed, kept) in [
        (US, "(530) 555-0142", "+15305550142"),
        (US, "530.555.0142", "+15305550142"),
        (US, "1-530-555-0142", "+15305550142"),
        (US, "+1 530 555 0142", "+15305550142"),
        (US, "\u{202a}+1 (530) 555\u{2011}0142\u{202c}", "+15305550142"),
        (US, "530\u{2013}555\u{2013}0142", "+15305550142"),
        (US, "530\u{200b}555\u{feff}0142", "+15305550142"),
        (US, "\u{ff15}\u{ff13}\u{ff10} 555 0142", "+15305550142"),
        (US, "530\u{2212}555\u{2014}0142", "+15305550142"),
        (US, "tel:+1-530-555-0142", "+15305550142"),
        (US, "(+1) 530 555 0142", "+15305550142"),
        (US, "+44 (0)20 7946 0958", "+442079460958"),
        (US, "011 49 30 1234567", "+49301234567"),
        (US, "0049 170 1234567", "+491701234567"),
        (US, "+49 30 1234567", "+49301234567"),
        (US, "+41 44 555 01 00", "+41445550100"),
        (GB, "020 7946 0958", "+442079460958"),
        (GB, "07700 900123", "+447700900123"),
        (GB, "+44 (0)20 7946 0958", "+442079460958"),
        (GB, "+44 (0) 20 7946 0958", "+442079460958"),
        (GB, "0044 20 7946 0958", "+442079460958"),
        (GB, "(01632) 960 001", "+441632960001"),
        (GB, "+353 1 234 5678", "+35312345678"),
        (DE, "030 / 1234567", "+49301234567"),
        (DE, "0170 1234567", "+491701234567"),
        (DE, "0049 170 1234567", "+491701234567"),
        (DE, "+49 170 1234567", "+491701234567"),
        (DE, "+49 (0)170 1234567", "+491701234567"),
        (DE, "(030) 901820-99", "+493090182099"),
        (DE, "5305550142", "+495305550142"),
        (DE, "+1 (530) 555-0142", "+15305550142"),
        (NZ, "021 123 456", "+6421123456"),
        (NZ, "(09) 303-4567", "+6493034567"),
        (NZ, "+64 (0)9 303 4567", "+6493034567"),
        (NZ, "0064 9 303 4567", "+6493034567"),
        (NZ, "00 44 20 7946 0958", "+442079460958"),
        (IE, "01 234 5678", "+35312345678"),
        (IE, "087 123 4567", "+353871234567"),
        (IE, "+353 (0)87 123 4567", "+353871234567"),
        (IE, "0404 12345", "+35340412345"),
        (Tz::Europe__Zurich, "079 555 01 33", "+41795550133"),
        (Tz::Europe__Rome, "06 698 1234", "+39066981234"),
        (Tz::UTC, "030 1234567", "0301234567"),
    ] {
        let read = Phone::parse(typed, Country::of(zone));
        assert_eq!(read.as_ref().map(Phone::as_str), Ok(kept), "{zone}: {typed}");
        let again = Phone::parse(kept, Country::of(zone));
        assert_eq!(again.as_ref().map(Phone::as_str), Ok(kept), "{zone}: {kept} read again");
    }
}

#[test]
fn an_extension_is_kept_shown_and_dialed() {
    let shown = "(530) 555-0142 ext. 12";
    for typed in [
        "(530) 555-0142 ext. 12",
        "530-555-0142 x12",
        "530-555-0142x12",
        "530 555 0142, ext 12",
        "530 555 0142 extension 12",
        "530 555 0142 Ext: 12",
        "530 555 0142 #12",
        "530 555 0142 (x12",
        "+1 530 555 0142;ext=12",
        "tel:+15305550142;ext=12",
    ] {
        let phone = Phone::parse(typed, Country::of(US)).expect(typed);
        assert_eq!((phone.as_str(), phone.to_string().as_str()), ("+15305550142;ext=12", shown), "{typed}");
    }
    let there = Phone::parse("020 7946 0958 ext 4", Country::of(GB)).expect("a number");
    assert_eq!(there.to_string(), "+442079460958 ext. 4");
    for typed in ["530 555 0142 ext", "530 555 0142 ext 12345678", "530 555 0142 home", "x12"] {
        assert!(Phone::parse(typed, Country::of(US)).is_err(), "{typed}");
    }
}

#[test]
fn what_is_no_number_is_refused() {
    use PhoneError::{NotANumber, NotDigits};
    for (zone, typed, error) in [
        (US, "", NotANumber),
        (US, "555-0142", NotANumber),
        (US, "(130) 555-0142", NotANumber),
        (US, "530 155 0142", NotANumber),
        (US, "53055501423", NotANumber),
        (US, "call me", NotANumber),
        (US, "530?555?0142", NotDigits),
        (US, "+1 23", NotANumber),
        (US, "+123456789012345678", NotANumber),
        (US, "020 7946 0958", NotANumber),
        (GB, "12", NotANumber),
        (DE, "12", NotANumber),
        (NZ, "12", NotANumber),
        (IE, "12", NotANumber),
        (Tz::Europe__Rome, "12", NotANumber),
        (Tz::UTC, "12", NotANumber),
    ] {
        assert_eq!(Phone::parse(typed, Country::of(zone)), Err(error), "{zone}: {typed}");
    }
}

#[test]
fn a_form_offers_a_number_that_it_reads_back_as_the_same() {
    for (zone, kept, offered) in [
        (US, "+15305550142", "(530) 555-0142"),
        (US, "+15305550142;ext=12", "(530) 555-0142 ext. 12"),
        (GB, "+15305550142", "+15305550142"),
        (GB, "+442079460958", "+442079460958"),
    ] {
        assert_eq!(Phone::stored(kept.to_owned()).as_typed(Country::of(zone)), offered, "{zone}: {kept}");
    }
}

proptest! {
    #[test]
    fn a_number_is_read_again_as_it_is_kept_and_as_a_form_offers_it(text in any_text(&[
        "530", "555", "0142", "(", ")", "-", " ", "+1", "+49", "0049", "011", "1", "0", "ext.", "x", "12", ";ext=", "tel:", "٥",
    ]), zone in prop_oneof![Just(US), Just(GB), Just(DE), Just(NZ)]) {
        let country = Country::of(zone);
        if let Ok(phone) = Phone::parse(&text, country) {
            prop_assert_eq!(Phone::parse(phone.as_str(), country), Ok(phone.clone()), "{}", text);
            prop_assert_eq!(Phone::parse(&phone.as_typed(country), country), Ok(phone), "{}", text);
        }
        let _ = Phone::parse(&text, None);
    }
}
