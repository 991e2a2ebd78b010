//! A series, whatever happens: a known client asks for several visits at once, the therapist books
//! some, either side cancels or moves one or that and the later ones, answers, and undoes it; others
//! book, wait for a time, and days are closed. After each step no time is had by two, what was done
//! to several was done to all of them or to none, each side has heard of it once, and nothing that
//! can still be undone was offered to anybody.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use proptest::{
    collection::vec,
    prelude::*,
    sample::Index,
    test_runner::{RngSeed, TestRunner},
};
use stillpoint::domain::{
    ids::AppointmentId,
    series::later,
    time::{self, Interval},
    waitlist::offer,
};
use tokio::runtime::Runtime;

use super::told::TIMELY;
use crate::support::{
    kinds::folder,
    mailbox::Email,
    page::{Form, Page},
    people::{JUNE, SESSION, THERAPIST, TUESDAY, Therapist, path_of},
    practice::{TestPractice, practice},
    visitor::Visitor,
};

/// How many sequences there are where nothing else is said, and how long each is.
const CASES: u32 = 14;
const STEPS: usize = 30;

/// One thing that happens; an [`Index`] picks among what there is then.
#[derive(Clone, Debug)]
enum Step {
    /// June asks for the same time again, every few weeks.
    Asks(u8, u8),
    /// June asks for an opening, and for a second session right beside it.
    AsksForTwo(Index),
    /// The therapist books it for her.
    Books(Index, u8, u8),
    /// The therapist answers something that waits.
    Answers(Index, bool, Course),
    /// June does something with a visit, perhaps with the later ones as well.
    Own(Index, Own, bool),
    /// The therapist does something with a visit, perhaps with the later ones as well.
    Desk(Index, Desk, bool, Course),
    /// A stranger requests an opening.
    Requests(Index),
    /// Somebody waits for any time.
    Joins,
    /// Whoever was offered a time says yes.
    Takes(Index),
    Closes(u8),
    Passes(i64),
}

/// Whether it is undone within its minute, and what June does in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Course {
    Stays,
    Undone,
    Meanwhile,
}

#[derive(Clone, Debug)]
enum Own {
    Cancels,
    Moves(Index),
    TakesBack,
}

#[derive(Clone, Debug)]
enum Desk {
    Cancels,
    NotesCall,
    /// By so many half hours, to either side.
    Moves(i64),
}

fn a_step() -> impl Strategy<Value = Step> {
    let course =
        || prop_oneof![3 => Just(Course::Stays), 2 => Just(Course::Undone), 1 => Just(Course::Meanwhile)];
    let own = prop_oneof![
        2 => Just(Own::Cancels),
        5 => any::<Index>().prop_map(Own::Moves),
        1 => Just(Own::TakesBack),
    ];
    let desk = prop_oneof![
        1 => Just(Desk::Cancels),
        1 => Just(Desk::NotesCall),
        2 => prop_oneof![Just(2_i64), Just(5), Just(-3), Just(96), Just(672)].prop_map(Desk::Moves),
    ];
    prop_oneof![
        4 => (2..=4_u8, 2..=4_u8).prop_map(|(weeks, times)| Step::Asks(weeks, times)),
        3 => any::<Index>().prop_map(Step::AsksForTwo),
        1 => (any::<Index>(), 1..=3_u8, 2..=4_u8).prop_map(|(visit, weeks, times)| Step::Books(visit, weeks, times)),
        8 => (any::<Index>(), prop::bool::weighted(0.7), course())
            .prop_map(|(pick, yes, course)| Step::Answers(pick, yes, course)),
        12 => (any::<Index>(), own, prop::bool::weighted(0.7)).prop_map(|(visit, what, all)| Step::Own(visit, what, all)),
        8 => (any::<Index>(), desk, prop::bool::weighted(0.7), course())
            .prop_map(|(visit, what, all, course)| Step::Desk(visit, what, all, course)),
        2 => any::<Index>().prop_map(Step::Requests),
        1 => Just(Step::Joins),
        1 => any::<Index>().prop_map(Step::Takes),
        1 => (0..40_u8).prop_map(Step::Closes),
        2 => prop_oneof![Just(1_i64), Just(30), Just(240), Just(780), Just(1500)].prop_map(Step::Passes),
    ]
}

/// Where a visit stands, and where it is asked to be instead.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stands {
    series: Option<i64>,
    status: &'static str,
    at: (String, i64),
    asked: Option<(String, i64, i64)>,
    revision: u32,
}

type File = BTreeMap<i64, Stands>;

struct Life {
    practice: TestPractice,
    therapist: Therapist,
    /// The same within the minute.
    hurried: Therapist,
    client: Visitor,
    /// June's page of a visit that is over.
    known: String,
    /// Her pages of visits, as emails have led to them.
    pages: Vec<String>,
    /// Where offers have led to.
    offers: Vec<String>,
    people: usize,
    /// What came to pass.
    reached: BTreeSet<&'static str>,
}

#[test]
fn whatever_happens_to_a_series_it_happens_to_all_that_was_meant_or_to_none_of_it() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let config = ProptestConfig {
        cases: number("SERIES_CASES")
            .map_or(CASES, |cases| u32::try_from(cases).expect("a number of sequences")),
        rng_seed: RngSeed::Fixed(number("MODEL_SEED").unwrap_or(2026)),
        failure_persistence: None,
        max_shrink_iters: 60,
        ..ProptestConfig::default()
    };
    let reached = std::cell::RefCell::new(BTreeSet::new());
    let sequences = (any::<bool>(), vec(a_step(), STEPS));
    let outcome = TestRunner::new(config).run(&sequences, |(at_once, steps)| {
        let runtime = Runtime::new().expect("a runtime");
        let lived = runtime.block_on(live(at_once, &steps));
        reached.borrow_mut().extend(lived);
        runtime.shutdown_background();
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    let all = [
        "asked for together",
        "two in a row asked for",
        "several answered",
        "several asked to be moved",
        "several moved by the client",
        "several canceled by the client",
        "several canceled by the therapist",
        "several moved by the therapist",
        "several moves answered",
        "an act on several is undone",
        "offered",
    ];
    let missing: Vec<_> = all.iter().filter(|what| !reached.borrow().contains(*what)).collect();
    assert!(missing.is_empty(), "the sequences never reach {missing:?}");
}

async fn live(at_once: bool, steps: &[Step]) -> BTreeSet<&'static str> {
    let confirmation = if at_once { r#""at_once""# } else { r#""by_therapist""# };
    let opening = practice().with("confirmation", confirmation).with("moves_per_appointment", "20");
    let practice = opening.with("open_requests_per_contact", "20").open().await;
    practice.asks(&JUNE, &TUESDAY).await;
    let mut emails = practice.emails().await;
    let therapist = practice.therapist().await;
    for yes in therapist.open("/admin").await.forms("/confirmation") {
        therapist.press(&yes).await.expect(303);
    }
    emails.extend(practice.emails().await);
    let email = emails.iter().rfind(|email| email.kind() == "confirmed").expect("an email to June");
    let known = path_of(email.page()).to_owned();
    practice.passes(TimeDelta::days(2)).await;
    practice.emails().await;
    let series = "/admin/appointments/1/series?weeks=2&times=4";
    let dates = therapist.open(series).await.forms("/series").pop().expect("the dates");
    therapist.press(&dates).await.expect(303);
    let booked = practice.emails().await;
    let hurried = practice.therapist().await.in_a_hurry();
    let client = practice.visitor();
    let mut life = Life {
        practice,
        therapist,
        hurried,
        client,
        known,
        pages: Vec::new(),
        offers: Vec::new(),
        people: 0,
        reached: BTreeSet::new(),
    };
    life.reads(&booked);
    for step in steps {
        life.lives(step).await;
    }
    life.practice.emails().await;
    let Life { practice, reached, .. } = life;
    practice.close().await;
    reached
}

/// What a step came to.
struct Done {
    answer: Page,
    /// How many visits were meant by it, where that was said.
    meant: Option<usize>,
}

impl Life {
    async fn file(&self) -> File {
        let app = self.practice.running.app();
        let mut tx = app.store.read().await.expect("a store");
        let mut file = File::new();
        for id in 1.. {
            let Some(a) = tx.appointment(AppointmentId(id)).await.expect("a row") else { break };
            let asked = tx.reschedule_request_of(a.id).await.expect("a row");
            let stands = Stands {
                series: a.series.map(|series| series.0),
                status: a.status().as_str(),
                at: (a.office.to_string(), a.span.start.timestamp()),
                asked: asked.map(|to| (to.office.to_string(), to.span.start.timestamp(), to.id.0)),
                revision: a.revision,
            };
            file.insert(id, stands);
        }
        file
    }

    async fn lives(&mut self, step: &Step) {
        self.practice.passes(TimeDelta::zero()).await;
        let before = self.file().await;
        let done = self.does(step).await;
        if let Some(Done { answer, meant }) = &done {
            let answers = [200, 303, 404, 409, 410, 422, 429];
            assert!(answers.contains(&answer.status), "{step:?}: {} {}", answer.status, answer.text());
            let after = self.file().await;
            let changed = changed(&before, &after);
            match (answer.status, meant) {
                (303, Some(meant)) => {
                    assert_eq!(
                        changed.len(),
                        *meant,
                        "{step:?}: all of it, or nothing: {before:#?} {after:#?}"
                    );
                    self.notes(step, &before, &after, *meant);
                }
                (303, None) => {}
                _ if matches!(step, Step::Answers(..) | Step::Own(..) | Step::Desk(..)) => {
                    let is_over = |id: &i64| after[id].status == "expired" || after[id].asked.is_none();
                    assert!(changed.iter().all(is_over), "{step:?} was refused: {before:#?} {after:#?}");
                }
                _ => {}
            }
        }
        let emails = self.practice.emails().await;
        self.has_heard_once(step, &emails, done.as_ref());
        self.reads(&emails);
        self.practice.offers().await;
        self.holds(step).await;
    }

    fn notes(&mut self, step: &Step, before: &File, after: &File, meant: usize) {
        if meant < 2 {
            return;
        }
        let asked = after
            .iter()
            .any(|(id, one)| one.asked.is_some() && before.get(id).is_none_or(|b| b.asked != one.asked));
        let was_asked = before.iter().any(|(id, one)| one.asked.is_some() && after[id].asked.is_none());
        self.reached.insert(match step {
            Step::Asks(..) => "asked for together",
            Step::AsksForTwo(..) => "two in a row asked for",
            Step::Answers(..) if was_asked => "several moves answered",
            Step::Answers(..) => "several answered",
            Step::Own(_, Own::Cancels, _) => "several canceled by the client",
            Step::Own(..) if asked => "several asked to be moved",
            Step::Own(_, Own::Moves(_), _) => "several moved by the client",
            Step::Desk(_, Desk::Moves(_), ..) => "several moved by the therapist",
            Step::Desk(..) => "several canceled by the therapist",
            _ => "something else with several",
        });
    }

    async fn does(&mut self, step: &Step) -> Option<Done> {
        match step {
            Step::Asks(weeks, times) => self.asks(*weeks, *times).await,
            Step::AsksForTwo(pick) => self.asks_for_two(pick).await,
            Step::Books(visit, weeks, times) => {
                let id = self.some(visit, &["confirmed"]).await?;
                let address = format!("/admin/appointments/{id}/series?weeks={weeks}&times={times}");
                let form = self.therapist.get(&address).await.forms("/series").into_iter().next_back()?;
                let form = left_out(form, *times);
                Some(Done { answer: self.therapist.press(&form).await, meant: None })
            }
            Step::Answers(pick, yes, course) => self.answers(pick, *yes, *course).await,
            Step::Own(visit, what, all) => self.own(visit, what, *all).await,
            Step::Desk(visit, what, all, course) => self.desk(visit, what, *all, *course).await,
            Step::Requests(pick) => {
                let page = self.client.open(&format!("/appointments/new?service={SESSION}")).await;
                let openings = page.hrefs("main a[href*='start=']");
                let opening: &String = (!openings.is_empty()).then(|| pick.get(&openings))?;
                let form = self.client.get(opening).await.forms("/appointments").into_iter().next()?;
                self.people += 1;
                let form =
                    form.with("name", "Ann Other").with("email", &format!("ann{}@example.com", self.people));
                Some(Done { answer: self.client.press(&form.ticked("agreed")).await, meant: None })
            }
            Step::Joins => {
                let page = self.client.open(&format!("/waitlist?service={SESSION}")).await;
                self.people += 1;
                let email = format!("waits{}@example.com", self.people);
                let form = page.form("/waitlist").with("name", "Ann Other").with("email", &email);
                let answer = self.client.press(&form).await;
                if answer.status == 303 {
                    let joined = self.practice.emails().await;
                    if let Some(email) = joined.iter().find(|one| one.to == email) {
                        let form = self.client.open(email.page()).await.form("/confirmation");
                        self.client.press(&form).await;
                    }
                    self.reads(&joined);
                }
                Some(Done { answer, meant: None })
            }
            Step::Takes(pick) => {
                let page: &String = (!self.offers.is_empty()).then(|| pick.get(&self.offers))?;
                let forms = self.client.get(page).await.forms("/offer");
                Some(Done { answer: self.client.press(forms.first()?).await, meant: None })
            }
            Step::Closes(day) => {
                let app = self.practice.running.app();
                let date = time::date(app.practice().zone, app.now()) + TimeDelta::days(i64::from(*day));
                let form = self.therapist.get(&format!("/admin/days/{date}/closing")).await;
                let form = form.forms("/closing").into_iter().next()?;
                Some(Done { answer: self.therapist.press(&form).await, meant: None })
            }
            Step::Passes(minutes) => {
                self.practice.passes(TimeDelta::minutes(*minutes)).await;
                None
            }
        }
    }

    async fn asks(&mut self, weeks: u8, times: u8) -> Option<Done> {
        let address = format!("{}/series?weeks={weeks}&times={times}", self.known);
        let page = self.client.get(&address).await;
        let form = page.forms("/series").into_iter().find(|form| form.has("request_key"))?;
        let form = left_out(form, times);
        let meant = (1..=times).filter(|nth| form.value(&format!("line_{nth}")) != "out").count();
        let meant = (meant > 0).then_some(meant);
        Some(Done { answer: self.client.press(&form).await, meant })
    }

    async fn asks_for_two(&mut self, pick: &Index) -> Option<Done> {
        let again = self.known.rsplit('/').next()?;
        let page = self.client.open(&format!("/appointments/new?service={SESSION}&again={again}")).await;
        let openings = page.hrefs("main a[href*='start=']");
        let opening: &String = (!openings.is_empty()).then(|| pick.get(&openings))?;
        let page = self.client.get(opening).await;
        let form = page.forms("/appointments").into_iter().next()?;
        let body = page.body();
        let offered = body.split(r#"name="second" value=""#).filter_map(|rest| rest.split('"').next());
        let second = offered.filter(|start| start.ends_with('Z')).last()?;
        let form = form.choosing("second", second).ticked("agreed");
        Some(Done { answer: self.client.press(&form).await, meant: Some(2) })
    }

    /// A visit of these statuses, those of a series before all others.
    async fn some(&self, pick: &Index, statuses: &[&str]) -> Option<i64> {
        let file = self.file().await;
        let now = self.practice.running.app().now().timestamp();
        let fits = |one: &Stands| statuses.contains(&one.status) && now < one.at.1;
        let all: Vec<i64> = file.iter().filter(|(_, one)| fits(one)).map(|(id, _)| *id).collect();
        let of_series: Vec<i64> = all.iter().copied().filter(|id| file[id].series.is_some()).collect();
        let among = if of_series.is_empty() { all } else { of_series };
        (!among.is_empty()).then(|| *pick.get(&among))
    }

    async fn answers(&mut self, pick: &Index, yes: bool, course: Course) -> Option<Done> {
        let forms = self.therapist.open("/admin").await.forms("/confirmation");
        let form: &Form = (!forms.is_empty()).then(|| pick.get(&forms))?;
        let meant = match form.has("together") {
            true => form.value("together").split_whitespace().count(),
            false => 1,
        };
        let form = match yes {
            true => form.clone(),
            false => {
                let address = form.action.replace("/confirmation", "/decline");
                self.therapist.open(&address).await.form("/decline")
            }
        };
        self.acts(&form, meant, course).await
    }

    /// The therapist presses it, and perhaps undoes it within the minute, in which nothing of it
    /// is offered to anybody.
    async fn acts(&mut self, form: &Form, meant: usize, course: Course) -> Option<Done> {
        if course == Course::Stays {
            return Some(Done { answer: self.therapist.press(form).await, meant: Some(meant) });
        }
        let before = self.file().await;
        let answer = self.hurried.press(form).await;
        if answer.status != 303 {
            return Some(Done { answer, meant: Some(meant) });
        }
        let freed = changed(&before, &self.file().await);
        self.practice.offers().await;
        let app = self.practice.running.app();
        let offers = app.store.read().await.expect("a store").latest_offers(1000).await.expect("offers");
        let is_of_it = |one: &&offer::Offer| {
            let start = one.slot.start.timestamp();
            one.outcome == offer::Outcome::Open
                && freed.iter().any(|id| {
                    before.get(id).is_some_and(|was| was.at.1 == start && was.status != "cancelled")
                })
        };
        assert!(offers.iter().find(is_of_it).is_none(), "it is offered within its minute: {form:?}");
        if course == Course::Meanwhile {
            self.meanwhile().await;
        }
        let undos = self.hurried.open("/admin").await.forms("");
        let undo = undos.into_iter().find(|form| form.action.starts_with("/admin/undo/"));
        if let Some(undo) = undo {
            let undone = self.hurried.press(&undo).await;
            if undone.status == 303 && course == Course::Undone {
                let after = self.file().await;
                let same = |id: &i64| {
                    let (was, is) = (&before[id], &after[id]);
                    (was.status, &was.at, &was.asked) == (is.status, &is.at, &is.asked)
                };
                assert!(before.keys().all(same), "{form:?} is undone: {before:#?} {after:#?}");
                if freed.len() > 1 {
                    self.reached.insert("an act on several is undone");
                }
            }
        }
        // What is left of it is what the minute has left.
        None
    }

    /// June does something with one of her visits, which she knows as it was.
    async fn meanwhile(&mut self) {
        let Some(page) = self.pages.last().cloned() else { return };
        let address = format!("{page}/cancellation");
        let Some(form) = self.client.get(&address).await.forms("/cancellation").into_iter().next() else {
            return;
        };
        let answer = self.client.press(&form).await;
        assert!([303, 409].contains(&answer.status), "{} {}", answer.status, answer.text());
    }

    async fn own(&mut self, visit: &Index, what: &Own, all: bool) -> Option<Done> {
        let mut live = Vec::new();
        for page in self.pages.iter().rev() {
            let title = self.client.get(page).await.title();
            if title.starts_with("Confirmed") || title.starts_with("Requested") {
                live.push(page.clone());
            }
        }
        let page = (!live.is_empty()).then(|| visit.get(&live).clone())?;
        let form = match what {
            Own::Cancels => self.client.get(&format!("{page}/cancellation")).await.forms("/cancellation"),
            Own::TakesBack => {
                let forms = self.client.get(&page).await.forms("/reschedule/end");
                return Some(Done { answer: self.client.press(forms.first()?).await, meant: None });
            }
            Own::Moves(pick) => {
                let times =
                    self.client.get(&format!("{page}/reschedule")).await.hrefs("main a[href*='start=']");
                let to: &String = (!times.is_empty()).then(|| pick.get(&times))?;
                self.client.get(to).await.forms("/reschedule")
            }
        };
        let (form, meant) = with_later(form.into_iter().next()?, all);
        Some(Done { answer: self.client.press(&form).await, meant: Some(meant) })
    }

    async fn desk(&mut self, visit: &Index, what: &Desk, all: bool, course: Course) -> Option<Done> {
        let id = self.some(visit, &["confirmed"]).await?;
        let desk = format!("/admin/appointments/{id}");
        let form = match what {
            Desk::Cancels => self.therapist.get(&format!("{desk}/cancellation")).await.forms("/cancellation"),
            Desk::NotesCall => self.therapist.get(&desk).await.forms("/client-cancellation"),
            Desk::Moves(steps) => {
                let file = self.file().await;
                let (office, start) = &file[&id].at;
                let start = time::Instant::from_timestamp(start + steps * 1800, 0).expect("in range");
                let start = time::write_instant(start);
                let address = format!("{desk}/reschedule?office={office}&start={start}");
                self.therapist.get(&address).await.forms("/reschedule")
            }
        };
        let form = form.into_iter().find(|form| form.action.starts_with(&desk))?;
        if !form.has("revision") && matches!(what, Desk::Moves(_)) {
            return None;
        }
        let (form, meant) = with_later(form, all);
        self.acts(&form, meant, course).await
    }

    /// Of what was done with several, one email to each side at the most.
    fn has_heard_once(&self, step: &Step, emails: &[Email], done: Option<&Done>) {
        let is_one = matches!(
            step,
            Step::Asks(..) | Step::AsksForTwo(..) | Step::Answers(..) | Step::Own(..) | Step::Desk(..)
        );
        if !is_one || done.is_none_or(|done| done.answer.status != 303) {
            return;
        }
        for to in [JUNE.email, THERAPIST] {
            let news = emails.iter().filter(|email| {
                let kind = email.kind();
                email.to == to && !TIMELY.contains(&folder(kind)) && !kind.contains("expired")
            });
            let kinds: Vec<&str> = news.map(Email::kind).collect();
            assert!(kinds.len() <= 1, "{step:?}: {to} hears {kinds:?}");
        }
    }

    fn reads(&mut self, emails: &[Email]) {
        for email in emails {
            for link in email.links() {
                let path = path_of(link).to_owned();
                if email.to == JUNE.email
                    && path.starts_with("/appointments/")
                    && path.matches('/').count() == 2
                {
                    self.pages.push(path);
                } else if path.starts_with("/waitlist/") && email.kind().starts_with("opening") {
                    self.offers.push(path);
                }
            }
        }
        let many = self.pages.len().saturating_sub(12);
        self.pages.drain(..many);
        let many = self.offers.len().saturating_sub(4);
        self.offers.drain(..many);
    }

    async fn holds(&mut self, step: &Step) {
        let app = self.practice.running.app();
        let now = app.now();
        let mut tx = app.store.read().await.expect("a store");
        // No two at one time, what is asked for and what is offered included.
        let span = Interval::new(now, now + TimeDelta::days(400));
        let busy = tx.busy(span, now).await.expect("busy");
        for (nth, one) in busy.all().iter().enumerate() {
            let others = busy.all()[nth + 1..].iter().filter(|other| other.holder != one.holder);
            let mut overlapping = others.filter(|other| other.span.overlaps(one.span));
            assert!(overlapping.next().is_none(), "{step:?}: {one:?} and {:?}", overlapping.next());
        }
        // What was asked for at once waits, and is held, as one.
        for waits in tx.reschedule_requests().await.expect("rows") {
            let asked = tx.asked_with_reschedule(waits.id).await.expect("rows");
            assert!(asked.iter().any(|(_, one)| one.id == waits.id), "{step:?}: {waits:?} in {asked:?}");
            let until =
                |one: &stillpoint::domain::appointment::reschedule_request::RescheduleRequest| one.held_until;
            assert!(asked.iter().all(|(_, one)| until(one) == until(&waits)), "{step:?}: {asked:?}");
        }
        for id in 1.. {
            let Some(a) = tx.appointment(AppointmentId(id)).await.expect("a row") else { break };
            let series = tx.asked_with(&a).await.expect("rows");
            let waits = later::later_alike(&series, &a);
            let is_held = |one: &&stillpoint::domain::appointment::Appointment| {
                one.state.held_until().is_some() && one.state.held_until() != a.state.held_until()
            };
            let odd = waits.iter().find(is_held);
            assert!(a.state.held_until().is_none() || odd.is_none(), "{step:?}: {a:?} {odd:?}");
        }
        let offers = tx.latest_offers(1000).await.expect("offers");
        if offers.iter().any(|one| one.outcome == offer::Outcome::Open) {
            self.reached.insert("offered");
        }
    }
}

/// The form with everything that is meant, and how many visits that is.
fn with_later(form: Form, all: bool) -> (Form, usize) {
    if !all || !form.has("later") {
        let form = if form.has("which") { form.choosing("which", "one") } else { form };
        return (form, 1);
    }
    let count = form.value("later").split(',').count();
    let mut form = form.choosing("which", "later");
    let mut meant = 1;
    for nth in 1..=count {
        let line = format!("line_{nth}");
        if form.has(&line) && !form.is_ticked(&line) {
            form = form.choosing(&line, "stays");
        }
        meant += usize::from(!form.has(&line) || form.value(&line) != "stays");
    }
    (form, meant)
}

/// The form without the dates that can't be had.
fn left_out(mut form: Form, times: u8) -> Form {
    for nth in 1..=times {
        let line = format!("line_{nth}");
        if form.has(&line) && !form.is_ticked(&line) {
            form = form.choosing(&line, "out");
        }
    }
    form
}

/// The visits that stand otherwise than before.
fn changed(before: &File, after: &File) -> Vec<i64> {
    let is_other = |(id, one): &(&i64, &Stands)| {
        before
            .get(*id)
            .is_none_or(|was| (was.status, &was.at, &was.asked) != (one.status, &one.at, &one.asked))
    };
    after.iter().filter(is_other).map(|(id, _)| *id).collect()
}
