//! What waits for its client's proof, as today's page tells of it: how many in a line, the
//! switch, and whom to call.

use crate::{
    app::App,
    booking::unproven::Unproven,
    domain::{appointment::unproven::UnprovenRequest, client::Note, time},
    urls,
    web::parts::{OfficeView, PhoneView, When},
    words,
};

pub struct UnprovenView<'a> {
    /// `3 requests wait for their sender to prove the email.`; nothing where none does.
    pub waiting: Option<String>,
    /// `Tuesday, December 8 holds as many as it may, so …`; nothing where there is room.
    pub full: Option<String>,
    /// Since when everybody is asked.
    pub everybody_since: Option<When>,
    pub to_call: Vec<ToCallView<'a>>,
    /// Of those to call so many are not shown.
    pub more_to_call: u32,
}

/// Somebody who has left a phone number alone.
pub struct ToCallView<'a> {
    pub name: String,
    pub note: Option<&'a Note>,
    pub phone: Option<PhoneView>,
    pub when: When,
    pub office: OfficeView<'a>,
    /// The second session, where two are asked for: `right after, at 1:15 pm`
    pub second: Option<String>,
    pub proof: String,
    pub end: String,
}

impl<'a> UnprovenView<'a> {
    pub fn new(app: &'a App, unproven: &'a Unproven) -> Self {
        let by_email = usize::try_from(unproven.waiting.by_email).unwrap_or_default();
        let waiting = words::listed::counted(by_email, "request waits", "requests wait");
        let shown = u32::try_from(unproven.to_call.len()).unwrap_or_default();
        Self {
            waiting: waiting.map(|waiting| {
                let waiting = words::listed::begun(&waiting);
                format!("{waiting} for the sender to prove their email. Nothing is held for them.")
            }),
            full: full(app, unproven),
            everybody_since: unproven.everybody_since.map(|since| When::new(app, since)),
            to_call: unproven.to_call.iter().map(|request| ToCallView::new(app, request)).collect(),
            more_to_call: unproven.waiting.by_phone.saturating_sub(shown),
        }
    }
}

/// What has reached its ceiling.
fn full(app: &App, unproven: &Unproven) -> Option<String> {
    if unproven.is_full {
        return Some("So many requests wait for you that new ones prove their email first.".to_owned());
    }
    let (first, others) = unproven.full_days.split_first()?;
    let today = time::date(app.practice().zone, app.now());
    let day = time::date_words_from(today, *first);
    let others = words::listed::counted(others.len(), "more day", "more days");
    let days = others.map_or(day.clone(), |others| format!("{day} and {others}"));
    Some(format!("New requests for {days} prove their email first: enough wait for you there."))
}

impl<'a> ToCallView<'a> {
    fn new(app: &'a App, request: &'a UnprovenRequest) -> Self {
        Self {
            name: words::appointment::named(&request.name, request.guest.as_ref()),
            note: request.note.as_ref(),
            phone: request.contact.phone.as_ref().map(PhoneView::of),
            when: When::new(app, request.start),
            office: OfficeView::by_slug(app, &request.office),
            second: words::appointment::second_session_of(app.practice().zone, request),
            proof: urls::unproven_request_proof(request.id),
            end: urls::unproven_request_end(request.id),
        }
    }
}
