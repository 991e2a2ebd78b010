//! The later visits of a series on the page that moves one of them: a line for each, with
//! where it goes by the same, or what lies near where that can't be had. It can stay, too.

use super::reasons::{Reasons, Wanted, Yes};
use crate::{
    app::App,
    booking::{
        preview::{self, Preview},
        slots::{self, Snapshot},
    },
    domain::{
        appointment::{Appointment, Side},
        practice::{office::Office, service::Service},
        series::{
            later::Place,
            proposal::{self, Line, Said, State as LineState},
            shift::Shift,
        },
        time::{self, Interval},
    },
    web::{
        http::{error::Error, submission::Submission},
        parts::{
            When,
            dates::{Clock, StateView},
            later,
            moved_later::{self, LineView},
        },
    },
    words,
};

/// The later visits, where there are any.
pub struct LaterMoves<'a> {
    /// `This and the 3 later ones`
    pub words: String,
    /// What the form names, to be compared with what is there then.
    pub named: String,
    /// They are to be moved, too.
    pub is_chosen: bool,
    pub lines: Vec<LineView<'a, Option<Reasons>>>,
    /// What the client gets then.
    pub preview: Option<Preview>,
}

impl LaterMoves<'_> {
    /// Something is still to be said of one of them.
    pub fn is_open(&self) -> bool {
        self.lines.iter().any(|line| line.is_open())
    }
}

/// The lines for a move of the first one to a time.
pub async fn lines<'a>(
    app: &'a App,
    a: &Appointment,
    moved: &Appointment,
    visits: &[Appointment],
    form: &Submission,
) -> Result<Option<LaterMoves<'a>>, Error> {
    let practice = app.practice();
    let zone = practice.zone;
    let Some(target) = practice.office(&moved.office).filter(|_| !visits.is_empty()) else { return Ok(None) };
    let shift = Shift::of(zone, a, (moved.office.clone(), moved.span.start));
    let mut snapshot = slots::for_bookings(app).await?.without(a.id);
    for other in moved_later::that_go(visits, form) {
        snapshot = snapshot.without(other.id);
    }
    let snapshot = snapshot.and(moved);
    let mut lines = Vec::with_capacity(visits.len());
    let mut moves = vec![(a.clone(), moved.clone())];
    let mut clock = Clock::at(app, moved.span.start);
    for (nth, (visit, said)) in visits.iter().zip(moved_later::all_said(visits, form)).enumerate() {
        let service = practice.service(&visit.service).ok_or(Error::NotFound)?;
        let service = visit.agreed(service);
        let (office, occurrence) = shift.occurrence(&visit.office, visit.span.start);
        let occurrence = occurrence.ok_or(Error::NotFound)?;
        let office = practice.office(&office).unwrap_or(target);
        let said = [said];
        let proposed = proposal::propose(
            &snapshot.calendar(),
            Side::Therapist,
            (&service, office),
            &[occurrence],
            &said,
        );
        let line = proposed.into_iter().next().ok_or(Error::NotFound)?;
        let asked = asked_for(&said[0], office, occurrence.start);
        let why = why(app, &snapshot, &service, &line, asked).await?;
        let state = StateView::of(app, &line.state, why);
        let start = match &line.state {
            LineState::Settled(slot) if !line.is_left_out => {
                let to = Appointment { office: slot.office.clone(), span: slot.span(), ..visit.clone() };
                moves.extend((!to.is_where(visit)).then(|| (visit.clone(), to)));
                slot.start
            }
            _ => visit.span.start,
        };
        lines.push(LineView {
            field: moved_later::field(nth),
            was: When::new(app, visit.span.start),
            state,
            stays: line.is_left_out,
            new_zone: clock.changes(start),
        });
    }
    Ok(Some(LaterMoves {
        words: words::series::and_later(visits.len()),
        named: later::named(visits),
        is_chosen: later::is_chosen(form),
        lines,
        preview: match moves.len() {
            1 => None,
            _ => preview::of_moves(app, &moves).await.ok(),
        },
    }))
}

/// Where and when a line was to be, as far as there is such a time.
fn asked_for(said: &Said, office: &Office, start: Option<time::Instant>) -> Option<Place> {
    match said {
        Said::At(office, start) => Some((office.clone(), *start)),
        Said::Nothing | Said::LeftOut => start.map(|start| (office.slug.clone(), start)),
    }
}

/// What stands against it; nothing where it can be had, or where the clocks skip that time.
async fn why(
    app: &App,
    snapshot: &Snapshot<'_>,
    service: &Service,
    line: &Line,
    asked: Option<Place>,
) -> Result<Option<Reasons>, Error> {
    let LineState::Open { reasons, .. } = &line.state else { return Ok(None) };
    let Some((office, start)) = asked.filter(|_| !reasons.is_empty()) else { return Ok(None) };
    let span = Interval::new(start, start + service.length());
    let wanted = Wanted { office: &office, span, buffer: service.buffer() };
    Ok(Some(Reasons::new(app, &snapshot.calendar(), &wanted, reasons, &Yes::default()).await?))
}
