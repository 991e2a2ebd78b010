//! `GET /admin`: requests first, then the coming days office by office, the
//! calls to make, and what needs attention.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::{Days, NaiveDate, TimeDelta};

use super::new_addresses::{self, NewAddressView};
use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Side, Status},
        call::Topic,
        interval::Interval,
        time::{self, Instant},
    },
    store::{Call, Trouble},
    urls,
    web::{
        Web,
        error::Error,
        page::{self, Frame},
        parts::{self, OfficeView, PhoneView, When},
    },
};

/// How many days the page looks ahead, today included.
const DAYS: u64 = 14;
/// Less time than this to answer is said with emphasis.
const SOON: TimeDelta = TimeDelta::hours(3);
/// For how long a letter that was given up stays on the page.
const TROUBLE_STAYS: TimeDelta = TimeDelta::days(14);

#[derive(Template)]
#[template(path = "admin/today.html")]
struct TodayPage<'a> {
    frame: Frame<'a>,
    today: String,
    zone: String,
    requests: Vec<RequestView<'a>>,
    expired: Vec<VisitView<'a>>,
    days: Vec<DayRun<'a>>,
    calls: Vec<CallView<'a>>,
    trouble: Vec<TroubleView<'a>>,
    new_addresses: Vec<NewAddressView<'a>>,
    /// The folder that letters are written into when nobody sends them.
    mail_folder: Option<String>,
}

struct RequestView<'a> {
    visit: VisitView<'a>,
    left: String,
    is_soon: bool,
    has_note: bool,
    confirmation: String,
    decline: String,
}

struct VisitView<'a> {
    name: &'a str,
    href: String,
    office: OfficeView<'a>,
    when: When,
    until: String,
    service: &'a str,
    minutes: i64,
    phone: Option<PhoneView>,
    has_email: bool,
    status: Status,
}

/// One day's visits in order of time, with the drives between them.
struct DayRun<'a> {
    date: String,
    stops: Vec<Stop<'a>>,
}

enum Stop<'a> {
    /// Work at an office begins.
    At(OfficeView<'a>),
    Visit(Box<VisitView<'a>>),
    Drive {
        to: &'a str,
        takes: String,
        leave_by: String,
    },
}

struct CallView<'a> {
    visit: VisitView<'a>,
    about: &'static str,
    done: String,
}

struct TroubleView<'a> {
    to: String,
    subject: &'a str,
    trouble: &'a str,
    next: Option<When>,
    href: Option<String>,
}

pub async fn show(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    let app = &*web.app;
    let zone = app.practice().zone;
    let mut tx = app.store.read().await?;
    let now = app.now();
    let today = time::date(zone, now);
    let end = today.checked_add_days(Days::new(DAYS)).unwrap_or(today);
    let coming = Interval::new(time::start_of_day(zone, today), time::start_of_day(zone, end));
    let requests = tx.requests().await?;
    let visits = tx.visits(coming).await?;
    let expired = tx.expired_requests(now).await?;
    let calls = tx.calls(now).await?;
    let trouble = tx.letters_in_trouble(now - TROUBLE_STAYS).await?;
    drop(tx);

    let today_page = TodayPage {
        frame: Frame::private(app, "Today"),
        today: time::date_words(today),
        zone: parts::zones(app, today, end),
        requests: requests.iter().map(|request| RequestView::new(app, request, now)).collect(),
        expired: expired.iter().map(|request| VisitView::new(app, request)).collect(),
        days: by_day(app, &visits),
        calls: calls.iter().map(|call| CallView::new(app, call)).collect(),
        trouble: trouble.iter().map(|trouble| TroubleView::new(app, trouble)).collect(),
        new_addresses: new_addresses::untold(app).await?,
        mail_folder: app.mailer.folder().map(|folder| folder.display().to_string()),
    };
    page::html(StatusCode::OK, &today_page)
}

impl<'a> VisitView<'a> {
    fn new(app: &'a App, a: &'a Appointment) -> Self {
        Self {
            name: a.name.as_str(),
            href: urls::admin_appointment(a.id),
            office: OfficeView::of(app, a),
            when: When::new(app, a.session.start),
            until: time::time_words(app.practice().zone, a.session.end),
            service: &a.service_name,
            minutes: a.minutes(),
            phone: a.contact.phone.as_ref().map(PhoneView::of),
            has_email: a.contact.email.is_some(),
            status: a.status,
        }
    }
}

impl<'a> RequestView<'a> {
    fn new(app: &'a App, a: &'a Appointment, now: Instant) -> Self {
        let left = a.held_until - now;
        Self {
            visit: VisitView::new(app, a),
            left: time::span_words(left),
            is_soon: left < SOON,
            has_note: a.note.is_some(),
            confirmation: urls::confirmation(a.id),
            decline: urls::decline(a.id),
        }
    }
}

fn by_day<'a>(app: &'a App, visits: &'a [Appointment]) -> Vec<DayRun<'a>> {
    let date_of = |a: &Appointment| time::date(app.practice().zone, a.session.start);
    let days = visits.chunk_by(|one, other| date_of(one) == date_of(other));
    days.map(|visits| day_run(app, date_of(&visits[0]), visits)).collect()
}

fn day_run<'a>(app: &'a App, date: NaiveDate, visits: &'a [Appointment]) -> DayRun<'a> {
    let mut stops = Vec::new();
    let mut before: Option<&Appointment> = None;
    for visit in visits {
        let office = OfficeView::of(app, visit);
        if let Some(before) = before.filter(|before| before.office != visit.office) {
            let drive = app.practice().travel.between(&before.office, &visit.office);
            stops.push(Stop::Drive {
                to: office.name,
                takes: time::span_words(drive),
                leave_by: time::time_words(app.practice().zone, visit.session.start - drive),
            });
        }
        if before.is_none_or(|before| before.office != visit.office) {
            stops.push(Stop::At(office));
        }
        stops.push(Stop::Visit(Box::new(VisitView::new(app, visit))));
        before = Some(visit);
    }
    DayRun { date: time::date_words(date), stops }
}

impl<'a> CallView<'a> {
    fn new(app: &'a App, call: &'a Call) -> Self {
        let about = match call.about {
            Topic::Requested => {
                "has asked for this time; there is no email address, so your answer goes by telephone"
            }
            Topic::Confirmed => "does not know yet that this is confirmed",
            Topic::Declined => "does not know yet that this is declined",
            Topic::Cancelled => "does not know yet that this is cancelled",
            Topic::Expired => "does not know yet that this request has expired",
            Topic::Changed => "may not know yet that the appointment has been moved to this time",
            Topic::ChangeDeclined => {
                "does not know yet that the time stays as it is: you declined the change"
            }
            Topic::ChangeExpired => {
                "does not know yet that the time stays as it is: the change was not answered"
            }
            Topic::Reminder => "is to be reminded of this visit",
            Topic::NewAddress => "does not know yet that the office has a new address",
            Topic::LetterFailed => "could not be reached by email",
        };
        Self { visit: VisitView::new(app, &call.appointment), about, done: urls::call_done(call.id) }
    }
}

impl<'a> TroubleView<'a> {
    fn new(app: &App, trouble: &'a Trouble) -> Self {
        let to = match trouble.side {
            Side::Therapist => "you".to_owned(),
            Side::Client => trouble.recipient.clone(),
        };
        Self {
            to,
            subject: &trouble.subject,
            trouble: &trouble.trouble,
            next: trouble.next_attempt_at.map(|at| When::new(app, at)),
            href: trouble.appointment.map(urls::admin_appointment),
        }
    }
}
