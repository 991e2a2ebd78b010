//! `content/practice.toml`: who the therapist is, the offices, the services,
//! the policy.

mod offices;

use std::num::NonZeroU32;

use chrono::Weekday;
use chrono_tz::Tz;
use lettre::message::Mailbox;

use super::{
    glyphs,
    table::{self, Found, Table, text, whole_number},
};
use crate::{
    content::{
        claims,
        problem::{Problems, Source},
    },
    domain::{
        availability::{rules::Rules, timetable::Timetable},
        client::{EmailAddress, Phone, country::Country},
        ids::{OfficeSlug, ServiceSlug},
        practice::{
            Confirmation, Limits, Practice, Therapist,
            office::Office,
            policy::Policy,
            price::{self, Price},
            service::Service,
        },
    },
};

pub const FILE: &str = "practice.toml";

const A_SLUG: &str = "lowercase letters, digits, and single hyphens";
const WEEKDAYS: &str = "names of weekdays";
const A_DAY_IN_MINUTES: u32 = 24 * 60;
const A_CONFIRMATION: &str = "“by_therapist” or “at_once”";
const AN_EMAIL: &str = "an email address";

/// The practice file as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct PracticeFile {
    pub practice: Practice,
    pub rules: Rules,
    pub portrait: Option<Portrait>,
}

/// The picture of the therapist that the file names, and on which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portrait {
    pub file: String,
    pub line: usize,
}

/// Reads the practice file. What is missing or wrong is noted in `problems` and
/// stands empty in the result, so that reading goes on and every problem is found;
/// a practice with problems is never served.
pub fn read(source: Source<'_>, problems: &Problems) -> PracticeFile {
    let (root, _) = table::parse(source, problems);
    let file = Table::new(source, &root, problems);

    let name = file.text("name");
    let zone = file.parsed("time_zone", "the name of a time zone", |text| text.parse::<Tz>().ok());
    let currency = file.parsed("currency", "the code of a currency", |text| {
        price::is_currency(text).then(|| text.to_owned())
    });
    let notice = file.optional_text("notice");
    let (therapist, portrait) = file
        .table("therapist")
        .map(|table| therapist(&table, zone.as_ref().map(|zone| zone.value)))
        .unwrap_or_default();
    let mail_from = file.table("mail").and_then(|mail| {
        let from =
            mail.parsed("from", AN_EMAIL, |text| text.parse::<Mailbox>().ok().map(|_| text.to_owned()));
        mail.unknown_keys();
        from
    });
    let mut timetable = Timetable::default();
    let policy = policy(file.optional_table("policy").as_ref(), &mut timetable);
    let limits = limits(file.optional_table("limits").as_ref());
    let offices = offices::offices(&file, &mut timetable);
    let travel = offices::travel(&file, &offices);
    let services = services(&file, &offices, &timetable);
    claims::look_over(&file, None, problems);
    glyphs::look_over(&file, None, problems);
    file.unknown_keys();

    let practice = Practice {
        name: found(name),
        zone: zone.map_or(Tz::UTC, |zone| zone.value),
        currency: found(currency),
        notice: notice.map(|notice| notice.value),
        therapist,
        mail_from: found(mail_from),
        limits,
        offices: offices.into_iter().map(|office| office.value).collect(),
        travel,
        services,
    };
    PracticeFile { practice, rules: Rules { policy, timetable, pause: None }, portrait }
}

/// A value, or an empty one in its place.
fn found<T: Default>(found: Option<Found<T>>) -> T {
    found.map(|found| found.value).unwrap_or_default()
}

fn therapist(table: &Table<'_>, zone: Option<Tz>) -> (Therapist, Option<Portrait>) {
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

fn policy(table: Option<&Table<'_>>, timetable: &mut Timetable) -> Policy {
    let number = |key, range, default| {
        table.and_then(|table| table.optional_whole_number(key, range)).map_or(default, |found| found.value)
    };
    let confirmation = |key| {
        let found = table.and_then(|table| table.optional_parsed(key, A_CONFIRMATION, Confirmation::parse));
        found.map_or(Confirmation::ByTherapist, |found| found.value)
    };
    let policy = Policy {
        slot_step_minutes: number("slot_step_minutes", Policy::SLOT_STEP_MINUTES, 15),
        minimum_notice_hours: number("minimum_notice_hours", Policy::HOURS, 12),
        horizon_days: number("horizon_days", Policy::HORIZON_DAYS, 60),
        hold_hours: number("hold_hours", Policy::HOLD_HOURS, 24),
        answer_before_hours: number("answer_before_hours", Policy::HOURS, 2),
        cancellation_notice_hours: number("cancellation_notice_hours", Policy::HOURS, 24),
        late_fee_percent: number("late_fee_percent", Policy::PERCENT, 0),
        open_requests_per_contact: number("open_requests_per_contact", Policy::OPEN_REQUESTS, 3),
        confirmation: confirmation("confirmation"),
        book_again: confirmation("book_again"),
        reminder_hours: table
            .and_then(|table| {
                let wanted = "whole numbers of hours from 1 to 8784";
                table.optional_list("reminder_hours", wanted, |value| {
                    whole_number(value).filter(|hours| Policy::REMINDER_HOURS.contains(hours))
                })
            })
            .map_or_else(|| vec![48, 3], |hours| hours.into_iter().map(|found| found.value).collect()),
    };
    if let Some(table) = table {
        let days = table.optional_list("first_booking_decides", WEEKDAYS, |value| weekday(&text(value)?));
        timetable.first_booking_decides = days.into_iter().flatten().map(|day| day.value).collect();
        table.unknown_keys();
    }
    policy
}

fn limits(table: Option<&Table<'_>>) -> Limits {
    let number = |key, default: NonZeroU32| {
        let found = table.and_then(|table| table.optional_whole_number(key, 1..=1_000_000));
        found.and_then(|found| NonZeroU32::new(found.value)).unwrap_or(default)
    };
    let limits = Limits {
        per_address_10_seconds: number("per_address_10_seconds", NonZeroU32::MIN.saturating_add(5)),
        per_address_hour: number("per_address_hour", NonZeroU32::MIN.saturating_add(19)),
    };
    if let Some(table) = table {
        table.unknown_keys();
    }
    limits
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text {
        "monday" => Weekday::Mon,
        "tuesday" => Weekday::Tue,
        "wednesday" => Weekday::Wed,
        "thursday" => Weekday::Thu,
        "friday" => Weekday::Fri,
        "saturday" => Weekday::Sat,
        "sunday" => Weekday::Sun,
        _ => return None,
    })
}

/// Why nobody can ever ask for a service that is offered.
fn why_never_offered(service: &Service, timetable: &Timetable) -> Option<&'static str> {
    if service.retired {
        return None;
    }
    if service.offices.is_empty() {
        return Some("is offered at no office; `retired = true` keeps it for old appointments");
    }
    let weeks = service.offices.iter().flat_map(|office| timetable.weeks(office));
    let windows = weeks.flat_map(|(_, hours)| hours.days()).flat_map(|(_, windows)| windows);
    // An office without hours is opened day by day.
    let longest = windows.map(|window| window.to().minutes() - window.from().minutes()).max()?;
    (service.minutes > longest).then_some("is longer than its offices are ever open")
}

fn services(file: &Table<'_>, offices: &[Found<Office>], timetable: &Timetable) -> Vec<Service> {
    let tables = file.tables("services");
    if tables.is_empty() {
        file.missing("services");
    }
    let mut services: Vec<Service> = Vec::new();
    for table in tables {
        let slug = table.parsed("slug", A_SLUG, ServiceSlug::parse);
        let name = table.text("name");
        let minutes = table.whole_number("minutes", 5..=A_DAY_IN_MINUTES);
        let buffer = table.optional_whole_number("buffer_minutes", 0..=A_DAY_IN_MINUTES);
        let price = table.required_number("price", 0.0..=1_000_000.0);
        if let Some(price) = &price
            && !price::is_payable(price.value)
        {
            table.problem(
                price.offset,
                "`services.price` can't have more than two decimals, as in `price = 95.50`",
            );
        }
        let given_at = table.texts("offices");
        let retired = table.yes_or_no("retired").is_some_and(|found| found.value);
        let confirmation = table.optional_parsed("confirmation", A_CONFIRMATION, Confirmation::parse);
        if let Some(slug) = &slug
            && services.iter().any(|service| service.slug == slug.value)
        {
            table.problem(slug.offset, format!("another service already has the slug `{}`", slug.value));
        }
        for office in given_at.iter().flatten() {
            if !offices.iter().any(|known| known.value.slug.as_str() == office.value) {
                table.problem(office.offset, offices::none(&office.value, offices));
            }
        }
        table.unknown_keys();
        if let Some(slug) = slug {
            let service = Service {
                slug: slug.value,
                name: found(name),
                minutes: found(minutes),
                buffer_minutes: found(buffer),
                price: Price((found(price) * 100.0).round() as i64),
                offices: given_at
                    .iter()
                    .flatten()
                    .filter_map(|office| OfficeSlug::parse(&office.value))
                    .collect(),
                retired,
                confirmation: confirmation.map(|found| found.value),
            };
            if given_at.is_some()
                && let Some(wrong) = why_never_offered(&service, timetable)
            {
                table.remark(table.offset(), format!("`{}` {wrong}", service.slug));
            }
            services.push(service);
        }
    }
    services
}
