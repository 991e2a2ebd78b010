//! The addresses: what stands for itself as a constant, what has something in it
//! as a function. The program links through here; templates write the plain ones
//! out.

mod base_url;
mod desk;
mod openings;
mod waitlist;

use chrono::NaiveDate;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

pub use self::{base_url::BaseUrl, desk::*, openings::*, waitlist::*};

use crate::domain::{
    availability::slot::Slot,
    ids::{OfficeSlug, ServiceSlug, Token},
};

/// What of a file's name is written otherwise in its address.
const OF_A_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub const HOME: &str = "/";
pub const ABOUT: &str = "/about";
pub const SERVICES: &str = "/services";
pub const OFFICES: &str = "/offices";
pub const ARTICLES: &str = "/articles";
pub const TOPICS: &str = "/topics";
pub const SEARCH: &str = "/search";
pub const FEED: &str = "/articles/feed.xml";
pub const FAQ: &str = "/faq";
pub const TESTIMONIALS: &str = "/testimonials";
pub const POLICIES: &str = "/policies";
pub const PRIVACY: &str = "/privacy";
pub const ACCESSIBILITY: &str = "/accessibility";
pub const SITEMAP: &str = "/sitemap.xml";
pub const ROBOTS: &str = "/robots.txt";
/// Whom to tell of a hole: RFC 9116.
pub const SECURITY: &str = "/.well-known/security.txt";
pub const MANIFEST: &str = "/manifest.webmanifest";
pub const FAVICON: &str = "/favicon.ico";
pub const HEALTH: &str = "/healthz";
pub const ASSETS: &str = "/assets";
pub const IMAGES: &str = "/images";
/// The pictures that go with an address that is shared.
pub const CARDS: &str = "/cards";
/// The site's own icon and card, where the therapist has put them into the content.
pub const ICON_SVG: &str = "/icon.svg";
pub const ICON_PNG: &str = "/icon.png";
pub const CARD: &str = "/card.png";
/// Leads to [`NEW_APPOINTMENT`]; easy to say on the telephone.
pub const BOOK: &str = "/book";
pub const NEW_APPOINTMENT: &str = "/appointments/new";
pub const APPOINTMENTS: &str = "/appointments";

/// The addresses that the program itself answers at, whatever the therapist has written.
pub const FIXED: [&str; 20] = [
    HOME,
    SERVICES,
    OFFICES,
    ARTICLES,
    FEED,
    SEARCH,
    SITEMAP,
    ROBOTS,
    SECURITY,
    MANIFEST,
    FAVICON,
    ICON_SVG,
    ICON_PNG,
    CARD,
    HEALTH,
    BOOK,
    NEW_APPOINTMENT,
    APPOINTMENTS,
    WAITLIST,
    ADMIN,
];

/// What addresses of the program's own begin with, those to come included. No
/// page of the therapist's can be called so; the lists that have pages of
/// theirs for a head, like `/services`, are not among them.
pub const OWN: [&str; 12] = [
    "admin",
    "appointments",
    "assets",
    "book",
    "calendar",
    "cards",
    "feed",
    "healthz",
    "images",
    "search",
    "topics",
    "waitlist",
];

/// True for the address of a room, like [`ADMIN`], and for every address below it.
pub fn is_within(path: &str, room: &str) -> bool {
    path.strip_prefix(room).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

pub fn service(slug: &ServiceSlug) -> String {
    format!("{SERVICES}/{slug}")
}

pub fn office(slug: &OfficeSlug) -> String {
    format!("{OFFICES}/{slug}")
}

pub fn article(slug: &str) -> String {
    format!("{ARTICLES}/{slug}")
}

/// The articles about a topic.
pub fn topic(slug: &str) -> String {
    format!("{TOPICS}/{slug}")
}

/// Where a reader asks about an article.
pub fn question(article: &str) -> String {
    format!("{}/question", self::article(article))
}

/// Where the page stands that says the question was sent.
pub fn question_sent(article: &str) -> String {
    format!("{}/sent", question(article))
}

pub fn image(name: &str) -> String {
    // A picture of an office is known by its path.
    let parts: Vec<String> =
        name.split('/').map(|part| utf8_percent_encode(part, OF_A_NAME).to_string()).collect();
    format!("{IMAGES}/{}", parts.join("/"))
}

/// The picture that goes with an article that is shared.
pub fn card(article: &str) -> String {
    format!("{CARDS}/{article}.png")
}

/// The openings of a service at all offices.
pub fn openings(service: &ServiceSlug) -> String {
    format!("{NEW_APPOINTMENT}?service={service}")
}

/// The same from a date on.
pub fn openings_from(service: &ServiceSlug, from: NaiveDate) -> String {
    format!("{}&from={from}", openings(service))
}

/// The form for one opening.
pub fn request_form(slot: &Slot) -> String {
    opening(&openings(&slot.service), slot)
}

/// The client's own page.
pub fn appointment(token: &Token) -> String {
    format!("{APPOINTMENTS}/{token}")
}

pub fn calendar_file(token: &Token) -> String {
    format!("{}/calendar.ics", appointment(token))
}

pub fn cancellation(token: &Token) -> String {
    format!("{}/cancellation", appointment(token))
}

/// Where its client says that they're late.
pub fn late(token: &Token) -> String {
    format!("{}/late", appointment(token))
}

/// What of it would be left who is so many minutes late.
pub fn late_by(token: &Token, minutes: u32) -> String {
    format!("{}?minutes={minutes}", late(token))
}

/// Where its client asks for the same time again, every few weeks.
pub fn series(token: &Token) -> String {
    format!("{}/series", appointment(token))
}

/// The same, once in so many weeks, from the page of a visit.
pub fn same_time(page: &str, weeks: u8) -> String {
    format!("{page}/series?weeks={weeks}&times=1")
}

/// Where its client says that they'll be there.
pub fn attendance(token: &Token) -> String {
    format!("{}/attendance", appointment(token))
}

/// Where another time is chosen after the day was closed.
pub fn rebooking(token: &Token) -> String {
    format!("{}/rebooking", appointment(token))
}

/// The question whether that is to be one opening.
pub fn rebooking_to(token: &Token, slot: &Slot) -> String {
    opening(&rebooking(token), slot)
}

/// The openings from a date on.
pub fn rebooking_from(token: &Token, from: NaiveDate) -> String {
    format!("{}?from={from}", rebooking(token))
}

/// Where its client says that they have seen it.
pub fn seen(token: &Token) -> String {
    format!("{}/seen", appointment(token))
}

/// Where another time is chosen.
pub fn reschedule(token: &Token) -> String {
    format!("{}/reschedule", appointment(token))
}

/// The same from a date on.
pub fn reschedule_from(token: &Token, from: NaiveDate) -> String {
    format!("{}?from={from}", reschedule(token))
}

/// The same of one visit of a series and the later ones.
pub fn with_later(address: &str) -> String {
    let mark = if address.contains('?') { '&' } else { '?' };
    format!("{address}{mark}which=later")
}

/// Where a reschedule request that waits for an answer is taken back.
pub fn reschedule_end(token: &Token) -> String {
    format!("{}/end", reschedule(token))
}

/// The openings of a service for the client of an earlier visit.
pub fn openings_again(service: &ServiceSlug, visit: &Token) -> String {
    again(&openings(service), visit)
}

/// An address on the way to an appointment, for the client of an earlier visit.
pub fn again(address: &str, visit: &Token) -> String {
    format!("{address}{}again={visit}", if address.contains('?') { '&' } else { '?' })
}

/// Where its client proves that they read the email about what they asked for.
pub fn proof(token: &Token) -> String {
    format!("{}/proof", appointment(token))
}

/// Where a mistyped email address is corrected.
pub fn address_correction(token: &Token) -> String {
    format!("{}/address", appointment(token))
}
