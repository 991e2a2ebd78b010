//! What the therapist is told whose opening hours can't be read.

use crate::domain::practice::typed_hours::HoursError;

pub fn typed(error: HoursError) -> &'static str {
    match error {
        HoursError::Unreadable => {
            "Please write it like “9:00 am – 5:00 pm” or “9-12:30, 14-18”. Leave it empty to close."
        }
        HoursError::Backwards => {
            "The end has to be after the start. Open past midnight? End this day at “midnight” and start the next one at “midnight”. A session can run across."
        }
        HoursError::OutOfOrder => {
            "Please put the hours in order, without overlaps. For the afternoon, write “13-17” or “1-5 pm”."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::practice::typed_hours::windows;

    #[test]
    fn whoever_is_told_how_to_write_hours_is_understood() {
        for said in [HoursError::Unreadable, HoursError::OutOfOrder] {
            let examples: Vec<&str> =
                typed(said).split('“').skip(1).filter_map(|part| Some(part.split_once('”')?.0)).collect();
            assert_eq!(examples.len(), 2);
            for example in examples {
                assert!(windows(example).is_ok_and(|read| !read.is_empty()), "{example}");
            }
        }
        let midnights = "9 am - midnight, midnight - 2 am".split(", ").map(windows);
        assert!(midnights.into_iter().all(|read| read.is_ok_and(|read| read.len() == 1)));
    }
}
