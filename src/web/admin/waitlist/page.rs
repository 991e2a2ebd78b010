//! `GET /admin/waitlist`: whom to call, who waits in which order and why, and the latest
//! offers with what became of each.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

use crate::{
    app::App,
    domain::{
        act::Kind,
        appointment::Appointment,
        time,
        waitlist::{
            entry::Entry,
            offer::{self, Offer, Outcome},
            order::Place,
        },
    },
    store::{Reading, StoreError},
    urls,
    web::{
        Web,
        admin::parts::undo::{self, UndoView},
        http::{answer, error::Error},
        parts::{self, OfficeView, PhoneView, When, page::Frame},
    },
    words,
};

/// How many of the latest offers are shown.
const OFFERS: u32 = 40;

#[derive(Template)]
#[template(path = "admin/waitlist.html")]
struct WaitlistPage<'a> {
    frame: Frame<'a>,
    zone: String,
    undos: Vec<UndoView>,
    /// They left a phone number alone.
    to_call: Vec<EntryView<'a>>,
    /// `one person has still to open my email`
    unproven: Option<String>,
    waiting: Vec<EntryView<'a>>,
    offers: Vec<OfferView<'a>>,
}

struct EntryView<'a> {
    name: String,
    phone: Option<PhoneView>,
    email: Option<String>,
    wishes: String,
    replaces: Option<String>,
    until: String,
    /// Why they stand where they stand.
    why: String,
    offer: Option<OpenOffer<'a>>,
    confirmation: String,
    by_hand: String,
    end: String,
}

struct OpenOffer<'a> {
    when: When,
    office: OfficeView<'a>,
    until: String,
    is_held: bool,
    /// They hear of it by phone alone.
    is_to_call: bool,
    taking: String,
    pass: String,
    end: String,
}

struct OfferView<'a> {
    name: &'a str,
    when: When,
    office: OfficeView<'a>,
    made: When,
    is_by_hand: bool,
    became: &'static str,
    /// The appointment that it became.
    href: Option<String>,
}

pub async fn show(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    let app = &*web.app();
    let mut tx = app.store.read().await?;
    let now = app.now();
    let mut all = Vec::new();
    for entry in tx.waitlist().await? {
        all.push(OnList::read(&mut tx, entry).await?);
    }
    let mut latest = Vec::new();
    for offer in tx.latest_offers(OFFERS).await? {
        let name = tx.waitlist_entry(offer.entry).await?.map(|entry| entry.name.to_string());
        latest.push((offer, name.unwrap_or_default()));
    }
    let undos = undo::of_kind(app, &mut tx, Kind::Offered, now).await?;
    drop(tx);
    let (mut to_call, mut unproven, mut waiting) = (Vec::new(), 0, Vec::new());
    for one in &all {
        match Place::of(&one.entry, one.let_pass()) {
            Some(place) => waiting.push((place, one.view(app))),
            None if !one.is_by_email => to_call.push(one.view(app)),
            None => unproven += 1,
        }
    }
    waiting.sort_by_key(|(place, _)| *place);
    let today = time::date(app.practice().zone, now);
    let page = WaitlistPage {
        frame: Frame::admin(app, "Waitlist", urls::WAITLIST_DESK),
        zone: parts::zones(app, today, today),
        undos,
        to_call,
        unproven: words::listed::counted(unproven, "person hasn't", "people haven't")
            .map(|who| words::listed::begun(&who)),
        waiting: waiting.into_iter().map(|(_, view)| view).collect(),
        offers: latest.iter().map(|(offer, name)| offer_view(app, offer, name)).collect(),
    };
    answer::html(StatusCode::OK, &page)
}

/// Somebody on the list, with all that there is to tell.
struct OnList {
    entry: Entry,
    offers: Vec<Offer>,
    /// They read emails.
    is_by_email: bool,
    instead: Option<Appointment>,
}

impl OnList {
    async fn read(tx: &mut Reading, entry: Entry) -> Result<Self, StoreError> {
        let instead = match entry.instead {
            Some(id) => tx.appointment(id).await?,
            None => None,
        };
        let is_by_email = tx.hears(&entry.contact).await?.is_by_email();
        Ok(Self { offers: tx.offers_to(entry.id).await?, is_by_email, instead, entry })
    }

    fn let_pass(&self) -> usize {
        offer::let_pass(&self.entry, &self.offers)
    }

    fn view<'a>(&'a self, app: &'a App) -> EntryView<'a> {
        let Self { entry, offers, is_by_email, instead } = self;
        let (practice, now) = (app.practice(), app.now());
        let since = entry.waiting_since().unwrap_or(entry.joined_at);
        let open = offers.iter().find(|offer| offer.outcome == Outcome::Open).map(|offer| OpenOffer {
            when: When::new(app, offer.slot.start),
            office: OfficeView::by_slug(app, &offer.slot.office),
            until: words::waitlist::until(practice.zone, offer.good_until, now),
            is_held: offer.is_held,
            is_to_call: !is_by_email,
            taking: urls::offer_taking(offer.id),
            pass: urls::offer_pass(offer.id),
            end: urls::offer_end(offer.id),
        });
        EntryView {
            name: entry.name.to_string(),
            phone: entry.contact.phone.as_ref().map(PhoneView::of),
            email: entry.contact.email.as_ref().map(ToString::to_string),
            wishes: words::waitlist::wishes(practice, &entry.wishes),
            replaces: instead.as_ref().map(|a| words::appointment::when_and_where(practice, a)),
            until: time::date_words(entry.last_day(practice.zone)),
            why: words::waitlist::why(practice.zone, since, self.let_pass()),
            offer: open,
            confirmation: urls::entry_confirmation(entry.id),
            by_hand: urls::entry_offer(entry.id),
            end: urls::entry_end(entry.id),
        }
    }
}

fn offer_view<'a>(app: &'a App, offer: &'a Offer, name: &'a str) -> OfferView<'a> {
    OfferView {
        name,
        when: When::new(app, offer.slot.start),
        office: OfficeView::by_slug(app, &offer.slot.office),
        made: When::new(app, offer.made_at),
        is_by_hand: offer.is_by_hand,
        became: words::waitlist::became(offer.outcome, offer.is_held),
        href: offer.appointment.map(urls::admin_appointment),
    }
}
