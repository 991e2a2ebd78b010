//! The services: how long each takes, what it costs, and where it is given.

use super::{
    offices,
    values::{A_CONFIRMATION, A_DAY_IN_MINUTES, A_SLUG, found},
};
use crate::{
    content::read::table::{Found, Table},
    domain::{
        availability::timetable::Timetable,
        ids::{OfficeSlug, ServiceSlug},
        practice::{
            Confirmation,
            office::Office,
            price::{self, Price},
            service::Service,
        },
    },
};

pub(super) fn read(file: &Table<'_>, offices: &[Found<Office>], timetable: &Timetable) -> Vec<Service> {
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
                table.problem(office.offset, offices::unknown(&office.value, offices));
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
