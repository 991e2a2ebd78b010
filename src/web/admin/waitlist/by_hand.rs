//! `GET, POST /admin/waitlist/{id}/offer`: the therapist chooses what to offer to somebody.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use chrono::NaiveDate;

use super::entries;
use crate::{
    app::App,
    booking::reschedule::Target,
    domain::{
        appointment::refusal::Refusal,
        availability::slot::Slot,
        client::Name,
        ids::{OfficeSlug, ServiceSlug, WaitlistEntryId},
        time,
    },
    operation, urls,
    waitlist::offer_by_hand::{self, ToOffer},
    web::{
        Web,
        http::{
            answer,
            error::{self, Error},
            field::Field,
            query::Query,
            submission::Submission,
        },
        parts::{OfficeView, When, page::Frame},
    },
    words,
};

/// How many openings of a kind are shown.
const MOST: usize = 12;

#[derive(Template)]
#[template(path = "admin/waitlist_offer.html")]
struct OfferPage<'a> {
    frame: Frame<'a>,
    name: &'a Name,
    wishes: String,
    message: Option<String>,
    gets_email: bool,
    fitting: Vec<OpeningView<'a>>,
    others: Vec<OpeningView<'a>>,
    action: String,
    from: String,
}

struct OpeningView<'a> {
    when: When,
    office: OfficeView<'a>,
    service: &'a str,
    slug: String,
}

impl<'a> OpeningView<'a> {
    fn new(app: &'a App, slot: &'a Slot) -> Self {
        Self {
            when: When::new(app, slot.start),
            office: OfficeView::by_slug(app, &slot.office),
            service: app.practice().service(&slot.service).map_or("", |service| &service.name),
            slug: slot.service.to_string(),
        }
    }
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    query: Query,
) -> Result<Response, Error> {
    let from = query.get(Field::From).and_then(time::parse_date);
    render(&web.app(), entries::read(&id)?, from, None, StatusCode::OK).await
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = entries::read(&id)?;
    let office = OfficeSlug::parse(form.value(Field::Office));
    let start = time::parse_instant(form.value(Field::Start));
    let service = ServiceSlug::parse(form.value(Field::Service));
    let (Some(office), Some(start), Some(service)) = (office, start, service) else {
        let message = "Please choose one of these times.".to_owned();
        return render(app, id, None, Some(message), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match offer_by_hand::offer_by_hand(&web.current, id, &service, &Target { office, start }).await {
        Ok(_) => Ok(answer::see_other(urls::WAITLIST_DESK)),
        Err(operation::Error::Missing) => {
            Err(Error::Refused("They're not on the waitlist anymore. Nothing was done.".to_owned()))
        }
        Err(operation::Error::Refused(Refusal::Slot(_))) => {
            let message = "That time isn't open anymore. Here's what is.".to_owned();
            render(app, id, None, Some(message), StatusCode::CONFLICT).await
        }
        Err(operation::Error::Refused(refusal)) => {
            render(app, id, None, Some(error::sentence(&refusal)), StatusCode::CONFLICT).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn render(
    app: &App,
    id: WaitlistEntryId,
    from: Option<NaiveDate>,
    message: Option<String>,
    status: StatusCode,
) -> Result<Response, Error> {
    let to_offer = offer_by_hand::openings(app, id, from, MOST).await?.ok_or(Error::NotFound)?;
    let ToOffer { entry, fitting, others } = &to_offer;
    let page = OfferPage {
        frame: Frame::admin(app, &format!("Offer a time to {}", entry.name), urls::WAITLIST_DESK),
        name: &entry.name,
        wishes: words::waitlist::wishes(app.practice(), &entry.wishes),
        message,
        gets_email: entry.contact.email.is_some(),
        fitting: fitting.iter().map(|slot| OpeningView::new(app, slot)).collect(),
        others: others.iter().map(|slot| OpeningView::new(app, slot)).collect(),
        action: urls::entry_offer(id),
        from: from.map(|from| from.to_string()).unwrap_or_default(),
    };
    answer::html(status, &page)
}
