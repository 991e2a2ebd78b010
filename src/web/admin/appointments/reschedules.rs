//! `GET` and `POST /admin/appointments/{id}/reschedule`: the therapist moves an
//! appointment, at once.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};

use super::{
    page,
    reasons::{Reasons, Wanted, Yes},
    submission,
    taken::{self, FormOf},
    times::{self, Asked, Choice, Purpose, Wrong},
};
use crate::{
    app::App,
    booking::{
        confirm::Answer,
        preview::{self, Preview},
        reschedule::{self, Target},
        slots::{self, Snapshot},
    },
    domain::{
        appointment::{
            Appointment,
            refusal::{Refusal, SlotRefusal},
        },
        client::{Name, Note},
        ids::OfficeSlug,
        practice::{office::Office, service::Service},
        time::{self, Instant, Interval},
    },
    operation, urls,
    web::{
        Web,
        http::{
            answer,
            error::{self, Error},
            fields::Fields,
        },
        parts::{Panel, page::Frame},
    },
    words,
};

#[derive(Template)]
#[template(path = "admin/reschedule.html")]
struct ReschedulePage<'a> {
    frame: Frame<'a>,
    name: &'a Name,
    page: String,
    before: Panel<'a>,
    after: Panel<'a>,
    other_times: String,
    action: String,
    office: &'a str,
    start: String,
    revision: u32,
    reasons: Reasons,
    /// What was typed.
    sentence: String,
    /// What is wrong with the sentence.
    wrong: Option<&'static str>,
    /// Why it was not moved, where that is no rule of time.
    message: Option<String>,
    /// What the client gets, if it can be moved there; within, `None` without an email address.
    preview: Option<Option<Preview>>,
}

/// What was sent, and what is wrong with it.
#[derive(Default)]
struct Submission {
    sentence: String,
    yes: Yes,
    wrong: Option<&'static str>,
    message: Option<String>,
}

/// An appointment that is to be moved, with its service as it was agreed.
struct Moving {
    a: Appointment,
    service: Service,
}

impl Moving {
    fn new(app: &App, a: Appointment) -> Result<Self, Error> {
        let refused = |refusal| Error::Refused(error::sentence(&refusal));
        a.can_be_moved(app.now()).map_err(refused)?;
        let service = app.practice().service(&a.service).ok_or(SlotRefusal::Retired);
        let service = a.agreed(service.map_err(|refusal| refused(refusal.into()))?);
        Ok(Self { a, service })
    }

    fn purpose(&self) -> Purpose<'_> {
        Purpose::Moving(&self.a, &self.service)
    }

    async fn snapshot<'a>(&self, app: &'a App) -> Result<Snapshot<'a>, Error> {
        Ok(slots::for_bookings(app).await?.without(self.a.id))
    }

    async fn choose(
        &self,
        app: &App,
        asked: &Asked,
        wrong: Option<Wrong>,
        status: StatusCode,
    ) -> Result<Response, Error> {
        times::show(app, &self.snapshot(app).await?, self.purpose(), asked, wrong, status)
    }
}

pub async fn new(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let app = &*web.app();
    let moving = Moving::new(app, page::found(app, submission::id_of(&id)?).await?)?;
    match asked.choice(app.practice()) {
        Choice::Chosen(office, start) => {
            form(app, &moving, office, start, Submission::default(), StatusCode::OK).await
        }
        Choice::Open => moving.choose(app, &asked, None, StatusCode::OK).await,
        Choice::Unreadable(wrong) => {
            moving.choose(app, &asked, Some(wrong), StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = submission::id_of(&id)?;
    let found = page::found(app, id).await?;
    let office = OfficeSlug::parse(fields.get("office")).and_then(|slug| app.practice().office(&slug));
    let (Some(office), Some(start)) = (office, time::parse_instant(fields.get("start"))) else {
        let (moving, asked) = (Moving::new(app, found)?, Asked::default());
        return moving.choose(app, &asked, Some(Wrong::TIME), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let mut submission = Submission {
        sentence: fields.get("sentence").to_owned(),
        yes: Yes::read(&fields),
        ..Submission::default()
    };
    let sentence = match Note::parse(&submission.sentence) {
        Ok(sentence) => sentence,
        Err(error) => {
            submission.wrong = Some(words::client::note(error));
            let changed = found.is_as_seen(fields.seen()).err();
            submission.message = changed.map(|refusal| error::sentence(&refusal));
            let moving = Moving::new(app, found)?;
            return form(app, &moving, office, start, submission, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let target = Target { office: office.slug.clone(), start };
    let answer = Answer { sentence, seen: fields.seen(), overridden: submission.yes.overridden() };
    match reschedule::by_therapist(&web.current, id, target, answer).await {
        Ok(moved) => return Ok(answer::see_other(&urls::admin_appointment(moved.id))),
        Err(operation::Error::NotThen(_) | operation::Error::Refused(Refusal::Slot(_))) => {}
        Err(operation::Error::Refused(refusal @ (Refusal::SameTime | Refusal::ChangedMeanwhile(_)))) => {
            submission.message = Some(error::sentence(&refusal));
        }
        Err(error) => return Err(error.into()),
    }
    // As it is now, which may be why.
    let moving = Moving::new(app, page::found(app, id).await?)?;
    form(app, &moving, office, start, submission, StatusCode::CONFLICT).await
}

/// The form for a time, with what stands against it; or, where that cannot be
/// overridden, the nearest openings.
async fn form(
    app: &App,
    moving: &Moving,
    office: &Office,
    start: Instant,
    submission: Submission,
    status: StatusCode,
) -> Result<Response, Error> {
    let Moving { a, service } = moving;
    let date = time::date(app.practice().zone, start);
    let snapshot = slots::snapshot_of(app, date).await?.without(a.id);
    let calendar = snapshot.calendar();
    let span = Interval::new(start, start + service.length());
    let wanted = Wanted { office: &office.slug, span, buffer: a.buffer };
    let refusals = calendar.refusals(service, office, start);
    let reasons = Reasons::new(app, &calendar, &wanted, &refusals, &submission.yes).await?;
    if reasons.is_final && submission.wrong.is_none() {
        let form = (status != StatusCode::OK).then(|| FormOf {
            app,
            action: urls::admin_reschedule(a.id),
            button: "Reschedule to this time",
            typed: vec![("sentence", submission.sentence), ("revision", a.revision.to_string())],
            is_keyed: false,
            message: submission.message,
        });
        let snapshot = moving.snapshot(app).await?;
        return taken::show(app, &snapshot, moving.purpose(), (office, start), reasons, form);
    }
    let moved = Appointment { office: office.slug.clone(), span, ..a.clone() };
    let target = Target { office: office.slug.clone(), start };
    // Where it cannot be moved at all, nothing would be sent.
    let preview = match preview::of_move(app, a, target).await {
        Err(operation::Error::Refused(_)) => None,
        preview => Some(preview?),
    };
    let title = format!("Reschedule {} to {}", a.name, time::phrase(app.practice().zone, start));
    let reschedule = ReschedulePage {
        frame: Frame::admin(app, &title, urls::ADMIN),
        name: &a.name,
        page: urls::admin_appointment(a.id),
        before: Panel::of(app, a),
        after: Panel::of(app, &moved),
        other_times: urls::admin_reschedule_from(a.id, date),
        action: urls::admin_reschedule(a.id),
        office: office.slug.as_str(),
        start: time::write_instant(start),
        revision: a.revision,
        reasons,
        sentence: submission.sentence,
        wrong: submission.wrong,
        message: submission.message,
        preview,
    };
    answer::html(status, &reschedule)
}
