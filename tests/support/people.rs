//! Who comes to the practice, and what they usually do.

use std::{ops::Deref, sync::Arc};

use reqwest::RequestBuilder;
use stillpoint::app::Current;

use super::{
    clock::TestClock,
    page::{Form, Page},
    practice::TestPractice,
    visitor::Visitor,
};

/// The service that is asked for where it does not matter which.
pub const SESSION: &str = "neuromuscular-60";
pub const THERAPIST: &str = "dustin@example.com";
pub const PASSWORD: &str = "four quiet words here";

/// Tuesday, November 24, 9:00 am.
pub const TUESDAY: Opening = Opening { service: SESSION, office: "redding", start: "2026-11-24T17:00:00Z" };
/// Wednesday, November 25, 9:00 am.
pub const WEDNESDAY: Opening =
    Opening { service: SESSION, office: "mt-shasta", start: "2026-11-25T17:00:00Z" };
/// Saturday, November 28, 10:00 am, when both offices are open.
pub const SATURDAY: Opening = Opening { service: SESSION, office: "redding", start: "2026-11-28T18:00:00Z" };

/// One opening, as the links to its form name it.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    pub service: &'static str,
    pub office: &'static str,
    pub start: &'static str,
}

impl Opening {
    pub fn at(self, start: &'static str) -> Self {
        Self { start, ..self }
    }

    pub fn in_office(self, office: &'static str) -> Self {
        Self { office, ..self }
    }

    pub fn form(&self) -> String {
        format!("/appointments/new?service={}&office={}&start={}", self.service, self.office, self.start)
    }
}

/// Somebody who wants an appointment, as they fill in the form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Person {
    pub name: &'static str,
    pub email: &'static str,
    pub phone: &'static str,
    pub note: &'static str,
}

pub const JUNE: Person =
    Person { name: "June Okafor", email: "june@example.com", phone: "(530) 555-0133", note: "" };
pub const PETER: Person = Person { name: "Peter Lindqvist", email: "peter@example.com", phone: "", note: "" };
/// Has no email address.
pub const WALT: Person = Person { name: "Walt Brennan", email: "", phone: "(530) 555-0117", note: "" };

impl Person {
    pub fn fills(&self, form: Form) -> Form {
        let form = form.with("name", self.name).with("email", self.email).with("phone", self.phone);
        form.with("note", self.note).ticked("agreed")
    }
}

impl TestPractice {
    /// The form of an opening as somebody fills it in.
    pub async fn filled(&self, person: &Person, opening: &Opening) -> Form {
        person.fills(self.visitor().open(&opening.form()).await.form("/appointments"))
    }

    /// Asks for an opening that can be had. Returns the address of the client's own page.
    pub async fn asks(&self, person: &Person, opening: &Opening) -> String {
        let form = self.filled(person, opening).await;
        self.visitor().press(&form).await.leads_to()
    }

    /// Asks, and has the emails about it delivered and put away.
    pub async fn has_asked(&self, person: &Person, opening: &Opening) -> String {
        let page = self.asks(person, opening).await;
        self.emails().await;
        page
    }

    /// Joins the waitlist for any time, and has the email about it put away. Returns the address
    /// of the page that its link leads to.
    pub async fn joins_the_waitlist(&self, person: &Person) -> String {
        let page = self.visitor().open(&format!("/waitlist?service={SESSION}")).await;
        let form = page.form("/waitlist").with("name", person.name);
        let form = form.with("email", person.email).with("phone", person.phone);
        self.visitor().press(&form).await.expect(303);
        path_of(self.email_to(person.email).await.page()).to_owned()
    }

    /// The client moves a request, or asks for another time for what stands, over
    /// their own page. Returns it as it is then.
    pub async fn asks_to_move(&self, page: &str, to: &Opening) -> Page {
        let client = self.visitor();
        let question = format!("{page}/reschedule?office={}&start={}", to.office, to.start);
        client.press_on(&client.open(&question).await.form("/reschedule")).await
    }

    /// The therapist, signed in through the link that the start has printed,
    /// or with the password once it is set.
    pub async fn therapist(&self) -> Therapist {
        let visitor = self.visitor();
        let link = self.running.welcome.clone().unwrap_or_default();
        if link.is_empty() || visitor.get(&link).await.status == 404 {
            let form = visitor.open("/admin/session").await.form("/admin/session");
            visitor.press_on(&form.with("email", THERAPIST).with("password", PASSWORD)).await;
            return self.signed_in(visitor);
        }
        let form = visitor.open(&link).await.form(path_of(&link)).with("password", PASSWORD);
        visitor.press_on(&form).await;
        self.signed_in(visitor)
    }

    fn signed_in(&self, visitor: Visitor) -> Therapist {
        let practice = (self.running.current.clone(), self.clock.clone());
        Therapist { visitor, practice: Some(practice) }
    }
}

/// The therapist at a browser, signed in. Whatever they do, they let the minute
/// pass in which it can be undone, unless they are in a hurry.
pub struct Therapist {
    visitor: Visitor,
    /// Whose minutes they let pass.
    practice: Option<(Arc<Current>, Arc<TestClock>)>,
}

impl Deref for Therapist {
    type Target = Visitor;

    fn deref(&self) -> &Visitor {
        &self.visitor
    }
}

/// Lets the minutes pass in which something can be undone.
pub async fn minutes_pass(current: &Current, clock: &TestClock) {
    let app = current.app();
    // A practice that is closed, or whose file is locked, has no minutes.
    let Ok(mut tx) = app.store.read().await else { return };
    let Ok(acts) = tx.running_acts(app.now()).await else { return };
    if let Some(end) = acts.iter().map(|act| act.ends_at).max() {
        clock.advance(end - app.now());
    }
}

impl Visitor {
    /// The first openings there are, each as the address of its form.
    pub async fn openings(&self) -> Vec<String> {
        let page = self.open(&format!("/appointments/new?service={SESSION}")).await;
        page.some_hrefs("main a[href*='start=']")
    }
}

impl Therapist {
    /// Goes on at once, within the minute in which what they did can be undone.
    pub fn in_a_hurry(self) -> Self {
        Self { practice: None, ..self }
    }

    async fn waits(&self, page: Page) -> Page {
        if let Some((current, clock)) = &self.practice {
            minutes_pass(current, clock).await;
        }
        page
    }

    pub async fn press(&self, form: &Form) -> Page {
        self.waits(self.visitor.press(form).await).await
    }

    pub async fn press_on(&self, form: &Form) -> Page {
        let pressed = self.press(form).await.expect(303);
        self.follow(&pressed).await
    }

    pub async fn sends(&self, address: &str, fields: &[(&str, &str)]) -> Page {
        self.waits(self.visitor.sends(address, fields).await).await
    }

    pub async fn send(&self, request: RequestBuilder) -> Page {
        self.waits(self.visitor.send(request).await).await
    }

    /// Undoes what stands first on a page.
    pub async fn undoes(&self, page: &Page) -> Page {
        let undo = page.forms("").into_iter().find(|form| form.action.starts_with("/admin/undo/"));
        self.press_on(&undo.unwrap_or_else(|| panic!("nothing to undo:\n{}", page.text()))).await
    }

    /// The list of the clients that a text finds.
    pub async fn finds(&self, text: &str) -> Page {
        let form = self.open("/admin/clients").await.form("/admin/clients").with("q", text);
        self.press(&form).await.expect(200)
    }

    pub async fn has_on_file(&self, person: &Person) -> bool {
        self.finds(person.name).await.texts(".people a b").iter().any(|name| name == person.name)
    }

    /// Somebody's page, over the search for their name.
    pub async fn client_page(&self, person: &Person) -> Page {
        let found = self.finds(person.name).await;
        let of_name = found.texts(".people a b").into_iter().zip(found.hrefs(".people a"));
        let (_, page) = of_name.into_iter().find(|(name, _)| name == person.name).expect("they are found");
        self.open(&page).await
    }

    pub async fn blocks(&self, person: &Person) -> Page {
        self.press_on(&self.client_page(person).await.form("/block")).await.says("Blocked since")
    }

    pub async fn erases(&self, person: &Person) {
        let erasure = self.open(&self.client_page(person).await.link("Erase this client")).await;
        self.press_on(&erasure.form("/erasure")).await;
    }

    /// The page of somebody's appointment, over the link on today's page.
    pub async fn page_of(&self, person: &Person) -> Page {
        let today = self.open("/admin").await;
        // What waits for an answer goes before what stands.
        let waits = today.texts("li.req .who").iter().position(|name| name.contains(person.name));
        let waits = waits.map(|at| today.hrefs("li.req .who a").swap_remove(at));
        self.open(&waits.unwrap_or_else(|| today.link(person.name))).await
    }

    /// Gives an answer, `confirmation`, `decline` or `cancellation`, on the
    /// appointment's page, or a page behind it. Returns what came of it.
    pub async fn answers(&self, person: &Person, answer: &str, sentence: &str) -> Page {
        let form = match answer {
            "decline" => self.declining(person).await,
            _ => self.page_of(person).await.form(&format!("/{answer}")),
        };
        self.press(&form.with("sentence", sentence)).await
    }

    /// The form that declines somebody's request, or the time that they ask to be moved to.
    pub async fn declining(&self, person: &Person) -> Form {
        let page = self.page_of(person).await;
        self.open(&page.link("Decline")).await.form("/decline")
    }

    pub async fn confirms(&self, person: &Person) -> Page {
        let answered = self.answers(person, "confirmation", "").await;
        self.follow(&answered).await
    }

    /// The form that moves somebody's appointment to a time.
    pub async fn moving(&self, person: &Person, to: &Opening) -> Form {
        let page = self.page_of(person).await.link("Reschedule");
        let question = self.open(&format!("{page}?office={}&start={}", to.office, to.start)).await;
        question.form("/reschedule")
    }

    /// Moves somebody's appointment to a time that nothing stands against.
    pub async fn moves(&self, person: &Person, to: &Opening) -> Page {
        self.press_on(&self.moving(person, to).await).await
    }

    /// Enters time off: `from`, `from_time`, `to`, `to_time`, `office`, as far as
    /// they matter. Returns what came of it.
    pub async fn takes_off(&self, off: &[(&str, &str)]) -> Page {
        let form = self.open("/admin/time-off").await.form("/admin/time-off");
        self.press(&filled(form, off)).await
    }

    /// Plans a date: hours at some offices, and all others closed.
    pub async fn plans(&self, date: &str, hours: &[(&str, &str)]) -> Page {
        let address = format!("/admin/days/{date}");
        let form = self.open(&address).await.form(&address);
        self.press_on(&filled(form.with("mt-shasta", "").with("redding", ""), hours)).await
    }

    /// Plans a date with no hours at all: whoever has a visit then keeps it, in conflict.
    pub async fn plans_nothing(&self, address: &str) -> Page {
        let plan = self.open(address).await.form(address).with("mt-shasta", "").with("redding", "");
        let mut planned = self.press(&plan).await;
        if planned.status == 409 {
            planned = self.press(&planned.form(address)).await;
        }
        self.follow(&planned.expect(303)).await
    }

    /// Closes a day, or what a form of its page says of it, having seen whom that touches.
    pub async fn closes(&self, date: &str, sentence: &str) -> Page {
        let form = self.open(&format!("/admin/days/{date}/closing")).await.form("/closing");
        let form = if form.has("sentence") { form.with("sentence", sentence) } else { form };
        self.press_on(&form).await
    }

    /// Types hours of an office's week, and from when they hold. Returns what came of it.
    pub async fn changes_hours(&self, office: &str, week: &[(&str, &str)]) -> Page {
        let form = self.open("/admin/hours").await.form(&format!("/admin/hours/{office}"));
        self.press(&filled(form, week)).await
    }

    pub async fn closes_requests(&self, sentence: &str) -> Page {
        let form = self.open("/admin/time-off").await.form("/pause");
        self.press_on(&form.with("sentence", sentence)).await
    }

    pub async fn opens_requests(&self) -> Page {
        self.press_on(&self.open("/admin/time-off").await.form("/pause/end")).await
    }

    /// Looks at what other values of the policy would do, and saves them.
    pub async fn sets_policy(&self, values: &[(&str, &str)]) -> Page {
        let form = self.open("/admin/settings").await.form("/preview");
        let preview = self.press(&filled(form, values)).await.expect(200);
        self.press_on(&preview.form("/admin/settings")).await
    }
}

fn filled(form: Form, fields: &[(&str, &str)]) -> Form {
    fields.iter().fold(form, |form, (name, value)| form.with(name, value))
}

/// The path of a whole address.
pub fn path_of(address: &str) -> &str {
    let host = address.find("://").map_or(0, |at| at + 3);
    address[host..].find('/').map_or("/", |at| &address[host + at..])
}
