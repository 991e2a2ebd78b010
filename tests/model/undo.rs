//! The therapist does something and undoes it within the minute; meanwhile its
//! client may do something too, who has not heard of it.

use proptest::sample::Index;
use stillpoint::domain::time::Instant;

use super::{
    actors::Actors,
    file::{File, Visit},
    money,
    promises::word_of,
    steps::{Answer, Own},
    told::By,
};
use crate::support::page::Form;

impl Actors {
    pub async fn undoes(&mut self, which: &Index, what: Answer, own: Option<&Own>) -> Option<u16> {
        let before = self.file().await;
        // What was paid for goes first: there are few of those.
        let fits = self.fits(what);
        let is_paid = |file: &File, visit: &Visit| fits(file, visit) && money::is_noted(file, visit.id);
        let id = match before.visits.values().any(|visit| is_paid(&before, visit)) {
            true => self.some_visit(which, is_paid).await?,
            false => self.some_visit(which, fits).await?,
        };
        let desk = format!("/admin/appointments/{id}");
        let address = format!("{desk}/{}", what.address());
        let therapist = self.practice().therapist().await.in_a_hurry();
        let asks = matches!(what, Answer::Cancellation | Answer::Decline);
        let shown = therapist.get(if asks { &address } else { &desk }).await;
        let form = shown.forms(&address).into_iter().next()?;
        let answer = therapist.press(&form).await;
        if answer.status != 303 {
            return Some(answer.status);
        }
        self.nobody_notices(&before.visits[&id]).await;
        let acted = match own {
            Some(own) => self.client_acts(id, own).await,
            None => false,
        };
        let undo = therapist.open(&desk).await.forms("");
        let undo = undo.into_iter().find(|form: &Form| form.action.starts_with("/admin/undo/"));
        let Some(undo) = undo else {
            assert!(acted, "there is no way to undo it");
            return Some(303);
        };
        let undone = therapist.press(&undo).await;
        if undone.status == 409 {
            assert!(acted, "{}", undone.text());
            return Some(303);
        }
        self.pressed(&undo.action, &undone);
        if undone.status == 303 {
            self.undone.insert(id);
            self.is_as_it_was(&before, id).await;
            self.has("an act is undone");
            if money::is_noted(&before, id) {
                self.has("an act on what was paid for is undone");
            }
        }
        Some(undone.status)
    }

    /// Many are declined at once; undone, each is as it was.
    pub async fn declines_many(&mut self, stays: bool) -> Option<u16> {
        let before = self.file().await;
        let therapist = match stays {
            true => self.practice().therapist().await,
            false => self.practice().therapist().await.in_a_hurry(),
        };
        let form = therapist.open("/admin/requests/declines").await.forms("/declines").into_iter().next()?;
        let form = form.all_ticked("declined");
        let answer = therapist.press(&form).await;
        self.works(&answer);
        let status = self.pressed(&form.action, &answer);
        if stays || status != 303 {
            return Some(status);
        }
        let after = self.file().await;
        let over = before.visits.values().filter(|visit| visit.status != after.visits[&visit.id].status);
        let over: Vec<i64> = over.map(|visit| visit.id).collect();
        for id in &over {
            self.nobody_notices(&before.visits[id]).await;
        }
        let undo = therapist.open("/admin").await.forms("");
        let undo = undo.into_iter().find(|form| form.action.starts_with("/admin/undo/")).expect("an undo");
        let undone = therapist.press(&undo).await;
        self.works(&undone);
        if undone.status == 303 {
            for id in over {
                self.undone.insert(id);
                self.is_as_it_was(&before, id).await;
            }
        }
        Some(undone.status)
    }

    /// Within the minute its client sees it as it was, and its time is taken.
    pub async fn nobody_notices(&mut self, was: &Visit) {
        let visitor = self.visitor();
        if let Some(page) = self.pages.iter().rev().find(|page| page.visit == was.id) {
            let shown = visitor.get(&page.address).await;
            assert!(
                shown.status == 404 || shown.title().starts_with(word_of(was)),
                "{was:?}: {}",
                shown.title()
            );
        }
        let at = Instant::from_timestamp(was.starts_at, 0).expect("in range");
        if was.is_live() && at > self.now() {
            let busy = self.practice().busy().await;
            assert!(busy.all().iter().any(|o| o.span.start == at), "its time is free: {was:?}");
        }
    }

    /// What the client does on their own page, as it stands there. True when it has worked.
    pub async fn client_acts(&mut self, id: i64, own: &Own) -> bool {
        let Some(page) = self.pages.iter().rev().find(|page| page.visit == id) else { return false };
        let page = page.address.clone();
        let visitor = self.visitor();
        let form = match own {
            Own::Cancels => {
                let address = format!("{page}/cancellation");
                visitor.get(&address).await.forms(&address).into_iter().next()
            }
            Own::TakesBack => visitor.get(&page).await.forms("/reschedule/end").into_iter().next(),
            Own::Reschedules(pick) => {
                let times = visitor.get(&format!("{page}/reschedule")).await.hrefs("main a[href*='start=']");
                match times.is_empty() {
                    true => None,
                    false => {
                        visitor.get(pick.get(&times).as_str()).await.forms("/reschedule").into_iter().next()
                    }
                }
            }
            Own::CorrectsAddress | Own::Attends | Own::RunsLate => None,
        };
        let Some(form) = form else { return false };
        let answer = visitor.press(&form).await;
        let status = self.pressed(&form.action, &answer);
        assert!([303, 409].contains(&status), "{status} {}: {}", answer.asked, answer.text());
        if status == 303 {
            let is_their_doing = self.file().await.visits[&id].cancelled_by.as_deref() != Some("therapist");
            self.by = is_their_doing.then_some(By::Client);
            self.has("the client acts before they have heard");
        } else {
            self.has("the client is to wait until they have heard");
        }
        status == 303
    }

    /// All that there is about a visit is as it was, but for the revision.
    async fn is_as_it_was(&self, before: &File, id: i64) {
        let after = self.file().await;
        let (was, is) = (&before.visits[&id], &after.visits[&id]);
        assert!(is.revision > was.revision, "it is a new step: {was:?}, {is:?}");
        assert_eq!(*is, Visit { revision: is.revision, ..was.clone() });
        assert_eq!(before.waiting(id), after.waiting(id));
        money::is_as_it_was(before, &after, id);
        let of = |file: &File| {
            let emails = file.emails.values().filter(|one| one.appointment == Some(id) && one.waits());
            emails.cloned().collect::<Vec<_>>()
        };
        assert_eq!(of(before), of(&after), "the emails that wait");
        let calls = |file: &File| {
            file.calls
                .values()
                .filter(|one| one.appointment == id && one.is_open())
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(calls(before), calls(&after), "the calls to make");
    }
}
