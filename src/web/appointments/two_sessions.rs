//! A second session in the same request, right before or right after the first: what the form
//! offers, and what it has sent.

use crate::{
    app::App,
    booking::slots::Snapshot,
    domain::{
        appointment::Second,
        availability::slot::Slot,
        practice::{office::Office, service::Service},
        time::{self, Instant},
    },
    web::{
        http::{field::Field, submission::Submission},
        parts::contact_fields,
    },
    words,
};

/// What the form offers. Nothing, where nothing adjoins the time and nothing was chosen.
pub struct SecondView {
    pub choices: Vec<Choice>,
    /// Something was chosen or typed, so that it is to be seen.
    pub is_unfolded: bool,
    /// Of one session.
    pub price: String,
}

pub struct Choice {
    pub value: String,
    /// `Right after, at 1:15 pm`
    pub words: String,
    pub is_chosen: bool,
}

impl SecondView {
    pub fn new(
        app: &App,
        snapshot: &Snapshot<'_>,
        (service, office, slot): (&Service, &Office, &Slot),
        form: &Submission,
    ) -> Option<Self> {
        let practice = app.practice();
        let chosen = chosen(form);
        let beside = snapshot.beside(service, office, slot).into_iter().flatten().map(|slot| slot.start);
        // What was chosen stands in the form, whatever has become of it.
        let mut starts: Vec<Instant> = beside.chain(chosen).collect();
        starts.sort_unstable();
        starts.dedup();
        let choice = |start: Instant| Choice {
            value: time::write_instant(start),
            words: words::listed::begun(&words::appointment::second_session(
                practice.zone,
                slot.start,
                start,
            )),
            is_chosen: chosen == Some(start),
        };
        let is_used = |field: &Field<'_>| form.is_checked(*field) || form.error(*field).is_some();
        (!starts.is_empty()).then(|| Self {
            choices: starts.into_iter().map(choice).collect(),
            is_unfolded: [Field::Second, Field::SecondFor].iter().any(is_used),
            price: practice.price_words(service.price),
        })
    }
}

/// When the second session is to begin that a form has chosen.
pub fn chosen(form: &Submission) -> Option<Instant> {
    time::parse_instant(form.value(Field::Second))
}

/// Reads the second session, if there is to be one; the form keeps what is wrong.
pub fn read(form: &mut Submission) -> Option<Option<Second>> {
    let guest = contact_fields::read_guest(form, Field::SecondFor)?;
    if form.is_checked(Field::Second) {
        let Some(start) = chosen(form) else {
            form.refuse(
                Field::Second,
                "I couldn't read the time of the second session. Please choose it again.",
            );
            return None;
        };
        return Some(Some(Second { start, guest }));
    }
    if guest.is_some() {
        form.refuse(Field::Second, "Is the second session right before or right after? Please choose one.");
        return None;
    }
    Some(None)
}
