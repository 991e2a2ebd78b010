//! Finding a client by what one remembers of them: any part of a name, an email
//! address or a number, with a slip of the finger, and without accents.

use strsim::osa_distance;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{EmailAddress, Person, Phone, identity};

/// Fewer digits than these are no part of a number.
const DIGITS_OF_A_NUMBER: usize = 3;
/// So many digits may hold a wrong one.
const DIGITS_WITH_A_SLIP: usize = 7;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    words: Vec<String>,
    /// All of it, where it is a number and nothing else.
    number: Option<String>,
}

/// How near somebody is to what is looked for: 0 is exactly them.
pub type Nearness = u32;

const EXACT: Nearness = 0;
const BEGINS: Nearness = 1;
const CONTAINS: Nearness = 2;
const SLIP: Nearness = 5;

impl Sought {
    /// What is looked for by this text; `None` when nothing in it can be found.
    pub fn parse(text: &str) -> Option<Self> {
        let is_of_a_number = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+-–().·/".contains(c);
        let plain = super::typed::plain(text);
        let number = plain.chars().all(is_of_a_number).then(|| digits(&plain));
        let number = number.filter(|number| number.len() >= DIGITS_OF_A_NUMBER);
        let words: Vec<String> = folded(&plain).split_whitespace().map(str::to_owned).collect();
        (!words.is_empty()).then_some(Self { words, number })
    }

    /// How near a person is: every word has to be somewhere. `None` when they are not meant.
    pub fn nearness(&self, person: &Person) -> Option<Nearness> {
        if let Some(number) = &self.number {
            return person.phones().filter_map(|phone| of_a_number(number, phone)).min();
        }
        let fields = Fields::of(person);
        self.words.iter().map(|word| fields.nearness(word)).sum()
    }

    /// Whom is meant, the nearest first, then by name.
    pub fn among(&self, people: Vec<Person>) -> Vec<Person> {
        let mut found: Vec<(Nearness, String, Person)> = people
            .into_iter()
            .filter_map(|person| Some((self.nearness(&person)?, folded(person.name().as_str()), person)))
            .collect();
        found.sort_by(|(a, a_name, _), (b, b_name, _)| a.cmp(b).then_with(|| a_name.cmp(b_name)));
        found.into_iter().map(|(.., person)| person).collect()
    }
}

/// What of a person is looked through.
struct Fields {
    names: Vec<String>,
    emails: Vec<String>,
    phones: Vec<String>,
}

impl Fields {
    fn of(person: &Person) -> Self {
        let records = person.records();
        let names = records.iter().flat_map(|record| [Some(&record.name), record.goes_by.as_ref()]);
        let names: Vec<String> = names.flatten().map(|name| folded(name.as_str())).collect();
        Self {
            names: names.iter().flat_map(|name| name.split([' ', '-'])).map(str::to_owned).collect(),
            emails: person.emails().map(|email| folded(email.as_str())).collect(),
            phones: person.phones().map(|phone| digits(phone.as_str())).collect(),
        }
    }

    fn nearness(&self, sought: &str) -> Option<Nearness> {
        let by_name = sought
            .split('-')
            .filter(|part| !part.is_empty())
            .map(|part| self.names.iter().filter_map(|word| of_a_word(part, word)).min());
        let by_name: Option<Nearness> = by_name.sum();
        let by_email = self.emails.iter().filter_map(|email| of_an_email(sought, email)).min();
        let number = digits(sought);
        let is_number = number.len() >= DIGITS_OF_A_NUMBER && number.len() == sought.chars().count();
        let by_phone =
            self.phones.iter().any(|phone| is_number && phone.contains(number.trim_start_matches('0')));
        [by_name, by_email, by_phone.then_some(CONTAINS)].into_iter().flatten().min()
    }
}

fn of_a_word(sought: &str, word: &str) -> Option<Nearness> {
    if word == sought {
        Some(EXACT)
    } else if word.starts_with(sought) {
        Some(BEGINS)
    } else if word.contains(sought) {
        Some(CONTAINS)
    } else {
        has_a_slip(sought, word).then_some(SLIP)
    }
}

fn of_an_email(sought: &str, email: &str) -> Option<Nearness> {
    let local = email.split('@').next().unwrap_or(email);
    if email == sought || local == sought {
        Some(EXACT)
    } else if email.starts_with(sought) {
        Some(BEGINS)
    } else if email.contains(sought) {
        Some(CONTAINS)
    } else {
        let whole = if sought.contains('@') { email } else { local };
        has_a_slip(sought, whole).then_some(SLIP)
    }
}

/// The national zero in front is not part of a number as it is kept.
fn of_a_number(sought: &str, phone: &Phone) -> Option<Nearness> {
    let (sought, phone) = (sought.trim_start_matches('0'), digits(phone.as_str()));
    if phone.ends_with(sought) {
        return Some(EXACT);
    }
    if phone.contains(sought) {
        return Some(CONTAINS);
    }
    let end = phone.len().checked_sub(sought.len()).map(|at| &phone[at..])?;
    (sought.len() >= DIGITS_WITH_A_SLIP && osa_distance(sought, end) <= 1).then_some(SLIP)
}

/// True when a word, or its beginning, is what was typed but for a slip or two.
fn has_a_slip(sought: &str, word: &str) -> bool {
    let length = sought.chars().count();
    let forgiven = match length {
        0..=2 => return false,
        3..=5 => 1,
        _ => 2,
    };
    let letters: Vec<char> = word.chars().collect();
    let lengths = length.saturating_sub(1)..=length + 1;
    let beginnings = lengths.filter(|end| *end <= letters.len());
    let as_begun = beginnings.map(|end| letters[..end].iter().collect::<String>());
    // The first letter is seldom wrong; without it three letters would find half of everybody.
    // What is quick to see comes first: thousands of people are looked through.
    let is_like = |other: &str| {
        (length > 4 || other.chars().next() == sought.chars().next())
            && other.chars().count().abs_diff(length) <= forgiven
            && osa_distance(sought, other) <= forgiven
    };
    as_begun.chain([word.to_owned()]).any(|other| is_like(&other))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A text as it is compared: the key of a name, without its accents.
pub fn folded(text: &str) -> String {
    let plain = identity::name_key(text);
    if plain.is_ascii() {
        return plain;
    }
    let letters = plain.nfkd().filter(|c| !is_combining_mark(*c));
    let mut folded = String::with_capacity(plain.len());
    for letter in letters {
        match letter {
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            other => folded.push(other),
        }
    }
    folded
}

/// Why two people may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// They share a number.
    Phone,
    /// They share an email address, and their names are near.
    EmailAndName,
}

/// Why two people may be one, if anything says so. It decides nothing: spouses
/// share a phone, and an address.
pub fn likeness(one: &Person, other: &Person) -> Option<Likeness> {
    let phones = |person: &Person| -> Vec<String> {
        person.phones().map(|phone| identity::phone_key(phone.as_str())).collect()
    };
    let emails = |person: &Person| -> Vec<String> { person.emails().map(EmailAddress::key).collect() };
    let shares = |one: &[String], other: &[String]| one.iter().any(|key| other.contains(key));
    if shares(&phones(one), &phones(other)) {
        Some(Likeness::Phone)
    } else {
        // Hardly anybody shares an address, and names take longest to compare.
        let is_one =
            shares(&emails(one), &emails(other)) && is_near(one.name().as_str(), other.name().as_str());
        is_one.then_some(Likeness::EmailAndName)
    }
}

/// True for two names that may well be one: but for a slip or two, or with a
/// part of the one left out in the other.
fn is_near(one: &str, other: &str) -> bool {
    let (one, other) = (folded(one), folded(other));
    let words = |name: &str| name.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (mut short, mut long) = (words(&one), words(&other));
    if short.len() > long.len() {
        std::mem::swap(&mut short, &mut long);
    }
    let is_within = short.iter().all(|word| long.iter().any(|known| begins(word, known)));
    osa_distance(&one, &other) <= 2 || (!short.is_empty() && is_within)
}

/// `Walt` and `Walter`, `W.` and `Walter`.
fn begins(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim_end_matches('.'), other.trim_end_matches('.'));
    other.starts_with(one) || one.starts_with(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        client::{Contact, Name, person::Record},
        ids::ClientId,
    };

    fn person(name: &str, goes_by: &str, email: &str, phone: &str) -> Person {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let record = Record {
            id: ClientId(1),
            name: Name::stored(name.to_owned()),
            goes_by: text(goes_by).map(Name::stored),
            contact: Contact {
                email: text(email).map(EmailAddress::stored),
                phone: text(phone).map(Phone::stored),
            },
            note: None,
            revision: 0,
            erased_at: None,
        };
        Person::all(vec![record], &[]).remove(0)
    }

    fn finds(sought: &str, person: &Person) -> bool {
        Sought::parse(sought).is_some_and(|sought| sought.nearness(person).is_some())
    }

    #[test]
    fn somebody_is_found_by_any_part_of_what_is_on_file() {
        let walter = person("Walter Brennan-Søby", "Walt", "w.brennan@lakeside.example", "+15305550117");
        for sought in [
            "wa",
            "WALTER",
            "brennan",
            "ren",
            "soby",
            "Brennan Walter",
            "walt bren",
            "lakeside",
            "w.brennan@",
            "0117",
            "555-0117",
            "(530) 555-0117",
            "+1 530 555 0117",
            "walter 0117",
            "brennan-soby",
        ] {
            assert!(finds(sought, &walter), "{sought}");
        }
        for sought in ["june", "walter okafor", "0118", "99", "zz"] {
            assert!(!finds(sought, &walter), "{sought}");
        }
    }

    #[test]
    fn slips_and_accents_are_forgiven() {
        let jose = person("José Ruíz", "", "jose@example.org", "+491701234567");
        for sought in ["jose ruiz", "Josè", "jsoe", "Ruzi", "0170 123 45 67", "0170 1234568"] {
            assert!(finds(sought, &jose), "{sought}");
        }
        let nguyen = person("Nguyễn Thị Hà", "", "", "+15305550142");
        for sought in ["nguyen", "nugyen", "ngyen", "thi ha", "nguy"] {
            assert!(finds(sought, &nguyen), "{sought}");
        }
        assert!(finds("grossmann", &person("Anna Großmann", "", "", "")));
        assert!(finds("obrien", &person("Ann O’Brien", "", "", "")));
        assert!(finds("okaforr", &person("June Okafor", "", "", "")));
        assert!(!finds("lee", &person("June Okafor", "", "", "")));
    }

    #[test]
    fn the_nearest_stands_first() {
        let people = ["Bren Walters", "Ann Brennan", "Ann Brenan", "Ann Obrennan"]
            .map(|name| person(name, "", "", ""));
        let found = Sought::parse("brennan").expect("something").among(people.to_vec());
        let names: Vec<&str> = found.iter().map(|person| person.name().as_str()).collect();
        assert_eq!(names, ["Ann Brennan", "Ann Obrennan", "Ann Brenan"]);
    }

    #[test]
    fn nothing_is_found_by_nothing() {
        assert_eq!(Sought::parse("  \u{200b} "), None);
    }

    #[test]
    fn a_number_alone_or_an_address_with_a_near_name_may_be_one_persons() {
        let june = person("June Okafor", "", "okafor@example.org", "+15305550142");
        let like = |name, email, phone| likeness(&june, &person(name, "", email, phone));
        assert_eq!(like("Obi Okafor", "", "+15305550142"), Some(Likeness::Phone));
        assert_eq!(like("J. Okafor", "Okafor@Example.org", ""), Some(Likeness::EmailAndName));
        assert_eq!(like("Obi Okafor", "okafor@example.org", ""), None);
        assert_eq!(like("June Okafor", "other@example.org", "+15305550143"), None);
    }

    #[test]
    fn names_that_may_be_one_persons() {
        for (one, other) in [
            ("Walt Brennan", "Walter Brennan"),
            ("June Okafor", "June Okaforr"),
            ("W. Brennan", "Walter Brennan"),
            ("Ann Lee", "Ann Marie Lee"),
        ] {
            assert!(is_near(one, other), "{one}, {other}");
        }
        for (one, other) in [("June Okafor", "Peter Okafor"), ("Walter Brennan", "Ann Lee")] {
            assert!(!is_near(one, other), "{one}, {other}");
        }
    }
}
