//! The therapist closes a day, or a part of it, and opens it again; whoever that
//! touches chooses another time instead, or says that they have seen it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::sample::Index;
use stillpoint::domain::{availability::closing::rebook_until, time};

use super::{
    actors::{Actors, OwnPage, SERVICES, mostly},
    clients::{Opening, links, page_of},
    file::{Call, Closing, Email, File, Visit},
    steps::{Course, Keeps, Own, PARTS},
};
use crate::support::{
    page::{Form, Page},
    people::{Therapist, minutes_pass},
};

impl Actors {
    pub async fn closes_day(&mut self, day: u8, part: usize, keeps: Keeps, course: Course) -> Option<u16> {
        let address = format!("/admin/days/{}/closing", self.date(day));
        let two_days = format!("to={}", self.date(day + 1));
        let part = PARTS.get(part).copied().unwrap_or(&two_days);
        let therapist = self.somebody_at(course).await;
        let shown = therapist.get(&format!("{address}?{part}")).await;
        let Some(form) = form_with_known(&shown, &address) else {
            assert_eq!(shown.status, 422, "{}: {}", shown.asked, shown.text());
            return Some(shown.status);
        };
        let form = match keeps {
            Keeps::TheFirst if form.has("keep") => form.ticked("keep"),
            Keeps::Everybody => form.all_ticked("keep"),
            _ => form,
        };
        let form = match self.stale(&therapist, form, course).await {
            Ok(form) => form,
            Err(status) => return Some(status),
        };
        let (before, pressed_at) = (self.file().await, self.now().timestamp());
        let answer = therapist.press(&form).await;
        self.works(&answer);
        let status = self.pressed(&address, &answer);
        if status != 303 {
            return Some(status);
        }
        let after = self.file().await;
        let touched = self.is_closed(&before, &after, pressed_at).await;
        if is_taken_back(course) {
            self.takes_back(&therapist, course, &before, &touched, "a closing is undone").await;
        }
        Some(303)
    }

    pub async fn reopens(&mut self, which: &Index, course: Course) -> Option<u16> {
        let (file, now) = (self.file().await, self.now().timestamp());
        let is_closed = |closing: &&Closing| closing.reopened_at.is_none() && closing.ends_at > now;
        let fitting = file.closings.values().filter(is_closed).map(|closing| closing.id);
        let id = mostly(which, fitting.collect(), file.closings.keys().copied().collect())?;
        let address = format!("/admin/closings/{id}/reopening");
        let therapist = self.somebody_at(course).await;
        let shown = therapist.get(&address).await;
        let Some(form) = form_with_known(&shown, &address) else {
            let answer = therapist.sends(&address, &[]).await;
            self.is_no(&answer);
            return Some(self.pressed(&address, &answer));
        };
        let invited = ids(&form);
        self.are_invited(&file, &file.closings[&id], &invited);
        let form = match self.stale(&therapist, form, course).await {
            Ok(form) => form,
            Err(status) => return Some(status),
        };
        let before = self.file().await;
        let invited = &ids(&form) & &invited;
        let answer = therapist.press(&form).await;
        self.works(&answer);
        let status = self.pressed(&address, &answer);
        if status != 303 {
            return Some(status);
        }
        assert!(self.file().await.closings[&id].reopened_at.is_some(), "it is still closed");
        self.invited.extend(&invited);
        if is_taken_back(course) {
            self.takes_back(&therapist, course, &before, &invited, "a reopening is undone").await;
        }
        Some(303)
    }

    /// Another time is chosen once: pressed again it is the same.
    pub async fn rebooks(&mut self, which: &Index, pick: &Index) -> Option<u16> {
        let page = self.page_of_closed(which).await?;
        let address = format!("{}/rebooking", page.address);
        let visitor = self.visitor();
        let shown = visitor.get(&address).await;
        let before = self.file().await;
        let offered = links(&shown);
        if shown.status != 200 || offered.is_empty() {
            // It was not closed, a time was chosen before, or it is too late: nothing comes of it.
            let start = self.half_hour(20);
            let fields = [("office", "redding"), ("start", start.as_str())];
            let answer = visitor.sends(&address, &fields).await;
            assert!(
                [303, 404, 409, 410, 422].contains(&answer.status),
                "{}: {}",
                answer.asked,
                answer.text()
            );
            assert_eq!(self.file().await.visits.len(), before.visits.len(), "{}", answer.asked);
            return Some(answer.status);
        }
        let form = visitor.open(pick.get(&offered).as_str()).await.form("/rebooking");
        let answer = visitor.press(&form).await;
        self.works(&answer);
        let status = self.pressed(&address, &answer);
        if status != 303 {
            return Some(status);
        }
        let after = self.file().await;
        let mut new = after.visits.keys().filter(|id| !before.visits.contains_key(id));
        let (Some(replacement), None) = (new.next().copied(), new.next()) else {
            panic!("one time is chosen: {}", answer.asked);
        };
        let closed = after.closed_visit(page.visit).expect("it was closed");
        assert_eq!(closed.replacement, Some(replacement), "{closed:?}");
        let is_at_once = closed.outcome == "canceled";
        assert_eq!(after.visits[&replacement].is("confirmed"), is_at_once, "{closed:?}");
        assert!(closed.seen_at.is_some() && is_not_called(&after, page.visit), "{closed:?}");
        let address = page_of(&answer);
        let again = visitor.press(&form).await;
        assert_eq!(page_of(&again), address, "it is chosen once");
        assert_eq!(self.file().await.visits.len(), after.visits.len(), "it is chosen once");
        self.pages.push(OwnPage { address, visit: replacement, ..page });
        Some(303)
    }

    pub async fn sees_closing(&mut self, which: &Index) -> Option<u16> {
        let page = self.page_of_closed(which).await?;
        let visitor = self.visitor();
        let shown = visitor.get(&format!("{}/rebooking", page.address)).await;
        let address = format!("{}/seen", page.address);
        let Some(form) = shown.forms(&address).into_iter().next() else {
            let answer = visitor.sends(&address, &[]).await;
            assert!([303, 404].contains(&answer.status), "{}: {}", answer.asked, answer.text());
            return Some(answer.status);
        };
        let answer = visitor.press(&form).await;
        self.works(&answer);
        let status = self.pressed(&address, &answer);
        if status == 303 {
            let file = self.file().await;
            let closed = file.closed_visit(page.visit).expect("it was closed");
            assert!(closed.seen_at.is_some() && is_not_called(&file, page.visit), "{closed:?}");
        }
        Some(status)
    }

    /// A page of a client, but mostly of one who can choose another time.
    async fn page_of_closed(&self, which: &Index) -> Option<OwnPage> {
        let fits = |file: &File, visit: &Visit, _: &OwnPage| {
            let closed = file.closed_visit(visit.id);
            !visit.is_live() && closed.is_some_and(|it| it.can_be_rebooked() && it.replacement.is_none())
        };
        let address = self.some_page(which, fits).await?;
        self.pages.iter().find(|page| page.address == address).cloned()
    }

    async fn somebody_at(&self, course: Course) -> Therapist {
        let therapist = self.practice().therapist().await;
        if is_taken_back(course) { therapist.in_a_hurry() } else { therapist }
    }

    /// A page that did not show them brings back whom it touches, and changes nothing.
    async fn stale(&mut self, therapist: &Therapist, form: Form, course: Course) -> Result<Form, u16> {
        if course != Course::Stale || form.value("known").is_empty() {
            return Ok(form);
        }
        let answer = therapist.press(&form.with("known", "")).await;
        if answer.status == 500 {
            self.is_no(&answer);
            return Err(500);
        }
        let answer = answer.expect(409).says("Nothing's changed yet");
        let is_closing = answer.asked.ends_with("/closing");
        let form = answer.forms("").into_iter().find(|form| form.has("known")).expect("the form again");
        self.has(match is_closing {
            true => "a closing brings back whom it touches",
            false => "a reopening brings back whom it invites",
        });
        Ok(form)
    }

    /// Everybody whom it touches, and nobody else, has become what the closing says; and
    /// nothing of the closed time can be booked. Returns whom it has touched.
    async fn is_closed(&mut self, before: &File, after: &File, at: i64) -> BTreeSet<i64> {
        let is_new = |closing: &&Closing| !before.closings.contains_key(&closing.id);
        let new: Vec<&Closing> = after.closings.values().filter(is_new).collect();
        let mut touched = BTreeSet::new();
        if new.is_empty() {
            self.has("a closed day is closed again");
            return touched;
        }
        let closes =
            |office: &str, starts_at, ends_at| new.iter().any(|it| it.closes(office, starts_at, ends_at));
        for visit in before.visits.values() {
            let is_held = visit.is("confirmed") || visit.is("requested") && visit.held_until > at;
            let asked = before.waiting(visit.id).filter(|asked| asked.held_until > at);
            let is_there = closes(&visit.office, visit.starts_at, visit.ends_at);
            let is_asked = asked.is_some_and(|asked| closes(&asked.office, asked.starts_at, asked.ends_at));
            let closed = after.closed_visit(visit.id).filter(|it| !before.closings.contains_key(&it.closing));
            let is_touched = is_held && visit.starts_at > at && (is_there || is_asked);
            assert_eq!(closed.is_some(), is_touched, "{visit:?}, {asked:?}: {new:?}");
            let Some(closed) = closed else { continue };
            let is = &after.visits[&visit.id];
            let is_on = is.is("confirmed") && after.waiting(visit.id).is_none();
            let is_called =
                || after.calls.values().any(|call| call.appointment == visit.id && call.is_open());
            let is_so = match closed.outcome.as_str() {
                "canceled" => visit.is("confirmed") && is.is("cancelled"),
                "declined" => visit.is("requested") && is.is("declined"),
                "kept" => is.is_live() && is.place() == visit.place() && is_called(),
                "moved" => is_on && asked.is_some_and(|it| is.place() == (it.office.as_str(), it.starts_at)),
                "stands" => is_on && !is_there && is.place() == visit.place(),
                _ => false,
            };
            assert!(is_so, "{closed:?}: {visit:?}, {is:?}");
            self.has(&format!("a closed visit is {}", closed.outcome));
            touched.insert(visit.id);
        }
        for service in SERVICES {
            for opening in self.offered(service).await.iter().filter_map(|link| Opening::of(link)) {
                let app = self.practice().running.app();
                let service = app.practice().services.iter().find(|one| one.slug.as_str() == service);
                let length = service.expect("a service").length().num_seconds();
                let start = time::parse_instant(&opening.start).expect("a start").timestamp();
                assert!(
                    !closes(&opening.office, start, start + length),
                    "{} in {} can be booked: {new:?}",
                    opening.start,
                    opening.office
                );
            }
        }
        touched
    }

    /// Whoever is invited was canceled or declined by it, and has chosen nothing else.
    fn are_invited(&self, file: &File, closing: &Closing, invited: &BTreeSet<i64>) {
        let zone = self.practice().running.app().practice().zone;
        let blocks = self.reached.contains("/admin/clients/{}/block");
        for closed in file.closed_visits.values().filter(|it| it.closing == closing.id) {
            let visit = &file.visits[&closed.appointment];
            let at = |seconds| time::Instant::from_timestamp(seconds, 0).expect("in range");
            let until = rebook_until(zone, at(closing.made_at), at(visit.starts_at));
            let by = closed.can_be_rebooked() && file.closed_visit(visit.id) == Some(closed);
            let is_over = match closed.outcome.as_str() {
                "canceled" => visit.is("cancelled") && visit.cancelled_by.as_deref() == Some("therapist"),
                _ => visit.is("declined"),
            };
            let is_free =
                by && is_over && visit.ended_at == Some(closing.made_at) && closed.replacement.is_none();
            let can = is_free && self.now() < until && (visit.email.is_some() || visit.phone.is_some());
            let is_invited = invited.contains(&visit.id);
            assert!(!is_invited || can, "{closed:?} is invited: {visit:?}");
            // Whom the therapist has blocked since is not.
            assert!(is_invited || !can || blocks, "{closed:?} is not invited: {visit:?}");
        }
        assert!(invited.iter().all(|id| file.closed_visits.contains_key(&(closing.id, *id))), "{invited:?}");
    }

    /// Undoes it within the minute: all that there is, is as it was.
    async fn takes_back(
        &mut self,
        therapist: &Therapist,
        course: Course,
        before: &File,
        touched: &BTreeSet<i64>,
        what: &str,
    ) {
        let after = self.file().await;
        let Some(act) = after.acts.keys().rfind(|id| !before.acts.contains_key(id)) else { return };
        for id in touched.iter().take(3) {
            self.nobody_notices(&before.visits[id]).await;
        }
        let mut acted = false;
        if let (Course::Meanwhile, Some(id)) = (course, touched.first()) {
            acted = self.client_acts(*id, &Own::Cancels).await;
        }
        let undo = therapist.open("/admin").await.forms(&format!("/admin/undo/{act}"));
        let undo = undo.into_iter().next().expect("a way to undo it");
        let undone = therapist.press(&undo).await;
        if undone.status == 303 {
            self.pressed(&undo.action, &undone);
            self.undone.extend(touched);
            if !acted {
                let after = self.file().await;
                assert_eq!(all_but_steps(before), all_but_steps(&after), "it is not as it was");
                self.has(what);
            }
        } else {
            assert!(
                acted && undone.status == 409 || self.is_refused && undone.status == 500,
                "{}: {}",
                undone.asked,
                undone.text()
            );
            minutes_pass(&self.practice().running.current, &self.practice().clock).await;
        }
    }
}

fn is_taken_back(course: Course) -> bool {
    matches!(course, Course::Undone | Course::Meanwhile)
}

fn form_with_known(page: &Page, address: &str) -> Option<Form> {
    page.forms(address).into_iter().find(|form| form.has("known"))
}

/// Whom a form's page has shown.
fn ids(form: &Form) -> BTreeSet<i64> {
    form.value("known").split(' ').filter_map(|id| id.parse().ok()).collect()
}

/// Nobody is to call about a visit, but for an office that has moved.
fn is_not_called(file: &File, visit: i64) -> bool {
    let mut calls = file.calls.values().filter(|call| call.appointment == visit && call.is_open());
    calls.all(|call| call.about == "new_address")
}

/// All that an act can change, but for the number of steps that it took.
#[derive(Debug, PartialEq, Eq)]
struct AllButSteps {
    file: File,
    waiting: Vec<Email>,
    calls: Vec<Call>,
}

fn all_but_steps(file: &File) -> AllButSteps {
    let visits = file.visits.values().map(|visit| (visit.id, Visit { revision: 0, ..visit.clone() }));
    AllButSteps {
        waiting: file.emails.values().filter(|email| email.waits()).cloned().collect(),
        calls: file.calls.values().filter(|call| call.is_open()).cloned().collect(),
        file: File {
            visits: visits.collect(),
            emails: BTreeMap::new(),
            calls: BTreeMap::new(),
            acts: BTreeMap::new(),
            acted_on: Vec::new(),
            ..file.clone()
        },
    }
}
