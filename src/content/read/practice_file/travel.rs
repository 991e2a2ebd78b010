//! How long the drives between the offices take, and how far they are.

use super::{offices, values::A_DAY_IN_MINUTES};
use crate::{
    content::read::table::{Found, Table},
    domain::{
        ids::OfficeSlug,
        practice::{office::Office, travel::Travel},
    },
};

/// No drive within a day is longer.
const MOST_MILES: u32 = 2000;

pub(super) fn read(file: &Table<'_>, offices: &[Found<Office>]) -> Travel {
    let mut travel = Travel::default();
    // A table that is wrong is a problem itself, and may be the one that would be missing.
    let mut is_whole = true;
    for table in file.tables("travel") {
        let between = table.texts("between").unwrap_or_default();
        let minutes = table.whole_number("minutes", 0..=A_DAY_IN_MINUTES);
        let miles = table.optional_whole_number("miles", 0..=MOST_MILES);
        is_whole &= minutes.is_some() && between.len() == 2;
        for end in &between {
            if !offices.iter().any(|office| office.value.slug.as_str() == end.value) {
                table.problem(end.offset, offices::unknown(&end.value, offices));
            }
        }
        let ends: Vec<_> = between.iter().filter_map(|end| OfficeSlug::parse(&end.value)).collect();
        match (ends.as_slice(), minutes) {
            ([one, other], Some(minutes)) if one != other => {
                if !travel.add((one, other), minutes.value) {
                    table.problem(
                        table.offset(),
                        format!("the drive between `{one}` and `{other}` is given twice"),
                    );
                } else if let Some(miles) = miles {
                    travel.add_miles((one, other), miles.value);
                }
            }
            (_, None) => {}
            _ => table.problem(table.offset(), "`travel.between` should name two offices"),
        }
        table.unknown_keys();
    }
    for (nth, office) in offices.iter().enumerate() {
        for other in &offices[nth + 1..] {
            let (one, two) = (&office.value.slug, &other.value.slug);
            if is_whole && one != two && !travel.knows(one, two) {
                file.problem(
                    other.offset,
                    format!("no travel time between `{one}` and `{two}`; add a [[travel]] table"),
                );
            }
        }
    }
    travel
}
