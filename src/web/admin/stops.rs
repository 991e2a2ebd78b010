//! The run of a day, as today's page and the day's own show it: where the
//! therapist is, whom they see, and the drives between.

use super::visit::{self, Tap, VisitView};
use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status},
        rules::Rules,
        run::{self, Stop},
        time::{self, Instant},
    },
    web::parts::OfficeView,
};

pub enum StopView<'a> {
    /// Work at an office begins.
    At(OfficeView<'a>),
    Visit {
        visit: Box<VisitView<'a>>,
        taps: Vec<Tap>,
        /// It stands, although the hours have changed since, or was booked against them.
        is_outside_hours: bool,
    },
    Drive {
        to: &'a str,
        takes: String,
        leave_by: String,
    },
}

/// The run of the visits of a day, which stand in order of time.
pub fn stops<'a>(
    app: &'a App,
    visits: impl IntoIterator<Item = &'a Appointment>,
    rules: &Rules,
    now: Instant,
) -> Vec<StopView<'a>> {
    let zone = app.practice().zone;
    let stop = |stop| match stop {
        Stop::At(office) => StopView::At(OfficeView::by_slug(app, office)),
        Stop::Visit(a) => {
            // A visit that is ticked off is mended on its own page.
            let is_open = a.status == Status::Confirmed;
            StopView::Visit {
                visit: Box::new(VisitView::new(app, a)),
                taps: if is_open { visit::taps(a, &rules.policy, now) } else { Vec::new() },
                is_outside_hours: is_open && !rules.timetable.is_open(zone, &a.office, a.session),
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
