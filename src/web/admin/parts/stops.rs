//! The run of a day, as today's page and the day's own show it: where the
//! therapist is, whom they see, and the drives between.

use super::visit::{self, Tap, VisitView};
use crate::{
    app::App,
    booking::conflicts::Plans,
    domain::{
        appointment::{Appointment, Status},
        availability::{
            rules::Rules,
            run::{self, Stop},
        },
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
        /// What the plan of the day has instead, and whether the therapist will be there all the same.
        conflict: Option<(String, bool)>,
    },
    Drive {
        to: &'a str,
        takes: String,
        leave_by: String,
    },
}

/// Where it is noted whether those came whose time is over.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Here,
    /// In a list of their own on the same page.
    InTheirList,
}

/// The run of the visits of a day, which stand in order of time.
pub fn stops<'a>(
    app: &'a App,
    visits: impl IntoIterator<Item = &'a Appointment>,
    rules: &Rules,
    plans: &Plans,
    (now, ended): (Instant, Ended),
) -> Vec<StopView<'a>> {
    let zone = app.practice().zone;
    let stop = |stop| match stop {
        Stop::At(office) => StopView::At(OfficeView::by_slug(app, office)),
        Stop::Visit(a) => {
            // What was noted of a visit is corrected on its own page.
            let is_open = a.status() == Status::Confirmed;
            StopView::Visit {
                visit: Box::new(VisitView::new(app, a)),
                taps: if is_open && (ended == Ended::Here || now < a.span.end) {
                    visit::taps(a, &rules.policy, now)
                } else {
                    Vec::new()
                },
                conflict: plans.standing(app.practice(), rules, a).map(|standing| {
                    (words::conflict::why(&standing.conflict, app.practice(), &a.office), standing.is_kept)
                }),
            }
        }
        Stop::Drive { to, takes, leave_by } => StopView::Drive {
            to: app.practice().office_name(to),
            takes: time::span_words(takes),
            leave_by: time::time_words(zone, leave_by),
        },
    };
    run::run(visits, &app.practice().travel).into_iter().map(stop).collect()
}
