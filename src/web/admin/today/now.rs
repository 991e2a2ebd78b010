//! Whom the therapist sees now, or next: what is wanted between two sessions, with one thumb.

use super::coming_days::Coming;
use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status},
        availability::run,
        client::{History, Note},
        time::{self, Instant},
    },
    store::{Reading, StoreError},
    urls,
    web::{
        admin::parts::{
            payment::{Money, PaymentView},
            visit::{self, Tap, VisitView},
        },
        site::offices::map_link,
    },
    words,
};

/// A visit that is on, or comes next, as it was read.
pub struct Near {
    visit: Appointment,
    /// The latest at which to leave for it.
    leave_by: Option<Instant>,
    history: History,
    money: Option<Money>,
    is_now: bool,
}

pub struct NowView<'a> {
    /// `Now`, `Next`
    pub title: &'static str,
    pub visit: VisitView<'a>,
    /// It is not today, so its date is said.
    pub is_another_day: bool,
    pub leave_by: Option<String>,
    pub history: String,
    pub note: Option<&'a Note>,
    /// What the plan of the day has instead.
    pub conflict: Option<String>,
    /// Opens a text to them, which is begun.
    pub text: Option<String>,
    pub map: Option<String>,
    pub taps: Vec<Tap>,
    pub payment: Option<PaymentView>,
}

/// The visit that is on, and the next one: the latter where nobody is there, or whoever
/// is there has arrived and somebody else comes today. `visits` stand in order of time.
pub async fn read(
    app: &App,
    tx: &mut Reading,
    visits: &[Appointment],
    now: Instant,
) -> Result<Vec<Near>, StoreError> {
    let zone = app.practice().zone;
    let mut near = Vec::new();
    for (at, visit) in visits.iter().enumerate() {
        let is_now = visit.span.start <= now || visit.status() == Status::Arrived;
        if visit.span.end <= now || !matches!(visit.status(), Status::Confirmed | Status::Arrived) {
            continue;
        }
        let date = time::date(zone, visit.span.start);
        if !near.is_empty() && (is_now || date != time::date(zone, now)) {
            break;
        }
        let before = visits[..at].iter().filter(|a| time::date(zone, a.span.start) == date);
        let leave_by = run::leave_by(before, visit, &app.practice().travel)
            .filter(|_| visit.status() == Status::Confirmed && now < visit.span.start);
        let mut history = tx.history(visit.client, now).await?;
        if visit.status() == Status::Arrived {
            history.visits = history.visits.saturating_sub(1);
        }
        near.push(Near {
            leave_by,
            history,
            money: Money::read(tx, visit).await?,
            visit: visit.clone(),
            is_now,
        });
        if !is_now || visit.status() != Status::Arrived {
            break;
        }
    }
    Ok(near)
}

impl Near {
    pub fn visit(&self) -> &Appointment {
        &self.visit
    }

    pub fn view<'a>(&'a self, app: &'a App, coming: &Coming, now: Instant) -> NowView<'a> {
        let (a, practice) = (&self.visit, app.practice());
        let Coming { plans, rules, said, .. } = coming;
        let conflict = plans.standing(practice, rules, a).filter(|standing| !standing.is_kept);
        NowView {
            title: if self.is_now { "Now" } else { "Next" },
            visit: VisitView::new(app, a).saying(said.of(app, a)),
            is_another_day: time::date(practice.zone, a.span.start) != time::date(practice.zone, now),
            leave_by: self.leave_by.map(|at| words::appointment::leave_by(practice, at)),
            history: words::client::history(self.history),
            note: a.note.as_ref(),
            conflict: conflict.map(|standing| words::conflict::why(&standing.conflict, practice, &a.office)),
            text: visit::text(app, a, now),
            map: practice.office(&a.office).and_then(map_link),
            taps: match a.status() {
                Status::Confirmed => visit::taps(a, &rules.policy, now),
                _ => Vec::new(),
            },
            payment: self.money.as_ref().map(|money| PaymentView::new(app, a, money, Some(urls::ADMIN))),
        }
    }
}
