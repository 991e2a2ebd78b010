//! What the therapist can do with an appointment and a sentence of their own, on
//! its page. To decline is a page of its own: it does not lie one slip beside the yes.

use super::{
    attempt::{Act, Attempt},
    reasons::Yes,
};
use crate::{
    booking::confirm::Answer,
    domain::{
        appointment::{Appointment, Status, overriding::Override},
        client::Note,
        practice::policy::Policy,
        time::Instant,
    },
    urls,
    web::{
        admin::parts::together,
        http::{field::Field, submission::Submission},
    },
    words,
};

/// Something to be done with a sentence of one's own.
pub struct AnswerView {
    pub id: &'static str,
    /// The id of the sentence's box.
    pub sentence: String,
    pub title: &'static str,
    pub button: &'static str,
    pub class: &'static str,
    pub action: String,
    /// What was typed, in the form in which it was.
    pub form: Submission,
    pub is_yes: bool,
    /// Somebody's first visit, before which you're to have spoken with them.
    pub wants_a_talk: bool,
}

/// Reads the yes of a form; what is wrong with its sentence stays there.
pub fn read(form: &mut Submission) -> Option<Answer> {
    let sentence = form.read(Field::Sentence, |text| Note::parse(text).map_err(words::client::note))?;
    Some(Answer {
        sentence,
        seen: form.seen(),
        overridden: Yes::read(form).overridden(),
        spoken_with: form.is_checked(Field::SpokenWith),
        together: together::read(form),
    })
}

/// Of what is over.
const PUT_BACK: &str = "Put it back";

/// `reschedule_requests` is how many were asked for at once, if another time waits for an answer.
/// What can be answered is what the domain would not refuse; of what is over, only
/// while its time is free.
pub fn of(
    a: &Appointment,
    reschedule_requests: Option<usize>,
    policy: &Policy,
    now: Instant,
    attempt: &Attempt,
    is_free: bool,
    wants_a_talk: bool,
) -> Vec<AnswerView> {
    let confirms = match reschedule_requests {
        Some(_) => a.can_be_moved(now).is_ok(),
        None => a.clone().confirm(policy, None, Override::none(), now).is_ok(),
    };
    let view = |act, id, title, button, class, action| {
        let form = if attempt.act == Some(act) { attempt.form.clone() } else { Submission::default() };
        let is_yes = matches!(act, Act::Confirm | Act::PutBack);
        let (sentence, wants_a_talk) = (format!("{id}-sentence"), is_yes && wants_a_talk);
        AnswerView { id, sentence, title, button, class, action, form, is_yes, wants_a_talk }
    };
    let mut answers = Vec::new();
    if confirms && is_free {
        let title = match (reschedule_requests, a.status()) {
            (Some(count), _) if count > 1 => "Confirm the new times",
            (Some(_), _) => "Confirm the new time",
            (None, Status::Expired) => PUT_BACK,
            (None, _) => "Confirm",
        };
        answers.push(view(Act::Confirm, "confirm", title, title, "go1", urls::confirmation(a.id)));
    }
    if !confirms && is_free && a.clone().put_back(policy, None, Override::none(), now).is_ok() {
        answers.push(view(Act::PutBack, "put-back", PUT_BACK, PUT_BACK, "no", urls::put_back(a.id)));
    }
    if a.clone().cancel_by_therapist(None, now).is_ok() {
        let button = "Cancel the appointment";
        answers.push(view(Act::Cancel, "cancel", "Cancel", button, "no", urls::admin_cancellation(a.id)));
    }
    answers
}
