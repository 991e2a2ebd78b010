//! `POST /admin/appointments/{id}/payment` and `…/payment/end`

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{
    attempt::{self, Act, Attempt},
    outcome, page,
};
use crate::{
    booking::pay,
    domain::{
        appointment::payment::{Method, Payment},
        practice::price::Price,
    },
    web::{
        Web,
        admin::parts::payment,
        http::{error::Error, field::Field, submission::Submission},
    },
    words,
};

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = attempt::id_of(&id)?;
    let mut attempt = Attempt::of(Act::Pay, form);
    let Some(payment) = read(&mut attempt.form) else {
        return page::unreadable(app, id, attempt).await;
    };
    let outcome = pay::note(&web.current, id, payment, payment::seen(&attempt.form)).await;
    outcome::show(app, id, attempt, outcome).await
}

pub async fn end(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = attempt::id_of(&id)?;
    let outcome = pay::forget(&web.current, id, payment::seen(&form)).await;
    outcome::show(app, id, Attempt::from(form), outcome).await
}

fn read(form: &mut Submission) -> Option<Payment> {
    let method = form
        .read(Field::Method, |text| Method::parse(text).ok_or_else(|| words::payment::NO_METHOD.to_owned()));
    let amount = form.read(Field::Amount, |text| Price::parse(text).map_err(words::payment::amount));
    let tip = form.read(Field::Tip, |text| match text.trim() {
        "" => Ok(Price::ZERO),
        text => Price::parse(text).map_err(words::payment::tip),
    });
    Some(Payment { method: method?, amount: amount?, tip: tip? })
}
