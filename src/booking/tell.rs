//! Telling both sides: the letters that an operation causes, written in its
//! transaction, and the calls in place of those that have no address.

use chrono::TimeDelta;

use super::Error;
use crate::{
    app::App,
    domain::{appointment::Appointment, time::Instant},
    mail::letters::{self, Facts, Occasion},
    store::{GivenIn, Writing},
    urls,
};

/// How long after the visit a link still shows its page.
pub const LINK_OUTLIVES_VISIT: TimeDelta = TimeDelta::days(14);

/// Writes to the client. Without an email address the letter becomes a call to make.
pub async fn client(
    app: &App,
    tx: &mut Writing,
    a: &Appointment,
    occasion: Occasion,
    now: Instant,
) -> Result<(), Error> {
    let Some(email) = &a.contact.email else {
        return Ok(tx.insert_call(a.id, a.status, now).await?);
    };
    let token = app.fresh_token();
    tx.insert_link(&token, a.id, GivenIn::Letter, a.session.end + LINK_OUTLIVES_VISIT).await?;
    let page = app.base.to(&urls::appointment(&token));
    write(app, tx, a, occasion, page, email.to_string(), now).await
}

/// Writes to the therapist. The link leads to a page that asks to sign in.
pub async fn therapist(
    app: &App,
    tx: &mut Writing,
    a: &Appointment,
    occasion: Occasion,
    now: Instant,
) -> Result<(), Error> {
    let page = app.base.to(&urls::admin_appointment(a.id));
    write(app, tx, a, occasion, page, app.practice().therapist.email.clone(), now).await
}

async fn write(
    app: &App,
    tx: &mut Writing,
    a: &Appointment,
    occasion: Occasion,
    page: String,
    recipient: String,
    now: Instant,
) -> Result<(), Error> {
    let policies = app.site.pages.contains_key("policies").then(|| app.base.to(urls::POLICIES));
    let facts = Facts { practice: app.practice(), base: &app.base, a, page, policies, now };
    let message_id = format!("<{}>", app.fresh_world_id());
    let letter = letters::write(occasion, &facts, recipient, message_id)?;
    Ok(tx.enqueue(&letter, now).await?)
}
