//! Names of all sorts, and what only looks like one.

use proptest::prelude::*;

use super::*;
use crate::domain::example::any_text;

#[test]
fn names_of_all_sorts_are_kept_as_written() {
    for name in [
        "Ann O'Brien",
        "o’Brien",
        "J.R. Smith",
        "J.Smith",
        "j.smith",
        "St. John",
        "St.John Rivers",
        "Ma.Theresa Cruz",
        "Kumar s/o Raman",
        "Łukasz Żółć",
        "مريم العلي",
        "דוד לוי",
        "李小龙",
        "Nguyễn Thị Ánh",
        "Zoë 🌲",
        "D.J.",
        "Mary-Kate",
        "Walter Hobbs, Ph.D.",
        "María de la Luz García y Vega",
        "John Smith 3rd",
        "علی\u{200c}رضا",
    ] {
        assert_eq!(Name::parse(name).as_ref().map(Name::as_str), Ok(name));
    }
}

#[test]
fn what_cannot_be_seen_in_a_name_is_dropped() {
    for (typed, kept) in [
        ("  June \u{a0} Okafor ", "June Okafor"),
        ("June\u{202e}", "June"),
        ("\u{202b}مريم\u{202c}", "مريم"),
        ("\u{feff}June\u{200b} Okafor", "June Okafor"),
        ("June\u{0} Okafor", "June Okafor"),
        ("June\r\nOkafor", "June Okafor"),
        ("June\u{3164}", "June"),
        ("Jose\u{301}", "José"),
        ("Ju\u{ad}ne", "June"),
        ("\u{2067}דוד\u{2069}", "דוד"),
    ] {
        assert_eq!(Name::parse(typed).as_ref().map(Name::as_str), Ok(kept), "{typed:?}");
    }
}

#[test]
fn what_is_no_name_is_asked_for_again() {
    use NameError::{Missing, NoLetters, PhoneNumber, TooLong, TooManyMarks, TooManyWords, Unseen};
    let zalgo = format!("J{}", "\u{300}\u{301}".repeat(35));
    for (name, error) in [
        ("", Missing),
        ("  ", Missing),
        ("123", NoLetters),
        ("\u{3164}", Unseen),
        ("\u{115f}\u{1160}", Unseen),
        ("\u{2800}\u{2800}", Unseen),
        ("\u{200d}", Unseen),
        ("\u{301}", NoLetters),
        ("June\u{e0041}\u{e0042}", Unseen),
        (&zalgo, TooManyMarks),
        ("June 530-555-0142", PhoneNumber),
        ("Call 5305550142 now", PhoneNumber),
        ("Ann ٥٣٠٥٥٥٠", PhoneNumber),
        ("You have won a prize so call us today", TooManyWords),
        (&"x".repeat(81), TooLong),
    ] {
        assert_eq!(Name::parse(name), Err(error), "{name}");
    }
}

#[test]
fn names_that_are_links_or_headers_are_refused() {
    use NameError::{Address, Host};
    for (name, error) in [
        ("June\r\nBcc: all@example.com", Address),
        ("evil.com", Host),
        ("evil\u{ff0e}com", Host),
        ("evil\u{3002}com", Host),
        ("ｅｖｉｌ.ｃｏｍ", Host),
        ("e\u{200b}vil.c\u{ad}om", Host),
        ("t.me/x", Host),
        ("T.Me", Host),
        ("a@b.c", Address),
        ("a\u{ff20}b", Address),
        ("www.x.y", Host),
        ("Win at evil.example", Host),
        ("https://evil.example", Address),
        ("evil.com/x", Host),
        ("http:evil", Address),
        ("Win x.com now", Host),
        ("Prize at t.me", Host),
        ("Pay evil.com,Bob", Host),
        ("See evil.com(now)", Host),
        ("evil.xn--p1ai Bob", Host),
        ("зло.рф", Host),
        ("shop.plumbing", Host),
        ("evil.com.", Host),
        ("Go 45.33.32.156 x", Host),
        ("<b>June</b>", Address),
        ("\\\\host\\x", Address),
    ] {
        assert_eq!(Name::parse(name), Err(error), "{name}");
    }
}

#[test]
fn a_greeting_says_the_first_name_alone() {
    for (name, first) in [
        ("Walter Hobbs", Some("Walter")),
        ("Dr. Walter Hobbs", Some("Walter")),
        ("Dr.Walter Hobbs", Some("Walter")),
        ("Hobbs, Walter", Some("Walter")),
        ("Hobbs,Walter", Some("Walter")),
        ("Hobbs, Dr. Walter", Some("Walter")),
        ("Walter Hobbs, MD", Some("Walter")),
        ("Walter Hobbs, Ph.D.", Some("Walter")),
        ("Hobbs, Walter, Jr.", Some("Walter")),
        ("Prof. Dr. Walter Hobbs", Some("Walter")),
        ("van der Berg, Anna", Some("Anna")),
        ("Mrs Anna van der Berg", Some("Anna")),
        ("J. Walter Hobbs", Some("Walter")),
        ("Ma.Theresa Cruz", Some("Theresa")),
        ("Kumar s/o Raman", Some("Kumar")),
        ("Mary-Kate O'Brien", Some("Mary-Kate")),
        ("o'Brien", Some("o'Brien")),
        ("Zoë 🌲", Some("Zoë")),
        ("李小龙", Some("李小龙")),
        ("مريم العلي", Some("مريم")),
        ("Van Nguyen", Some("Van")),
        ("Bo", Some("Bo")),
        ("J.Smith", None),
        ("J. Smith", None),
        ("Dr. Hobbs", None),
        ("Mr Hobbs", None),
        ("St.John Rivers", None),
        ("van der Berg", None),
        ("Dr.", None),
        ("W1n", None),
        ("🌲 Zoë", None),
        ("Supercalifragilisticexpialidocious X", None),
    ] {
        assert_eq!(Name::stored(name.to_owned()).first(), first, "{name}");
    }
}

#[test]
fn a_name_that_runs_from_right_to_left_stands_alone_in_a_sentence() {
    assert_eq!(Name::stored("דוד".to_owned()).to_string(), "\u{2068}דוד\u{2069}");
    assert_eq!(Name::stored("June".to_owned()).to_string(), "June");
}

proptest! {
    #[test]
    fn a_name_is_read_again_as_it_is_kept(text in any_text(&[
        "June", "Okafor", "Dr.", "Jr.", ",", " ", "-", "'", "’", ".", "é", "e\u{301}", "\u{200d}", "\u{202e}", "\r\n", "李", "مريم", "com", "@",
    ])) {
        if let Ok(name) = Name::parse(&text) {
            prop_assert_eq!(Name::parse(name.as_str()), Ok(name.clone()), "{:?}", text);
            prop_assert!(!name.as_str().contains(['\n', '\r']));
            let _ = (name.key(), name.first());
        }
    }
}
