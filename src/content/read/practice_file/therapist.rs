//! Who the therapist is, and how they are reached.

use chrono_tz::Tz;

use super::values::{AN_EMAIL, found};
use crate::{
    content::read::table::{Found, Table},
    domain::{
        client::{EmailAddress, Phone, country::Country},
        practice::Therapist,
    },
};

/// The picture of the therapist that the file names, and on which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portrait {
    pub file: String,
    pub line: usize,
}

pub(super) fn read(table: &Table<'_>, zone: Option<Tz>) -> (Therapist, Option<Portrait>) {
    let phone = table.parsed("phone", "a phone number with at least seven digits", |text| {
        (text.chars().filter(char::is_ascii_digit).count() >= 7).then(|| text.trim().to_owned())
    });
    if let (Some(zone), Some(phone)) = (zone, &phone) {
        look_at_the_country_code(table, zone, phone);
    }
    let therapist =
        Therapist {
            name: found(table.text("name")),
            title: table.optional_text("title").map(|title| title.value),
            credential: table.optional_text("credential").map(|credential| credential.value),
            email: found(table.parsed("email", AN_EMAIL, |text| {
                EmailAddress::parse(text).ok().map(|email| email.to_string())
            })),
            phone: found(phone),
        };
    let portrait = table.optional_text("portrait");
    let portrait = portrait.map(|file| Portrait { line: table.line(file.offset), file: file.value });
    table.unknown_keys();
    (therapist, portrait)
}

/// A number that is none of the country's own, and does not say of which it is.
fn look_at_the_country_code(therapist: &Table<'_>, zone: Tz, phone: &Found<String>) {
    let Some(country) = Country::of(zone) else { return };
    if Phone::parse(&phone.value, Some(country)).is_err() {
        let code = country.calling_code().map_or(String::new(), |code| code.to_string());
        let wrong = format!(
            "`therapist.phone` isn't a number in {}, where `time_zone` is; write it with its country code, like +{code} …",
            country.code()
        );
        therapist.remark(phone.offset, wrong);
    }
}
