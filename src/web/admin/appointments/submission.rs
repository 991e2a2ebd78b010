//! What the therapist has sent from an appointment's page, and could not be done.

use super::reasons::Yes;
use crate::{
    domain::ids::AppointmentId,
    web::http::{error::Error, fields::Fields},
};

/// Reads an id out of an address.
pub fn id_of(text: &str) -> Result<AppointmentId, Error> {
    text.parse().map(AppointmentId).map_err(|_| Error::NotFound)
}

/// What can be done with a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Confirm,
    Cancel,
}

/// Something that was tried and could not be done.
#[derive(Default)]
pub struct Submission {
    pub act: Option<Act>,
    pub sentence: String,
    /// What the therapist has said yes against.
    pub yes: Yes,
    /// What is wrong with the sentence.
    pub wrong: Option<&'static str>,
    pub message: Option<String>,
    /// The rules of time have said no.
    pub is_not_then: bool,
}

impl Submission {
    pub fn of(act: Act, fields: &Fields) -> Self {
        Self {
            act: Some(act),
            sentence: fields.get("sentence").to_owned(),
            yes: Yes::read(fields),
            ..Self::default()
        }
    }
}
