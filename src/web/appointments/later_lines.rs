//! The later visits of a series on the page on which a client moves one of them: a line for each,
//! with where it goes by the same, or what is near where that can't be had. It can stay, too.

use super::proposed;
use crate::{
    app::App,
    booking::slots,
    domain::{
        appointment::{Appointment, Side},
        series::{
            proposal::{self, State as LineState},
            shift::Shift,
        },
    },
    web::{
        http::{
            error::{self, Error},
            submission::Submission,
        },
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
pub struct LaterLines<'a> {
    /// `This and the 3 after it`
    pub words: String,
    /// What the form names, to be compared with what is there then.
    pub named: String,
    /// They are to be moved, too.
    pub is_chosen: bool,
    pub lines: Vec<LineView<'a, String>>,
}

/// The lines for a move of the first one. Where it waits for an answer, each is in the others'
/// way until then where it is now.
pub async fn lines<'a>(
    app: &'a App,
    (a, moved): (&Appointment, &Appointment),
    visits: &[Appointment],
    waits: bool,
    form: &Submission,
) -> Result<Option<LaterLines<'a>>, Error> {
    let (practice, zone) = (app.practice(), app.practice().zone);
    let Some(target) = practice.office(&moved.office).filter(|_| !visits.is_empty()) else { return Ok(None) };
    let shift = Shift::of(zone, a, (moved.office.clone(), moved.span.start));
    let mut snapshot = slots::past_the_horizon(app).await?;
    if !waits {
        snapshot = snapshot.without(a.id);
        for other in moved_later::that_go(visits, form) {
            snapshot = snapshot.without(other.id);
        }
    }
    snapshot = snapshot.and(moved);
    let mut clock = Clock::at(app, moved.span.start);
    let mut lines = Vec::with_capacity(visits.len());
    for (nth, (visit, said)) in visits.iter().zip(moved_later::all_said(visits, form)).enumerate() {
        let service = visit.agreed(practice.service(&visit.service).ok_or(Error::NotFound)?);
        let (office, occurrence) = shift.occurrence(&visit.office, visit.span.start);
        let occurrence = occurrence.ok_or(Error::NotFound)?;
        let office = practice.office(&office).unwrap_or(target);
        let refused = visit.may_be_moved_by_client(snapshot.policy(), snapshot.now()).err();
        let its_own = snapshot.under(snapshot.rules().clone()).without(visit.id);
        let calendar = its_own.calendar();
        let said = [said];
        let proposed = proposal::propose(&calendar, Side::Client, (&service, office), &[occurrence], &said);
        let line = proposed.into_iter().next().ok_or(Error::NotFound)?;
        let stays = line.is_left_out || refused.is_some();
        let mut start = visit.span.start;
        if let (LineState::Settled(slot), false) = (&line.state, stays) {
            start = slot.start;
            let there = Appointment { office: slot.office.clone(), span: slot.span(), ..visit.clone() };
            snapshot = snapshot.and(&there);
        }
        let reason = match &line.state {
            LineState::Open { reasons, .. } => reasons.first(),
            LineState::Settled(_) => None,
        };
        let state = match refused {
            Some(refusal) => StateView::Open { why: error::sentence(&refusal), choices: Vec::new() },
            None => StateView::of(app, &line.state, proposed::why(reason, &office.name)),
        };
        lines.push(LineView {
            field: moved_later::field(nth),
            was: When::new(app, visit.span.start),
            state,
            stays,
            new_zone: clock.changes(start),
        });
    }
    Ok(Some(LaterLines {
        words: words::series::and_after(visits.len()),
        named: later::named(visits),
        is_chosen: later::is_chosen(form),
        lines,
    }))
}
