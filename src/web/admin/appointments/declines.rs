//! `GET` and `POST /admin/appointments/{id}/decline`: the therapist says no, to a
//! request or to another time, having seen what is sent.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    attempt::{self, Attempt},
    outcome,
};
use crate::{
    app::App,
    booking::{
        confirm::Answer,
        decline::{self, OtherTimes},
    },
    domain::{
        appointment::Status,
        client::{Hears, Name, Note},
        ids::AppointmentId,
        series::together::answered_with,
        time,
    },
    operation, urls,
    web::{
        Web,
        admin::parts::together::{self, TogetherView},
        http::{
            answer,
            error::{self, Error},
            field::Field,
            submission::Submission,
        },
        parts::{Panel, page::Frame},
    },
    words,
};

#[derive(Template)]
#[template(path = "admin/decline.html")]
struct DeclinePage<'a> {
    frame: Frame<'a>,
    name: &'a Name,
    /// Whose visit it is.
    whose: String,
    page: String,
    /// What is asked for.
    panel: Panel<'a>,
    /// What was asked for together with it, itself included, where that is more than one.
    together: Option<TogetherView<'a>>,
    /// What stands all the same, where only another time is declined.
    stands: Option<String>,
    action: String,
    revision: u32,
    hears: Hears,
    form: Submission,
}

pub async fn new(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let form = Submission::offering([(Field::OfferTimes, "yes".to_owned())]);
    render(&web.app(), attempt::id_of(&id)?, form, StatusCode::OK).await
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = attempt::id_of(&id)?;
    let Some(sentence) = form.read(Field::Sentence, |text| Note::parse(text).map_err(words::client::note))
    else {
        return render(app, id, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let together = together::read(&form);
    let answer = Answer { sentence, seen: form.seen(), together, ..Answer::default() };
    let times = match form.is_checked(Field::OfferTimes) {
        true => OtherTimes::Offered,
        false => OtherTimes::NotOffered,
    };
    let refusal = match decline::decline(&web.current, id, answer, times).await {
        Err(operation::Error::Refused(refusal)) => refusal,
        outcome => return outcome::show(app, id, Attempt::default(), outcome).await,
    };
    // It can be declined as it is now, or there is nothing to decline any more.
    if can_be_declined(app, id).await? {
        form.warn(error::sentence(&refusal));
        return render(app, id, form, StatusCode::CONFLICT).await;
    }
    outcome::show(app, id, Attempt::default(), Err(refusal.into())).await
}

async fn can_be_declined(app: &App, id: AppointmentId) -> Result<bool, Error> {
    let mut tx = app.store.read().await?;
    let a = tx.appointment(id).await?.ok_or(Error::NotFound)?;
    let is_asked = tx.reschedule_request_of(id).await?.is_some();
    Ok(is_asked || a.decline(None, app.now()).is_ok())
}

/// The page; or, where there is nothing to decline, why.
async fn render(
    app: &App,
    id: AppointmentId,
    form: Submission,
    status: StatusCode,
) -> Result<Response, Error> {
    let mut tx = app.store.read().await?;
    let a = tx.appointment(id).await?.ok_or(Error::NotFound)?;
    let reschedule_request = tx.reschedule_request_of(id).await?.filter(|_| a.status() == Status::Confirmed);
    let hears = tx.hears(&a.contact).await?;
    let together = match &reschedule_request {
        Some(reschedule_request) => together::asked_for(&mut tx, reschedule_request).await?,
        None => answered_with(&a, tx.asked_with(&a).await?, app.now()),
    };
    drop(tx);
    if reschedule_request.is_none() {
        let declined = a.clone().decline(None, app.now());
        declined.map_err(|refusal| Error::Refused(error::sentence(&refusal)))?;
    }
    let asked_for = together.iter().find(|one| one.id == id).unwrap_or(&a);
    let whose = words::appointment::whose(&a);
    let title = match &reschedule_request {
        Some(_) if together.len() > 1 => format!("Decline the new times for {whose}"),
        Some(_) => format!("Decline the new time for {whose}"),
        None => format!("Decline {whose}"),
    };
    let decline_page = DeclinePage {
        frame: Frame::admin(app, &title, urls::ADMIN),
        name: &a.name,
        whose,
        page: urls::admin_appointment(id),
        panel: Panel::of(app, asked_for),
        together: TogetherView::new(app, &together),
        stands: reschedule_request.map(|_| {
            let when = time::phrase(app.practice().zone, a.span.start);
            format!("{when}, {}", app.practice().office_name(&a.office))
        }),
        action: urls::decline(id),
        revision: a.revision,
        hears,
        form,
    };
    answer::html(status, &decline_page)
}
