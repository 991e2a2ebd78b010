//! What plain http answers where HTTPS is spoken here: that it's over there. Nothing is read or
//! shown before that.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::urls::BaseUrl;

struct Site {
    base: BaseUrl,
    /// The names that the certificate is for.
    names: Vec<String>,
}

pub fn router(base: BaseUrl, names: Vec<String>) -> Router {
    Router::new().fallback(lead).with_state(Arc::new(Site { base, names }))
}

/// Leads to the same page. What was sent in the clear isn't sent a second time, which a 308 would
/// have the browser do: whoever sent it has to know.
async fn lead(State(site): State<Arc<Site>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let says = format!(
            "This came without encryption, so it wasn't taken. Open {} and send it from there.\n",
            site.base.to("/")
        );
        return (StatusCode::FORBIDDEN, [(header::CONNECTION, "close")], says).into_response();
    }
    let path = request.uri().path_and_query().map(|path| path.as_str());
    let path = path.filter(|path| path.starts_with('/')).unwrap_or("/");
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let to = site.base_for(host.unwrap_or_default()).to(path);
    (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response()
}

impl Site {
    /// The name that was asked for, where it's one of ours, on the port where HTTPS is.
    fn base_for(&self, host: &str) -> BaseUrl {
        let name = host.split_once(':').map_or(host, |(name, _)| name).to_ascii_lowercase();
        let port = self.base.port().map(|port| format!(":{port}")).unwrap_or_default();
        let is_ours = self.names.contains(&name);
        let base = is_ours.then(|| BaseUrl::parse(&format!("https://{name}{port}"))).flatten();
        base.unwrap_or_else(|| self.base.clone())
    }
}
