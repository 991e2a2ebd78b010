//! An opening as pages show it, to be pressed.

use super::{office::OfficeView, when::When};
use crate::{
    app::App,
    booking::slots::NextOpening,
    domain::{
        availability::slot::Slot,
        time::{self, Instant},
    },
    urls,
};

/// One of a day's many openings: as much as its button says.
pub struct OpeningView {
    /// As an address has it, `2026-12-08T22:30:00Z`.
    pub start: String,
    /// `2:30 pm`
    pub time: String,
}

impl OpeningView {
    pub fn new(app: &App, start: Instant) -> Self {
        Self { start: time::write_instant(start), time: time::time_words(app.practice().zone, start) }
    }
}

/// An opening that stands by itself, to be pressed.
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
