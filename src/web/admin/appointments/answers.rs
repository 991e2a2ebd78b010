//! What the therapist can do with an appointment and a sentence of their own, on
//! its page. To decline is a page of its own: it does not lie one slip beside the yes.

use super::attempt::{Act, Attempt};
use crate::{
    domain::{
        appointment::{Appointment, refusal::Override, reschedule_request::RescheduleRequest},
        practice::policy::Policy,
        time::Instant,
    },
    urls,
    web::http::submission::Submission,
};

/// Something to be done with a sentence of one's own.
pub struct AnswerView {
    pub id: &'static str,
    pub title: &'static str,
    pub button: &'static str,
    pub class: &'static str,
    pub action: String,
    /// What was typed, in the form in which it was.
    pub form: Submission,
    pub is_yes: bool,
}

/// What can be answered is what the domain would not refuse.
pub fn of(
    a: &Appointment,
    reschedule_request: Option<&RescheduleRequest>,
    policy: &Policy,
    now: Instant,
    attempt: &Attempt,
) -> Vec<AnswerView> {
    let confirms = match reschedule_request {
        Some(_) => a.can_be_moved(now).is_ok(),
        None => a.clone().confirm(policy, None, Override::none(), now).is_ok(),
    };
    let view = |act, id, title, button, class, action| {
        let form = if attempt.act == Some(act) { attempt.form.clone() } else { Submission::default() };
        AnswerView { id, title, button, class, action, form, is_yes: act == Act::Confirm }
    };
    let mut answers = Vec::new();
    if confirms {
        let title = if reschedule_request.is_some() { "Confirm the new time" } else { "Confirm" };
        answers.push(view(Act::Confirm, "confirm", title, title, "go1", urls::confirmation(a.id)));
    }
    if a.clone().cancel_by_therapist(None, now).is_ok() {
        let button = "Cancel the appointment";
        answers.push(view(Act::Cancel, "cancel", "Cancel", button, "no", urls::admin_cancellation(a.id)));
    }
    answers
}
