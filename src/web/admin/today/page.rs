//! `GET /admin`, always in this order: what can be undone, what stops things, whom the
//! therapist sees now or next, conflicts and calls, requests, the rest of the day, who
//! came, and the coming days.

use std::{collections::BTreeSet, sync::Arc};

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::Days;

use super::{
    backups::{self, BackupView},
    blocked::BlockedView,
    came::{self, CameView},
    certificate,
    coming_days::{Coming, DayView},
    email_trouble::{self, EmailTroubleView},
    ending_series::{self, EndingSeriesView},
    new_addresses::{self, NewAddressView},
    now::{self, NowView},
    to_reach::{self, ToReach},
    troubles::{self, TroubleView as ProgramTrouble},
    unproven::UnprovenView,
    waitlist,
};
use crate::{
    booking::{conflicts::Plans, unproven},
    content::problem,
    domain::{
        appointment::Appointment,
        client::Note,
        series::together,
        time::{self, Interval},
    },
    store::BlockedRequest,
    urls,
    web::{
        Web,
        admin::parts::{
            payment::Money,
            said::Said,
            stops::StopView,
            undo::{self, UndoView},
            unheeded::{self, UnheededView},
            visit::VisitView,
            waiting::{self, Waiting, WaitingView},
        },
        http::{answer, error::Error},
        parts::{self, When, page::Frame},
    },
};

/// How many days the page looks ahead, today included.
const DAYS: u64 = 14;

#[derive(Template)]
#[template(path = "admin/today.html")]
struct TodayPage<'a> {
    frame: Frame<'a>,
    today: String,
    zone: String,
    /// Why what was sent was not done.
    message: Option<String>,
    /// What can be undone, the newest first.
    undos: Vec<UndoView>,
    /// What is wrong with the program itself.
    troubles: Vec<ProgramTrouble>,
    /// What was changed in the practice file in vain.
    unheeded: Vec<UnheededView>,
    /// What clients read while online booking is paused.
    closed: Option<&'a Note>,
    /// When the backup was made that keeps email from going out.
    restored: Option<When>,
    backup: BackupView,
    /// How long the certificate holds, where there's nothing to worry about.
    certificate: Option<String>,
    /// How many problems keep the content that was written since from being shown.
    problems: Option<String>,
    near: Vec<NowView<'a>>,
    /// `One conflict and 2 calls to make`
    to_reach_words: String,
    to_reach: Vec<ToReach<'a>>,
    to_answer: String,
    waiting: Vec<WaitingView<'a>>,
    expired: Vec<VisitView<'a>>,
    blocked: Vec<BlockedView<'a>>,
    /// What waits for its client's proof.
    unproven: UnprovenView<'a>,
    /// `3 people are on the waitlist`, where anybody is.
    waitlist: Option<String>,
    rest: DayView<'a>,
    came: CameView<'a>,
    tomorrow: Option<DayView<'a>>,
    days: Vec<DayView<'a>>,
    email_trouble: EmailTroubleView<'a>,
    new_addresses: Vec<NewAddressView<'a>>,
    /// Series with no more than two visits to come.
    ending: Vec<EndingSeriesView>,
}

impl TodayPage<'_> {
    /// The first tap is what one is there for.
    fn tap_class(&self, is_first: &bool) -> &'static str {
        if *is_first { "go1" } else { "no" }
    }
}

pub async fn show(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    render(&web, None, StatusCode::OK).await
}

/// The page as it is now, with why what was sent from it was not done.
pub async fn render(web: &Web, message: Option<String>, status: StatusCode) -> Result<Response, Error> {
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
    // One that has begun yesterday may still be on.
    let mut visits = tx.visits(Interval::new(span.start - time::hours(24), span.end)).await?;
    visits.retain(|a| span.start <= a.span.start || now < a.span.end);
    let near = now::read(app, &mut tx, &visits, now).await?;
    let over = came::read(&mut tx, &visits, now).await?;
    let coming = Coming {
        first,
        end,
        money: Money::of_all(&mut tx, &visits).await?,
        said: Said::read(&mut tx, span).await?,
        elsewhere: near.iter().map(|near| near.visit().id).collect::<BTreeSet<_>>(),
        visits: in_their_days(visits, &waiting),
        time_off: tx.time_off_since(span.start).await?,
        rules,
        plans,
        now,
    };
    let expired = together::grouped(tx.expired_requests(now).await?);
    let calls = tx.calls(now).await?;
    let mut blocked = tx.waiting_blocked_requests().await?;
    blocked.retain(is_first_of_its_series());
    let unproven = unproven::look(&mut tx, zone, &coming.rules.policy, now).await?;
    let restored = tx.from_backup().await?;
    let waitlist = waitlist::line(&mut tx).await?;
    let email_trouble = email_trouble::read(&mut tx, restored.is_some(), now).await?;
    let undos = undo::all(app, &mut tx, None, now).await?;
    let ending = ending_series::read(&mut tx, now).await?;
    drop(tx);

    let (plans, rules) = (&coming.plans, &coming.rules);
    let mut days = coming.days(app).into_iter();
    let today_page = TodayPage {
        frame: Frame::admin(app, "Today", urls::ADMIN),
        today: time::date_words(first),
        zone: parts::zones(app, first, end),
        message,
        undos,
        troubles: troubles::of(web, now),
        unheeded: unheeded::all(app).await?,
        closed: rules.pause.as_ref(),
        restored: restored.map(|backup| When::new(app, backup.made_at)),
        backup: backups::view(app, now),
        certificate: certificate::line(app, now),
        problems: (!app.problems.is_empty()).then(|| problem::words(app.problems.len())),
        near: near.iter().map(|near| near.view(app, &coming, now)).collect(),
        to_reach_words: to_reach::heading(conflicts.len(), &calls),
        to_reach: to_reach::all(app, &conflicts, &calls, &coming.said, now),
        to_answer: waiting::heading(&waiting),
        waiting: waiting.iter().map(|waiting| WaitingView::new(app, waiting, plans, rules)).collect(),
        expired: expired.iter().filter_map(|asked| Some(VisitView::new(app, asked.first()?))).collect(),
        blocked: blocked.iter().map(|waiting| BlockedView::new(app, waiting)).collect(),
        unproven: UnprovenView::new(app, &unproven),
        waitlist,
        rest: coming.rest(app),
        came: over.view(app, &rules.policy, now),
        tomorrow: days.next(),
        days: days.collect(),
        email_trouble: email_trouble.view(app),
        new_addresses: new_addresses::untold(app).await?,
        ending,
    };
    answer::html(status, &today_page)
}

/// The visits, and among them what is asked for and holds its time, in order of time.
fn in_their_days(mut visits: Vec<Appointment>, waiting: &[Waiting]) -> Vec<Appointment> {
    visits.extend(waiting.iter().flat_map(Waiting::in_its_days));
    visits.sort_by_key(|a| a.span.start);
    visits
}

/// Keeps one of what a blocked client has asked for together.
fn is_first_of_its_series() -> impl FnMut(&BlockedRequest) -> bool {
    let mut seen = BTreeSet::new();
    move |waiting| waiting.request.series.is_none_or(|series| seen.insert(series))
}
