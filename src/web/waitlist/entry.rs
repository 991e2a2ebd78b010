//! `GET /waitlist/{token}`: the page of somebody who waits. It shows what their link is about:
//! the button that puts them on the list, what is offered to them, what became of that, or how
//! their place stands.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use crate::{
    app::App,
    booking::slots,
    domain::{
        appointment::{Appointment, Status, refusal::Refusal},
        ids::Token,
        practice::Confirmation,
        time,
        waitlist::{
            entry::{End, Entry, State as Stands},
            offer::{Offer, Outcome},
            round,
        },
    },
    operation,
    store::{GivenIn, WaitlistLink},
    urls,
    waitlist::look,
    web::{
        Web,
        http::{
            answer,
            error::{self, Error},
        },
        parts::{Panel, PhoneView, page::Frame},
    },
    words,
};

/// What a link leads to.
struct Found {
    link: WaitlistLink,
    /// What the link is about, or what is open.
    offer: Option<Offer>,
    instead: Option<Appointment>,
    /// The appointment that the offer became.
    became: Option<Appointment>,
    /// What they take is theirs at once.
    is_known: bool,
}

#[derive(Template)]
#[template(path = "waitlist/entry.html")]
struct EntryPage<'a> {
    frame: Frame<'a>,
    title: &'static str,
    message: Option<String>,
    lead: String,
    /// What is offered, while it can be taken.
    offered: Option<Offered>,
    panel: Option<Panel<'a>>,
    /// What is over can be seen on the page of the appointment that it became.
    taken: Option<String>,
    /// What they wait for, where they wait.
    wishes: Option<String>,
    replaces: Option<String>,
    confirmation: Option<String>,
    /// An email has to be opened first, which may have gone astray.
    awaits_email: bool,
    end: Option<String>,
    /// Where else to go, once they do not wait any more.
    onward: bool,
    phone: PhoneView,
}

/// What can be done with an offer.
struct Offered {
    until: String,
    is_held: bool,
    is_at_once: bool,
    /// The visit that it would replace.
    replaces: Option<String>,
    /// What canceling will cost, where it costs anything.
    fee: Option<String>,
    take: String,
    pass: String,
}

pub async fn show(State(web): State<Arc<Web>>, Path(token): Path<String>) -> Result<Response, Error> {
    let link = Token::parse(&token).ok_or(Error::NotFound)?;
    render(&web.app(), &link, None, StatusCode::OK).await
}

/// Back to the page once something was done there, or the page as it is now where it was not.
pub async fn after(web: &Web, link: &Token, done: Result<(), operation::Error>) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(answer::see_other(&urls::waitlist_entry(link))),
        Err(operation::Error::Refused(refusal)) => refused(web, link, &refusal).await,
        Err(error) => Err(error.into()),
    }
}

async fn refused(web: &Web, link: &Token, refusal: &Refusal) -> Result<Response, Error> {
    let (message, status) = match refusal {
        // The page says what became of it.
        Refusal::OfferIsOver | Refusal::WaitlistEntryIsOver => (None, StatusCode::GONE),
        refusal => (Some(error::sentence(refusal)), StatusCode::CONFLICT),
    };
    render(&web.app(), link, message, status).await
}

async fn find(app: &App, token: &Token) -> Result<Found, Error> {
    let mut tx = app.store.read().await?;
    let now = app.now();
    let link = tx.waitlist_link(token).await?.ok_or(Error::NotFound)?;
    let is_own = link.given_in == GivenIn::Email;
    let mut offers = tx.offers_to(link.entry.id).await?;
    offers.retain(|offer| match link.offer {
        Some(id) => offer.id == id,
        None => is_own && offer.is_open(now),
    });
    let instead = match link.entry.instead {
        Some(id) => tx.appointment(id).await?,
        None => None,
    };
    let is_known = instead.is_some() || look::has_been_here(&mut tx, &link.entry, now).await?;
    let offer = offers.into_iter().next();
    let became = match offer.as_ref().and_then(|offer| offer.appointment) {
        Some(id) => tx.appointment(id).await?,
        None => None,
    };
    Ok(Found { link, offer, instead, became, is_known })
}

async fn render(
    app: &App,
    token: &Token,
    message: Option<String>,
    status: StatusCode,
) -> Result<Response, Error> {
    let found = find(app, token).await?;
    let Found { link: WaitlistLink { entry, given_in, .. }, offer, instead, became, .. } = &found;
    let (practice, now) = (app.practice(), app.now());
    let is_own = *given_in == GivenIn::Email;
    let is_waiting = entry.waiting_since().is_some();
    let replaces = instead.as_ref().map(|a| words::appointment::when_and_where(practice, a));
    let offered = match offer.as_ref().filter(|offer| offer.is_open(now) && is_waiting) {
        Some(offer) => Some(offered(app, token, &found, offer, replaces.clone()).await?),
        None => None,
    };
    let service = offer.as_ref().and_then(|offer| practice.service(&offer.slot.service));
    let service = service.map(|service| instead.as_ref().map_or(service.clone(), |a| a.agreed(service)));
    let panel = offer.as_ref().zip(service.as_ref()).and_then(|(offer, service)| {
        let office = practice.office(&offer.slot.office)?;
        Some(Panel::of_slot(app, office, service, &offer.slot))
    });
    let (title, lead) = match offer {
        Some(offer) => said_of_offer(offer, became.as_ref(), offered.is_some(), is_waiting),
        None => said(app, entry, is_own),
    };
    let heading = match (&panel, offered.is_some()) {
        (Some(panel), true) => format!("{title}: {}, {}", panel.when.phrase, panel.office.name),
        _ => title.to_owned(),
    };
    let is_taken = offer.as_ref().is_some_and(|offer| offer.outcome == Outcome::Taken);
    let page = EntryPage {
        frame: Frame::own(app, &heading),
        title,
        message,
        lead,
        taken: is_taken.then(|| urls::waitlist_offer(token)),
        wishes: (is_own && !entry.is_ended() && offered.is_none())
            .then(|| words::waitlist::wishes(practice, &entry.wishes)),
        replaces: replaces.filter(|_| is_own && !entry.is_ended() && offered.is_none()),
        confirmation: (is_own && entry.state == Stands::Unproven).then(|| urls::waitlist_confirmation(token)),
        awaits_email: !is_own && entry.state == Stands::Unproven && entry.contact.email.is_some(),
        end: (!entry.is_ended() && (is_own || !is_waiting)).then(|| urls::waitlist_end(token)),
        onward: entry.is_ended() && !is_taken,
        offered,
        panel,
        phone: PhoneView::practice(app),
    };
    answer::html(status, &page)
}

async fn offered(
    app: &App,
    token: &Token,
    found: &Found,
    offer: &Offer,
    replaces: Option<String>,
) -> Result<Offered, Error> {
    let (practice, now) = (app.practice(), app.now());
    let snapshot = slots::snapshot(app).await?;
    let service = practice.service(&offer.slot.service);
    let is_at_once = service
        .is_some_and(|service| round::is_at_once(practice, snapshot.policy(), service, found.is_known));
    let confirmation = if is_at_once { Confirmation::AtOnce } else { Confirmation::ByTherapist };
    let price = found.instead.as_ref().map(|a| a.price).or(service.map(|service| service.price));
    let fee = price.and_then(|price| {
        let offer = snapshot.cancellation_offer(price, offer.slot.start, confirmation);
        words::cancellation::offer(offer, practice)
    });
    Ok(Offered {
        until: words::waitlist::until(practice.zone, offer.good_until, now),
        is_held: offer.is_held,
        is_at_once,
        replaces,
        fee,
        take: urls::waitlist_offer(token),
        pass: urls::waitlist_pass(token),
    })
}

/// The title and what stands below it, of an offer.
fn said_of_offer(
    offer: &Offer,
    became: Option<&Appointment>,
    is_open: bool,
    is_waiting: bool,
) -> (&'static str, String) {
    if is_open {
        return ("Opening", "Good news: a time you wanted opened up.".to_owned());
    }
    let (title, lead) = match offer.outcome {
        Outcome::Taken => {
            let how = match became.map(Appointment::status) {
                Some(Status::Requested) => "It is not confirmed yet. You'll hear from me soon.",
                Some(Status::Confirmed) => "It's confirmed. My email about it has everything.",
                _ => "My latest email says how it stands.",
            };
            return ("You said yes", how.to_owned());
        }
        Outcome::Passed => ("You passed on this one", "No problem, I've let it go."),
        Outcome::Gone => ("Sorry, that time isn't open anymore", "I couldn't hold it."),
        Outcome::Withdrawn => ("Sorry, that time isn't open anymore", "I'm no longer holding it."),
        Outcome::Open | Outcome::Lapsed => ("This offer has expired", "The time to say yes is over."),
    };
    let rest = match is_waiting {
        true => "You're still on the waitlist, and I'll tell you about the next one.",
        false => "You're not on the waitlist anymore.",
    };
    (title, format!("{lead} {rest}"))
}

/// The same of a place on the list.
fn said(app: &App, entry: &Entry, is_own: bool) -> (&'static str, String) {
    const NOT_YET: &str = "Not on the waitlist yet";
    let until = time::date_words(entry.last_day(app.practice().zone));
    let (email, phone) = (&entry.contact.email, &entry.contact.phone);
    match entry.state {
        Stands::Unproven if is_own => (NOT_YET, "Press the button and you're on the list.".to_owned()),
        Stands::Unproven => (
            NOT_YET,
            match (email, phone) {
                (Some(email), _) => {
                    format!(
                        "One more step. I've emailed {email}: open the link in it and press the button there."
                    )
                }
                (None, Some(phone)) => format!("I'll call you at {phone} first. After that you're on it."),
                (None, None) => "I'll be in touch.".to_owned(),
            },
        ),
        Stands::Waiting { .. } => {
            let how = if email.is_some() { "I'll email you" } else { "I'll call you" };
            let words = format!("{how} when a time you'd take opens up. You're on it through {until}.");
            ("You're on the waitlist", words)
        }
        Stands::Ended { how, .. } => (
            "You're off the waitlist",
            match how {
                End::Taken => "You took a time that opened up. My email about it has everything.",
                End::Withdrawn => "You won't hear about openings anymore. Thanks for letting me know.",
                End::RanOut => "You've been on it for as long as you asked.",
                End::Removed => "You won't hear about openings anymore. If that's a mistake, please call me.",
            }
            .to_owned(),
        ),
    }
}
