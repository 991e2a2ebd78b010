//! `GET /admin`: what can be undone, then what waits for an answer, then the coming days office by
//! office, the calls to make, and what needs attention.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::Days;

use super::{
    blocked::BlockedView,
    coming_days::{Coming, DayView},
    email_trouble::{self, EmailTroubleView},
    new_addresses::{self, NewAddressView},
    troubles::{self, TroubleView as ProgramTrouble},
};
use crate::{
    app::App,
    booking::conflicts::Plans,
    content::problem,
    domain::{
        appointment::{Appointment, call::Topic},
        client::Note,
        time::{self, Interval},
    },
    store::Call,
    urls,
    web::{
        Web,
        admin::parts::{
            conflict::ConflictView,
            stops::StopView,
            undo::{self, UndoView},
            unheeded::{self, UnheededView},
            visit::{self, Tap, VisitView},
            waiting::{self, Waiting, WaitingView},
        },
        http::{answer, error::Error},
        parts::{self, page::Frame},
    },
};

/// How many days the page looks ahead, today included.
const DAYS: u64 = 14;
/// How many visits are asked about at once.
const UNMARKED_SHOWN: u32 = 30;

#[derive(Template)]
#[template(path = "admin/today.html")]
struct TodayPage<'a> {
    frame: Frame<'a>,
    today: String,
    zone: String,
    /// What can be undone, the newest first.
    undos: Vec<UndoView>,
    /// What is wrong with the program itself.
    troubles: Vec<ProgramTrouble>,
    /// What was changed in the practice file in vain.
    unheeded: Vec<UnheededView>,
    /// What clients read while online booking is paused.
    closed: Option<&'a Note>,
    /// How many problems keep the content that was written since from being shown.
    problems: Option<String>,
    conflicts: Vec<ConflictView<'a>>,
    unmarked: Vec<UnmarkedView<'a>>,
    to_answer: String,
    waiting: Vec<WaitingView<'a>>,
    expired: Vec<VisitView<'a>>,
    blocked: Vec<BlockedView<'a>>,
    days: Vec<DayView<'a>>,
    calls: Vec<CallView<'a>>,
    email_trouble: EmailTroubleView<'a>,
    new_addresses: Vec<NewAddressView<'a>>,
}

/// A visit that is over, and of which nobody has said whether the client came.
struct UnmarkedView<'a> {
    visit: VisitView<'a>,
    taps: Vec<Tap>,
}

struct CallView<'a> {
    visit: VisitView<'a>,
    about: &'static str,
    done: String,
}

pub async fn show(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    let app = &*web.app();
    let zone = app.practice().zone;
    let mut tx = app.store.read().await?;
    let now = app.now();
    let first = time::date(zone, now);
    let end = first.checked_add_days(Days::new(DAYS)).unwrap_or(first);
    let span = Interval::new(time::start_of_day(zone, first), time::start_of_day(zone, end));
    let waiting = waiting::read(&mut tx, now).await?;
    let rules = tx.rules(&app.site.first_rules, now).await?;
    let plans = Plans::read(&mut tx, now).await?;
    let conflicts = plans.open(&mut tx, app.practice(), &rules).await?;
    let coming = Coming {
        first,
        end,
        visits: in_their_days(tx.visits(span).await?, &waiting),
        time_off: tx.time_off_since(span.start).await?,
        rules,
        plans,
        now,
    };
    let unmarked = tx.unmarked_visits(now, UNMARKED_SHOWN).await?;
    let expired = tx.expired_requests(now).await?;
    let calls = tx.calls(now).await?;
    let blocked = tx.waiting_blocked_requests().await?;
    let email_trouble = email_trouble::read(&mut tx, now).await?;
    let undos = undo::all(app, &mut tx, None, now).await?;
    drop(tx);

    let today_page = TodayPage {
        frame: Frame::admin(app, "Today", urls::ADMIN),
        today: time::date_words(first),
        zone: parts::zones(app, first, end),
        undos,
        troubles: troubles::of(&web),
        unheeded: unheeded::all(app).await?,
        closed: coming.rules.pause.as_ref(),
        problems: (!app.problems.is_empty()).then(|| problem::words(app.problems.len())),
        conflicts: conflicts.iter().map(|(a, standing)| ConflictView::new(app, a, standing)).collect(),
        unmarked: unmarked
            .iter()
            .map(|a| UnmarkedView {
                visit: VisitView::new(app, a),
                taps: visit::taps(a, &coming.rules.policy, now),
            })
            .collect(),
        to_answer: waiting::heading(&waiting),
        waiting: waiting
            .iter()
            .map(|waiting| WaitingView::new(app, waiting, &coming.plans, &coming.rules))
            .collect(),
        expired: expired.iter().map(|request| VisitView::new(app, request)).collect(),
        blocked: blocked.iter().map(|waiting| BlockedView::new(app, waiting)).collect(),
        days: coming.days(app),
        calls: calls.iter().map(|call| CallView::new(app, call)).collect(),
        email_trouble: email_trouble.view(app),
        new_addresses: new_addresses::untold(app).await?,
    };
    answer::html(StatusCode::OK, &today_page)
}

/// The visits, and among them what is asked for and holds its time, in order of time.
fn in_their_days(mut visits: Vec<Appointment>, waiting: &[Waiting]) -> Vec<Appointment> {
    visits.extend(waiting.iter().map(Waiting::in_its_day));
    visits.sort_by_key(|a| a.span.start);
    visits
}

impl<'a> CallView<'a> {
    fn new(app: &'a App, call: &'a Call) -> Self {
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
        Self { visit: VisitView::new(app, &call.appointment), about, done: urls::call_done(call.id) }
    }
}
