//! What the therapist has sent from an appointment's page, and could not be done.

use crate::{
    domain::ids::AppointmentId,
    web::http::{error::Error, submission::Submission},
};

/// Reads an id out of an address.
pub fn id_of(text: &str) -> Result<AppointmentId, Error> {
    text.parse().map(AppointmentId).map_err(|_| Error::NotFound)
}

/// What can be done with a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Confirm,
    PutBack,
    Cancel,
}

/// Something that was tried and could not be done.
#[derive(Default)]
pub struct Attempt {
    pub act: Option<Act>,
    pub form: Submission,
    /// The rules of time have said no.
    pub is_not_then: bool,
}

impl Attempt {
    pub fn of(act: Act, form: Submission) -> Self {
        Self { act: Some(act), form, is_not_then: false }
    }
}
