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
    page,
    submission::{self, Submission},
};
use crate::{
    app::App,
    booking::{
        confirm::Answer,
        decline::{self, OtherTimes},
    },
    domain::{
        appointment::{Appointment, Status},
        client::{Name, Note},
        ids::AppointmentId,
        time,
    },
    operation, urls,
    web::{
        Web,
        http::{
            answer,
            error::{self, Error},
            fields::Fields,
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
    page: String,
    /// What is asked for.
    panel: Panel<'a>,
    /// What stands all the same, where only another time is declined.
    stands: Option<String>,
    action: String,
    revision: u32,
    has_email: bool,
    typed: Typed,
}

/// What stood in the fields when the form was sent, and why it was not done.
#[derive(Default)]
struct Typed {
    sentence: String,
    offers_times: bool,
    /// What is wrong with the sentence.
    wrong: Option<&'static str>,
    message: Option<String>,
}

pub async fn new(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let typed = Typed { offers_times: true, ..Typed::default() };
    render(&web.app(), submission::id_of(&id)?, typed, StatusCode::OK).await
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = submission::id_of(&id)?;
    let offers_times = !fields.get("offer_times").is_empty();
    let mut typed = Typed { sentence: fields.get("sentence").to_owned(), offers_times, ..Typed::default() };
    let sentence = match Note::parse(&typed.sentence) {
        Ok(sentence) => sentence,
        Err(error) => {
            typed.wrong = Some(words::client::note(error));
            return render(app, id, typed, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let answer = Answer { sentence, seen: fields.seen(), ..Answer::default() };
    let times = if offers_times { OtherTimes::Offered } else { OtherTimes::NotOffered };
    let refusal = match decline::decline(&web.current, id, answer, times).await {
        Err(operation::Error::Refused(refusal)) => refusal,
        outcome => return page::answered(app, id, Submission::default(), outcome).await,
    };
    // It can be declined as it is now, or there is nothing to decline any more.
    if can_be_declined(app, id).await? {
        typed.message = Some(error::sentence(&refusal));
        return render(app, id, typed, StatusCode::CONFLICT).await;
    }
    page::answered(app, id, Submission::default(), Err(refusal.into())).await
}

async fn can_be_declined(app: &App, id: AppointmentId) -> Result<bool, Error> {
    let mut tx = app.store.read().await?;
    let a = tx.appointment(id).await?.ok_or(Error::NotFound)?;
    let is_asked = tx.reschedule_request_of(id).await?.is_some();
    Ok(is_asked || a.decline(None, app.now()).is_ok())
}

/// The page; or, where there is nothing to decline, why.
async fn render(app: &App, id: AppointmentId, typed: Typed, status: StatusCode) -> Result<Response, Error> {
    let mut tx = app.store.read().await?;
    let a = tx.appointment(id).await?.ok_or(Error::NotFound)?;
    let reschedule_request = tx.reschedule_request_of(id).await?.filter(|_| a.status() == Status::Confirmed);
    drop(tx);
    let asked_for = match &reschedule_request {
        Some(reschedule_request) => Appointment {
            office: reschedule_request.office.clone(),
            span: reschedule_request.span,
            ..a.clone()
        },
        None => {
            let declined = a.clone().decline(None, app.now());
            declined.map_err(|refusal| Error::Refused(error::sentence(&refusal)))?;
            a.clone()
        }
    };
    let title = match &reschedule_request {
        Some(_) => format!("Decline the new time for {}", a.name),
        None => format!("Decline {}", a.name),
    };
    let decline_page = DeclinePage {
        frame: Frame::admin(app, &title, urls::ADMIN),
        name: &a.name,
        page: urls::admin_appointment(id),
        panel: Panel::of(app, &asked_for),
        stands: reschedule_request.map(|_| {
            let when = time::phrase(app.practice().zone, a.span.start);
            format!("{when}, {}", app.practice().office_name(&a.office))
        }),
        action: urls::decline(id),
        revision: a.revision,
        has_email: a.contact.email.is_some(),
        typed,
    };
    answer::html(status, &decline_page)
}
