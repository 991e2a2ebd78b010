//! The panel: what is chosen, asked for or agreed, at a glance.

use super::{office::OfficeView, when::When};
use crate::{
    app::App,
    domain::{
        appointment::Appointment,
        availability::slot::Slot,
        ids::OfficeSlug,
        practice::{office::Office, price::Price, service::Service},
        time::{self, Interval},
    },
    words,
};

/// The chosen time: the same panel in the form, on the client's own page and on the therapist's.
pub struct Panel<'a> {
    pub office: OfficeView<'a>,
    pub when: When,
    /// Whose visit it is, where it was booked for somebody else: `Ben's visit`.
    pub visit_of: Option<String>,
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
        let a = appointment;
        Self { office: OfficeView::of(app, a), ..Self::moved(app, a, &a.office, a.span) }
    }

    /// An appointment as it would be at another time.
    pub fn moved(app: &'a App, a: &'a Appointment, office: &'a OfficeSlug, span: Interval) -> Self {
        let panel = Self::new(app, OfficeView::by_slug(app, office), &a.service_name, span, a.price);
        Self { visit_of: a.guest.as_ref().map(words::client::visit_of), ..panel }
    }

    fn new(app: &App, office: OfficeView<'a>, service: &'a str, span: Interval, price: Price) -> Self {
        Self {
            office,
            when: When::new(app, span.start),
            visit_of: None,
            until: time::time_words(app.practice().zone, span.end),
            service,
            minutes: span.length().num_minutes(),
            price: app.practice().price_words(price),
        }
    }
}
