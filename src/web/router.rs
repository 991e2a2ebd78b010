//! The whole URL map. What changes something is a POST, and a POST counts only
//! from our own pages.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware,
    routing::{any, get, post},
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    csrf::{ConfigError, CsrfLayer},
    timeout::TimeoutLayer,
};

use super::{
    Web, admin, appointments, assets, branding, cards, error, headers, healthz, page, seen, session, site,
};
use crate::urls;

/// The largest form that is read, in bytes.
const LARGEST_FORM: usize = 64 * 1024;
/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

pub fn router(web: Arc<Web>) -> Result<Router, ConfigError> {
    let csrf = CsrfLayer::new().add_trusted_origin(web.app().base.as_str())?;

    let site = Router::new()
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
        .route("/cards/{name}", get(cards::show))
        .route(urls::MANIFEST, get(site::manifest::show))
        .route(urls::FAVICON, get(branding::favicon))
        .route(urls::ICON_SVG, get(branding::show))
        .route(urls::ICON_PNG, get(branding::show))
        .route(urls::CARD, get(branding::show))
        .route(urls::SITEMAP, get(site::sitemap::sitemap))
        .route(urls::ROBOTS, get(site::sitemap::robots))
        .route("/assets/{name}", get(assets::show))
        .route(urls::HEALTH, get(healthz::show))
        .route(urls::BOOK, get(async || page::see_other(urls::NEW_APPOINTMENT)))
        .route("/{slug}", any(site::pages::other));

    let appointments = Router::new()
        .route(urls::NEW_APPOINTMENT, get(appointments::openings::show))
        .route(urls::APPOINTMENTS, post(appointments::request::create))
        .route("/appointments/{token}", get(appointments::own_page::show))
        .route("/appointments/{token}/calendar.ics", get(appointments::calendar_file::show))
        .route("/appointments/{token}/address", post(appointments::address::correct))
        .route(
            "/appointments/{token}/cancellation",
            get(appointments::cancellation::show).post(appointments::cancellation::create),
        )
        .route(
            "/appointments/{token}/reschedule",
            get(appointments::reschedule::show).post(appointments::reschedule::create),
        )
        .route("/appointments/{token}/reschedule/end", post(appointments::reschedule::end));

    let signed_in = Router::new()
        .route(urls::ADMIN, get(admin::today::show))
        .route(urls::NEW_BOOKING, get(admin::bookings::new))
        .route(urls::ADMIN_APPOINTMENTS, post(admin::bookings::create))
        .route("/admin/appointments/{id}", get(admin::appointment::show))
        .route("/admin/appointments/{id}/confirmation", post(admin::confirmations::create))
        .route("/admin/appointments/{id}/decline", post(admin::declines::create))
        .route(
            "/admin/appointments/{id}/cancellation",
            get(admin::cancellations::new).post(admin::cancellations::create),
        )
        .route("/admin/appointments/{id}/keeping", post(admin::conflicts::keep))
        .route(
            "/admin/appointments/{id}/reschedule",
            get(admin::reschedules::new).post(admin::reschedules::create),
        )
        .route("/admin/appointments/{id}/arrival", post(admin::arrivals::create))
        .route("/admin/appointments/{id}/no-show", post(admin::no_shows::create))
        .route("/admin/appointments/{id}/client-cancellation", post(admin::client_cancellations::create))
        .route("/admin/calls/{id}/done", post(admin::calls::done))
        .route(urls::EMAILS_RETRY, post(admin::emails::retry))
        .route("/admin/emails/{id}/settled", post(admin::emails::settled))
        .route(urls::HOURS, get(admin::hours::show))
        .route(urls::FIRST_BOOKING, post(admin::hours::let_first_booking_decide))
        .route("/admin/hours/{office}", post(admin::hours::change))
        .route("/admin/hours/{office}/{date}/end", post(admin::hours::take_back))
        .route(urls::DAYS, get(admin::days::find))
        .route("/admin/days/{date}", get(admin::days::show).post(admin::days::plan))
        .route("/admin/days/{date}/office", post(admin::days::be_in_one_office))
        .route("/admin/days/{date}/closing", post(admin::days::close))
        .route("/admin/days/{date}/usual", post(admin::days::back_to_the_week))
        .route(urls::TIME_OFF, get(admin::time_off::show).post(admin::time_off::create))
        .route("/admin/time-off/{id}/end", post(admin::time_off::end))
        .route(urls::PAUSE, post(admin::pause::begin))
        .route(urls::PAUSE_END, post(admin::pause::end))
        .route(urls::WHY, get(admin::why::show))
        .route(urls::CONTENT, get(admin::articles::show))
        .route(urls::SETTINGS, get(admin::settings::show).post(admin::settings::save))
        .route(urls::SETTINGS_PREVIEW, post(admin::settings::preview))
        .route("/admin/offices/{slug}/new-address/emails", post(admin::new_addresses::write_to_all))
        .route("/admin/offices/{slug}/new-address/known", post(admin::new_addresses::need_not_write))
        .route("/admin/forms/{token}", get(admin::kept_form::show))
        .route(urls::SESSION_END, post(admin::sessions::end))
        .route("/admin/", any(not_found))
        .route("/admin/{*rest}", any(not_found))
        .route_layer(middleware::from_fn_with_state(web.clone(), session::required));

    let admin = Router::new()
        .route(urls::SESSION, get(admin::sessions::new).post(admin::sessions::create))
        .route("/admin/welcome/{token}", get(admin::welcome::show).post(admin::welcome::create))
        .merge(signed_in);

    // From the outside in: the headers and the error pages also serve what the layers below refuse.
    let layers = ServiceBuilder::new()
        .layer(middleware::from_fn_with_state(web.clone(), seen::log))
        .layer(middleware::from_fn_with_state(web.clone(), headers::add))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(web.clone(), error::render))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(csrf)
        .layer(DefaultBodyLimit::max(LARGEST_FORM));

    let routes = site.merge(appointments).merge(admin).fallback(not_found);
    Ok(routes.layer(layers).with_state(web))
}

async fn not_found() -> error::Error {
    error::Error::NotFound
}
