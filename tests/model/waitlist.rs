//! The waitlist, whatever happens: people join, confirm, take, pass and leave, others book and
//! cancel, days are closed, and time goes by. After each step no time is held for two, nobody has
//! two open offers, and no hold has outlived its limit.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use proptest::{
    collection::vec,
    prelude::*,
    sample::Index,
    test_runner::{RngSeed, TestRunner},
};
use stillpoint::domain::{
    ids::Holder,
    time::{self, Interval},
    waitlist::{hold, offer::Outcome},
};
use tokio::runtime::Runtime;

use crate::support::{
    page::Page,
    people::{SESSION, Therapist, path_of},
    practice::{TestPractice, practice},
    visitor::Visitor,
};

/// How many sequences there are, and how long each is.
const CASES: u32 = 6;
const STEPS: usize = 30;
const PEOPLE: usize = 4;

/// One thing that happens; an [`Index`] picks among what there is then.
#[derive(Clone, Debug)]
enum Step {
    /// Somebody joins, for any time or a nearer one.
    Joins(usize, bool),
    /// The link of an email is opened, and one of its buttons pressed.
    Presses(Index, Index),
    /// A stranger requests an opening.
    Requests(usize, Index),
    /// The therapist presses a button of the waitlist's page.
    Desk(Index),
    /// The therapist says yes to whatever waits.
    ConfirmsAll,
    /// The therapist cancels a visit.
    Cancels(Index),
    Closes(u8),
    /// A client would have another time instead.
    Swaps(Index),
    Passes(i64),
}

fn a_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..PEOPLE, any::<bool>()).prop_map(|(who, near)| Step::Joins(who, near)),
        8 => (any::<Index>(), any::<Index>()).prop_map(|(link, button)| Step::Presses(link, button)),
        4 => (0..PEOPLE, any::<Index>()).prop_map(|(who, pick)| Step::Requests(who, pick)),
        2 => any::<Index>().prop_map(Step::Desk),
        2 => Just(Step::ConfirmsAll),
        3 => any::<Index>().prop_map(Step::Cancels),
        1 => (0..5_u8).prop_map(Step::Closes),
        2 => any::<Index>().prop_map(Step::Swaps),
        4 => prop_oneof![Just(1_i64), Just(30), Just(90), Just(240), Just(720), Just(1500)].prop_map(Step::Passes),
    ]
}

struct Life {
    practice: TestPractice,
    therapist: Therapist,
    client: Visitor,
    /// The pages that emails have led to: of the waitlist, and of appointments.
    waits: Vec<String>,
    visits: Vec<String>,
    /// What came to pass.
    reached: BTreeSet<&'static str>,
}

#[test]
fn whatever_happens_no_time_is_held_for_two_and_no_hold_outlives_its_limit() {
    let config = ProptestConfig {
        cases: CASES,
        rng_seed: RngSeed::Fixed(2026),
        failure_persistence: None,
        max_shrink_iters: 60,
        ..ProptestConfig::default()
    };
    let reached = std::cell::RefCell::new(BTreeSet::new());
    let outcome = TestRunner::new(config).run(&vec(a_step(), STEPS), |steps| {
        let runtime = Runtime::new().expect("a runtime");
        let lived = runtime.block_on(live(&steps));
        reached.borrow_mut().extend(lived);
        runtime.shutdown_background();
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    let all = ["joined", "confirmed", "offered", "taken", "passed", "lapsed", "left"];
    let missing: Vec<_> = all.iter().filter(|what| !reached.borrow().contains(*what)).collect();
    assert!(missing.is_empty(), "the sequences never reach {missing:?}");
}

async fn live(steps: &[Step]) -> BTreeSet<&'static str> {
    let practice = practice().with("horizon_days", "8").open().await;
    let mut life = Life {
        therapist: practice.therapist().await,
        client: practice.visitor(),
        practice,
        waits: Vec::new(),
        visits: Vec::new(),
        reached: BTreeSet::new(),
    };
    for step in steps {
        let answer = life.does(step).await;
        if let Some(page) = answer {
            let answers = [200, 303, 404, 409, 410, 422, 429];
            assert!(answers.contains(&page.status), "{step:?}: {} {}", page.status, page.text());
        }
        life.practice.offers().await;
        life.reads().await;
        life.holds(step).await;
    }
    life.practice.emails().await;
    let Life { practice, reached, .. } = life;
    practice.close().await;
    reached
}

fn email_of(who: usize) -> String {
    format!("person{who}@example.com")
}

impl Life {
    async fn does(&mut self, step: &Step) -> Option<Page> {
        match step {
            Step::Joins(who, near) => {
                let page = self.client.open(&format!("/waitlist?service={SESSION}")).await;
                let today = time::date(self.zone(), self.practice.running.app().now());
                let to = if *near { (today + TimeDelta::days(2)).to_string() } else { String::new() };
                let form = page.form("/waitlist").with("name", "Ann Other").with("email", &email_of(*who));
                let joined = self.client.press(&form.with("to", &to)).await;
                if joined.status == 303 {
                    self.reached.insert("joined");
                }
                Some(joined)
            }
            Step::Presses(link, button) => {
                if self.waits.is_empty() {
                    return None;
                }
                let link: &String = link.get(&self.waits);
                let page = self.client.get(link).await;
                if page.status != 200 {
                    return Some(page);
                }
                let forms = page.forms("");
                let form = (!forms.is_empty()).then(|| button.get(&forms))?;
                let pressed = self.client.press(form).await;
                if pressed.status == 303 {
                    self.reached.insert(match form.action.rsplit('/').next() {
                        Some("confirmation") => "confirmed",
                        Some("pass") => "passed",
                        Some("end") => "left",
                        _ => "taken",
                    });
                }
                Some(pressed)
            }
            Step::Requests(who, pick) => {
                let page = self.client.open(&format!("/appointments/new?service={SESSION}")).await;
                let openings = page.hrefs("main a[href*='start=']");
                let opening: &String = (!openings.is_empty()).then(|| pick.get(&openings))?;
                let form = self.client.get(opening).await.forms("/appointments").into_iter().next()?;
                let form = form.with("name", "Ann Other").with("email", &email_of(*who)).ticked("agreed");
                Some(self.client.press(&form).await)
            }
            Step::Desk(button) => {
                let page = self.therapist.open("/admin/waitlist").await;
                let forms: Vec<_> = page
                    .forms("")
                    .into_iter()
                    .filter(|form| form.action.starts_with("/admin/waitlist"))
                    .collect();
                let form = (!forms.is_empty()).then(|| button.get(&forms))?;
                Some(self.therapist.press(form).await)
            }
            Step::ConfirmsAll => {
                for form in self.therapist.open("/admin").await.forms("/confirmation") {
                    self.therapist.press(&form).await;
                }
                None
            }
            Step::Cancels(pick) => {
                if self.visits.is_empty() {
                    return None;
                }
                let page =
                    self.client.get(&format!("{}/cancellation", pick.get::<String>(&self.visits))).await;
                let form = page.forms("/cancellation").into_iter().next()?;
                Some(self.client.press(&form).await)
            }
            Step::Closes(day) => {
                let today = time::date(self.zone(), self.practice.running.app().now());
                let date = today + TimeDelta::days(i64::from(*day));
                let page = self.therapist.get(&format!("/admin/days/{date}/closing")).await;
                let form = page.forms("/closing").into_iter().next()?;
                Some(self.therapist.press(&form).await)
            }
            Step::Swaps(pick) => {
                if self.visits.is_empty() {
                    return None;
                }
                let page = self.client.get(&format!("{}/waitlist", pick.get::<String>(&self.visits))).await;
                let form = page.forms("/waitlist").into_iter().next()?;
                Some(self.client.press(&form).await)
            }
            Step::Passes(minutes) => {
                self.practice.passes(TimeDelta::minutes(*minutes)).await;
                None
            }
        }
    }

    fn zone(&self) -> chrono_tz::Tz {
        self.practice.running.app().practice().zone
    }

    /// Opens the mailbox, and keeps where the emails lead.
    async fn reads(&mut self) {
        for email in self.practice.emails().await.iter().filter(|email| email.to.starts_with("person")) {
            for link in email.links() {
                let path = path_of(link).to_owned();
                if path.starts_with("/waitlist/") {
                    self.waits.push(path);
                } else if path.starts_with("/appointments/") && path.matches('/').count() == 2 {
                    self.visits.push(path);
                }
            }
        }
        // What was given long ago is in nobody's hands.
        self.waits.reverse();
        self.waits.truncate(6);
        self.waits.reverse();
    }

    async fn holds(&mut self, step: &Step) {
        // A tick notes what has run out.
        self.practice.passes(TimeDelta::zero()).await;
        let app = self.practice.running.app();
        let now = app.now();
        let mut tx = app.store.read().await.expect("a store");
        let entries = tx.waitlist().await.expect("entries");
        let offers = tx.latest_offers(1000).await.expect("offers");
        for offer in &offers {
            match offer.outcome {
                Outcome::Open => self.reached.insert("offered"),
                Outcome::Lapsed => self.reached.insert("lapsed"),
                _ => false,
            };
            let notice = time::hours(app.rules().await.expect("rules").policy.waitlist_notice());
            assert!(offer.good_until <= offer.slot.start - notice, "{step:?}: {offer:?}");
            let is_short = offer.good_until - offer.made_at < TimeDelta::minutes(30);
            assert!(!offer.is_held || !is_short, "{step:?}: {offer:?}");
            assert!(!hold::is_night(self.zone(), offer.made_at), "{step:?}: {offer:?}");
        }
        let open: Vec<_> = offers.iter().filter(|offer| offer.outcome == Outcome::Open).collect();
        for (nth, one) in open.iter().enumerate() {
            assert!(now < one.good_until, "{step:?}: it holds still: {one:?}");
            let entry = entries.iter().find(|entry| entry.id == one.entry).expect("somebody who waits");
            for other in &open[nth + 1..] {
                let theirs =
                    entries.iter().find(|entry| entry.id == other.entry).expect("somebody who waits");
                assert!(!entry.is_of(&theirs.contact), "{step:?}: two for one person: {one:?} {other:?}");
                let overlap = one.slot.span().overlaps(other.slot.span());
                assert!(!overlap || !(one.is_held || other.is_held), "{step:?}: {one:?} {other:?}");
            }
        }
        // What is held is busy, and overlaps nothing but the visit that it would replace.
        let busy = tx.busy(Interval::new(now, now + TimeDelta::days(60)), now).await.expect("busy");
        for held in open.iter().filter(|offer| offer.is_held) {
            let entry = entries.iter().find(|entry| entry.id == held.entry).expect("somebody who waits");
            let others = busy.all().iter().filter(|o| o.span.overlaps(held.slot.span()));
            let holders: Vec<_> = others.map(|o| o.holder).collect();
            assert!(holders.contains(&Holder::Offer(held.id)), "{step:?}: {held:?}");
            let own = |holder: &Holder| {
                *holder == Holder::Offer(held.id)
                    || holder.appointment().is_some_and(|id| Some(id) == entry.instead)
            };
            assert!(holders.iter().all(own), "{step:?}: {held:?} and {holders:?}");
        }
    }
}
