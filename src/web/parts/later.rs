//! The question which visits of a series are meant: one, or that and the later ones.

use crate::{
    app::App,
    domain::{
        appointment::{Appointment, refusal::Refusal},
        ids::OfficeSlug,
        series::later::{self, Place},
        time,
    },
    web::{
        http::{field::Field, submission::Submission},
        parts::{OfficeView, When},
    },
    words,
};

/// The later visits of a series, where there are any.
pub struct LaterView<'a> {
    /// `This and the 3 later ones`
    pub words: String,
    pub visits: Vec<(When, OfficeView<'a>)>,
    /// What the form names, to be compared with what is there then.
    pub named: String,
    /// They were chosen, too.
    pub is_chosen: bool,
}

impl<'a> LaterView<'a> {
    pub fn new(app: &'a App, later: &'a [Appointment], form: &Submission) -> Option<Self> {
        let visit = |a: &'a Appointment| (When::new(app, a.span.start), OfficeView::by_slug(app, &a.office));
        (!later.is_empty()).then(|| Self {
            words: words::series::and_later(later.len()),
            visits: later.iter().map(visit).collect(),
            named: named(later),
            is_chosen: is_chosen(form),
        })
    }
}

/// Visits as a form names them.
pub fn named(visits: &[Appointment]) -> String {
    later::places(visits).iter().map(write).collect::<Vec<_>>().join(",")
}

/// True where the form is about the later ones as well.
pub fn is_chosen(form: &Submission) -> bool {
    form.value(Field::Which) == "later"
}

/// The later visits that are meant, as the page has named them; none where one visit is meant.
pub fn read(form: &Submission) -> Result<Vec<Place>, Refusal> {
    if !is_chosen(form) {
        return Ok(Vec::new());
    }
    let named: Option<Vec<Place>> = form.value(Field::Later).split(',').map(parse).collect();
    named.ok_or(Refusal::SeriesChanged)
}

/// `mt-shasta 2026-12-08T22:30:00Z`
pub fn write((office, start): &Place) -> String {
    format!("{office} {}", time::write_instant(*start))
}

/// Reads where and when a visit is.
pub fn parse(text: &str) -> Option<Place> {
    let (office, start) = text.split_once(' ')?;
    Some((OfficeSlug::parse(office)?, time::parse_instant(start)?))
}
