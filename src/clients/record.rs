//! Everything on file about one person, for them to keep: as one JSON document
//! that says what each thing is.

use serde_json::{Value, json};

use crate::{
    app::App,
    domain::{
        appointment::{
            Appointment,
            attendance::Attendance,
            payment::{Due, Payment},
        },
        availability::late::Expected,
        client::{EmailAddress, Name, Note, Person, Phone, person::Record},
        ids::ClientId,
        time::{self, Instant, Interval},
        waitlist::{entry::Entry, offer::Offer},
    },
    operation::Error,
    store::{Outcome, WrittenEmail},
    words,
};

/// All that is on file about a person, as of now.
pub async fn of(app: &App, id: ClientId) -> Result<Value, Error> {
    let mut tx = app.store.read().await?;
    let person = tx.person(id).await?.ok_or(Error::Missing)?;
    let mut appointments = tx.appointments_of(person.id()).await?;
    // To them these are requests like any other.
    appointments.extend(tx.blocked_requests_of(person.id()).await?);
    let emails = tx.emails_of(person.id()).await?;
    let mut visits = Vec::new();
    for a in &appointments {
        let of = OnFile {
            payment: tx.payment(a.id).await?,
            fee_is_waived: tx.fee_is_waived(a.id).await?,
            attendance: tx.attendance(a.id).await?,
            late: tx.late_arrivals(Interval::new(a.span.start, a.span.end)).await?.remove(&a.id),
        };
        visits.push(appointment(app, a, &of));
    }
    let mut waitlist = Vec::new();
    for entry in tx.waitlist_entries_of_person(&person, &appointments).await? {
        let offers = tx.offers_to(entry.id).await?;
        waitlist.push(on_the_waitlist(app, &entry, &offers));
    }
    drop(tx);
    let practice = app.practice();
    Ok(json!({
        "practice": practice.name,
        "therapist": practice.therapist.as_certified(),
        "written_at": at(app, app.now()),
        "client": client(&person),
        "records": person.records().iter().map(on_file).collect::<Vec<_>>(),
        "appointments": visits,
        "waitlist": waitlist,
        "emails": emails.iter().map(|email| sent(app, email)).collect::<Vec<_>>(),
    }))
}

fn on_the_waitlist(app: &App, entry: &Entry, offers: &[Offer]) -> Value {
    let offered = |offer: &Offer| {
        json!({
            "starts_at": at(app, offer.slot.start),
            "office": app.practice().office_name(&offer.slot.office),
            "offered_at": at(app, offer.made_at),
            "outcome": offer.outcome.as_str(),
        })
    };
    json!({
        "name": entry.name.as_str(),
        "email": entry.contact.email.as_ref().map(EmailAddress::as_str),
        "phone": entry.contact.phone.as_ref().map(Phone::as_str),
        "waits_for": words::waitlist::wishes(app.practice(), &entry.wishes),
        "joined_at": at(app, entry.joined_at),
        "until": at(app, entry.until),
        "offers": offers.iter().map(offered).collect::<Vec<_>>(),
    })
}

fn client(person: &Person) -> Value {
    let contact = person.contact();
    json!({
        "name": person.name().as_str(),
        "goes_by": person.goes_by().map(Name::as_str),
        "email": contact.email.as_ref().map(EmailAddress::as_str),
        "phone": contact.phone.as_ref().map(Phone::as_str),
    })
}

fn on_file(record: &Record) -> Value {
    json!({
        "name": record.name.as_str(),
        "goes_by": record.goes_by.as_ref().map(Name::as_str),
        "email": record.contact.email.as_ref().map(EmailAddress::as_str),
        "phone": record.contact.phone.as_ref().map(Phone::as_str),
        "therapists_note": record.note.as_ref().map(Note::as_str),
    })
}

/// What is on file of an appointment besides its row.
struct OnFile {
    payment: Option<Payment>,
    fee_is_waived: bool,
    attendance: Option<Attendance>,
    late: Option<Expected>,
}

fn appointment(app: &App, a: &Appointment, of: &OnFile) -> Value {
    let practice = app.practice();
    json!({
        "status": a.status().as_str(),
        "starts_at": at(app, a.span.start),
        "ends_at": at(app, a.span.end),
        "office": practice.office(&a.office).map_or(a.office.as_str(), |office| &office.name),
        "service": a.service_name,
        "price": practice.price_words(a.price),
        "name": a.name.as_str(),
        "for": a.guest.as_ref().map(Name::as_str),
        "email": a.contact.email.as_ref().map(EmailAddress::as_str),
        "phone": a.contact.phone.as_ref().map(Phone::as_str),
        "note": a.note.as_ref().map(Note::as_str),
        "therapists_sentence": a.sentence.as_ref().map(Note::as_str),
        "requested_at": at(app, a.requested_at),
        "answered_at": a.state.answered_at().map(|answered_at| at(app, answered_at)),
        "ended_at": a.state.ended_at().map(|ended_at| at(app, ended_at)),
        "canceled_late": a.was_canceled_late(),
        "late_fee": a.due().and_then(Due::fee).map(|fee| practice.price_words(fee.amount)),
        "late_fee_is_waived": of.fee_is_waived,
        "times_rescheduled": a.moves,
        "said_they_will_be_there": of.attendance.map(|said| at(app, said.said_at)),
        "said_they_were_late_minutes": of.late.map(|late| late.minutes),
        "paid": of.payment.map(|payment| json!({
            "amount": practice.price_words(payment.amount),
            "tip": practice.price_words(payment.tip),
            "method": payment.method.as_str(),
        })),
    })
}

fn sent(app: &App, email: &WrittenEmail) -> Value {
    let outcome = match email.outcome {
        Outcome::Waiting => "waiting",
        Outcome::Sent => "sent",
        Outcome::Lapsed => "not sent, since something newer took its place",
        Outcome::GivenUp => "could not be delivered",
    };
    json!({
        "to": email.recipient,
        "subject": email.subject,
        // Its links open nothing: the file may be read by others.
        "text": email.text,
        "written_at": at(app, email.written_at),
        "outcome": outcome,
        "outcome_at": email.outcome_at.map(|outcome_at| at(app, outcome_at)),
    })
}

/// An instant for programs, and the same in words for people.
fn at(app: &App, at: Instant) -> Value {
    json!({ "utc": time::write_instant(at), "local": time::phrase(app.practice().zone, at) })
}
