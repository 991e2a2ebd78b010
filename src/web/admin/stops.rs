//! The run of a day, as today's page and the day's own show it: where the
//! therapist is, whom they see, and the drives between.

use super::{
    against::office_name,
    visit::{self, Tap, VisitView},
};
use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status},
        policy::Policy,
        run::{self, Stop},
        time::{self, Instant},
    },
    web::parts::OfficeView,
};

pub enum StopView<'a> {
    /// Work at an office begins.
    At(OfficeView<'a>),
    Visit(Box<VisitView<'a>>, Vec<Tap>),
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
    policy: &Policy,
    now: Instant,
) -> Vec<StopView<'a>> {
    let stop = |stop| match stop {
        Stop::At(office) => StopView::At(OfficeView::by_slug(app, office)),
        Stop::Visit(a) => {
            // A visit that is ticked off is mended on its own page.
            let is_open = a.status == Status::Confirmed;
            let taps = if is_open { visit::taps(a, policy, now) } else { Vec::new() };
            StopView::Visit(Box::new(VisitView::new(app, a)), taps)
        }
        Stop::Drive { to, takes, leave_by } => StopView::Drive {
            to: office_name(app, to),
            takes: time::span_words(takes),
            leave_by: time::time_words(app.practice().zone, leave_by),
        },
    };
    run::run(visits, &app.practice().travel).into_iter().map(stop).collect()
}
