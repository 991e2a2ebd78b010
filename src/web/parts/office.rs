//! An office as pages show it, and its hours in words.

use crate::{
    app::App,
    domain::{
        appointment::Appointment,
        ids::OfficeSlug,
        practice::{
            office::Office,
            opening_hours::{OpeningHours, windows_words},
        },
        time,
    },
    urls,
};

/// How many tones the stylesheet has for offices.
const TONES: usize = 4;

/// An office's name with its mark and tone.
#[derive(Clone)]
pub struct OfficeView<'a> {
    pub slug: &'a str,
    pub name: &'a str,
    pub class: String,
    pub mark: Option<&'a str>,
    /// As far as whoever looks may know it.
    pub address: &'a [String],
    /// The rest comes with the confirmation.
    pub is_address_to_come: bool,
    pub href: String,
}

impl<'a> OfficeView<'a> {
    pub fn new(app: &'a App, office: &'a Office) -> Self {
        Self {
            slug: office.slug.as_str(),
            name: &office.name,
            class: format!("office-{}", office.position % TONES + 1),
            mark: app.site.marks.get(&office.slug).map(String::as_str),
            address: office.public_address(),
            is_address_to_come: !office.is_address_public,
            href: urls::office(&office.slug),
        }
    }

    /// Its first letter, where it has no mark.
    pub fn initial(&self) -> &'a str {
        self.name.char_indices().nth(1).map_or(self.name, |(at, _)| &self.name[..at])
    }

    /// The office of an appointment, with its address if its client may know it.
    pub fn of(app: &'a App, appointment: &'a Appointment) -> Self {
        let view = Self::by_slug(app, &appointment.office);
        match app.practice().office(&appointment.office) {
            Some(office) if appointment.tells_address(office) => {
                Self { address: &office.address, is_address_to_come: false, ..view }
            }
            _ => view,
        }
    }

    /// The same of any office that the file names.
    pub fn by_slug(app: &'a App, slug: &'a OfficeSlug) -> Self {
        match app.practice().office(slug) {
            Some(office) => Self::new(app, office),
            None => Self {
                slug: slug.as_str(),
                name: slug.as_str(),
                class: "office-1".to_owned(),
                mark: None,
                address: &[],
                is_address_to_come: false,
                href: urls::OFFICES.to_owned(),
            },
        }
    }
}

/// The open weekdays, each with its hours: `Monday`, `9:00 am – 5:00 pm`.
pub fn hours_words(hours: &OpeningHours) -> Vec<(&'static str, String)> {
    hours.days().map(|(day, windows)| (time::weekday_words(day), windows_words(windows))).collect()
}
