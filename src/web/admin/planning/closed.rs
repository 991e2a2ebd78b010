//! What was closed of a day, as its page shows it: whom that touched, what became of
//! each, and who has heard.

use crate::{
    app::App,
    domain::{
        appointment::Appointment,
        availability::closing::{ClosedVisit, Closing, Outcome},
        client::{self, Name, Note},
        ids::ClosingId,
        time::{self, Instant, Interval},
    },
    store::{Reading, StoreError},
    urls,
    web::parts::{OfficeView, PhoneView, When},
    words,
};

/// What was closed, with whom that touched, each with the time that they chose instead.
pub struct Closed {
    closing: Closing,
    visits: Vec<(ClosedVisit, Appointment, Option<Appointment>)>,
}

/// Reads what is closed of a span.
pub async fn read(tx: &mut Reading, span: Interval) -> Result<Vec<Closed>, StoreError> {
    let mut closed = Vec::new();
    for closing in tx.closings(span).await? {
        let mut visits = Vec::new();
        for visit in tx.closed_visits(closing.id).await? {
            let Some(a) = tx.appointment(visit.appointment).await? else { continue };
            let replacement = match visit.replacement {
                Some(id) => tx.appointment(id).await?,
                None => None,
            };
            visits.push((visit, a, replacement));
        }
        visits.sort_by_key(|(_, a, _)| a.span.start);
        closed.push(Closed { closing, visits });
    }
    Ok(closed)
}

pub struct ClosedView<'a> {
    pub id: ClosingId,
    /// `Closed, 1:00 pm – 5:00 pm`
    pub title: String,
    pub sentence: Option<&'a Note>,
    /// `3 of 5 have answered.`
    pub heard: String,
    pub visits: Vec<ClosedVisitView<'a>>,
    /// Where it is opened again, until it is over.
    pub reopening: Option<String>,
}

pub struct ClosedVisitView<'a> {
    pub name: &'a Name,
    /// Whose visit it is.
    pub whose: String,
    pub href: String,
    pub when: When,
    pub office: OfficeView<'a>,
    /// `Canceled`
    pub became: &'static str,
    /// `Rebooked: Thursday, December 10, 9:00 am`
    pub answer: String,
    /// Where they're reached, while they have said nothing.
    pub call: Option<CallTo>,
}

/// A number to call, or to text a few words that are there already.
pub struct CallTo {
    pub phone: PhoneView,
    pub text: String,
}

impl<'a> ClosedView<'a> {
    pub fn new(app: &'a App, closed: &'a Closed, now: Instant) -> Self {
        let Closed { closing, visits } = closed;
        let waits =
            |(visit, a, _): &&(ClosedVisit, Appointment, Option<Appointment>)| waits(closing, visit, a, now);
        let touched = visits.iter().filter(|(visit, ..)| visit.outcome.can_be_rebooked()).count();
        let silent = visits.iter().filter(|one| one.0.outcome.can_be_rebooked()).filter(waits).count();
        Self {
            id: closing.id,
            reopening: (now < closing.span.end).then(|| urls::reopening(closing.id)),
            title: title(app, closing),
            sentence: closing.sentence.as_ref(),
            heard: match (touched, silent) {
                (0, _) => String::new(),
                (_, 0) => "Everybody who was canceled knows.".to_owned(),
                (touched, silent) => format!("{} of {touched} have answered.", touched - silent),
            },
            visits: visits
                .iter()
                .map(|(visit, a, replacement)| {
                    ClosedVisitView::new(app, closing, (visit, a, replacement.as_ref()), now)
                })
                .collect(),
        }
    }
}

/// True while nobody knows whether somebody has heard.
fn waits(closing: &Closing, visit: &ClosedVisit, a: &Appointment, now: Instant) -> bool {
    visit.replacement.is_none() && visit.seen_at.is_none() && closing.has_ended(a) && now < a.span.end
}

fn title(app: &App, closing: &Closing) -> String {
    let zone = app.practice().zone;
    let (start, end) = (closing.span.start, closing.span.end);
    let day = time::day(zone, time::date(zone, start));
    let hours = if day == closing.span {
        "all day".to_owned()
    } else if end <= day.end {
        format!("{} – {}", time::time_words(zone, start), time::time_words(zone, end))
    } else {
        format!("{} – {}", time::phrase(zone, start), time::phrase(zone, end))
    };
    match &closing.office {
        Some(office) => format!("{} closed, {hours}", app.practice().office_name(office)),
        None => format!("Closed, {hours}"),
    }
}

impl<'a> ClosedVisitView<'a> {
    fn new(
        app: &'a App,
        closing: &Closing,
        (visit, a, replacement): (&'a ClosedVisit, &'a Appointment, Option<&'a Appointment>),
        now: Instant,
    ) -> Self {
        let zone = app.practice().zone;
        let answer = match (replacement, visit.seen_at) {
            (Some(other), _) => {
                let word = words::appointment::status(other.status());
                format!("Rebooked: {}, {word}.", time::phrase(zone, other.span.start))
            }
            (None, Some(at)) => format!("Got it, {}.", time::phrase_near(zone, time::date(zone, now), at)),
            (None, None) if waits(closing, visit, a, now) => "No answer yet.".to_owned(),
            (None, None) => String::new(),
        };
        let is_to_call =
            waits(closing, visit, a, now) || visit.outcome == Outcome::Kept && now < a.span.start;
        let phone = a.contact.phone.as_ref().filter(|_| is_to_call);
        Self {
            name: &a.name,
            whose: words::appointment::whose(a),
            href: urls::admin_appointment(a.id),
            when: When::new(app, a.span.start),
            office: OfficeView::of(app, a),
            became: words::closing::became(visit.outcome),
            answer,
            call: phone.map(|phone| CallTo {
                phone: PhoneView::of(phone),
                text: client::text_link(phone, &words::closing::text(app.practice(), a, visit.outcome)),
            }),
        }
    }
}
