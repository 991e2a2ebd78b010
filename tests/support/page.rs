//! What a visitor got, and what can be pressed on it.

use std::sync::{Arc, Mutex, PoisonError};

use reqwest::header::HeaderMap;
use scraper::{ElementRef, Html, Selector};

/// An answer of the server.
#[derive(Clone, Debug)]
pub struct Page {
    /// What was asked for, for messages.
    pub asked: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    /// What the bytes were read as: a page is asked many things, and reading it is most of the work.
    read: Arc<Mutex<Option<Html>>>,
}

/// A form of a page, with what stands in its fields.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    fields: Vec<Field>,
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    value: String,
    /// False for a box that is not ticked.
    is_sent: bool,
}

impl Page {
    pub fn new(asked: String, status: u16, headers: HeaderMap, bytes: Vec<u8>) -> Self {
        Self { asked, status, headers, bytes, read: Arc::default() }
    }

    /// Insists on a status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}:\n{}", self.asked, self.text());
        self
    }

    /// Insists on words that can be read on the page.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.text().contains(words), "{} does not say “{words}”:\n{}", self.asked, self.text());
        self
    }

    /// Insists that words stand nowhere in the page, not even in its source.
    #[track_caller]
    pub fn never_says(self, words: &str) -> Self {
        assert!(!self.body().contains(words), "{} says “{words}”:\n{}", self.asked, self.text());
        self
    }

    /// Insists that it is everybody's: a cache that many share may have it for a second, and each browser asks
    /// every time whether it is still so.
    #[track_caller]
    pub fn may_be_shared(&self) {
        let kept = self.header("cache-control");
        assert!(kept.starts_with("public, max-age=0, s-maxage=1, "), "{}: {kept}", self.asked);
        assert!(
            self.header("etag").starts_with("W/") && self.header("vary") == "accept-encoding",
            "{}",
            self.asked
        );
    }

    /// Insists that the page leads on to somewhere.
    #[track_caller]
    pub fn has_a_way_out(&self) {
        assert!(!self.hrefs("main a[href]").is_empty(), "{} leads nowhere:\n{}", self.asked, self.text());
    }

    pub fn body(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body without keys that are drawn afresh each time: the same page twice is equal.
    pub fn body_without_keys(&self) -> String {
        let body = self.body();
        let keys = self.select("input[name=request_key]", |input| input.attr("value").map(str::to_owned));
        keys.iter().fold(body, |body, key| body.replace(key, "…"))
    }

    /// What can be read, with single spaces.
    pub fn text(&self) -> String {
        self.texts("body").concat()
    }

    pub fn title(&self) -> String {
        self.texts("title").concat()
    }

    /// The texts of all elements that a selector finds.
    pub fn texts(&self, css: &str) -> Vec<String> {
        self.select(css, |found| Some(words(found)))
    }

    /// A header; an empty text when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a header in ASCII"))
    }

    /// Where a 303 leads.
    #[track_caller]
    pub fn leads_to(&self) -> String {
        assert_eq!(self.status, 303, "{}:\n{}", self.asked, self.text());
        self.header("location").to_owned()
    }

    /// Where all links lead that a selector finds.
    pub fn hrefs(&self, css: &str) -> Vec<String> {
        self.select(css, |link| link.attr("href").map(str::to_owned))
    }

    /// The same where there have to be some: what is asked of each is asked of somebody.
    #[track_caller]
    pub fn some_hrefs(&self, css: &str) -> Vec<String> {
        let hrefs = self.hrefs(css);
        assert!(!hrefs.is_empty(), "{} has no {css}:\n{}", self.asked, self.text());
        hrefs
    }

    /// The addresses that a sitemap names; it has to name some.
    #[track_caller]
    pub fn locations(&self) -> Vec<String> {
        let locations = self.texts("loc");
        assert!(!locations.is_empty(), "{} names no address:\n{}", self.asked, self.body());
        locations
    }

    /// Where the first link leads whose text or label holds these words.
    #[track_caller]
    pub fn link(&self, text: &str) -> String {
        let is_it =
            |a: ElementRef<'_>| words(a).contains(text) || a.attr("aria-label").unwrap_or("").contains(text);
        let found =
            self.select("a[href]", |a| is_it(a).then(|| a.attr("href").unwrap_or_default().to_owned()));
        let first = found.into_iter().next();
        first.unwrap_or_else(|| panic!("{} has no link “{text}”:\n{}", self.asked, self.text()))
    }

    /// All forms whose address ends like this.
    pub fn forms(&self, action: &str) -> Vec<Form> {
        self.select("form:not([action='/search'])", |form| {
            Some(Form::read(form)).filter(|form| form.action.ends_with(action))
        })
    }

    /// The one form whose address ends like this.
    #[track_caller]
    pub fn form(&self, action: &str) -> Form {
        let mut forms = self.forms(action);
        assert_eq!(forms.len(), 1, "forms to {action} on {}:\n{}", self.asked, self.text());
        forms.remove(0)
    }

    fn select<T>(&self, css: &str, take: impl FnMut(ElementRef<'_>) -> Option<T>) -> Vec<T> {
        // Taken out meanwhile: whoever takes may ask the page again.
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner).take();
        let read = read.unwrap_or_else(|| Html::parse_document(&self.body()));
        let found = read.select(&selector(css)).filter_map(take).collect();
        *self.read.lock().unwrap_or_else(PoisonError::into_inner) = Some(read);
        found
    }
}

impl Form {
    fn read(form: ElementRef<'_>) -> Self {
        assert!(matches!(form.attr("method"), Some("post" | "get")), "a form says how it is sent");
        let inputs = selector("input[name], textarea[name], select[name]");
        // Of radio buttons the chosen one alone stands for its name.
        let is_left =
            |field: &ElementRef<'_>| field.attr("type") == Some("radio") && field.attr("checked").is_none();
        let fields = form.select(&inputs).filter(|field| !is_left(field)).map(|field| Field {
            name: field.attr("name").unwrap_or_default().to_owned(),
            value: match field.value().name() {
                "textarea" => field.text().collect(),
                "select" => chosen(field),
                _ => field.attr("value").unwrap_or_default().to_owned(),
            },
            is_sent: field.attr("type") != Some("checkbox") || field.attr("checked").is_some(),
        });
        let mut fields: Vec<Field> = fields.collect();
        for button in form.select(&selector("input[type=radio][name]")) {
            let name = button.attr("name").unwrap_or_default();
            if fields.iter().all(|field| field.name != name) {
                fields.push(Field { name: name.to_owned(), value: String::new(), is_sent: false });
            }
        }
        let action = form.attr("action").expect("a form has an address").to_owned();
        Self { action, fields }
    }

    /// Types into a field that the form has.
    #[track_caller]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.field(name).value = value.to_owned();
        self
    }

    /// Chooses one of the buttons of a name.
    #[track_caller]
    pub fn choosing(self, name: &str, value: &str) -> Self {
        self.ticked(name).with(name, value)
    }

    #[track_caller]
    pub fn ticked(mut self, name: &str) -> Self {
        self.field(name).is_sent = true;
        self
    }

    /// Every box of a list of them.
    pub fn all_ticked(mut self, name: &str) -> Self {
        self.fields.iter_mut().filter(|field| field.name == name).for_each(|field| field.is_sent = true);
        self
    }

    /// Of a list of boxes these, and no others.
    #[track_caller]
    pub fn ticked_only(mut self, name: &str, values: &[&str]) -> Self {
        let known: Vec<_> =
            self.fields.iter().filter(|field| field.name == name).map(|field| field.value.clone()).collect();
        assert!(values.iter().all(|value| known.iter().any(|one| one == value)), "{values:?} of {known:?}");
        for field in self.fields.iter_mut().filter(|field| field.name == name) {
            field.is_sent = values.contains(&field.value.as_str());
        }
        self
    }

    #[track_caller]
    pub fn unticked(mut self, name: &str) -> Self {
        self.field(name).is_sent = false;
        self
    }

    /// What stands in a field.
    #[track_caller]
    pub fn value(&self, name: &str) -> &str {
        let field = self.fields.iter().find(|field| field.name == name);
        &field.unwrap_or_else(|| panic!("no field `{name}` in the form to {}", self.action)).value
    }

    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    pub fn is_ticked(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name && field.is_sent)
    }

    #[track_caller]
    fn field(&mut self, name: &str) -> &mut Field {
        let field = self.fields.iter_mut().find(|field| field.name == name);
        field.unwrap_or_else(|| panic!("no field `{name}` in the form to {}", self.action))
    }

    /// As a browser encodes it.
    pub fn encoded(&self) -> String {
        let sent = self.fields.iter().filter(|field| field.is_sent);
        encoded(sent.map(|field| (field.name.as_str(), field.value.as_str())))
    }
}

/// What is chosen in a list: the first where nothing is said.
fn chosen(list: ElementRef<'_>) -> String {
    let selected = list.select(&selector("option[selected]")).next();
    let option = selected.or_else(|| list.select(&selector("option")).next());
    option.and_then(|option| option.attr("value")).unwrap_or_default().to_owned()
}

/// Fields in the encoding of forms.
pub fn encoded<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut url = reqwest::Url::parse("http://form").expect("an address");
    url.query_pairs_mut().extend_pairs(fields);
    url.query().unwrap_or_default().to_owned()
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("a selector")
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
