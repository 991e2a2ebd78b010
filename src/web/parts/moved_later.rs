//! What a form that moves a visit of a series says of the later ones: where each goes, or that it
//! stays where it is.

use crate::{
    booking::{reschedule::Target, reschedule_later::Later},
    domain::{
        appointment::{Appointment, refusal::Refusal},
        series::proposal::Said,
    },
    web::{
        http::{field::Field, submission::Submission},
        parts::{When, dates::StateView, later},
    },
};

/// A line for one of the later visits. `Why` says what stands against where it would go.
pub struct LineView<'a, Why> {
    /// `line_1`
    pub field: String,
    /// Where it is now.
    pub was: When,
    pub state: StateView<'a, Why>,
    pub stays: bool,
    /// The clocks change before it: `PDT`.
    pub new_zone: Option<String>,
}

impl<Why> LineView<'_, Why> {
    pub fn is_open(&self) -> bool {
        self.state.is_open() && !self.stays
    }
}

/// What a line says of a visit that is not moved with the others.
const STAYS: &str = "stays";

/// The field of a line: `line_1`.
pub fn field(nth: usize) -> String {
    format!("line_{}", nth + 1)
}

fn said(form: &Submission, nth: usize) -> Said {
    match form.value(field(nth)) {
        STAYS => Said::LeftOut,
        text => later::parse(text).map_or(Said::Nothing, |(office, start)| Said::At(office, start)),
    }
}

/// What the form says of each of the later visits; nothing where it was about other ones.
pub fn all_said(visits: &[Appointment], form: &Submission) -> Vec<Said> {
    let is_about_them = form.value(Field::Later) == later::named(visits);
    (0..visits.len()).map(|nth| if is_about_them { said(form, nth) } else { Said::Nothing }).collect()
}

/// The later visits that are to be moved: those that stay are in the way where they are.
pub fn that_go<'v>(visits: &'v [Appointment], form: &Submission) -> Vec<&'v Appointment> {
    let said = all_said(visits, form);
    visits.iter().zip(said).filter_map(|(a, said)| (said != Said::LeftOut).then_some(a)).collect()
}

/// What the form says of the later visits; `None` where it leaves one of them open.
pub fn read(form: &Submission) -> Result<Option<Later>, Refusal> {
    let seen = later::read(form)?;
    let mut to = Vec::with_capacity(seen.len());
    for (nth, was) in seen.iter().enumerate() {
        to.push(match said(form, nth) {
            Said::Nothing => return Ok(None),
            Said::At(office, start) if *was != (office.clone(), start) => Some(Target { office, start }),
            Said::At(..) | Said::LeftOut => None,
        });
    }
    Ok(Some(Later { seen, to }))
}
