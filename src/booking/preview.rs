//! What a client would be sent, shown to the therapist before anything happens.

use super::reschedule::Target;
use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Side, overriding::Override},
        client::{Hears, Note},
        ids::AppointmentId,
        time::{Instant, Interval},
    },
    mail::emails::{self, Facts, Moved, Occasion, OneOfSeveral},
    operation::Error,
    store::Reading,
    urls,
};

/// Stands where the therapist's own sentence will.
const SENTENCE: &str = "[Your sentence goes here, if you write one.]";

/// How a client hears, and what they read.
pub struct Preview {
    pub hears: Hears,
    pub email: Option<EmailPreview>,
}

/// An email as it would go out now.
pub struct EmailPreview {
    pub subject: String,
    pub text: String,
}

/// What the client gets when the therapist cancels.
pub async fn of_cancellation(app: &App, id: AppointmentId) -> Result<Preview, Error> {
    let mut tx = app.store.read().await?;
    let a = tx.appointment(id).await?.ok_or(Error::Missing)?;
    let now = app.now();
    let canceled = a.cancel_by_therapist(sentence(), now)?;
    preview(app, &mut tx, &canceled, Occasion::Canceled, now).await
}

/// The same of a visit of a series, when the later ones are canceled as well.
pub async fn of_cancellation_with(
    app: &App,
    a: &Appointment,
    later: &[Appointment],
) -> Result<Preview, Error> {
    let mut tx = app.store.read().await?;
    let now = app.now();
    let visits = [a].into_iter().chain(later);
    let canceled = visits.map(|visit| visit.clone().cancel_by_therapist(sentence(), now));
    let canceled = canceled.collect::<Result<Vec<_>, _>>()?;
    preview(app, &mut tx, &canceled[0], Occasion::SeriesCanceled(&canceled), now).await
}

/// The same when the therapist moves it.
pub async fn of_move(app: &App, before: &Appointment, to: Target) -> Result<Preview, Error> {
    let mut tx = app.store.read().await?;
    let now = app.now();
    let span = Interval::new(to.start, to.start + before.span.length());
    let policy = tx.rules(&app.site.first_rules, now).await?.policy;
    let moved = before.clone().reschedule(&policy, to.office, span, sentence(), Override::none(), now)?;
    preview(app, &mut tx, &moved, Occasion::Changed { from: before, wanted_by: Side::Therapist }, now).await
}

/// The same when later visits of its series are moved with it: each from where it is.
pub async fn of_moves(app: &App, moves: &[(Appointment, Appointment)]) -> Result<Preview, Error> {
    let mut tx = app.store.read().await?;
    let now = app.now();
    let policy = tx.rules(&app.site.first_rules, now).await?.policy;
    let mut told = Vec::with_capacity(moves.len());
    for (from, to) in moves {
        let (office, none) = (to.office.clone(), Override::none());
        let visit = from.clone().reschedule(&policy, office, to.span, sentence(), none, now)?;
        told.push(Moved { from: from.clone(), to: OneOfSeveral { visit, page: page(app) } });
    }
    let first = told.first().map(|one| one.to.visit.clone()).ok_or(Error::Missing)?;
    preview(app, &mut tx, &first, Occasion::SeriesChanged { moves: &told, wanted_by: Side::Therapist }, now)
        .await
}

/// The link itself is theirs alone, and drawn when the email is written.
fn page(app: &App) -> String {
    app.base.to(&format!("{}/…", urls::APPOINTMENTS))
}

fn sentence() -> Option<Note> {
    Some(Note::stored(SENTENCE.to_owned()))
}

async fn preview(
    app: &App,
    tx: &mut Reading,
    a: &Appointment,
    occasion: Occasion<'_>,
    now: Instant,
) -> Result<Preview, Error> {
    let hears = tx.hears(&a.contact).await?;
    let Some(email) = a.contact.email.as_ref().filter(|_| hears.is_by_email()) else {
        return Ok(Preview { hears, email: None });
    };
    let rules = tx.rules(&app.site.first_rules, now).await?;
    let facts = Facts {
        same_time: None,
        practice: app.practice(),
        policy: &rules.policy,
        base: &app.base,
        occasion,
        closes_day: false,
        a,
        pending: None,
        page: page(app),
        policies: app.site.pages.contains_key("policies").then(|| app.base.to(urls::POLICIES)),
        waives_late_fee: app.site.waives_late_fee(),
        now,
    };
    let email = emails::write(&facts, email.to_string(), String::new())?;
    let email = EmailPreview { subject: email.subject, text: email.text };
    Ok(Preview { hears, email: Some(email) })
}
