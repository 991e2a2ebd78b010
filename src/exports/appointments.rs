//! The table of appointments: a row for each, with what was paid; and what blocked
//! clients have asked for, among them, as what it is.

use std::collections::VecDeque;

use super::{
    error::Error,
    people::People,
    table::{Table, amount, number},
};
use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Side, payment::Due},
        client::{EmailAddress, Name, Note},
        time::{self, Instant},
    },
    store::AppointmentWithPayment,
    words,
};

/// How many are read at once.
const AT_ONCE: u32 = 500;

const COLUMNS: [&str; 31] = [
    "Id",
    "Client id",
    "Client",
    "Name given",
    "For",
    "Email",
    "Phone",
    "Status",
    "Requested while blocked",
    "Date",
    "Starts at",
    "Starts",
    "Ends at",
    "Minutes",
    "Office",
    "Service",
    "Price",
    "Paid",
    "Tip",
    "Paid by",
    "Fee asked",
    "Fee waived",
    "Canceled by",
    "Canceled late",
    "Note",
    "Your message",
    "Requested at",
    "Requested",
    "Answered at",
    "Ended at",
    "Currency",
];

/// The rows that have not been read yet, in order of time.
#[derive(Default)]
pub struct Rows {
    after: Option<(Instant, i64)>,
    /// What blocked clients have asked for: a few, in a table of their own.
    blocked: Option<VecDeque<Appointment>>,
    has_begun: bool,
}

impl Rows {
    pub async fn next(&mut self, app: &App, people: &People) -> Result<Option<Vec<u8>>, Error> {
        let found = self.read(app).await?;
        if found.is_empty() && self.has_begun {
            return Ok(None);
        }
        let mut table = if self.has_begun { Table::more() } else { Table::with_head(&COLUMNS) };
        self.has_begun = true;
        for one in &found {
            table.row(cells(app, people, one));
        }
        Ok(Some(table.into_bytes()))
    }

    /// The next of them as they are on record; none when all were read.
    pub async fn read(&mut self, app: &App) -> Result<Vec<AppointmentWithPayment>, Error> {
        let mut tx = app.store.read().await?;
        let blocked = match &mut self.blocked {
            Some(blocked) => blocked,
            none => none.insert(tx.blocked_requests().await?.into()),
        };
        let mut found = tx.appointments_with_payments(self.after, AT_ONCE).await?;
        let last = found.last().map(|last| (last.appointment.span.start, last.appointment.id.0));
        // Nothing after the last of them: whatever blocked clients asked for comes now.
        let up_to = last.map_or(Instant::MAX_UTC, |(start, _)| start);
        while let Some(request) = blocked.pop_front_if(|request| request.span.start <= up_to) {
            found.push(AppointmentWithPayment { appointment: request, payment: None, is_waived: false });
        }
        found.sort_by_key(|one| one.appointment.span.start);
        self.after = last.or(self.after);
        Ok(found)
    }
}

fn cells(app: &App, people: &People, one: &AppointmentWithPayment) -> [String; 31] {
    let (a, practice) = (&one.appointment, app.practice());
    let person = people.of(a.client);
    let iso = |at| time::iso(practice.zone, at);
    let optional = |at: Option<Instant>| at.map(iso).unwrap_or_default();
    let paid = one.payment.as_ref();
    let yes_or_no = |is: bool| if is { "yes" } else { "no" }.to_owned();
    [
        number(a.id),
        person.map(|person| person.id().to_string()).unwrap_or_default(),
        person.map_or(words::client::ERASED, |person| person.name().as_str()).to_owned(),
        a.name.as_str().to_owned(),
        a.guest.as_ref().map_or("", Name::as_str).to_owned(),
        a.contact.email.as_ref().map_or("", EmailAddress::as_str).to_owned(),
        a.contact.phone.as_ref().map(ToString::to_string).unwrap_or_default(),
        words::appointment::status(a.status()).to_owned(),
        yes_or_no(a.id.is_blocked_request()),
        time::date(practice.zone, a.span.start).to_string(),
        iso(a.span.start),
        time::full_phrase(practice.zone, a.span.start),
        iso(a.span.end),
        a.span.length().num_minutes().to_string(),
        practice.office_name(&a.office).to_owned(),
        a.service_name.clone(),
        amount(a.price),
        paid.map(|paid| amount(paid.amount)).unwrap_or_default(),
        paid.map(|paid| amount(paid.tip)).unwrap_or_default(),
        paid.map_or("", |paid| paid.method.as_str()).to_owned(),
        a.due().and_then(Due::fee).map(|fee| amount(fee.amount)).unwrap_or_default(),
        yes_or_no(one.is_waived),
        a.canceled_by().map_or("", side).to_owned(),
        yes_or_no(a.was_canceled_late()),
        a.note.as_ref().map_or("", Note::as_str).to_owned(),
        a.sentence.as_ref().map_or("", Note::as_str).to_owned(),
        iso(a.requested_at),
        time::full_phrase(practice.zone, a.requested_at),
        optional(a.state.answered_at()),
        optional(a.state.ended_at()),
        practice.currency.clone(),
    ]
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Client => "client",
        Side::Therapist => "you",
    }
}
