//! The fields in which somebody's name, contact and note are typed: by the
//! client online, and by the therapist on the phone.

use super::FieldError;
use crate::{
    domain::client::{Contact, EmailAddress, Name, NameError, Note, Phone, country::Country},
    web::http::fields::Fields,
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
}

/// Reads `name`, `email`, `phone` and `note`, and names each field that is wrong.
pub fn read(
    fields: &Fields,
    country: Option<Country>,
    missing: &Missing,
    errors: &mut Vec<FieldError>,
) -> Option<Person> {
    let mut wrong = |field, message: &str| errors.push(FieldError { field, message: message.to_owned() });

    let name = Name::parse(fields.get("name")).map_err(|error| match error {
        NameError::Missing => wrong("name", missing.name),
        error => wrong("name", words::client::name(error)),
    });
    let email = optional(fields.get("email"), EmailAddress::parse)
        .map_err(|error| wrong("email", words::client::email(error)));
    let phone = optional(fields.get("phone"), |text| Phone::parse(text, country))
        .map_err(|error| wrong("phone", &words::client::phone(error, country)));
    if let (Ok(None), Ok(None)) = (&email, &phone) {
        wrong("email", missing.contact);
    }
    let note = Note::parse(fields.get("note")).map_err(|error| wrong("note", words::client::note(error)));
    match (name, email, phone, note) {
        (Ok(name), Ok(email), Ok(phone), Ok(note)) if email.is_some() || phone.is_some() => {
            Some(Person { name, contact: Contact { email, phone }, note })
        }
        _ => None,
    }
}

fn optional<T, E>(text: &str, parse: impl FnOnce(&str) -> Result<T, E>) -> Result<Option<T>, E> {
    if text.trim().is_empty() { Ok(None) } else { parse(text).map(Some) }
}

/// Reads the key that was drawn with a form: 128 bits need 22 characters at
/// least, however they are written.
pub fn request_key(fields: &Fields, errors: &mut Vec<FieldError>) -> Option<String> {
    let key = fields.get("request_key");
    let is_key = (22..=64).contains(&key.len())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if !is_key {
        let message = "Part of this form got lost. It's fixed now; please send it again.".to_owned();
        errors.push(FieldError { field: "request_key", message });
    }
    is_key.then(|| key.to_owned())
}
