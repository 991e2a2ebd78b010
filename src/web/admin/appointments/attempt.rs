//! What the therapist has sent from an appointment's page, and could not be done.

use crate::{
    domain::ids::AppointmentId,
    urls,
    web::{
        admin::account::door,
        http::{error::Error, field::Field, submission::Submission},
    },
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
    Pay,
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

    /// The page to which it leads once it is done: the one that it was sent from,
    /// where that is one of those that list visits, or else the appointment's own.
    pub fn leads_to(&self, id: AppointmentId) -> String {
        let from = match self.form.value(Field::To) {
            urls::ADMIN => Some(urls::ADMIN),
            other => door::destination(other),
        };
        match (from, self.act) {
            (None, _) => urls::admin_appointment(id),
            // What is noted of a visit leads on to what else is noted of it, an answer to the next one.
            (Some(page), None | Some(Act::Pay)) => urls::at_visit(page, id),
            (Some(page), Some(_)) => page.to_owned(),
        }
    }
}

/// One tap, with nothing typed.
impl From<Submission> for Attempt {
    fn from(form: Submission) -> Self {
        Self { form, ..Self::default() }
    }
}
