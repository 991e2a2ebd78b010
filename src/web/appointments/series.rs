//! `GET, POST /appointments/{token}/series`: whoever is known asks for the same time again, once
//! or every few weeks. A line for each date; where one isn't open, its nearest times. Nothing is
//! asked for before each is settled, and then all of it at once.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    found::{self, Found},
    proposed::{Following, Proposed},
};
use crate::{
    app::App,
    booking::{
        request,
        request_together::{self, Visit, WantedTogether},
        slots,
    },
    domain::{
        appointment::refusal::{Refusal, SlotRefusal},
        client::Note,
        series::{proposal::Said, rhythm::Rhythm},
    },
    operation, urls,
    web::{
        Web,
        http::{
            answer,
            client_address::ClientAddress,
            error::{self, Error},
            field::Field,
            query::Query,
            submission::Submission,
        },
        parts::{
            Panel, PhoneView, RhythmView, contact_fields,
            dates::{self, StateView},
            form_title,
            page::Frame,
            rhythm,
        },
    },
};

/// In so many weeks the same time is offered with one tap.
pub const USUAL_WEEKS: u8 = 3;

#[derive(Template)]
#[template(path = "appointments/series.html")]
struct SeriesPage<'a> {
    frame: Frame<'a>,
    /// The visit that it follows.
    panel: Panel<'a>,
    back: String,
    action: String,
    rhythm: RhythmView,
    /// None before anybody has said how often.
    proposed: Option<Proposed<'a>>,
    /// The therapist's sentence, while online booking is paused.
    closed: Option<Note>,
    form: Submission,
    phone: PhoneView,
}

/// Whether the same time can be asked for again from the page of a visit, by whoever is known.
pub fn can_follow(app: &App, found: &Found) -> bool {
    found.rules.pause.is_none() && Following::new(app, found).is_ok()
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    query: Query,
) -> Result<Response, Error> {
    let app = &*web.app();
    let found = found::found(app, &token).await?;
    let following = Following::new(app, &found)?;
    let mut form = Submission::offering([
        (Field::Weeks, query.value(Field::Weeks).to_owned()),
        (Field::Times, query.value(Field::Times).to_owned()),
        (Field::RequestKey, app.fresh_token().to_string()),
    ]);
    if query.get(Field::Weeks).is_none() && query.get(Field::Times).is_none() {
        return render(app, &following, None, form, StatusCode::OK).await;
    }
    match rhythm::read(&mut form, Rhythm::OF_CLIENT) {
        Some(rhythm) => render(app, &following, Some((rhythm, Vec::new())), form, StatusCode::OK).await,
        None => render(app, &following, None, form, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    address: ClientAddress,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let found = found::found(app, &token).await?;
    let following = Following::new(app, &found)?;
    let counted = web.count_post(address.0);
    let (rhythm, key) =
        (rhythm::read(&mut form, Rhythm::OF_CLIENT), contact_fields::read_request_key(&mut form));
    let (Some(rhythm), Some(key)) = (rhythm, key) else {
        return render(app, &following, None, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let said = dates::read(&form, rhythm);
    let again = async |message: String, status| {
        let mut form = form.clone();
        form.warn(message);
        render(app, &following, Some((rhythm, said.clone())), form, status).await
    };
    if let Err(too_many) = counted {
        let page = again(too_many.words_to_typist(), StatusCode::TOO_MANY_REQUESTS).await?;
        return Ok(too_many.tell(page));
    }
    let Some(visits) = dates::settled(&said) else {
        let message = "Please choose for each date that's still open. Nothing is requested yet.";
        return again(message.to_owned(), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if visits.is_empty() {
        let message = "Every date is left out, so there's nothing to request.";
        return again(message.to_owned(), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let guest = &found.appointment.guest;
    let visits = visits.into_iter().map(|(office, start)| Visit { office, start, guest: guest.clone() });
    let wanted = WantedTogether {
        after: found.token.clone(),
        service: following.service.slug.clone(),
        visits: visits.collect(),
        key,
        terms: Some(form.value(Field::Terms).to_owned()).filter(|terms| !terms.is_empty()),
    };
    match request_together::request(&web.current, wanted).await {
        Ok(link) => Ok(answer::see_other(&urls::appointment(&link))),
        // The page says so by itself.
        Err(operation::Error::Refused(Refusal::Slot(SlotRefusal::Paused))) => {
            render(app, &following, Some((rhythm, said.clone())), form.clone(), StatusCode::CONFLICT).await
        }
        Err(operation::Error::Refused(Refusal::Slot(_))) => {
            let message = "Sorry, one of these isn't open anymore. Nothing is requested yet; the other \
                           dates stay as you chose them.";
            again(message.to_owned(), StatusCode::CONFLICT).await
        }
        Err(operation::Error::Refused(Refusal::TermsChanged)) => {
            let message = "Something's changed since you opened this page: please look at the price and \
                           what canceling costs, and send it again if that works for you.";
            again(message.to_owned(), StatusCode::CONFLICT).await
        }
        Err(operation::Error::Refused(refusal @ Refusal::TooManyOpenRequests)) => {
            let message = format!(
                "{} Please wait to hear from me, or call {}.",
                error::sentence(&refusal),
                app.practice().therapist.phone
            );
            again(message, StatusCode::TOO_MANY_REQUESTS).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn render(
    app: &App,
    following: &Following<'_>,
    asked: Option<(Rhythm, Vec<Said>)>,
    mut form: Submission,
    status: StatusCode,
) -> Result<Response, Error> {
    let Following { found, service, .. } = following;
    let a = &found.appointment;
    let snapshot = slots::past_the_horizon(app).await?;
    // What the page says of them now is what is agreed to.
    form.set(Field::Terms, request::terms(service, snapshot.policy()));
    let is_once = asked.as_ref().is_some_and(|(rhythm, _)| rhythm.times() == 1);
    let title = if is_once { "The same time again" } else { "The same time, every few weeks" };
    let series = SeriesPage {
        frame: Frame::own(app, &form_title(title, status)),
        panel: Panel::of(app, a),
        back: urls::appointment(&found.token),
        action: urls::series(&found.token),
        rhythm: RhythmView::new(&form, Rhythm::OF_CLIENT),
        proposed: asked.map(|(rhythm, said)| Proposed::new(app, &snapshot, following, rhythm, &said)),
        closed: snapshot.rules().pause.clone(),
        form,
        phone: PhoneView::practice(app),
    };
    answer::html(status, &series)
}
