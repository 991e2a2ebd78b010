//! A visit as the therapist's pages show it, and what is noted of it with one tap.

use chrono::TimeDelta;

use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status},
        availability::late::Expected,
        client::{Name, text_link},
        ids::AppointmentId,
        practice::policy::Policy,
        time::{self, Instant},
    },
    urls,
    web::parts::{OfficeView, PhoneView, When},
    words,
};

/// Less time than this to answer is said with emphasis.
const SOON: TimeDelta = TimeDelta::hours(3);

pub struct VisitView<'a> {
    pub id: AppointmentId,
    /// Who is called, texted and emailed about it.
    pub name: &'a Name,
    /// Whose visit it is: `Ben Ray, booked by Ann Ray`.
    pub whose: String,
    pub href: String,
    pub office: OfficeView<'a>,
    pub when: When,
    pub until: String,
    pub service: &'a str,
    pub minutes: i64,
    pub phone: Option<PhoneView>,
    /// What the client did; nothing while nobody has said.
    pub outcome: Option<&'static str>,
    /// What they have said of it: `says they'll be there`.
    pub said: Option<String>,
}

/// Opens a text to the client of a visit, which is begun; nothing where they have no number.
pub fn text(app: &App, a: &Appointment, now: Instant) -> Option<String> {
    let phone = a.contact.phone.as_ref()?;
    let begun = words::appointment::text(a, app.practice(), now);
    Some(text_link(phone, &begun))
}

/// Opens a text that tells the client how late the therapist is; nothing where they have no number.
pub fn text_about_delay(app: &App, a: &Appointment, late: &Expected) -> Option<String> {
    let (practice, phone) = (app.practice(), a.contact.phone.as_ref()?);
    Some(text_link(phone, &words::late::text(&a.name, practice, practice.office_name(&a.office), late)))
}

impl<'a> VisitView<'a> {
    pub fn new(app: &'a App, a: &'a Appointment) -> Self {
        Self {
            id: a.id,
            name: &a.name,
            whose: words::appointment::whose(a),
            href: urls::admin_appointment(a.id),
            office: OfficeView::of(app, a),
            when: When::new(app, a.span.start),
            until: time::time_words(app.practice().zone, a.span.end),
            service: &a.service_name,
            minutes: a.minutes(),
            phone: a.contact.phone.as_ref().map(PhoneView::of),
            outcome: Some(a.status()).filter(|is| *is != Status::Confirmed).map(words::appointment::status),
            said: None,
        }
    }

    /// The same with what they have said of it.
    pub fn saying(self, said: Option<String>) -> Self {
        Self { said, ..self }
    }
}

/// Until when an answer is waited for.
pub struct Deadline {
    pub by: When,
    /// `2 h 10 min`
    pub left: String,
    pub is_soon: bool,
}

impl Deadline {
    pub fn new(app: &App, held_until: Instant) -> Self {
        let left = held_until - app.now();
        Self { by: When::new(app, held_until), left: time::span_words(left), is_soon: left < SOON }
    }
}

/// Something that is noted with one tap.
pub struct Tap {
    pub label: &'static str,
    pub action: String,
}

/// What can be noted of a visit whose time has come; a wrong tap is corrected by another.
pub fn taps(a: &Appointment, policy: &Policy, now: Instant) -> Vec<Tap> {
    let is_mended = a.status() != Status::Confirmed;
    let arrived = if is_mended { "Arrived after all" } else { "Arrived" };
    let missed = if is_mended { "No-show after all" } else { "No-show" };
    // What can be done is what the domain would not refuse.
    let arrival = a.clone().arrive(now).is_ok().then(|| Tap { label: arrived, action: urls::arrival(a.id) });
    let no_show = a.clone().miss(now).is_ok().then(|| Tap { label: missed, action: urls::no_show(a.id) });
    let has_come = arrival.is_some() || no_show.is_some();
    let cancellation = client_cancellation(a, policy, now).filter(|_| has_come);
    [arrival, no_show, cancellation].into_iter().flatten().collect()
}

/// That the client has called to cancel.
pub fn client_cancellation(a: &Appointment, policy: &Policy, now: Instant) -> Option<Tap> {
    let label = if a.is_inside_notice(policy, now) { "Canceled late" } else { "Canceled by the client" };
    let is_possible = a.clone().cancel_for_client(policy, now).is_ok();
    is_possible.then(|| Tap { label, action: urls::client_cancellation(a.id) })
}
