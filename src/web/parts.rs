//! Small pieces that several pages show, each ready to be written out: no
//! template formats a time or a price.

use axum::http::StatusCode;
use chrono::{NaiveDate, Timelike};

use crate::{
    app::App,
    booking::slots::{NextOpening, Snapshot},
    domain::{
        appointment::Appointment,
        availability::slot::Slot,
        client::Phone,
        ids::OfficeSlug,
        practice::{
            office::Office,
            opening_hours::{OpeningHours, windows_words},
            price::Price,
            service::Service,
        },
        time::{self, Instant, Interval},
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
    pub address: &'a [String],
    pub href: String,
}

impl<'a> OfficeView<'a> {
    pub fn new(app: &'a App, office: &'a Office) -> Self {
        Self {
            slug: office.slug.as_str(),
            name: &office.name,
            class: format!("office-{}", office.position % TONES + 1),
            mark: app.site.marks.get(&office.slug).map(String::as_str),
            address: &office.address,
            href: urls::office(&office.slug),
        }
    }

    /// The office of an appointment.
    pub fn of(app: &'a App, appointment: &'a Appointment) -> Self {
        Self::by_slug(app, &appointment.office)
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
                href: urls::OFFICES.to_owned(),
            },
        }
    }
}

/// An instant in the practice's words.
#[derive(Clone)]
pub struct When {
    /// For `<time datetime>`.
    pub datetime: String,
    /// `Tuesday, December 8, 2:30 pm`
    pub phrase: String,
    /// `2:30 pm`
    pub time: String,
    /// `Tuesday, 2:30 pm`, and the whole phrase where it's a week away or more.
    pub near: String,
    /// `PST`
    pub zone: String,
}

impl When {
    /// The pieces of [`Self::near`], each of which stays in one line.
    pub fn near_pieces(&self) -> impl Iterator<Item = &str> {
        self.near.split(", ")
    }

    /// The phrase's pieces, between which a line may break: `Tuesday`, `December 8`, `2:30 pm`.
    pub fn pieces(&self) -> impl Iterator<Item = &str> {
        self.phrase.split(", ")
    }

    pub fn new(app: &App, at: Instant) -> Self {
        let zone = app.practice().zone;
        let phrase = time::phrase(zone, at);
        Self {
            datetime: time::write_instant(at),
            phrase,
            time: time::time_words(zone, at),
            near: time::phrase_near(zone, time::date(zone, app.now()), at),
            zone: time::zone_words(zone, at),
        }
    }
}

/// An opening, to be pressed.
#[derive(Clone)]
pub struct SlotView<'a> {
    pub href: String,
    pub office: &'a str,
    pub when: When,
    /// `First visit, 90 minutes`
    pub session: String,
}

impl<'a> SlotView<'a> {
    pub fn new(app: &App, office: &'a str, slot: &Slot) -> Self {
        let service = app.practice().service(&slot.service);
        let session = service.map(|service| format!("{}, {} minutes", service.name, service.minutes));
        Self {
            href: urls::request_form(slot),
            office,
            when: When::new(app, slot.start),
            session: session.unwrap_or_default(),
        }
    }
}

/// Each office with its next opening, if it has any.
pub fn next_openings<'a>(app: &'a App, next: &[NextOpening]) -> Vec<(OfficeView<'a>, Option<SlotView<'a>>)> {
    let view = |(slug, slot): &NextOpening| {
        let office = app.practice().office(slug)?;
        let slot = slot.as_ref().map(|slot| SlotView::new(app, &office.name, slot));
        Some((OfficeView::new(app, office), slot))
    };
    next.iter().filter_map(view).collect()
}

/// The chosen time: the same panel in the form, on the client's own page and on the therapist's.
pub struct Panel<'a> {
    pub office: OfficeView<'a>,
    pub when: When,
    pub until: String,
    pub service: &'a str,
    pub minutes: i64,
    pub price: String,
}

impl<'a> Panel<'a> {
    pub fn of_slot(app: &'a App, office: &'a Office, service: &'a Service, slot: &Slot) -> Self {
        Self::new(app, OfficeView::new(app, office), &service.name, slot.span(), service.price)
    }

    pub fn of(app: &'a App, appointment: &'a Appointment) -> Self {
        Self::moved(app, appointment, &appointment.office, appointment.span)
    }

    /// An appointment as it would be at another time.
    pub fn moved(app: &'a App, a: &'a Appointment, office: &'a OfficeSlug, session: Interval) -> Self {
        Self::new(app, OfficeView::by_slug(app, office), &a.service_name, session, a.price)
    }

    fn new(app: &App, office: OfficeView<'a>, service: &'a str, session: Interval, price: Price) -> Self {
        Self {
            office,
            when: When::new(app, session.start),
            until: time::time_words(app.practice().zone, session.end),
            service,
            minutes: session.length().num_minutes(),
            price: app.practice().price_words(price),
        }
    }
}

/// A telephone number to be tapped.
#[derive(Clone)]
pub struct PhoneView {
    pub href: String,
    pub words: String,
}

impl PhoneView {
    /// The practice's own.
    pub fn practice(app: &App) -> Self {
        let phone = &app.practice().therapist.phone;
        Self { href: format!("tel:{}", app.practice().phone_link()), words: phone.clone() }
    }

    pub fn of(phone: &Phone) -> Self {
        Self { href: format!("tel:{}", phone.as_str()), words: phone.to_string() }
    }
}

/// The title of a form's page, which is the first that is read aloud of it: of
/// one that comes back it says so.
pub fn form_title(title: &str, status: StatusCode) -> String {
    if status.is_client_error() { format!("Not sent: {title}") } else { title.to_owned() }
}

/// A message about a field of a form.
pub struct FieldError {
    pub field: &'static str,
    pub message: String,
}

/// A field of a form as it stands on the page: what was typed, and what is wrong with it.
pub struct FieldView {
    /// Alone on its page, where several forms have a field of the same name.
    pub id: String,
    pub name: String,
    pub label: String,
    pub value: String,
    pub error: Option<String>,
}

/// What is wrong with a form, for its summary: the field's id, its label, the message.
pub fn wrong<'f>(fields: impl Iterator<Item = &'f FieldView>) -> Vec<(String, String, String)> {
    let wrong = |field: &FieldView| Some((field.id.clone(), field.label.clone(), field.error.clone()?));
    fields.filter_map(wrong).collect()
}

/// When somebody who asks now has an answer: `within 24 hours`, or while the
/// practice is off meanwhile, `by Monday, January 4, 2:30 pm`.
pub fn answer(app: &App, snapshot: &Snapshot<'_>) -> String {
    let hours = snapshot.policy().hold_hours;
    let until = snapshot.held_until(Instant::MAX_UTC);
    if until == snapshot.now() + time::hours(hours) {
        format!("within {}", time::hours_words(hours))
    } else {
        format!("by {}", time::phrase(app.practice().zone, until))
    }
}

/// What the practice's zone goes by in a span of days.
pub fn zones(app: &App, first: NaiveDate, last: NaiveDate) -> String {
    time::zones_words(app.practice().zone, first, last)
}

/// The open weekdays, each with its hours: `Monday`, `9:00 am – 5:00 pm`.
pub fn hours_words(hours: &OpeningHours) -> Vec<(&'static str, String)> {
    hours.days().map(|(day, windows)| (time::weekday_words(day), windows_words(windows))).collect()
}

/// The hour of the practice's day, as the stylesheet calls it.
pub fn light(app: &App, at: Instant) -> &'static str {
    match time::civil(app.practice().zone, at).hour() {
        5..9 => "dawn",
        9..17 => "day",
        _ => "evening",
    }
}
