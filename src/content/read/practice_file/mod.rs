//! `content/practice.toml`: who the therapist is, the offices, the services,
//! the policy.

mod offices;
mod policy;
mod services;
mod therapist;
mod travel;
mod values;

use chrono_tz::Tz;
use lettre::message::Mailbox;

pub use self::therapist::Portrait;
use self::values::{AN_EMAIL, found};
use super::table::Table;
use crate::domain::{
    availability::{rules::Rules, timetable::Timetable},
    practice::{Practice, price},
};

pub const FILE: &str = "practice.toml";

/// The practice file as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct PracticeFile {
    pub practice: Practice,
    pub rules: Rules,
    pub portrait: Option<Portrait>,
}

/// Reads the practice file. What is missing or wrong is noted as a problem and
/// stands empty in the result, so that reading goes on and every problem is found;
/// a practice with problems is never served.
pub fn read(file: &Table<'_>) -> PracticeFile {
    let name = file.text("name");
    let zone = file.parsed("time_zone", "the name of a time zone", |text| text.parse::<Tz>().ok());
    let currency = file.parsed("currency", "the code of a currency", |text| {
        price::is_currency(text).then(|| text.to_owned())
    });
    let notice = file.optional_text("notice");
    let come_early = file.optional_whole_number("come_early_minutes", 1..=60);
    let (therapist, portrait) = file
        .table("therapist")
        .map(|table| therapist::read(&table, zone.as_ref().map(|zone| zone.value)))
        .unwrap_or_default();
    let mail_from = file.table("mail").and_then(|mail| {
        let from =
            mail.parsed("from", AN_EMAIL, |text| text.parse::<Mailbox>().ok().map(|_| text.to_owned()));
        mail.unknown_keys();
        from
    });
    let mut timetable = Timetable::default();
    let policy = policy::read(file.optional_table("policy").as_ref(), &mut timetable);
    let limits = policy::read_limits(file.optional_table("limits").as_ref());
    let keep = policy::read_keep(file.optional_table("keep").as_ref());
    let first_visit = policy::read_first_visit(file.optional_table("first_visit").as_ref());
    let offices = offices::read(file, &mut timetable);
    let travel = travel::read(file, &offices);
    let services = services::read(file, &offices, &timetable);
    let practice = Practice {
        name: found(name),
        zone: zone.map_or(Tz::UTC, |zone| zone.value),
        currency: found(currency),
        notice: notice.map(|notice| notice.value),
        come_early_minutes: come_early.map(|minutes| minutes.value),
        therapist,
        mail_from: found(mail_from),
        limits,
        keep,
        first_visit,
        offices: offices.into_iter().map(|office| office.value).collect(),
        travel,
        services,
    };
    PracticeFile { practice, rules: Rules { policy, timetable, pause: None }, portrait }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        content::{
            problem::{Problems, Source},
            read::table,
        },
        domain::example::any_text,
    };

    const SHIPPED: &str = include_str!("../../../../content/practice.toml");

    fn problems_of(text: &str) -> Vec<String> {
        let problems = Problems::default();
        let source = Source::new(FILE, text);
        let (root, _) = table::parse(source, &problems);
        let keys = Table::new(source, &root, &problems);
        read(&keys);
        keys.unknown_keys();
        problems.into_sorted().iter().map(ToString::to_string).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_practice_file_with_anything_in_the_place_of_a_piece_of_it_is_read_to_its_end(
            at in any::<prop::sample::Index>(),
            length in 0..60_usize,
            piece in any_text(&[
                "\n", "\"", " = ", "[", "]", "{", "}", "[[offices]]", "[policy]", ",", "-1", "1e400", "99999999999999999999", "0.001",
                "nan", "true", "#", "09:00", "monday", "2026-10-03", "\u{0}",
            ]),
        ) {
            let ends: Vec<usize> = SHIPPED.char_indices().map(|(end, _)| end).collect();
            let from = at.index(ends.len());
            let to = (from + length).min(ends.len() - 1);
            let text = format!("{}{piece}{}", &SHIPPED[..ends[from]], &SHIPPED[ends[to]..]);
            problems_of(&text);
        }
    }

    #[test]
    fn the_one_that_is_shipped_has_no_problem() {
        assert_eq!(problems_of(SHIPPED), Vec::<String>::new());
    }
}
