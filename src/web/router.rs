//! The whole URL map. What changes something is a POST, and a POST counts only
//! from our own pages.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware,
    routing::{MethodRouter, any, get, post},
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    csrf::{ConfigError, CsrfLayer},
    timeout::TimeoutLayer,
};

use super::{
    Web,
    admin::{self, account::door},
    appointments, errors,
    http::{answer, assets, attachment, error, headers, seen},
    site, waitlist,
};
use crate::urls;

/// The largest form that is read, in bytes.
const LARGEST_FORM: usize = 64 * 1024;
/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Some addresses of the URL map, each with what answers there.
#[derive(Default)]
struct Routes {
    patterns: Vec<&'static str>,
    router: Router<Arc<Web>>,
}

impl Routes {
    fn route(mut self, pattern: &'static str, answers: MethodRouter<Arc<Web>>) -> Self {
        self.patterns.push(pattern);
        Self { router: self.router.route(pattern, answers), ..self }
    }
}

/// Every address of the URL map, like `/offices/{slug}`.
pub fn patterns() -> Vec<&'static str> {
    [site(), appointments(), signing_in(), signed_in()]
        .into_iter()
        .flat_map(|routes| routes.patterns)
        .collect()
}

fn site() -> Routes {
    Routes::default()
        .route(urls::HOME, get(site::home::show))
        .route(urls::ABOUT, get(site::pages::about))
        .route(urls::FAQ, get(site::pages::faq))
        .route(urls::POLICIES, get(site::pages::policies))
        .route(urls::PRIVACY, get(site::pages::privacy))
        .route(urls::ACCESSIBILITY, get(site::pages::accessibility))
        .route(urls::TESTIMONIALS, get(site::testimonials::show))
        .route(urls::SERVICES, get(site::services::list))
        .route("/services/{slug}", get(site::services::show))
        .route(urls::OFFICES, get(site::offices::list))
        .route("/offices/{slug}", get(site::offices::show))
        .route(urls::ARTICLES, get(site::articles::list))
        .route("/articles/{slug}", get(site::articles::show))
        .route("/articles/{slug}/question", get(site::question::show).post(site::question::create))
        .route("/articles/{slug}/question/sent", get(site::question::sent))
        .route("/topics/{slug}", get(site::topics::show))
        .route(urls::SEARCH, get(site::search::show))
        .route(urls::FEED, get(site::feed::show))
        .route("/images/{name}", get(site::images::show))
        .route("/images/offices/{name}", get(site::images::of_office))
        .route("/cards/{name}", get(site::cards::show))
        .route(urls::MANIFEST, get(site::manifest::show))
        .route(urls::FAVICON, get(site::branding::favicon))
        .route(urls::ICON_SVG, get(site::branding::show))
        .route(urls::ICON_PNG, get(site::branding::show))
        .route(urls::CARD, get(site::branding::show))
        .route(urls::SITEMAP, get(site::sitemap::sitemap))
        .route(urls::ROBOTS, get(site::sitemap::robots))
        .route(urls::SECURITY, get(site::security::show))
        .route("/assets/{name}", get(assets::show))
        .route(urls::HEALTH, get(site::healthz::show))
        .route(urls::BOOK, get(async || answer::see_other(urls::NEW_APPOINTMENT)))
        .route("/{slug}", any(site::pages::other))
}

fn appointments() -> Routes {
    Routes::default()
        .route(urls::NEW_APPOINTMENT, get(appointments::openings::show))
        .route(urls::APPOINTMENTS, post(appointments::request::create))
        .route("/appointments/{token}", get(appointments::own_page::show))
        .route("/appointments/{token}/calendar.ics", get(appointments::calendar_file::show))
        .route("/appointments/{token}/attendance", post(appointments::attendance::create))
        .route("/appointments/{token}/late", get(appointments::late::show).post(appointments::late::create))
        .route(
            "/appointments/{token}/series",
            get(appointments::series::show).post(appointments::series::create),
        )
        .route("/appointments/{token}/address", post(appointments::address::correct))
        .route("/appointments/{token}/proof", post(appointments::proof::create))
        .route(
            "/appointments/{token}/cancellation",
            get(appointments::cancellation::show).post(appointments::cancellation::create),
        )
        .route(
            "/appointments/{token}/reschedule",
            get(appointments::reschedule::show).post(appointments::reschedule::create),
        )
        .route("/appointments/{token}/reschedule/end", post(appointments::reschedule::end))
        .route(
            "/appointments/{token}/rebooking",
            get(appointments::rebooking::show).post(appointments::rebooking::create),
        )
        .route("/appointments/{token}/seen", post(appointments::seen::create))
        .route("/appointments/{token}/waitlist", get(waitlist::swap::show).post(waitlist::swap::create))
        .route(urls::WAITLIST, get(waitlist::join::show).post(waitlist::join::create))
        .route("/waitlist/{token}", get(waitlist::entry::show))
        .route("/waitlist/{token}/confirmation", post(waitlist::confirmation::create))
        .route("/waitlist/{token}/offer", post(waitlist::offer::take))
        .route("/waitlist/{token}/offer/pass", post(waitlist::offer::pass))
        .route("/waitlist/{token}/end", post(waitlist::end::create))
}

/// For whoever is not signed in yet.
fn signing_in() -> Routes {
    Routes::default()
        .route(urls::SESSION, get(admin::account::sessions::new).post(admin::account::sessions::create))
        .route(urls::SESSION_CODE, get(admin::account::codes::new).post(admin::account::codes::create))
        .route(
            urls::SESSION_FORGOTTEN,
            get(admin::account::forgotten::show).post(admin::account::forgotten::create),
        )
        .route(
            "/admin/welcome/{token}",
            get(admin::account::welcome::show).post(admin::account::welcome::create),
        )
}

fn signed_in() -> Routes {
    Routes::default()
        .route(urls::ADMIN, get(admin::today::page::show))
        .route(urls::NEW_BOOKING, get(admin::appointments::bookings::new))
        .route(urls::ADMIN_APPOINTMENTS, post(admin::appointments::bookings::create))
        .route(
            urls::MANY_DECLINES,
            get(admin::appointments::many_declines::new).post(admin::appointments::many_declines::create),
        )
        .route("/admin/appointments/{id}", get(admin::appointments::page::show))
        .route("/admin/appointments/{id}/confirmation", post(admin::appointments::confirmations::create))
        .route(
            "/admin/appointments/{id}/decline",
            get(admin::appointments::declines::new).post(admin::appointments::declines::create),
        )
        .route(
            "/admin/appointments/{id}/cancellation",
            get(admin::appointments::cancellations::new).post(admin::appointments::cancellations::create),
        )
        .route("/admin/appointments/{id}/put-back", post(admin::appointments::put_backs::create))
        .route("/admin/appointments/{id}/keeping", post(admin::appointments::keeping::keep))
        .route(
            "/admin/appointments/{id}/reschedule",
            get(admin::appointments::reschedules::new).post(admin::appointments::reschedules::create),
        )
        .route(
            "/admin/appointments/{id}/series",
            get(admin::appointments::series::new).post(admin::appointments::series::create),
        )
        .route("/admin/appointments/{id}/arrival", post(admin::appointments::arrivals::create))
        .route("/admin/appointments/{id}/no-show", post(admin::appointments::no_shows::create))
        .route(
            "/admin/appointments/{id}/client-cancellation",
            post(admin::appointments::client_cancellations::create),
        )
        .route("/admin/appointments/{id}/payment", post(admin::appointments::payments::create))
        .route("/admin/appointments/{id}/payment/end", post(admin::appointments::payments::end))
        .route("/admin/appointments/{id}/fee-waiver", post(admin::appointments::fee_waivers::create))
        .route("/admin/appointments/{id}/fee-waiver/end", post(admin::appointments::fee_waivers::end))
        .route("/admin/undo/{id}", post(admin::undo::create))
        .route("/admin/calls/{id}/done", post(admin::today::calls::done))
        .route(urls::LATE, get(admin::today::late::show).post(admin::today::late::create))
        .route(urls::PROOF, post(admin::today::proof::begin))
        .route(urls::PROOF_END, post(admin::today::proof::end))
        .route("/admin/unproven-requests/{id}/proof", post(admin::today::unproven_requests::prove))
        .route("/admin/unproven-requests/{id}/end", post(admin::today::unproven_requests::end))
        .route(urls::WAITLIST_DESK, get(admin::waitlist::page::show))
        .route("/admin/waitlist/{id}/confirmation", post(admin::waitlist::entries::confirm))
        .route("/admin/waitlist/{id}/end", post(admin::waitlist::entries::end))
        .route(
            "/admin/waitlist/{id}/offer",
            get(admin::waitlist::by_hand::show).post(admin::waitlist::by_hand::create),
        )
        .route("/admin/waitlist/offers/{id}/taking", post(admin::waitlist::offers::take))
        .route("/admin/waitlist/offers/{id}/pass", post(admin::waitlist::offers::pass))
        .route("/admin/waitlist/offers/{id}/end", post(admin::waitlist::offers::end))
        .route(urls::HISTORY, get(admin::history::show))
        .route(urls::EMAILS, get(admin::emails::list::show))
        .route("/admin/emails/{id}", get(admin::emails::page::show))
        .route(urls::EMAIL_PREVIEW, get(admin::emails::preview::list))
        .route("/admin/emails/preview/{kind}", get(admin::emails::preview::show))
        .route("/admin/emails/preview/{kind}/html", get(admin::emails::preview::html))
        .route(urls::TEST_EMAIL, post(admin::emails::test::create))
        .route("/admin/emails/{id}/again", post(admin::emails::again::create))
        .route("/admin/emails/{id}/came-back", post(admin::emails::come_back::create))
        .route("/admin/emails/{id}/came-back/end", post(admin::emails::come_back::end))
        .route(urls::EMAILS_RETRY, post(admin::today::emails::retry))
        .route("/admin/emails/{id}/settled", post(admin::today::emails::settled))
        .route(urls::RESTORED, get(admin::emails::restored::show).post(admin::emails::restored::create))
        .route(urls::CLIENTS, get(admin::clients::find::show).post(admin::clients::find::find))
        .route("/admin/clients/{id}", get(admin::clients::page::show))
        .route("/admin/clients/{id}/note", post(admin::clients::note::save))
        .route("/admin/clients/{id}/details", post(admin::clients::details::save))
        .route(
            "/admin/clients/{id}/merge",
            get(admin::clients::merge::show).post(admin::clients::merge::create),
        )
        .route("/admin/clients/{id}/unmerge", post(admin::clients::merge::end))
        .route("/admin/clients/{id}/block", post(admin::clients::block::create))
        .route("/admin/clients/{id}/unblock", post(admin::clients::block::end))
        .route(
            "/admin/clients/{id}/erasure",
            get(admin::clients::erasure::show).post(admin::clients::erasure::create),
        )
        .route("/admin/clients/{id}/record.json", get(admin::clients::record::show))
        .route(urls::WEEK, get(admin::week::page::show))
        .route(urls::MONTH, get(admin::week::month::show))
        .route(urls::HOURS, get(admin::planning::hours::show))
        .route(urls::FIRST_BOOKING, post(admin::planning::hours::let_first_booking_decide))
        .route("/admin/hours/{office}", post(admin::planning::hours::change))
        .route("/admin/hours/{office}/{date}/end", post(admin::planning::hours::take_back))
        .route(urls::DAYS, get(admin::planning::days::find))
        .route("/admin/days/{date}", get(admin::planning::days::show).post(admin::planning::days::plan))
        .route("/admin/days/{date}/office", post(admin::planning::days::be_in_one_office))
        .route(
            "/admin/days/{date}/closing",
            get(admin::planning::closing::show).post(admin::planning::closing::create),
        )
        .route(
            "/admin/closings/{id}/reopening",
            get(admin::planning::reopening::show).post(admin::planning::reopening::create),
        )
        .route("/admin/days/{date}/arrivals", post(admin::today::everyone::create))
        .route("/admin/days/{date}/usual", post(admin::planning::days::back_to_the_week))
        .route(urls::TIME_OFF, get(admin::planning::time_off::show).post(admin::planning::time_off::create))
        .route("/admin/time-off/{id}/end", post(admin::planning::time_off::end))
        .route(urls::PAUSE, post(admin::planning::pause::begin))
        .route(urls::PAUSE_END, post(admin::planning::pause::end))
        .route(urls::WHY, get(admin::planning::why::show))
        .route(urls::EXPORTS, get(admin::exports::show).post(admin::exports::create))
        .route(urls::NUMBERS, get(admin::numbers::page::show))
        .route(urls::NUMBERS_TABLE, get(admin::numbers::table::show))
        .route(urls::MILES, get(admin::numbers::miles::show))
        .route(urls::MILES_TABLE, get(admin::numbers::miles_table::show))
        .route("/admin/numbers/miles/{date}", post(admin::numbers::ticks::tick))
        .route("/admin/numbers/miles/{date}/end", post(admin::numbers::ticks::untick))
        .route(urls::MILEAGE_RATES, post(admin::numbers::rates::note))
        .route("/admin/numbers/rates/{date}/end", post(admin::numbers::rates::take_back))
        .route(urls::CONTENT, get(admin::content::show))
        .route(urls::SETTINGS, get(admin::settings::page::show).post(admin::settings::page::save))
        .route(urls::SETTINGS_PREVIEW, post(admin::settings::page::preview))
        .route("/admin/offices/{slug}/new-address/emails", post(admin::today::new_addresses::write_to_all))
        .route("/admin/offices/{slug}/new-address/known", post(admin::today::new_addresses::need_not_write))
        .route(urls::ACCOUNT, get(admin::account::page::show))
        .route(urls::ACCOUNT_PASSWORD, post(admin::account::page::change_password))
        .route(urls::OTHER_SESSIONS_END, post(admin::account::page::end_others))
        .route("/admin/account/sessions/{id}/end", post(admin::account::page::end))
        .route(
            urls::SECOND_STEP,
            get(admin::account::second_step::show).post(admin::account::second_step::turn_on),
        )
        .route(urls::SECOND_STEP_END, post(admin::account::second_step::turn_off))
        .route("/admin/forms/{token}", get(admin::account::kept_form::show))
        .route(urls::SESSION_END, post(admin::account::sessions::end))
        .route("/admin/", any(not_found))
        .route("/admin/{*rest}", any(not_found))
}

pub fn router(web: Arc<Web>) -> Result<Router, ConfigError> {
    let csrf = CsrfLayer::new().add_trusted_origin(web.app().base.as_str())?;
    let required = middleware::from_fn_with_state(web.clone(), door::required);
    let admin = signing_in().router.merge(signed_in().router.route_layer(required));
    // What is compressed already is only made slower.
    let is_no_archive = NotForContentType::const_new(attachment::ZIP);
    // From the outside in: the headers and the error pages also serve what the layers below refuse.
    let layers = ServiceBuilder::new()
        .layer(middleware::from_fn_with_state(web.clone(), seen::log))
        .layer(middleware::from_fn_with_state(web.clone(), headers::add))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_no_archive)))
        .layer(middleware::from_fn_with_state(web.clone(), errors::render))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(csrf)
        .layer(DefaultBodyLimit::max(LARGEST_FORM));

    let routes = site().router.merge(appointments().router).merge(admin).fallback(not_found);
    Ok(routes.layer(layers).with_state(web))
}

async fn not_found() -> error::Error {
    error::Error::NotFound
}
