//! What the therapist can do with an appointment and a sentence of their own.

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
    let (confirms, declines) = match reschedule_request {
        Some(_) => (a.can_be_moved(now).is_ok(), true),
        None => (
            a.clone().confirm(policy, None, Override::none(), now).is_ok(),
            a.clone().decline(None, now).is_ok(),
        ),
    };
    let what = |of_reschedule_request, otherwise| {
        if reschedule_request.is_some() { of_reschedule_request } else { otherwise }
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
        let title = what("Confirm the new time", "Confirm");
        answers.push(view(Act::Confirm, "confirm", title, title, "go1", urls::confirmation(a.id)));
    }
    if declines {
        let title = what("Decline the new time", "Decline");
        answers.push(view(Act::Decline, "decline", title, title, "no", urls::decline(a.id)));
    }
    if a.clone().cancel_by_therapist(None, now).is_ok() {
        let button = "Cancel the appointment";
        answers.push(view(Act::Cancel, "cancel", "Cancel", button, "no", urls::admin_cancellation(a.id)));
    }
    answers
}
