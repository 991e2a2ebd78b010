//! The fields in which somebody's name, contact and note are typed: by the
//! client online, and by the therapist on the phone.

use crate::{
    domain::client::{Contact, EmailAddress, Name, NameError, Note, Phone, country::Country},
    web::http::{field::Field, submission::Submission},
    words,
};

/// Who an appointment is for, every field read.
pub struct Person {
    pub name: Name,
    pub contact: Contact,
    pub note: Option<Note>,
}

/// How somebody is asked for what is missing.
pub struct Missing {
    pub name: &'static str,
    pub contact: &'static str,
    /// Where a phone number is needed, whatever else is given.
    pub phone: Option<&'static str>,
}

/// Reads who somebody is, how to reach them and their note; the form keeps what is wrong.
pub fn read(form: &mut Submission, country: Option<Country>, missing: &Missing) -> Option<Person> {
    let name = form.read(Field::Name, |text| {
        Name::parse(text).map_err(|error| match error {
            NameError::Missing => missing.name,
            error => words::client::name(error),
        })
    });
    let email =
        form.read(Field::Email, |text| optional(text, EmailAddress::parse).map_err(words::client::email));
    let phone = form.read(Field::Phone, |text| {
        let phone = optional(text, |text| Phone::parse(text, country));
        phone.map_err(|error| words::client::phone(error, country))
    });
    match (&email, &phone, missing.phone) {
        (_, Some(None), Some(missing)) => form.refuse(Field::Phone, missing),
        (Some(None), Some(None), None) => form.refuse(Field::Email, missing.contact),
        _ => {}
    }
    let note = form.read(Field::Note, |text| Note::parse(text).map_err(words::client::note));
    let contact = Contact { email: email?, phone: phone? };
    let is_enough = missing.phone.is_none() || contact.phone.is_some();
    let is_reachable = is_enough && (contact.email.is_some() || contact.phone.is_some());
    Some(Person { name: name?, contact, note: note? }).filter(|_| is_reachable)
}

/// Reads who comes, where that is somebody else than whoever the form is of.
pub fn read_guest(form: &mut Submission, field: Field<'_>) -> Option<Option<Name>> {
    form.read(field, |text| optional(text, Name::parse).map_err(words::client::guest))
}

fn optional<T, E>(text: &str, parse: impl FnOnce(&str) -> Result<T, E>) -> Result<Option<T>, E> {
    if text.trim().is_empty() { Ok(None) } else { parse(text).map(Some) }
}

/// Refuses a form that fills the honeypot; it is shown then, since it may have been a password manager.
pub fn read_honeypot(form: &mut Submission) {
    if form.is_checked(Field::Website) {
        form.refuse(Field::Website, "Please leave this field empty. It's there to catch robots.");
    }
}

/// Reads the key that was drawn with a form.
pub fn read_request_key(form: &mut Submission) -> Option<String> {
    let key = request_key(form);
    if key.is_none() {
        form.refuse(Field::RequestKey, "Part of this form got lost. It's fixed now; please send it again.");
    }
    key
}

/// The same, if it is one: 128 bits need 22 characters at least, however they are written.
pub fn request_key(form: &Submission) -> Option<String> {
    let key = form.value(Field::RequestKey);
    let is_key = (22..=64).contains(&key.len())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    is_key.then(|| key.to_owned())
}
