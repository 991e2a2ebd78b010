//! Somebody with a browser: opens pages, follows links, fills and sends the
//! forms that stand on them.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use reqwest::{Client, Method, RequestBuilder, header, redirect::Policy};

use super::{
    page::{Form, Page, encoded},
    people::path_of,
};

pub struct Visitor {
    http: Client,
    /// Where the server listens.
    server: String,
    /// What its pages take for their own origin.
    origin: String,
    forwarded_for: Option<String>,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Visitor {
    pub fn new(server: String, origin: String) -> Self {
        let http = Client::builder().redirect(Policy::none()).no_proxy().build().expect("a client");
        Self { http, server, origin, forwarded_for: None, cookies: Mutex::default() }
    }

    /// Comes with an `X-Forwarded-For`, as through a proxy.
    pub fn forwarded_for(mut self, hops: &str) -> Self {
        self.forwarded_for = Some(hops.to_owned());
        self
    }

    /// Gets a page, a path or a whole address out of an email.
    pub async fn get(&self, address: &str) -> Page {
        self.send(self.request(Method::GET, address)).await
    }

    pub async fn head(&self, address: &str) -> Page {
        self.send(self.request(Method::HEAD, address)).await
    }

    /// Gets a page that has to be there.
    pub async fn open(&self, address: &str) -> Page {
        self.get(address).await.expect(200)
    }

    /// Goes where a 303 leads.
    pub async fn follow(&self, page: &Page) -> Page {
        self.open(&page.leads_to()).await
    }

    /// Presses the button of a form.
    pub async fn press(&self, form: &Form) -> Page {
        self.send(self.pressing(form)).await
    }

    fn pressing(&self, form: &Form) -> RequestBuilder {
        let request = self.post(&form.action, form.encoded()).header("sec-fetch-site", "same-origin");
        request.header(header::ORIGIN, &self.origin)
    }

    /// Gets a page from a server that may end meanwhile: `None` then.
    pub async fn tries_to_get(&self, address: &str) -> Option<Page> {
        self.tries(self.request(Method::GET, address)).await.ok()
    }

    /// Presses the button of a form at a server that may end meanwhile: `None` then, whether
    /// or not it has done what was asked.
    pub async fn tries_to_press(&self, form: &Form) -> Option<Page> {
        self.tries(self.pressing(form)).await.ok()
    }

    /// Sends fields to an address as a form of ours would, whether or not a
    /// page shows it now: for what comes too late, or at the same time.
    pub async fn sends(&self, address: &str, fields: &[(&str, &str)]) -> Page {
        let request = self.post(address, encoded(fields.iter().copied()));
        self.send(request.header("sec-fetch-site", "same-origin")).await
    }

    /// Presses the button of a form that has to work, and sees where it leads.
    pub async fn press_on(&self, form: &Form) -> Page {
        let pressed = self.press(form).await.expect(303);
        self.follow(&pressed).await
    }

    /// A request that no page of ours makes: for forgeries.
    pub fn post(&self, address: &str, body: impl Into<reqwest::Body>) -> RequestBuilder {
        let request = self.request(Method::POST, address).body(body);
        request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
    }

    pub fn request(&self, method: Method, address: &str) -> RequestBuilder {
        let mut request = self.http.request(method, format!("{}{}", self.server, path(address)));
        if let Some(hops) = &self.forwarded_for {
            request = request.header("x-forwarded-for", hops);
        }
        let cookies = self.cookies();
        if cookies.is_empty() { request } else { request.header(header::COOKIE, cookies) }
    }

    /// Whether a form can be sent to an address: whoever asks in a way that nobody
    /// serves is told what is served.
    pub async fn may_post_to(&self, address: &str) -> bool {
        let page = self.send(self.request(Method::TRACE, address)).await;
        page.status == 405 && page.header("allow").split(',').any(|method| method == "POST")
    }

    pub async fn send(&self, request: RequestBuilder) -> Page {
        self.tries(request).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// What was asked for and not had is said in the error.
    async fn tries(&self, request: RequestBuilder) -> Result<Page, String> {
        let request = request.build().expect("a request");
        let asked = format!("{} {}", request.method(), request.url());
        let wrong = |error: reqwest::Error| format!("{asked}: {error}");
        let answer = self.http.execute(request).await.map_err(wrong)?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        for cookie in headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().expect("a cookie in ASCII"));
        }
        let bytes = answer.bytes().await.map_err(wrong)?.to_vec();
        Ok(Page::new(asked, status, headers, bytes))
    }

    /// As a `Cookie` header has them.
    pub fn cookies(&self) -> String {
        let jar = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keep(&self, cookie: &str) {
        let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
        let (name, value) = pair.split_once('=').expect("a cookie has a value");
        let mut jar = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        if attributes.contains("Max-Age=0") {
            jar.remove(name);
        } else {
            jar.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// The path of an address, whatever host it names.
fn path(address: &str) -> &str {
    if address.starts_with('/') { address } else { path_of(address) }
}
