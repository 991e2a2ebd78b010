//! `GET, POST /admin/appointments/{id}/series`: the same time every few weeks, from a visit
//! on. A line for each date; where one can't be had, its nearest times. Nothing is booked
//! before each is settled.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    attempt, page,
    reasons::{Reasons, Wanted, Yes},
};
use crate::{
    app::App,
    booking::{
        series::{self, Series},
        slots::{self, Snapshot},
    },
    domain::{
        appointment::{
            Appointment, Side, Status,
            refusal::{Refusal, SlotRefusal},
        },
        practice::{office::Office, service::Service},
        series::{
            proposal::{self, Line, Said, State as LineState},
            rhythm::{Occurrence, Rhythm},
        },
        time::{self, Interval},
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
        parts::{
            Panel, RhythmView, contact_fields,
            dates::{self, StateView},
            page::Frame,
            rhythm,
        },
    },
    words,
};

#[derive(Template)]
#[template(path = "admin/series.html")]
struct SeriesPage<'a> {
    frame: Frame<'a>,
    name: String,
    page: String,
    panel: Panel<'a>,
    action: String,
    rhythm: RhythmView,
    /// None before anybody has said how often.
    lines: Option<Vec<LineView<'a>>>,
    /// `Book 4 visits`
    button: String,
    can_be_emailed: bool,
    form: Submission,
}

struct LineView<'a> {
    /// `line_1`
    field: String,
    /// `Tuesday, December 15`
    date: String,
    state: StateView<'a, Option<Reasons>>,
    is_left_out: bool,
    /// The clocks change before it: `PDT`.
    new_zone: Option<String>,
}

impl LineView<'_> {
    fn is_open(&self) -> bool {
        self.state.is_open() && !self.is_left_out
    }
}

/// What a series is to follow.
struct Following {
    a: Appointment,
    service: Service,
    office: Office,
}

impl Following {
    fn new(app: &App, a: Appointment) -> Result<Self, Error> {
        let refused = |refusal: SlotRefusal| Error::Refused(error::sentence(&refusal.into()));
        if !matches!(a.status(), Status::Confirmed | Status::Arrived) {
            return Err(Error::Refused(
                "Only a visit that's on, or was, can be followed by a series.".to_owned(),
            ));
        }
        let service = app.practice().service(&a.service).filter(|service| !service.retired);
        let service = service.cloned().ok_or_else(|| refused(SlotRefusal::Retired))?;
        let office = app.practice().office(&a.office).cloned();
        Ok(Self { a, service, office: office.ok_or_else(|| refused(SlotRefusal::NotGivenThere))? })
    }

    fn occurrences(&self, app: &App, rhythm: Rhythm) -> Vec<Occurrence> {
        let zone = app.practice().zone;
        rhythm.after(zone, self.a.span.start, time::date(zone, app.now()))
    }

    fn lines(&self, snapshot: &Snapshot<'_>, occurrences: &[Occurrence], said: &[Said]) -> Vec<Line> {
        proposal::propose(
            &snapshot.calendar(),
            Side::Therapist,
            (&self.service, &self.office),
            occurrences,
            said,
        )
    }
}

pub async fn new(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    query: Query,
) -> Result<Response, Error> {
    let app = &*web.app();
    let following = Following::new(app, page::found(app, attempt::id_of(&id)?).await?)?;
    let mut form = Submission::offering([
        (Field::Weeks, query.value(Field::Weeks).to_owned()),
        (Field::Times, query.value(Field::Times).to_owned()),
        (Field::Told, "yes".to_owned()),
        (Field::RequestKey, app.fresh_token().to_string()),
    ]);
    if query.get(Field::Weeks).is_none() && query.get(Field::Times).is_none() {
        return render(app, &following, None, form, StatusCode::OK).await;
    }
    let Some(rhythm) = rhythm::read(&mut form, Rhythm::OF_THERAPIST) else {
        return render(app, &following, None, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    render(app, &following, Some((rhythm, Vec::new())), form, StatusCode::OK).await
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = attempt::id_of(&id)?;
    let following = Following::new(app, page::found(app, id).await?)?;
    let (rhythm, key) =
        (rhythm::read(&mut form, Rhythm::OF_THERAPIST), contact_fields::read_request_key(&mut form));
    let (Some(rhythm), Some(key)) = (rhythm, key) else {
        return render(app, &following, None, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let said: Vec<Said> = dates::read(&form, rhythm);
    let Some(visits) = dates::settled(&said) else {
        form.warn("Please choose for each date that's still open. Nothing's booked yet.");
        return render(app, &following, Some((rhythm, said)), form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if visits.is_empty() {
        form.warn("Every date is left out, so there's nothing to book.");
        return render(app, &following, Some((rhythm, said)), form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let series = Series { after: id, visits, is_told: form.is_checked(Field::Told), key };
    match series::book(&web.current, series).await {
        Ok(first) => Ok(answer::see_other(&urls::admin_appointment(first.id))),
        Err(operation::Error::NotThen(_) | operation::Error::Refused(Refusal::Slot(_))) => {
            form.warn("A date was taken since you saw these. Nothing's booked yet; the other dates stay as you chose them.");
            render(app, &following, Some((rhythm, said)), form, StatusCode::CONFLICT).await
        }
        Err(operation::Error::Refused(refusal)) => {
            form.warn(error::sentence(&refusal));
            render(app, &following, Some((rhythm, said)), form, StatusCode::CONFLICT).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn render(
    app: &App,
    following: &Following,
    proposed: Option<(Rhythm, Vec<Said>)>,
    form: Submission,
    status: StatusCode,
) -> Result<Response, Error> {
    let Following { a, .. } = following;
    let mut lines = None;
    if let Some((rhythm, said)) = &proposed {
        let snapshot = slots::for_bookings(app).await?;
        let proposed = following.lines(&snapshot, &following.occurrences(app, *rhythm), said);
        let mut views = Vec::with_capacity(proposed.len());
        let new_zones = dates::new_zones(app, a.span.start, &proposed);
        for ((nth, line), new_zone) in (1..).zip(&proposed).zip(new_zones) {
            let view = view(app, &snapshot, following, nth, line).await?;
            views.push(LineView { new_zone, ..view });
        }
        lines = Some(views);
    }
    let is_to_come = |line: &&LineView<'_>| !line.is_left_out;
    let visits = lines.iter().flatten().filter(is_to_come).count();
    let name = words::appointment::whose(a);
    let title = format!("A series for {}", a.name);
    let series = SeriesPage {
        frame: Frame::admin(app, &title, urls::ADMIN),
        name,
        page: urls::admin_appointment(a.id),
        panel: Panel::of(app, a),
        action: urls::admin_series(a.id),
        rhythm: RhythmView::new(&form, Rhythm::OF_THERAPIST),
        lines,
        button: match visits {
            1 => "Book 1 visit".to_owned(),
            visits => format!("Book {visits} visits"),
        },
        can_be_emailed: a.contact.email.is_some(),
        form,
    };
    answer::html(status, &series)
}

async fn view<'a>(
    app: &'a App,
    snapshot: &Snapshot<'_>,
    following: &Following,
    nth: u8,
    line: &Line,
) -> Result<LineView<'a>, Error> {
    let why = match &line.state {
        LineState::Settled(_) => None,
        LineState::Open { reasons, .. } => why(app, snapshot, following, line, reasons).await?,
    };
    let state = StateView::of(app, &line.state, why);
    let (field, date) = (dates::field(nth), time::date_words(line.date));
    Ok(LineView { field, date, state, is_left_out: line.is_left_out, new_zone: None })
}

/// What stands against a date as the rhythm has it; nothing where the clocks skip that time.
async fn why(
    app: &App,
    snapshot: &Snapshot<'_>,
    following: &Following,
    line: &Line,
    refusals: &[SlotRefusal],
) -> Result<Option<Reasons>, Error> {
    let zone = app.practice().zone;
    let clock = time::civil(zone, following.a.span.start).time();
    let Some(start) = time::instant(zone, line.date.and_time(clock)).filter(|_| !refusals.is_empty()) else {
        return Ok(None);
    };
    let span = Interval::new(start, start + following.service.length());
    let wanted = Wanted { office: &following.office.slug, span, buffer: following.service.buffer() };
    Ok(Some(Reasons::new(app, &snapshot.calendar(), &wanted, refusals, &Yes::default()).await?))
}
