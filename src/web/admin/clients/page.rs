//! `GET /admin/clients/{id}`: everything on file about somebody, and what can be
//! done with it.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    id_of,
    lines::{AliasView, EmailLine, VisitLine},
    same_again,
};
use crate::{
    app::App,
    clients,
    domain::{
        appointment::Appointment,
        client::{
            Contact, EmailAddress, Hears, History, Name, Note, Person,
            country::Country,
            finding::{self, Likeness},
            text_link,
        },
        ids::ClientId,
        time::Instant,
        waitlist::entry::Entry,
    },
    store::WrittenEmail,
    urls,
    web::{
        Web,
        http::{answer, error::Error, field::Field, submission::Submission},
        parts::{PhoneView, When, form_title, page::Frame},
    },
    words,
};

/// So many visits and emails stand in sight; the rest can be unfolded.
const IN_SIGHT: usize = 8;

#[derive(Template)]
#[template(path = "admin/client.html")]
struct ClientPage<'a> {
    frame: Frame<'a>,
    id: ClientId,
    revision: u32,
    name: &'a Name,
    goes_by: Option<&'a Name>,
    email: Option<&'a EmailAddress>,
    /// Emails to it come back.
    returns: bool,
    phone: Option<PhoneView>,
    /// Opens a text to them.
    text: Option<String>,
    /// Where they are reached by what they gave with a visit, and not by their record.
    is_from_a_visit: bool,
    history: String,
    since: Option<When>,
    /// Since when what they ask for is declined by itself.
    blocked: Option<When>,
    blocked_requests: Vec<VisitLine<'a>>,
    coming: Vec<VisitLine<'a>>,
    /// What they wait for, and since when, of each place on the waitlist that isn't over.
    waits: Vec<(String, String)>,
    past: Vec<VisitLine<'a>>,
    folded: Vec<VisitLine<'a>>,
    book: String,
    same_again: Option<String>,
    emails: Vec<EmailLine<'a>>,
    folded_emails: Vec<EmailLine<'a>>,
    /// What was noted about records that were merged into this one.
    other_notes: Vec<(&'a Name, &'a Note)>,
    aliases: Vec<AliasView<'a>>,
    /// Who may be the same person: name, why, and where that is looked at.
    suggestions: Vec<(String, &'static str, String)>,
    /// In place of a private note that can't be read.
    unreadable_note: Option<&'a Note>,
    /// The therapist's private note, and the details, each as it stands in its form.
    note: Submission,
    details: Submission,
    can_be_erased: bool,
    /// Why what was sent was not saved.
    message: Option<&'static str>,
}

impl ClientPage<'_> {
    /// What was typed into the details must not be hidden.
    fn shows_details(&self) -> bool {
        self.details.is_wrong() || self.message.is_some()
    }
}

/// What of the page is being sent, and has something wrong with it.
#[derive(Default)]
pub struct Sent {
    note: Option<Submission>,
    details: Option<Submission>,
    /// Why it was not saved.
    message: Option<&'static str>,
}

impl Sent {
    pub fn note(form: Submission) -> Self {
        Self { note: Some(form), ..Self::default() }
    }

    pub fn details(form: Submission) -> Self {
        Self { details: Some(form), ..Self::default() }
    }
}

pub async fn show(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let (app, id) = (web.app(), id_of(&id)?);
    let person = app.store.read().await?.person(id).await?.ok_or(Error::NotFound)?;
    if person.id() != id {
        // An alias is found under the person that it belongs to.
        return Ok(answer::see_other(&urls::client(person.id())));
    }
    render(&app, id, Sent::default(), StatusCode::OK).await
}

/// The page as it is now, with a form of it that could not be read.
pub async fn render(app: &App, id: ClientId, sent: Sent, status: StatusCode) -> Result<Response, Error> {
    let mut tx = app.store.read().await?;
    let now = app.now();
    let person = tx.person(id).await?.ok_or(Error::NotFound)?;
    let visits = tx.appointments_of(id).await?;
    let history = tx.history(id, now).await?;
    let emails = tx.emails_of(id).await?;
    let reach = tx.reach(&person).await?;
    let hears = tx.hears(&reach).await?;
    let blocked = (tx.blocked_since(id).await?, tx.blocked_requests_of(id).await?);
    let waits = tx.waitlist_entries_of_person(&person, &visits).await?;
    let others = tx.people().await?;
    drop(tx);
    let same_again = same_again::link(app, &person, &visits, now).await?;
    let shown = Shown {
        app,
        person: &person,
        reach: &reach,
        hears,
        visits: &visits,
        blocked: (blocked.0, &blocked.1),
        waits: &waits,
        emails: &emails,
        now,
    };
    let page = shown.page(history, same_again, suggestions(&person, &others), sent, status);
    answer::html(status, &page)
}

/// The page as it is now, with what was typed, where another page has changed
/// something meanwhile.
pub async fn refused(app: &App, id: ClientId, sent: Sent, error: clients::Error) -> Result<Response, Error> {
    match error {
        clients::Error::Changed => {
            let message = "This client has changed since you opened the page. Nothing was saved. What you typed is still here; please check it and save again.";
            render(app, id, Sent { message: Some(message), ..sent }, StatusCode::CONFLICT).await
        }
        error => Err(error.into()),
    }
}

struct Shown<'a> {
    app: &'a App,
    person: &'a Person,
    reach: &'a Contact,
    hears: Hears,
    /// From the latest on.
    visits: &'a [Appointment],
    /// Since when they are blocked, and what they have asked for so.
    blocked: (Option<Instant>, &'a [Appointment]),
    waits: &'a [Entry],
    emails: &'a [WrittenEmail],
    now: Instant,
}

impl<'a> Shown<'a> {
    fn page(
        &self,
        history: History,
        same_again: Option<String>,
        suggestions: Vec<(String, &'static str, String)>,
        sent: Sent,
        status: StatusCode,
    ) -> ClientPage<'a> {
        let Self { app, person, reach, hears, visits, blocked, waits, emails, now } = *self;
        let (practice, zone) = (app.practice(), app.practice().zone);
        let wait = |entry: &Entry| {
            (words::waitlist::wishes(practice, &entry.wishes), words::waitlist::state(zone, entry))
        };
        let is_to_come = |a: &&Appointment| a.status().is_live() && now < a.span.end;
        let mut coming: Vec<_> = visits.iter().filter(is_to_come).map(|a| VisitLine::new(app, a)).collect();
        coming.reverse();
        let mut past: Vec<_> =
            visits.iter().filter(|a| !is_to_come(a)).map(|a| VisitLine::new(app, a)).collect();
        let folded = past.split_off(past.len().min(IN_SIGHT));
        let mut lines: Vec<_> = emails.iter().map(|email| EmailLine::new(app, email, now)).collect();
        let folded_emails = lines.split_off(lines.len().min(IN_SIGHT));
        let first = visits.iter().rev().find(|a| a.was_a_visit(now));
        let own = &person.records()[0];
        let others = person.records()[1..].iter();
        let name = person.name();
        ClientPage {
            frame: Frame::admin(app, &form_title(&name.to_string(), status), urls::CLIENTS),
            id: person.id(),
            revision: person.revision(),
            name,
            goes_by: person.goes_by(),
            email: reach.email.as_ref(),
            returns: hears.returns(),
            phone: reach.phone.as_ref().map(PhoneView::of),
            text: reach.phone.as_ref().map(|phone| text_link(phone, "")),
            is_from_a_visit: person.contact() != *reach,
            history: words::client::history(history),
            since: first.map(|a| When::new(app, a.span.start)),
            can_be_erased: coming.is_empty(),
            message: sent.message,
            blocked: blocked.0.map(|since| When::new(app, since)),
            blocked_requests: blocked.1.iter().map(|a| VisitLine::new(app, a)).collect(),
            coming,
            waits: waits.iter().filter(|entry| !entry.is_ended()).map(wait).collect(),
            past,
            folded,
            book: urls::for_client(urls::NEW_BOOKING, person.id()),
            same_again,
            emails: lines,
            folded_emails,
            other_notes: others.filter_map(|record| Some((&record.name, record.note.as_ref()?))).collect(),
            aliases: person
                .aliases()
                .into_iter()
                .map(|(record, alias)| AliasView {
                    id: record.id,
                    name: &record.name,
                    email: record.contact.email.as_ref(),
                    phone: record.contact.phone.as_ref(),
                    merged: When::new(app, alias.merged_at),
                })
                .collect(),
            suggestions,
            unreadable_note: own.note.as_ref().filter(|note| !note.is_readable()),
            note: sent.note.unwrap_or_else(|| {
                let note = own.note.as_ref().filter(|note| note.is_readable()).map_or("", Note::as_str);
                Submission::offering([(Field::Note, note.to_owned())])
            }),
            details: sent.details.unwrap_or_else(|| details(person, app.practice().country())),
        }
    }
}

/// The details of somebody as their form offers them.
fn details(person: &Person, country: Option<Country>) -> Submission {
    let contact = person.contact();
    let phone = contact.phone.as_ref().map(|phone| phone.as_typed(country));
    Submission::offering([
        (Field::Name, person.name().as_str().to_owned()),
        (Field::GoesBy, person.goes_by().map_or("", Name::as_str).to_owned()),
        (Field::Email, contact.email().to_owned()),
        (Field::Phone, phone.unwrap_or_default()),
    ])
}

/// Who may be the same person, each with why. Nobody is merged for that.
fn suggestions(person: &Person, others: &[Person]) -> Vec<(String, &'static str, String)> {
    let others = others.iter().filter(|other| other.id() != person.id());
    others
        .filter_map(|other| {
            let why = match finding::likeness(person, other)? {
                Likeness::Phone => "the same phone number",
                Likeness::EmailAndName => "the same email address and a similar name",
            };
            let href = urls::client_merge_with(person.id(), other.id());
            Some((other.name().to_string(), why, href))
        })
        .collect()
}
