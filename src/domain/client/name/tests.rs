//! Names of all sorts, and what only looks like one.

use super::*;

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
    let zalgo = format!("J{}", "\u{300}\u{301}".repeat(35));
    for name in [
        "",
        "  ",
        "123",
        "\u{3164}",
        "\u{115f}\u{1160}",
        "\u{2800}\u{2800}",
        "\u{200d}",
        "\u{301}",
        "June\u{e0041}\u{e0042}",
        &zalgo,
        "June 530-555-0142",
        "Call 5305550142 now",
        "Ann ٥٣٠٥٥٥٠",
        "You have won a prize so call us today",
        &"x".repeat(81),
    ] {
        assert!(Name::parse(name).is_err(), "{name}");
    }
}

#[test]
fn names_that_are_links_or_headers_are_refused() {
    for name in [
        "June\r\nBcc: all@example.com",
        "evil.com",
        "evil\u{ff0e}com",
        "evil\u{3002}com",
        "ｅｖｉｌ.ｃｏｍ",
        "e\u{200b}vil.c\u{ad}om",
        "t.me/x",
        "T.Me",
        "a@b.c",
        "a\u{ff20}b",
        "www.x.y",
        "Win at evil.example",
        "https://evil.example",
        "evil.com/x",
        "http:evil",
        "Win x.com now",
        "Prize at t.me",
        "Pay evil.com,Bob",
        "See evil.com(now)",
        "evil.xn--p1ai Bob",
        "зло.рф",
        "shop.plumbing",
        "evil.com.",
        "Go 45.33.32.156 x",
        "<b>June</b>",
        "\\\\host\\x",
    ] {
        assert!(Name::parse(name).is_err(), "{name}");
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
