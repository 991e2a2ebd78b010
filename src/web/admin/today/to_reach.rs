//! Whom there is something to settle with or to tell: conflicts and calls, the nearest visit first.

use crate::{
    app::App,
    booking::conflicts::Standing,
    domain::{
        appointment::{Appointment, call::Topic},
        client,
        time::Instant,
    },
    store::Call,
    urls,
    web::admin::parts::{
        conflict::ConflictView,
        said::Said,
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
    /// How they were written to, where there is no number to call.
    pub no_phone: Option<String>,
    /// Opens an email to them, where that is the only way.
    pub mail: Option<String>,
    /// Opens a text to them, which is begun.
    pub text: Option<String>,
    pub done: String,
}

/// All of them: whose visit is within a day stand first, since the nearest do.
pub fn all<'a>(
    app: &'a App,
    conflicts: &'a [(Appointment, Standing)],
    calls: &'a [Call],
    said: &Said,
    now: Instant,
) -> Vec<ToReach<'a>> {
    let conflicts = conflicts.iter().map(|(a, standing)| {
        (a.span.start, ToReach::Conflict(Box::new(ConflictView::new(app, a, standing))))
    });
    let calls = calls.iter().map(|call| {
        (call.appointment.span.start, ToReach::Call(Box::new(CallView::new(app, call, said, now))))
    });
    let mut all: Vec<_> = conflicts.chain(calls).collect();
    all.sort_by_key(|(start, _)| *start);
    all.into_iter().map(|(_, one)| one).collect()
}

/// `One conflict`, `2 conflicts and one call to make`, `One call to make and 2 people to hear from`
pub fn heading(conflicts: usize, calls: &[Call]) -> String {
    let to_call = calls.iter().filter(|call| call.appointment.contact.phone.is_some()).count();
    let counted = [
        words::listed::counted(conflicts, "conflict", "conflicts"),
        words::listed::counted(to_call, "call to make", "calls to make"),
        words::listed::counted(calls.len() - to_call, "person to hear from", "people to hear from"),
    ];
    let counted: Vec<&str> = counted.iter().flatten().map(String::as_str).collect();
    words::listed::begun(&words::listed::listed(&counted))
}

impl<'a> CallView<'a> {
    fn new(app: &'a App, call: &'a Call, said: &Said, now: Instant) -> Self {
        let a = &call.appointment;
        let contact = &a.contact;
        let delay = said.delay(a).filter(|_| call.about == Topic::RunningLate);
        let email = contact.email.as_ref().filter(|_| contact.phone.is_none());
        Self {
            visit: VisitView::new(app, &call.appointment),
            about: words::call::about(call.about),
            no_phone: words::call::no_phone(app.practice().zone, contact, call.emailed_at, now),
            mail: email.map(|address| client::mailto(address.as_str())),
            text: match delay {
                Some(late) => visit::text_about_delay(app, a, late),
                None => visit::text(app, a, now),
            },
            done: urls::call_done(call.id),
        }
    }
}
