//! `GET` and `POST /admin/appointments/{id}/reschedule`: the therapist moves an
//! appointment, at once.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    answers, attempt,
    later_moves::{self, LaterMoves},
    of_series, page,
    reasons::{Reasons, Wanted, Yes},
    taken::{self, FormOf},
    times::{self, Choice, Purpose, Wrong},
};
use crate::{
    app::App,
    booking::{
        preview::{self, Preview},
        reschedule::Target,
        reschedule_later,
        slots::{self, Snapshot},
    },
    domain::{
        appointment::{
            Appointment,
            overriding::Override,
            refusal::{Refusal, SlotRefusal},
        },
        client::Name,
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
            field::Field,
            query::Query,
            submission::Submission,
        },
        parts::{Panel, dates::StateView, later, moved_later, page::Frame},
    },
    words,
};

#[derive(Template)]
#[template(path = "admin/reschedule.html")]
struct ReschedulePage<'a> {
    frame: Frame<'a>,
    name: &'a Name,
    /// Whose visit it is.
    whose: String,
    page: String,
    before: Panel<'a>,
    after: Panel<'a>,
    other_times: String,
    action: String,
    office: &'a str,
    start: String,
    reasons: Reasons,
    /// To move a request is to say yes to it, and this is somebody's first.
    wants_a_talk: bool,
    /// What was typed; and why it was not moved, where that is no rule of time.
    form: Submission,
    /// What the client gets, if it can be moved there; nothing where it can't.
    preview: Option<Preview>,
    /// Where it is of a series, the later visits.
    later: Option<LaterMoves<'a>>,
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
        query: &Query,
        wrong: Option<Wrong>,
        status: StatusCode,
    ) -> Result<Response, Error> {
        times::show(app, &self.snapshot(app).await?, self.purpose(), None, query, wrong, status)
    }
}

pub async fn new(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    query: Query,
) -> Result<Response, Error> {
    let app = &*web.app();
    let moving = Moving::new(app, page::found(app, attempt::id_of(&id)?).await?)?;
    match times::choice(&query, app.practice()) {
        Choice::Chosen(office, start) => render(app, &moving, office, start, None, StatusCode::OK).await,
        Choice::Open => moving.choose(app, &query, None, StatusCode::OK).await,
        Choice::Unreadable(wrong) => {
            moving.choose(app, &query, Some(wrong), StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = attempt::id_of(&id)?;
    let found = page::found(app, id).await?;
    let office = OfficeSlug::parse(form.value(Field::Office)).and_then(|slug| app.practice().office(&slug));
    let (Some(office), Some(start)) = (office, time::parse_instant(form.value(Field::Start))) else {
        let (moving, query) = (Moving::new(app, found)?, Query::default());
        return moving.choose(app, &query, Some(Wrong::TIME), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let Some(answer) = answers::read(&mut form) else {
        if let Err(changed) = found.is_as_seen(form.seen()) {
            form.warn(error::sentence(&changed));
        }
        let moving = Moving::new(app, found)?;
        return render(app, &moving, office, start, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let target = Target { office: office.slug.clone(), start };
    let moved = match moved_later::read(&form) {
        Ok(Some(later)) => reschedule_later::by_therapist(&web.current, id, target, later, answer).await,
        Ok(None) => {
            form.warn("Please choose for each date that's still open. Nothing's moved yet.");
            let moving = Moving::new(app, found)?;
            return render(app, &moving, office, start, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        Err(refusal) => Err(refusal.into()),
    };
    match moved {
        Ok(moved) => return Ok(answer::see_other(&urls::admin_appointment(moved.id))),
        Err(operation::Error::NotThen(_) | operation::Error::Refused(Refusal::Slot(_))) => {}
        Err(operation::Error::Refused(refusal @ Refusal::NotSpokenWith)) => {
            form.refuse(Field::SpokenWith, error::sentence(&refusal));
            let moving = Moving::new(app, page::found(app, id).await?)?;
            return render(app, &moving, office, start, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        Err(operation::Error::Refused(
            refusal @ (Refusal::SameTime | Refusal::ChangedMeanwhile(_) | Refusal::SeriesChanged),
        )) => {
            form.warn(error::sentence(&refusal));
        }
        Err(error) => return Err(error.into()),
    }
    // As it is now, which may be why.
    let moving = Moving::new(app, page::found(app, id).await?)?;
    render(app, &moving, office, start, Some(form), StatusCode::CONFLICT).await
}

/// The form for a time, with what stands against it; or, where that cannot be
/// overridden, the nearest openings.
async fn render(
    app: &App,
    moving: &Moving,
    office: &Office,
    start: Instant,
    sent: Option<Submission>,
    status: StatusCode,
) -> Result<Response, Error> {
    let Moving { a, service } = moving;
    let date = time::date(app.practice().zone, start);
    let span = Interval::new(start, start + service.length());
    let wanted = Wanted { office: &office.slug, span, buffer: a.buffer };
    let is_sent = sent.is_some();
    let mut form = sent.unwrap_or_default();
    let visits = of_series::later_than(app, a).await?;
    let mut snapshot = slots::snapshot_of(app, date).await?.without(a.id);
    if !is_sent && !visits.is_empty() && !stands(&snapshot, moving, office, start) {
        // Where it may only be because they go on as well, all of them are meant.
        let mut without = slots::snapshot_of(app, date).await?.without(a.id);
        for visit in &visits {
            without = without.without(visit.id);
        }
        if stands(&without, moving, office, start) {
            form.set(Field::Which, "later");
        }
    }
    if later::is_chosen(&form) {
        for visit in moved_later::that_go(&visits, &form) {
            snapshot = snapshot.without(visit.id);
        }
    }
    let calendar = snapshot.calendar();
    let refusals = calendar.refusals(service, office, start);
    let reasons = Reasons::new(app, &calendar, &wanted, &refusals, &Yes::read(&form)).await?;
    // Whoever sends it again has seen the appointment as it is now.
    form.set(Field::Revision, a.revision.to_string());
    if reasons.is_final && !form.is_wrong() {
        let again = is_sent.then(|| FormOf {
            app,
            action: urls::admin_reschedule(a.id),
            button: "Reschedule to this time",
            form,
            carried: &[Field::Sentence, Field::Revision, Field::SpokenWith, Field::Which, Field::Later],
            is_keyed: false,
        });
        let snapshot = moving.snapshot(app).await?;
        return taken::show(app, &snapshot, moving.purpose(), (office, start), reasons, again);
    }
    let moved = Appointment { office: office.slug.clone(), span, ..a.clone() };
    let target = Target { office: office.slug.clone(), start };
    // Where it cannot be moved at all, nothing would be sent.
    let preview = match preview::of_move(app, a, target).await {
        Err(operation::Error::Refused(_)) => None,
        preview => Some(preview?),
    };
    let later = later_moves::lines(app, a, &moved, &visits, &form).await?;
    let is_lost = later.as_ref().is_some_and(|later| later.is_chosen && later.is_open());
    if status == StatusCode::CONFLICT && is_lost && form.alert().is_none() {
        form.warn("A date was taken since you saw these. Nothing's moved yet; the other dates stay as you chose them.");
    }
    let history = app.store.read().await?.history(a.client, app.now()).await?;
    let whose = words::appointment::whose(a);
    let title = format!("Reschedule {whose} to {}", time::phrase(app.practice().zone, start));
    let reschedule = ReschedulePage {
        frame: Frame::admin(app, &title, urls::ADMIN),
        name: &a.name,
        whose,
        page: urls::admin_appointment(a.id),
        before: Panel::of(app, a),
        after: Panel::of(app, &moved),
        other_times: urls::admin_reschedule_from(a.id, date),
        action: urls::admin_reschedule(a.id),
        office: office.slug.as_str(),
        start: time::write_instant(start),
        reasons,
        wants_a_talk: a.wants_a_talk(app.practice().first_visit, history),
        form,
        preview,
        later,
    };
    answer::html(status, &reschedule)
}

/// True where nothing stands against a move but what is for clients alone.
fn stands(snapshot: &Snapshot<'_>, moving: &Moving, office: &Office, start: Instant) -> bool {
    let refusals = snapshot.calendar().refusals(&moving.service, office, start);
    Override::none().standing(&refusals).is_empty()
}
