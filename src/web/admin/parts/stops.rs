//! The run of a day, as today's page and the day's own show it: where the
//! therapist is, whom they see, and the drives between.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    payment::{Money, PaymentView},
    said::Said,
    visit::{self, Tap, VisitView},
};
use crate::{
    app::App,
    booking::conflicts::Plans,
    domain::{
        appointment::{Appointment, Status},
        availability::{
            rules::Rules,
            run::{self, Stop},
        },
        ids::AppointmentId,
        time::{self, Instant},
    },
    web::parts::OfficeView,
    words,
};

pub enum StopView<'a> {
    /// Work at an office begins.
    At(OfficeView<'a>),
    Visit {
        visit: Box<VisitView<'a>>,
        taps: Vec<Tap>,
        /// What was paid, or is to be.
        payment: Option<Box<PaymentView>>,
        /// What the plan of the day has instead, and whether the therapist will be there all the same.
        conflict: Option<(String, bool)>,
    },
    /// Nobody comes: `10:15 am`, `11:45 am`, `1 h 30 min`.
    Gap {
        from: String,
        until: String,
        takes: String,
    },
    Drive {
        to: &'a str,
        takes: String,
        leave_by: String,
    },
}

/// What the run of a day is drawn by, besides its visits.
pub struct Around<'r> {
    pub rules: &'r Rules,
    pub plans: &'r Plans,
    /// Of the visits for which something is due.
    pub money: &'r BTreeMap<AppointmentId, Money>,
    /// What clients have said of their visits.
    pub said: &'r Said,
    /// The visits of which the same page notes elsewhere what is to be noted.
    pub elsewhere: &'r BTreeSet<AppointmentId>,
    /// The page that comes back after a tap.
    pub back: &'r str,
    pub now: Instant,
}

/// The run of the visits of a day, which stand in order of time.
pub fn stops<'a>(
    app: &'a App,
    visits: impl IntoIterator<Item = &'a Appointment>,
    around: &Around<'_>,
) -> Vec<StopView<'a>> {
    let zone = app.practice().zone;
    let stop = |stop| match stop {
        Stop::At(office) => StopView::At(OfficeView::by_slug(app, office)),
        Stop::Visit(a) => around.visit(app, a),
        Stop::Gap(gap) => StopView::Gap {
            from: time::time_words(zone, gap.start),
            until: time::time_words(zone, gap.end),
            takes: time::span_words(gap.length()),
        },
        Stop::Drive { to, takes, leave_by } => StopView::Drive {
            to: app.practice().office_name(to),
            takes: time::span_words(takes),
            leave_by: time::time_words(zone, leave_by),
        },
    };
    run::run(visits, &app.practice().travel).into_iter().map(stop).collect()
}

impl Around<'_> {
    fn visit<'a>(&self, app: &'a App, a: &'a Appointment) -> StopView<'a> {
        let Self { rules, now, .. } = *self;
        // What was noted of a visit is corrected on its own page.
        let is_open = a.status() == Status::Confirmed && !self.elsewhere.contains(&a.id);
        let money = self.money.get(&a.id).filter(|_| !self.elsewhere.contains(&a.id));
        StopView::Visit {
            visit: Box::new(VisitView::new(app, a).saying(self.said.of(app, a))),
            taps: if is_open { visit::taps(a, &rules.policy, now) } else { Vec::new() },
            payment: money.map(|money| Box::new(PaymentView::new(app, a, money, Some(self.back)))),
            conflict: self.plans.standing(app.practice(), rules, a).map(|standing| {
                (words::conflict::why(&standing.conflict, app.practice(), &a.office), standing.is_kept)
            }),
        }
    }
}
