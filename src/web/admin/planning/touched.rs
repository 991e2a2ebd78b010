//! Whom a closing touches: what becomes of their visit, and how they'll hear.

use crate::{
    app::App,
    booking::closing::touched::Touched,
    domain::{
        availability::closing::Fate,
        client::{Hears, Name},
        ids::AppointmentId,
        time,
    },
    urls,
    web::parts::{OfficeView, When},
    words,
};

/// Somebody whom a closing touches, as the page shows them.
pub struct TouchedView<'a> {
    pub id: AppointmentId,
    pub name: &'a Name,
    /// Whose visit it is.
    pub whose: String,
    pub href: String,
    pub when: When,
    pub office: OfficeView<'a>,
    pub status: &'static str,
    /// What becomes of it.
    pub becomes: String,
    /// How they'll hear.
    pub hears: String,
    pub can_be_kept: bool,
    pub is_kept: bool,
    pub is_emailed: bool,
}

impl<'a> TouchedView<'a> {
    pub fn new(app: &'a App, one: &'a Touched, kept: &[AppointmentId]) -> Self {
        let a = &one.appointment;
        let is_request = !a.was_confirmed();
        let asked = one.reschedule_request.as_ref().map(|asked| When::new(app, asked.span.start).phrase);
        let becomes = match (one.fate, asked) {
            (Fate::Stands, Some(asked)) => {
                format!("Stays as it is. The time they asked for, {asked}, is declined.")
            }
            (Fate::MovesIfFree, Some(asked)) => {
                format!("Moves to {asked}, as they asked, if that's still free. Otherwise canceled.")
            }
            _ if is_request => "Declined. They can request another time.".to_owned(),
            _ => "Canceled. They can pick another time, confirmed right away.".to_owned(),
        };
        let hears = match (one.hears.is_by_email(), one.is_to_reach) {
            (true, true) if a.contact.phone.is_none() => {
                "Email. It's within 24 hours and there's no phone number, so they stay on Today until they answer"
            }
            (true, true) => "Email, and a call, because it's within 24 hours",
            (true, false) => "Email",
            (false, _) if one.hears == Hears::ByCallInstead => "Call: emails to them come back",
            (false, _) => "Call: no email address",
        };
        Self {
            id: a.id,
            name: &a.name,
            whose: words::appointment::whose(a),
            href: urls::admin_appointment(a.id),
            when: When::new(app, a.span.start),
            office: OfficeView::of(app, a),
            status: words::appointment::status(a.status()),
            becomes: time::unbroken(&becomes),
            hears: hears.to_owned(),
            can_be_kept: can_be_kept(one),
            is_emailed: one.hears.is_by_email(),
            is_kept: kept.contains(&a.id),
        }
    }
}

/// True where the therapist may see them all the same: what stands anyway is not kept.
pub fn can_be_kept(one: &Touched) -> bool {
    one.fate != Fate::Stands
}
