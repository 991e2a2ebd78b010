//! Somebody at a browser: sees, presses and types what a person can.

use std::{any::Any, env, fs, path::Path, str::FromStr, time::Duration};

use fantoccini::{
    Client, Locator,
    actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction},
    elements::Element,
    key::Key,
    wd::{PrintConfiguration, WebDriverCompatibleCommand},
};
use reqwest::{Method, Url};
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::{
    chromium::{Device, Driver},
    firefox,
};

/// How often Chromium is told how to show a page.
const TELLINGS: usize = 100;
/// How long a page may take to show something.
const PATIENCE: Duration = Duration::from_secs(10);
const GLANCE: Duration = Duration::from_millis(20);
/// Letter paper in CSS pixels, without the margins of a centimeter that WebDriver prints with.
pub const SHEET: (u32, u32) = (740, 980);
/// Lasts until the page has its font and was drawn with it.
const DRAWN: &str = "
    await document.fonts.ready;
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)";
/// Whether the first line of an element is in sight, and nothing lies over it.
pub const IN_SIGHT: &str = "
    element => {
        const { left, top, width, height } = element.getClientRects()[0];
        const seen = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20));
        return element.contains(seen);
    }";

pub struct Browser {
    client: Client,
    /// Goes with the browser, and takes the program along.
    _driver: Box<dyn Any + Send + Sync>,
}

impl Browser {
    pub async fn open(device: Device) -> Self {
        let driver = Driver::start();
        let browser = Self { client: driver.browser(device).await, _driver: Box::new(driver) };
        browser.goto("data:text/html,<title>still</title><script>document.title='moved'</script>").await;
        // Without a window, a page has the focus only once somebody has pressed something on it.
        browser
            .is_told("Emulation.setFocusEmulationEnabled", r#"{"enabled": true}"#, "document.hasFocus()")
            .await;
        let title = if device.has_script { "moved" } else { "still" };
        assert_eq!(browser.title().await, title, "{device:?}");
        browser
    }

    /// Firefox at a desk, with or without the pages that it keeps whole for Back.
    pub async fn open_firefox(keeps_pages: bool) -> Self {
        let mut driver = firefox::Driver::start();
        Self { client: driver.browser(keeps_pages).await, _driver: Box::new(driver) }
    }

    /// Presses Back.
    pub async fn back(&self) {
        self.client.back().await.expect("a page before this one");
    }

    /// Waits until the browser is at a path.
    pub async fn reaches(&self, path: &str) {
        let is_there = |address: &Url| address.path() == path;
        for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
            if is_there(&self.client.current_url().await.expect("an address")) {
                return;
            }
            tokio::time::sleep(GLANCE).await;
        }
        panic!("never at {path}, but at {}", self.address().await);
    }

    pub async fn goto(&self, address: &str) {
        self.client.goto(address).await.unwrap_or_else(|error| panic!("{address}: {error}"));
    }

    pub async fn title(&self) -> String {
        self.client.title().await.expect("a title")
    }

    /// Where the browser is.
    pub async fn address(&self) -> String {
        self.client.current_url().await.expect("an address").into()
    }

    /// Waits for the first element of a selector.
    pub async fn find(&self, css: &str) -> Element {
        self.wait_for(Locator::Css(css)).await
    }

    /// What can be read in each element of a selector, in the order of the page.
    pub async fn texts(&self, css: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for element in self.all(css).await {
            texts.push(element.text().await.expect("a text"));
        }
        texts
    }

    pub async fn all(&self, css: &str) -> Vec<Element> {
        self.client.find_all(Locator::Css(css)).await.expect("a selector")
    }

    /// Insists that the beginning of an element can be seen as the page stands,
    /// with nothing lying over it.
    pub async fn sees(&self, css: &str) {
        self.find(css).await;
        let seen = format!("({IN_SIGHT})(document.querySelector(\"{css}\"))");
        assert!(self.probe::<bool>(&format!("return {seen}")).await, "{css} is not in sight");
    }

    /// Waits until words can be read on the page.
    pub async fn says(&self, words: &str) {
        self.wait_for(Locator::XPath(&format!("//body[contains(normalize-space(), \"{words}\")]"))).await;
    }

    /// Insists that words stand nowhere in the page, not even in its source.
    pub async fn never_says(&self, words: &str) {
        let source = self.client.source().await.expect("a source");
        assert!(!source.contains(words), "“{words}”:\n{source}");
    }

    /// Presses the first link, button or fold with these words in its text or label.
    pub async fn press(&self, name: &str) {
        let words = format!("contains(normalize-space(), \"{name}\") or contains(@aria-label, \"{name}\")");
        let xpath = format!("//*[self::a or self::button or self::summary][{words}]");
        let element = self.wait_for(Locator::XPath(&xpath)).await;
        // As a reader would: what the header's first line covers is brought to where it can be pressed.
        let seen = vec![serde_json::to_value(&element).expect("an element")];
        self.client.execute("arguments[0].scrollIntoView({block: 'center'})", seen).await.expect("a place");
        element.click().await.unwrap_or_else(|e| panic!("{name}: {e}"));
    }

    /// Presses the first element of a selector.
    pub async fn press_at(&self, css: &str) {
        self.find(css).await.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Presses a button twice, as fast as a mouse can.
    pub async fn press_twice(&self, css: &str) {
        let element = self.find(css).await;
        let mouse = MouseActions::new("mouse".to_owned());
        let mouse = mouse.then(PointerAction::MoveToElement { element, duration: None, x: 0., y: 0. });
        let button = MOUSE_BUTTON_LEFT;
        let press = |mouse: MouseActions| {
            mouse.then(PointerAction::Down { button }).then(PointerAction::Up { button })
        };
        self.client.perform_actions(press(press(mouse))).await.expect("a double click");
    }

    /// The field that a label is of.
    pub async fn field(&self, label: &str) -> Element {
        let is_it = format!("starts-with(normalize-space(), \"{label}\")");
        let xpath = format!("//*[@id = //label[{is_it}]/@for] | //label[{is_it}]//input");
        self.wait_for(Locator::XPath(&xpath)).await
    }

    /// Presses the keys of a text, wherever the focus is.
    pub async fn keys(&self, text: &str) {
        let keys = text.chars().fold(KeyActions::new("keys".to_owned()), |keys, value| {
            keys.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.client.perform_actions(keys).await.expect("a keyboard");
    }

    pub async fn types(&self, label: &str, text: &str) {
        self.field(label).await.send_keys(text).await.unwrap_or_else(|error| panic!("{label}: {error}"));
    }

    /// Presses a key, wherever the focus is.
    pub async fn key(&self, key: Key) {
        self.keys(&char::from(key).to_string()).await;
    }

    pub async fn shift_and(&self, key: Key) {
        let (shift, value) = (char::from(Key::Shift), char::from(key));
        let keys = KeyActions::new("keys".to_owned()).then(KeyAction::Down { value: shift });
        let keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.client.perform_actions(keys.then(KeyAction::Up { value: shift })).await.expect("a keyboard");
    }

    pub async fn focused(&self) -> Element {
        self.client.active_element().await.expect("a focus")
    }

    /// Whether the focus is on an element of a selector.
    pub async fn focus_is(&self, css: &str) -> bool {
        self.probe(&format!("return document.activeElement.matches(\"{css}\")")).await
    }

    /// What a screen reader calls an element: its role, and its name.
    pub async fn spoken(&self, element: &Element) -> (String, String) {
        let of = |what| Command { path: format!("element/{}/{what}", element.element_id()), body: None };
        (self.issue(of("computedrole")).await, self.issue(of("computedlabel")).await)
    }

    /// What a script finds out about the page.
    pub async fn probe<T: DeserializeOwned>(&self, script: &str) -> T {
        let found = self.client.execute(script, Vec::new()).await;
        let found = found.unwrap_or_else(|error| panic!("{script}: {error}"));
        T::deserialize(found).expect("what was asked for")
    }

    /// The names of all cookies that the page at hand would be sent.
    pub async fn cookies(&self) -> Vec<String> {
        let cookies = self.client.get_all_cookies().await.expect("a jar");
        cookies.into_iter().map(|cookie| cookie.name().to_owned()).collect()
    }

    /// Has the page shown in another size, on a phone or not.
    pub async fn is_sized(&self, width: u32, height: u32, is_phone: bool) {
        let size = format!(r#""width": {width}, "height": {height}, "deviceScaleFactor": 1"#);
        let params = format!(r#"{{{size}, "mobile": {is_phone}}}"#);
        let of = "const { clientWidth, clientHeight } = document.documentElement;";
        let has_it =
            format!("(() => {{ {of} return clientWidth === {width} && clientHeight === {height} }})()");
        self.is_told("Emulation.setDeviceMetricsOverride", &params, &has_it).await;
    }

    /// Has the page shown as on a sheet of letter paper, from edge to edge of what is printed on.
    pub async fn is_on_paper(&self) {
        let (width, height) = SHEET;
        self.is_sized(width, height, false).await;
        let is_so = "matchMedia('print').matches";
        self.is_told("Emulation.setEmulatedMedia", r#"{"media": "print"}"#, is_so).await;
    }

    /// Has the page shown in the few colors that a person has chosen, on a dark ground.
    pub async fn has_forced_colors(&self) {
        let features = r#"[{"name": "forced-colors", "value": "active"}, {"name": "prefers-color-scheme", "value": "dark"}]"#;
        let is_so = "matchMedia('(forced-colors: active) and (prefers-color-scheme: dark)').matches";
        let params = format!(r#"{{"features": {features}}}"#);
        self.is_told("Emulation.setEmulatedMedia", &params, is_so).await;
    }

    /// On how many sheets of letter paper the page is printed.
    pub async fn sheets(&self) -> usize {
        self.probe::<IgnoredAny>(DRAWN).await;
        let printed = self.client.print(PrintConfiguration::default()).await.expect("a PDF");
        let printed = String::from_utf8_lossy(&printed);
        let sheets = printed.matches("/Type /Page").count() - printed.matches("/Type /Pages").count();
        assert!(sheets > 0, "the sheets of this PDF cannot be counted");
        sheets
    }

    /// Has Chromium put what is downloaded into a folder.
    pub async fn downloads_into(&self, folder: &Path) {
        let params = format!(r#"{{"behavior": "allow", "downloadPath": "{}"}}"#, folder.display());
        self.is_told("Browser.setDownloadBehavior", &params, "true").await;
    }

    /// Has Chromium show the page in another way. It forgets what it is told
    /// while it hands a page over to another process.
    async fn is_told(&self, what: &str, params: &str, has_it: &str) {
        let body = format!(r#"{{"cmd": "{what}", "params": {params}}}"#);
        for _ in 0..TELLINGS {
            let command = Command { path: "goog/cdp/execute".to_owned(), body: Some(body.clone()) };
            self.issue::<IgnoredAny>(command).await;
            if self.probe(&format!("return {has_it}")).await {
                return;
            }
        }
        panic!("never {has_it}, however often Chromium is told");
    }

    /// Takes a picture for the README, when a folder is named for it.
    pub async fn picture(&self, name: &str, height: u32) {
        if let Some(folder) = env::var_os("STILLPOINT_PICTURES") {
            self.is_sized(1280, height, false).await;
            self.probe::<IgnoredAny>("await document.fonts.ready").await;
            let picture = self.client.screenshot().await.expect("a picture");
            fs::write(Path::new(&folder).join(name), picture).expect("a folder for pictures");
        }
    }

    async fn wait_for(&self, what: Locator<'_>) -> Element {
        match self.client.wait().at_most(PATIENCE).every(GLANCE).for_element(what).await {
            Ok(element) => element,
            Err(error) => {
                let page: String = self.probe("return location.href + '\\n' + document.body.innerText").await;
                panic!("{what:?}: {error}\n{page}")
            }
        }
    }

    async fn issue<T: DeserializeOwned>(&self, command: Command) -> T {
        let answer = self.client.issue_cmd(command).await.expect("an answer");
        T::deserialize(answer).expect("what was asked for")
    }
}

/// What chromedriver understands and fantoccini has no method for; with a body it is posted.
#[derive(Debug)]
struct Command {
    path: String,
    body: Option<String>,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as FromStr>::Err> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (if self.body.is_some() { Method::POST } else { Method::GET }, self.body.clone())
    }
}
