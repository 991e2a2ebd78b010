//! What the therapist can do with an appointment and a sentence of their own, on
//! its page. To decline is a page of its own: it does not lie one slip beside the yes.

use super::submission::{Act, Submission};
use crate::{
    domain::{
        appointment::{Appointment, refusal::Override, reschedule_request::RescheduleRequest},
        practice::policy::Policy,
        time::Instant,
    },
    urls,
};

/// Something to be done with a sentence of one's own.
pub struct AnswerView {
    pub id: &'static str,
    pub title: &'static str,
    pub button: &'static str,
    pub class: &'static str,
    pub action: String,
    /// The sentence as it was typed, in the box in which it was.
    pub typed: String,
    pub wrong: Option<String>,
    pub is_yes: bool,
}

/// What can be answered is what the domain would not refuse.
pub fn of(
    a: &Appointment,
    reschedule_request: Option<&RescheduleRequest>,
    policy: &Policy,
    now: Instant,
    submission: &Submission,
) -> Vec<AnswerView> {
    let confirms = match reschedule_request {
        Some(_) => a.can_be_moved(now).is_ok(),
        None => a.clone().confirm(policy, None, Override::none(), now).is_ok(),
    };
    let view = |act, id, title, button, class, action| {
        let is_tried = submission.act == Some(act);
        AnswerView {
            id,
            title,
            button,
            class,
            action,
            typed: if is_tried { submission.sentence.clone() } else { String::new() },
            wrong: submission.wrong.filter(|_| is_tried).map(str::to_owned),
            is_yes: act == Act::Confirm,
        }
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
