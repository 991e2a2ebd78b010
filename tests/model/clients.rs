//! What strangers and clients do, at the door.

use proptest::sample::Index;
use stillpoint::domain::time;

use super::{
    actors::{Actors, OwnPage, Somebody},
    file::{File, Visit},
    steps::{Own, Who},
};
use crate::support::page::{Form, Page};

impl Actors {
    /// Every opening of a service that the page offers, as the links to its form.
    pub async fn offered(&self, service: &str) -> Vec<String> {
        let page = format!("/appointments/new?service={service}");
        links(&self.visitor().get(&page).await)
    }

    /// What is offered can be had, by whoever has not too many requests already.
    pub async fn asks(&mut self, who: Who, service: &str, pick: &Index) -> Option<u16> {
        let offered = self.offered(service).await;
        let link = (!offered.is_empty()).then(|| pick.get(&offered).clone())?;
        let answer = self.ask(&link, who).await;
        match who {
            Who::ByEmail => self.works(&answer),
            _ => assert!([303, 429, 500].contains(&answer.status), "{}: {}", answer.asked, answer.text()),
        }
        Some(answer.status)
    }

    /// Nobody gets what is not offered, not even by a form that no page of ours has drawn.
    pub async fn asks_anyway(&mut self, service: &str, office: &str, when: u16) -> Option<u16> {
        let start = self.half_hour(when);
        let offered = self.offered(service).await;
        let is_it =
            |link: &&String| Opening::of(link).is_some_and(|it| it.office == office && it.start == start);
        if let Some(link) = offered.iter().find(is_it) {
            let answer = self.ask(&link.clone(), Who::ByEmail).await;
            self.works(&answer);
            return Some(answer.status);
        }
        let link = format!("/appointments/new?service={service}&office={office}&start={start}");
        self.is_no(&self.visitor().get(&link).await);
        let Somebody { name, email, .. } = self.somebody(Who::ByEmail);
        let fields = [
            ("service", service),
            ("office", office),
            ("start", &start),
            ("name", &name),
            ("email", &email),
            ("agreed", "yes"),
            ("request_key", "a-forged-key-of-many-emails"),
        ];
        let answer = self.visitor().sends("/appointments", &fields).await;
        self.is_no(&answer);
        self.has("a forged form is refused");
        Some(answer.status)
    }

    /// Fills in the form behind a link of the openings and sends it.
    pub async fn ask(&mut self, link: &str, who: Who) -> Page {
        let visitor = self.visitor();
        let form = visitor.open(link).await.form("/appointments").ticked("agreed");
        let form = match form.has("name") {
            true => {
                let Somebody { name, email, phone } = self.somebody(who);
                form.with("name", &name).with("email", &email).with("phone", &phone)
            }
            false => form,
        };
        // Every third asks for somebody else.
        let form = if self.people.is_multiple_of(3) { form.with("for", "Ben Ray") } else { form };
        let answer = visitor.press(&form).await;
        if answer.status == 303 && form.value("for") == "Ben Ray" {
            self.has("asked for somebody else");
        }
        self.has_asked(form, &answer);
        answer
    }

    fn has_asked(&mut self, form: Form, answer: &Page) {
        if self.pressed(&form.action, answer) == 303 {
            let page = page_of(answer);
            self.led_to = Some(page.clone());
            self.sent.push((form, page));
        }
        if answer.status == 429 {
            self.has("too many requests of one contact");
        }
    }

    pub async fn sends_again(&mut self, which: &Index, other: Option<&(Index, bool)>) -> Option<u16> {
        let (form, page) = (!self.sent.is_empty()).then(|| which.get(&self.sent).clone())?;
        let visitor = self.visitor();
        let Some((pick, is_instead)) = other else {
            let answer = visitor.press(&form).await;
            if answer.status == 303 {
                assert_eq!(page_of(&answer), page, "one form is one request");
                self.has("the same form again");
                self.led_to = Some(page);
            } else if visitor.get(&page).await.status != 404 {
                self.works(&answer);
            }
            return Some(answer.status);
        };
        let offered = self.offered(form.value("service")).await;
        let openings: Vec<Opening> = offered.iter().filter_map(|link| Opening::of(link)).collect();
        let other = (!openings.is_empty()).then(|| pick.get(&openings))?;
        let form = form.with("office", &other.office).with("start", &other.start);
        let answer = visitor.press(&form).await;
        if answer.status != 200 {
            self.has_asked(form, &answer);
            return Some(answer.status);
        }
        let (as_well, instead) = (answer.forms("/appointments"), answer.forms("/reschedule"));
        let (first, second) = if *is_instead { (instead, as_well) } else { (as_well, instead) };
        let Some(chosen) = first.into_iter().chain(second).next() else { return Some(200) };
        let is_instead = chosen.action != "/appointments";
        let answer = visitor.press(&chosen).await;
        if is_instead {
            self.works(&answer);
            self.has("instead of the first");
            self.pressed(&chosen.action, &answer);
        } else {
            self.has("as well as the first");
            self.has_asked(chosen, &answer);
        }
        Some(answer.status)
    }

    pub async fn books_again(&mut self, which: &Index, pick: &Index) -> Option<u16> {
        let visitor = self.visitor();
        // Whoever has been here, or is still to come: what the page of the visit leads to.
        let mut ways = Vec::new();
        for page in self.pages.iter().rev().take(24) {
            let shown = visitor.get(&page.address).await;
            ways.extend(shown.hrefs("a[href*='again=']").into_iter().take(1));
        }
        let way = (!ways.is_empty()).then(|| which.get(&ways).clone())?;
        let adjoins = way.contains("start=");
        let link = if adjoins {
            way
        } else {
            let offered = links(&visitor.get(&way).await);
            (!offered.is_empty()).then(|| pick.get(&offered).clone())?
        };
        let answer = self.ask(&link, Who::Regular).await;
        assert!([303, 429, 500].contains(&answer.status), "{}: {}", answer.asked, answer.text());
        if answer.status == 303 {
            self.has(if adjoins { "booked right before or after" } else { "booked again" });
        }
        Some(answer.status)
    }

    pub async fn on_own_page(&mut self, which: &Index, what: &Own) -> Option<u16> {
        let now = self.now().timestamp();
        let fits = |file: &File, visit: &Visit, page: &OwnPage| match what {
            Own::Cancels | Own::Reschedules(_) => visit.is_live() && visit.starts_at > now,
            Own::TakesBack => file.waiting(visit.id).is_some(),
            Own::CorrectsAddress => visit.is("requested") && !page.is_of_email,
            Own::Attends => visit.is("confirmed") && visit.starts_at > now,
            Own::RunsLate => visit.is("confirmed") && (now - 900..now + 3 * 3600).contains(&visit.starts_at),
        };
        let page = self.some_page(which, fits).await?;
        let visitor = self.visitor();
        if visitor.get(&page).await.status == 404 {
            return Some(404);
        }
        let address = match what {
            Own::Cancels => format!("{page}/cancellation"),
            Own::TakesBack => format!("{page}/reschedule/end"),
            Own::CorrectsAddress => format!("{page}/address"),
            Own::Reschedules(_) => format!("{page}/reschedule"),
            Own::Attends => format!("{page}/attendance"),
            Own::RunsLate => format!("{page}/late"),
        };
        let looked = format!("{address}?minutes=20");
        let shown = visitor
            .get(match what {
                Own::Cancels => &address,
                Own::RunsLate => &looked,
                _ => &page,
            })
            .await;
        let form = match what {
            Own::Reschedules(pick) => {
                let offered = links(&visitor.get(&address).await);
                match offered.is_empty() {
                    true => None,
                    false => Some(visitor.open(pick.get(&offered).as_str()).await.form("/reschedule")),
                }
            }
            _ => shown.forms(&address).into_iter().next(),
        };
        let answer = match form {
            Some(form) => {
                let form = match what {
                    Own::CorrectsAddress => form.with("email", &self.somebody(Who::ByEmail).email),
                    _ => form,
                };
                let answer = visitor.press(&form).await;
                self.works(&answer);
                answer
            }
            // It is said already, or there is nothing to say it of.
            None if matches!(what, Own::Attends) => visitor.sends(&address, &[]).await,
            None => {
                let (email, start) = (self.somebody(Who::ByEmail).email, self.half_hour(20));
                let fields = [("email", email.as_str()), ("office", "redding"), ("start", start.as_str())];
                let answer = visitor.sends(&address, &fields).await;
                self.is_no(&answer);
                answer
            }
        };
        Some(self.pressed(&address, &answer))
    }

    /// The button of an email's page requests the time if it is free, and does nothing twice.
    pub async fn proves(&mut self, which: &Index) -> Option<u16> {
        let emailed: Vec<OwnPage> = self.unproven.iter().filter(|page| page.is_of_email).cloned().collect();
        let page = (!emailed.is_empty()).then(|| which.get(&emailed).address.clone())?;
        let visitor = self.visitor();
        let form = visitor.get(&page).await.forms("/proof").into_iter().next()?;
        let mut answer = visitor.press(&form).await;
        if answer.status == 409 {
            self.has("a time is taken before its proof");
            if let Some(other) = answer.forms("/proof").into_iter().find(|form| form.has("start")) {
                answer = visitor.press(&other).await;
                self.works_or_too_many(&answer);
            }
        }
        if answer.status == 303 {
            let again = visitor.press(&form).await;
            assert_eq!((again.status, again.leads_to()), (303, answer.leads_to()), "twice is once");
        }
        Some(self.pressed(&form.action, &answer))
    }

    fn works_or_too_many(&self, answer: &Page) {
        assert!(
            [303, 429].contains(&answer.status) || self.is_refused && answer.status == 500,
            "{}: {}",
            answer.asked,
            answer.text()
        );
    }

    pub async fn asks_question(&mut self) -> Option<u16> {
        let visitor = self.visitor();
        let article = "/articles/a-note/question";
        let Somebody { name, email, .. } = self.somebody(Who::ByEmail);
        let form = visitor.open(article).await.form(article);
        let form = form.with("name", &name).with("email", &email).with("question", "Does it hurt?");
        let answer = visitor.press(&form).await;
        self.works(&answer);
        Some(self.pressed(article, &answer))
    }
}

/// An opening, as the link to its form names it.
pub struct Opening {
    pub office: String,
    pub start: String,
}

impl Opening {
    pub fn of(link: &str) -> Option<Self> {
        let url = reqwest::Url::parse("http://practice").ok()?.join(link).ok()?;
        let of =
            |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        let (office, start) = (of("office")?, of("start")?);
        time::parse_instant(&start).map(|_| Self { office, start })
    }
}

/// The links of a page that name an opening.
pub fn links(page: &Page) -> Vec<String> {
    let links = page.hrefs("main a[href*='start=']");
    links.into_iter().filter(|link| link.contains("office=")).collect()
}

/// The client's own page to which a request has led.
pub fn page_of(answer: &Page) -> String {
    answer.leads_to().split('?').next().unwrap_or_default().to_owned()
}
