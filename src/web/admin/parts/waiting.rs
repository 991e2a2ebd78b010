//! What waits for the therapist's answer: requests, and reschedule requests of what stands.

use super::{
    together::{self as parts_together, TogetherView},
    visit::{Deadline, VisitView},
};
use crate::{
    app::App,
    booking::conflicts::Plans,
    domain::{
        appointment::Appointment,
        availability::rules::Rules,
        client::{Hears, History, Note},
        series::together,
        time::Instant,
    },
    store::{Reading, StoreError},
    urls,
    web::parts::{OfficeView, When},
    words,
};

/// Something that waits, as it was read.
pub struct Waiting {
    /// As it is asked for.
    asked_for: Appointment,
    /// What was asked for together with it, itself included, in order of time.
    together: Vec<Appointment>,
    /// As each of them stands, where it is a reschedule request that is asked for.
    stand: Vec<Appointment>,
    held_until: Instant,
    history: History,
    hears: Hears,
}

impl Waiting {
    /// The visits that would move, where it is a reschedule request.
    pub fn would_move(&self) -> &[Appointment] {
        &self.stand
    }

    /// What is asked for, as the days have it that it would be in.
    pub fn in_its_days(&self) -> impl Iterator<Item = Appointment> {
        self.together.iter().map(|a| a.clone().as_request(self.held_until))
    }
}

/// Everything that waits, the most urgent first.
pub async fn read(tx: &mut Reading, now: Instant) -> Result<Vec<Waiting>, StoreError> {
    let mut waiting = Vec::new();
    // What was asked for together is one request.
    for together in together::grouped(tx.requests().await?) {
        let Some(request) = together.first().cloned() else { continue };
        let Some(held_until) = together.iter().filter_map(|a| a.state.held_until()).min() else { continue };
        let history = tx.history(request.client, now).await?;
        let hears = tx.hears(&request.contact).await?;
        waiting.push(Waiting { asked_for: request, together, stand: Vec::new(), held_until, history, hears });
    }
    for reschedule_request in tx.reschedule_requests().await? {
        // Those that were asked for at once are one request.
        let asked = tx.asked_with_reschedule(reschedule_request.id).await?;
        let Some((stands, _)) = asked.first().filter(|(_, one)| one.id == reschedule_request.id) else {
            continue;
        };
        let history = tx.history(stands.client, now).await?;
        let held_until = reschedule_request.held_until;
        let hears = tx.hears(&stands.contact).await?;
        let stand = asked.iter().map(|(a, _)| a.clone()).collect();
        let together: Vec<_> = asked.into_iter().map(parts_together::would_be).collect();
        let Some(asked_for) = together.first().cloned() else { continue };
        waiting.push(Waiting { asked_for, together, stand, held_until, history, hears });
    }
    waiting.sort_by_key(|waiting| waiting.held_until);
    Ok(waiting)
}

/// How many there are, in words for a heading.
pub fn heading(waiting: &[Waiting]) -> String {
    let reschedule_requests = waiting.iter().filter(|waiting| !waiting.stand.is_empty()).count();
    let counted = |count: usize, what: &str| match count {
        1 => format!("one {what}"),
        count => format!("{count} {what}s"),
    };
    let words = match (waiting.len() - reschedule_requests, reschedule_requests) {
        (0, 0) => "no requests".to_owned(),
        (requests, 0) => counted(requests, "request"),
        (0, reschedule_requests) => counted(reschedule_requests, "reschedule"),
        (requests, reschedule_requests) => {
            format!("{} and {}", counted(requests, "request"), counted(reschedule_requests, "reschedule"))
        }
    };
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    format!("{}{} to answer", first.map(String::from).unwrap_or_default(), letters.as_str())
}

pub struct WaitingView<'a> {
    pub visit: VisitView<'a>,
    /// Where and when it stands until the answer.
    pub stands: Option<(OfficeView<'a>, When)>,
    /// What the plan of that day has instead.
    pub conflict: Option<String>,
    pub deadline: Deadline,
    pub history: String,
    /// That the answer is a call to make, and why.
    pub to_call: Option<&'static str>,
    /// As they wrote it.
    pub note: Option<&'a Note>,
    /// Somebody's first visit, before which you're to have spoken with them.
    pub wants_a_talk: bool,
    pub revision: u32,
    /// What was asked for together with it, itself included, where that is more than one.
    pub together: Option<TogetherView<'a>>,
    pub confirmation: String,
    pub decline: String,
}

impl<'a> WaitingView<'a> {
    pub fn new(app: &'a App, waiting: &'a Waiting, plans: &Plans, rules: &Rules) -> Self {
        let a = &waiting.asked_for;
        let conflict = waiting
            .together
            .iter()
            .find_map(|one| plans.conflict(app.practice(), rules, &one.office, one.span));
        Self {
            visit: VisitView::new(app, a),
            stands: waiting.stand.first().map(|a| (OfficeView::of(app, a), When::new(app, a.span.start))),
            conflict: conflict.map(|conflict| words::conflict::why(&conflict, app.practice(), &a.office)),
            deadline: Deadline::new(app, waiting.held_until),
            history: words::client::history(waiting.history),
            to_call: words::call::to_call(waiting.hears),
            note: a.note.as_ref(),
            wants_a_talk: a.wants_a_talk(app.practice().first_visit, waiting.history),
            revision: a.revision,
            together: TogetherView::new(app, &waiting.together),
            confirmation: urls::confirmation(a.id),
            decline: urls::decline(a.id),
        }
    }
}
