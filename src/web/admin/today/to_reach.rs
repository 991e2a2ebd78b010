//! Whom there is something to settle with or to tell: conflicts and calls, the nearest visit first.

use crate::{
    app::App,
    booking::conflicts::Standing,
    domain::{
        appointment::{Appointment, call::Topic},
        time::Instant,
    },
    store::Call,
    urls,
    web::admin::parts::{
        conflict::ConflictView,
        visit::{self, VisitView},
    },
    words,
};

pub enum ToReach<'a> {
    Conflict(Box<ConflictView<'a>>),
    Call(Box<CallView<'a>>),
}

pub struct CallView<'a> {
    pub visit: VisitView<'a>,
    pub about: &'static str,
    /// Opens a text to them, which is begun.
    pub text: Option<String>,
    pub done: String,
}

/// All of them: whose visit is within a day stand first, since the nearest do.
pub fn all<'a>(
    app: &'a App,
    conflicts: &'a [(Appointment, Standing)],
    calls: &'a [Call],
    now: Instant,
) -> Vec<ToReach<'a>> {
    let conflicts = conflicts.iter().map(|(a, standing)| {
        (a.span.start, ToReach::Conflict(Box::new(ConflictView::new(app, a, standing))))
    });
    let calls = calls
        .iter()
        .map(|call| (call.appointment.span.start, ToReach::Call(Box::new(CallView::new(app, call, now)))));
    let mut all: Vec<_> = conflicts.chain(calls).collect();
    all.sort_by_key(|(start, _)| *start);
    all.into_iter().map(|(_, one)| one).collect()
}

/// `One conflict`, `2 conflicts and one call to make`
pub fn heading(conflicts: usize, calls: usize) -> String {
    let conflicts = words::listed::counted(conflicts, "conflict", "conflicts");
    let calls = words::listed::counted(calls, "call to make", "calls to make");
    let both: Vec<&str> = [&conflicts, &calls].into_iter().flatten().map(String::as_str).collect();
    words::listed::begun(&words::listed::listed(&both))
}

impl<'a> CallView<'a> {
    fn new(app: &'a App, call: &'a Call, now: Instant) -> Self {
        let about = match call.about {
            Topic::Requested => "requested this time and has no email, so call with your answer",
            Topic::Confirmed => "doesn't know yet that this is confirmed",
            Topic::Declined => "doesn't know yet that this is declined",
            Topic::Canceled => "doesn't know yet that this is canceled",
            Topic::Expired => "doesn't know yet that this request has expired",
            Topic::Changed => "may not know yet that this is the new time",
            Topic::RescheduleRequestDeclined => {
                "doesn't know yet that you declined the new time, so this one stands"
            }
            Topic::RescheduleRequestExpired => {
                "doesn't know yet that the new time wasn't answered, so this one stands"
            }
            Topic::Reminder => "needs a reminder of this visit",
            Topic::NewAddress => "doesn't know yet that the office has a new address",
            Topic::EmailFailed => "couldn't be reached by email",
            Topic::Kept => "is still on, though you closed that time, so call",
            Topic::Reopened => "doesn't know yet that the day they were canceled is open again",
        };
        Self {
            visit: VisitView::new(app, &call.appointment),
            about,
            text: visit::text(app, &call.appointment, now),
            done: urls::call_done(call.id),
        }
    }
}
