//! Whoever acts, what they hold in their hands, and what they have achieved.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::Arc,
};

use chrono::{Days, TimeDelta};
use proptest::sample::Index;
use stillpoint::{
    domain::time::{self, Instant},
    jobs::housekeeping,
};

use super::{
    content::Written,
    file::{File, Visit},
    reached,
    steps::{Mail, Step, Who},
    told::By,
};
use crate::support::{
    mailbox::{Fault, Moment, Mood},
    page::{Form, Page},
    people::Therapist,
    practice::{TestPractice, practice},
    visitor::Visitor,
};

pub const SERVICES: [&str; 2] = ["neuromuscular-60", "first-visit"];
pub const OFFICES: [&str; 2] = ["mt-shasta", "redding"];

/// A client's own page.
#[derive(Clone, Debug)]
pub struct OwnPage {
    pub address: String,
    pub visit: i64,
    /// From an email: it may have been ended.
    pub is_of_email: bool,
}

/// Who asks, as they type it.
#[derive(Clone, Debug, Default)]
pub struct Somebody {
    pub name: String,
    pub email: String,
    pub phone: String,
}

impl Somebody {
    fn regular() -> Self {
        let (name, email) = ("Rose Regular".to_owned(), "rose@example.com".to_owned());
        Self { name, email, phone: String::new() }
    }
}

pub struct Actors {
    pub practice: Option<TestPractice>,
    /// Whoever comes without signing in.
    pub visitor: Arc<Visitor>,
    pub therapist: Therapist,
    pub written: Written,
    pub pages: Vec<OwnPage>,
    /// The pages of requests that hold nothing, by the ids of those.
    pub in_vain: Vec<OwnPage>,
    /// The pages of what waits for its client's proof, by the ids of that.
    pub unproven: Vec<OwnPage>,
    /// Forms that have made a request, and the pages that they led to.
    pub sent: Vec<(Form, String)>,
    /// Where the request of this step has led to.
    pub led_to: Option<String>,
    /// How the mail server is.
    pub mail: Mail,
    /// The emails that have come.
    pub received: BTreeSet<i64>,
    /// What each side has heard last of a visit: the kind of the email, and its text.
    pub heard: BTreeMap<(i64, String), (String, String)>,
    /// Whose doing the step was, where it is not said by its name.
    pub by: Option<By>,
    /// The visits with which an act was undone in this step.
    pub undone: BTreeSet<i64>,
    /// Who was invited when a day was opened again in this step.
    pub invited: BTreeSet<i64>,
    pub people: usize,
    /// The file refuses some of what this step writes.
    pub is_refused: bool,
    /// What has happened at least once.
    pub reached: BTreeSet<String>,
}

impl Actors {
    pub async fn come() -> Self {
        let opening = practice().with("minimum_notice_hours", "0").with("cancellation_notice_hours", "0");
        only_a_note(&opening.folder().join("content"));
        let practice = opening.open().await;
        let file = fs::read_to_string(practice.content_dir().join("practice.toml")).expect("a file");
        Self {
            visitor: Arc::new(practice.visitor()),
            therapist: practice.therapist().await,
            practice: Some(practice),
            written: Written::new(file),
            pages: Vec::new(),
            in_vain: Vec::new(),
            unproven: Vec::new(),
            sent: Vec::new(),
            led_to: None,
            mail: Mail::Kind,
            received: BTreeSet::new(),
            heard: BTreeMap::new(),
            by: None,
            undone: BTreeSet::new(),
            invited: BTreeSet::new(),
            people: 0,
            is_refused: false,
            reached: BTreeSet::new(),
        }
    }

    pub fn practice(&self) -> &TestPractice {
        self.practice.as_ref().expect("a practice")
    }

    pub fn visitor(&self) -> Arc<Visitor> {
        self.visitor.clone()
    }

    pub async fn file(&self) -> File {
        File::read(&self.practice().data_dir()).await
    }

    pub fn now(&self) -> Instant {
        self.practice().running.app().now()
    }

    pub fn has(&mut self, what: &str) {
        self.reached.insert(what.to_owned());
    }

    /// Notes that a form has been sent with success.
    pub fn pressed(&mut self, address: &str, answer: &Page) -> u16 {
        if answer.status == 303 {
            self.has(&reached::route_of(address));
        }
        answer.status
    }

    /// Insists that what was shown as possible has worked, or met a file that refuses it.
    #[track_caller]
    pub fn works(&self, answer: &Page) {
        let is_refused = self.is_refused && answer.status == 500;
        assert!(answer.status == 303 || is_refused, "{} {}: {}", answer.status, answer.asked, answer.text());
    }

    /// Insists that what was not shown as possible is refused.
    #[track_caller]
    pub fn is_no(&self, answer: &Page) {
        assert!(
            (400..=500).contains(&answer.status),
            "{} {}: {}",
            answer.status,
            answer.asked,
            answer.text()
        );
        assert!(answer.status != 500 || self.is_refused, "{}: {}", answer.asked, answer.text());
    }

    /// A half hour of the coming days, at night too, but mostly while an office may be open.
    pub fn half_hour(&self, when: u16) -> String {
        let zone = self.practice().running.app().practice().zone;
        let today = time::start_of_day(zone, time::date(zone, self.now()));
        let (day, half_hour) = (when / 100 % 6, when % 100);
        let half_hour = if half_hour < 48 { half_hour } else { 18 + half_hour % 16 };
        time::write_instant(today + TimeDelta::minutes(30 * i64::from(day * 48 + half_hour)))
    }

    pub fn date(&self, day: u8) -> String {
        let zone = self.practice().running.app().practice().zone;
        (time::date(zone, self.now()) + Days::new(day.into())).to_string()
    }

    /// Who it is. Whom nobody knows has an address of their own.
    pub fn somebody(&mut self, who: Who) -> Somebody {
        self.people += 1;
        let letter = |nth: usize| char::from(b'a' + (nth % 26) as u8);
        let name = format!("Ann {}{}", letter(self.people).to_uppercase(), letter(self.people / 26));
        let email = format!("ann{}@example.com", self.people);
        let phone = format!("(530) 555-01{:02}", self.people % 100);
        let (email, phone) = match who {
            Who::ByPhone => (String::new(), phone),
            Who::ByBoth => (email, phone),
            Who::ByEmail => (email, String::new()),
            Who::Regular => return Somebody::regular(),
        };
        Somebody { name, email, phone }
    }

    /// Any visit, but mostly one that fits.
    pub async fn some_visit(&self, which: &Index, fits: impl Fn(&File, &Visit) -> bool) -> Option<i64> {
        let file = self.file().await;
        let fitting = file.visits.values().filter(|visit| fits(&file, visit)).map(|visit| visit.id);
        mostly(which, fitting.collect(), file.visits.keys().copied().collect())
    }

    /// Any page of a client, but mostly one whose visit fits.
    pub async fn some_page(
        &self,
        which: &Index,
        fits: impl Fn(&File, &Visit, &OwnPage) -> bool,
    ) -> Option<String> {
        let file = self.file().await;
        let fitting = self.pages.iter().filter(|page| fits(&file, &file.visits[&page.visit], page));
        mostly(which, fitting.collect(), self.pages.iter().collect()).map(|page| page.address.clone())
    }

    /// Does it. Returns the status of the last answer, if there was one.
    pub async fn does(&mut self, step: &Step) -> Option<u16> {
        match step {
            Step::Asks(who, service, pick) => self.asks(*who, SERVICES[*service], pick).await,
            Step::AsksAnyway(service, at, when) => {
                self.asks_anyway(SERVICES[*service], OFFICES[*at], *when).await
            }
            Step::SendsAgain(form, other) => self.sends_again(form, other.as_ref()).await,
            Step::BooksAgain(page, pick) => self.books_again(page, pick).await,
            Step::OnOwnPage(page, what) => self.on_own_page(page, what).await,
            Step::Rebooks(page, pick) => self.rebooks(page, pick).await,
            Step::SeesClosing(page) => self.sees_closing(page).await,
            Step::Proves(page) => self.proves(page).await,
            Step::AsksQuestion => self.asks_question().await,
            Step::Answers(visit, what) => self.answers(visit, *what).await,
            Step::Undoes(visit, what, own) => self.undoes(visit, *what, own.as_ref()).await,
            Step::DeclinesMany(stays) => self.declines_many(*stays).await,
            Step::KeepsRecord(visit, what) => self.keeps_record(visit, what).await,
            Step::SeesToMoney(nth) => self.sees_to_money(*nth).await,
            Step::Taps(page, pick) => self.taps(page, pick).await,
            Step::Books(who, service, when, yes) => self.books(*who, SERVICES[*service], *when, *yes).await,
            Step::BooksSeries(visit, weeks, times) => self.books_series(visit, *weeks, *times).await,
            Step::Moves(visit, when, yes) => self.moves(visit, *when, *yes).await,
            Step::TakesOff(day, at) => self.takes_off(*day, at.map_or("", |at| OFFICES[at])).await,
            Step::ClosesDay(day, part, keeps, course) => self.closes_day(*day, *part, *keeps, *course).await,
            Step::Reopens(closing, course) => self.reopens(closing, *course).await,
            Step::Plans(day, at) => self.plans(*day, at.map(|at| OFFICES[at])).await,
            Step::ChangesWeek(at, day, now) => self.changes_week(OFFICES[*at], *day, *now).await,
            Step::FirstBooking(decides) => self.lets_first_booking_decide(*decides).await,
            Step::ClosesRequests => self.closes_requests().await,
            Step::AsksProof(on) => self.asks_proof(*on).await,
            Step::ChangesPolicy(policy) => self.changes_policy(*policy).await,
            Step::Writes(content) => {
                self.writes(*content).await;
                None
            }
            Step::Mail(mail) => {
                self.mail_is(*mail);
                None
            }
            Step::RunsLate(nth) => self.runs_late(*nth).await,
            Step::Nears => {
                self.nears().await;
                None
            }
            Step::Passes(minutes) => {
                self.passes(TimeDelta::minutes(*minutes)).await;
                None
            }
            Step::Fails(_) => None,
            Step::Restarts => {
                self.restarts().await;
                None
            }
        }
    }

    fn mail_is(&mut self, mail: Mail) {
        self.mail = mail;
        self.practice().mailbox.is(match mail {
            Mail::Kind => Mood::Kind,
            Mail::Later => Mood::Answers(451),
            Mail::Never => Mood::Answers(550),
            Mail::NotFromUs => Mood::FailsAt(Moment::Sender, Fault::Says("550 5.7.1 not from you")),
            Mail::HangsUp => Mood::HangsUp,
        });
    }

    /// Lets time pass, and the jobs do what is due then.
    pub async fn passes(&mut self, time: TimeDelta) {
        self.practice().passes(time).await;
        housekeeping::prune(&self.practice().running.app()).await.expect("what has run out is removed");
        if self.therapist.get("/admin").await.status != 200 {
            self.therapist = self.practice().therapist().await;
        }
    }
}

/// One of those that fit, if there are any; now and then any at all.
pub fn mostly<T: Clone>(which: &Index, fitting: Vec<T>, all: Vec<T>) -> Option<T> {
    let among = if fitting.is_empty() || which.index(5) == 0 { all } else { fitting };
    (!among.is_empty()).then(|| which.get(&among).clone())
}

/// Leaves of the shipped content the practice alone, and one article: a site of
/// many pages only takes its time to be read.
fn only_a_note(content: &Path) {
    for room in fs::read_dir(content).expect("the content") {
        let room = room.expect("an entry").path();
        if room.is_dir() {
            fs::remove_dir_all(room).expect("removed");
        }
    }
    let note =
        "+++\ntitle = \"A note\"\ndescription = \"A few words.\"\npublished = 2026-10-03\n+++\n\nA note.\n";
    fs::create_dir(content.join("articles")).expect("a folder");
    fs::write(content.join("articles/a-note.md"), note).expect("an article");
}
