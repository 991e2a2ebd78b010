//! `GET, POST /admin/requests/declines`: many requests are declined at once. What nobody
//! has proved is ticked; whoever opens the page unticks whom they know.

use std::{collections::BTreeSet, sync::Arc};

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

use crate::{
    app::App,
    booking::{decline_many, together::Seen, unproven},
    domain::{
        appointment::{Appointment, Status},
        client::Note,
        ids::AppointmentId,
        time,
    },
    operation, urls,
    web::{
        Web,
        admin::parts::together,
        http::{answer, error::Error, field::Field, submission::Submission},
        parts::{self, OfficeView, When, page::Frame},
    },
    words,
};

/// So many stand on the page; the next ones come once these are declined.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "admin/many_declines.html")]
struct ManyDeclinesPage<'a> {
    frame: Frame<'a>,
    zone: String,
    message: Option<String>,
    requests: Vec<RequestView<'a>>,
    /// How many are not shown.
    more: usize,
    is_quiet: bool,
}

struct RequestView<'a> {
    /// `12/3`: the appointment, and its revision as it is shown.
    value: String,
    name: String,
    href: String,
    when: When,
    office: OfficeView<'a>,
    /// `asked Monday, 8:00 am`
    asked: When,
    contact: String,
    note: Option<&'a Note>,
    is_confirmed: bool,
    /// Somebody has shown that the email is theirs.
    is_proved: bool,
    is_ticked: bool,
    /// What was asked for with it: `and 3 more visits`.
    more: Option<String>,
}

pub async fn new(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    render(&web.app(), None, None, false, StatusCode::OK).await
}

pub async fn create(State(web): State<Arc<Web>>, form: Submission) -> Result<Response, Error> {
    let app = &*web.app();
    let ticked: Vec<Seen> = form.values(Field::Declined).filter_map(together::read_one).collect();
    let is_quiet = form.is_checked(Field::Quietly);
    let again = async |message: String, status| {
        let ids = ticked.iter().map(|one| one.appointment).collect();
        render(app, Some(message), Some(ids), is_quiet, status).await
    };
    if ticked.is_empty() {
        let message = "Nobody's ticked, so nothing was changed.".to_owned();
        return again(message, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    match decline_many::decline_many(&web.current, &ticked, is_quiet).await {
        Ok(()) => Ok(answer::see_other(urls::ADMIN)),
        Err(operation::Error::Touches(changed)) => {
            let have = words::listed::counted(changed.len(), "of them has", "of them have");
            let have = words::listed::begun(&have.unwrap_or_default());
            let message = format!(
                "{have} changed since you opened the page. Nothing's declined yet, so please look again."
            );
            again(message, StatusCode::CONFLICT).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The page, with those ticked that were, or whose email nobody has proved.
async fn render(
    app: &App,
    message: Option<String>,
    ticked: Option<BTreeSet<AppointmentId>>,
    is_quiet: bool,
    status: StatusCode,
) -> Result<Response, Error> {
    let mut tx = app.store.read().await?;
    let now = app.now();
    let requests = unproven::requests_to_decline(&mut tx, now).await?;
    drop(tx);
    let today = time::date(app.practice().zone, now);
    let views = requests.iter().take(SHOWN).map(|(all, is_unproven)| {
        let is_ticked = ticked.as_ref().map_or(*is_unproven, |ticked| ticked.contains(&all[0].id));
        RequestView::new(app, all, *is_unproven, is_ticked)
    });
    let page = ManyDeclinesPage {
        frame: Frame::admin(app, "Decline many at once", urls::ADMIN),
        zone: parts::zones(app, today, today),
        message,
        requests: views.collect(),
        more: requests.len().saturating_sub(SHOWN),
        is_quiet,
    };
    answer::html(status, &page)
}

impl<'a> RequestView<'a> {
    /// What was asked for together is one request.
    fn new(app: &'a App, all: &'a [Appointment], is_unproven: bool, is_ticked: bool) -> Self {
        let a = &all[0];
        let email = a.contact.email.as_ref().map(ToString::to_string);
        let phone = a.contact.phone.as_ref().map(ToString::to_string);
        Self {
            value: together::write_one(a),
            name: words::appointment::whose(a),
            href: urls::admin_appointment(a.id),
            when: When::new(app, a.span.start),
            office: OfficeView::of(app, a),
            asked: When::new(app, a.requested_at),
            contact: [email, phone].into_iter().flatten().collect::<Vec<_>>().join(", "),
            note: a.note.as_ref(),
            is_confirmed: a.status() == Status::Confirmed,
            is_proved: !is_unproven && a.contact.email.is_some(),
            is_ticked,
            more: match all.len() - 1 {
                0 => None,
                1 => Some("and one more visit".to_owned()),
                more => Some(format!("and {more} more visits")),
            },
        }
    }
}
