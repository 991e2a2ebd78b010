//! A forgotten password: a one-time link goes to the therapist's own address,
//! and nobody else learns whether they have typed it.

use chrono::TimeDelta;

use super::{Error, welcome};
use crate::{
    app::Current,
    mail::password_link,
    operation::{self, Operation},
    store::WelcomeFrom,
    urls,
};

/// How many links go out in a day. Those that are about stay good.
const A_DAY: u32 = 3;

/// Writes to the therapist, if the address is theirs. Whatever was typed, it is the
/// same work: how long the answer takes tells nothing.
pub async fn forgotten(current: &Current, typed: &str) -> Result<(), Error> {
    let mut op = Operation::begin(current).await?;
    let app = op.app.clone();
    let is_theirs = app.practice().therapist.email.eq_ignore_ascii_case(typed.trim());
    let written = op.tx.unlisted_emails_since(op.now - TimeDelta::days(1)).await?;
    let token = app.fresh_token();
    let good_until = op.now + welcome::GOOD_FOR;
    let facts = password_link::Facts {
        practice: app.practice(),
        page: app.base.to(&urls::welcome(&token)),
        good_until,
    };
    let email = password_link::write(&facts, &app.fresh_token(), format!("<{}>", app.fresh_world_id()));
    let email = email.map_err(operation::Error::from)?;
    op.tx.insert_welcome_link(&token, WelcomeFrom::Email, good_until).await?;
    op.tx.enqueue_unlisted(&email, op.now).await?;
    if !is_theirs || written >= A_DAY {
        op.tx.remove_welcome_link(&token).await?;
        op.tx.remove_unlisted(&email).await?;
    }
    Ok(op.commit().await?)
}
