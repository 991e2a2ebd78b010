//! What the therapist does to a client's record, on its page.

use std::collections::BTreeSet;

use proptest::sample::Index;

use super::{
    actors::Actors,
    file::{File, Visit},
    steps::Record,
};
use crate::support::page::{Form, Page};

/// Whom the sequences block: only whoever comes again can ask in vain.
const REGULAR: &str = "rose@example.com";

impl Actors {
    pub async fn keeps_record(&mut self, which: &Index, record: &Record) -> Option<u16> {
        match record {
            Record::Merges(other, stays) => self.merges(which, other, *stays).await,
            Record::Blocks => self.blocks(which).await,
            Record::Erases => self.erases(which).await,
        }
    }

    /// The page of the client of some visit, but mostly of one that fits.
    async fn record_of(&self, which: &Index, fits: impl Fn(&File, &Visit) -> bool) -> Option<Page> {
        let id = self.some_visit(which, fits).await?;
        let desk = self.therapist.open(&format!("/admin/appointments/{id}")).await;
        let href = desk.hrefs("dd a[href^='/admin/clients/']").into_iter().next()?;
        let shown = self.therapist.get(&href).await;
        match shown.status {
            200 => Some(shown),
            303 => Some(self.therapist.follow(&shown).await),
            // Whoever was erased has no page.
            _ => None,
        }
    }

    /// Two people are one; and, unless it stays so, two again, each exactly as before.
    async fn merges(&mut self, which: &Index, other: &Index, stays: bool) -> Option<u16> {
        let person = self.record_of(which, |_, _| true).await?;
        let other = self.record_of(other, |_, _| true).await?;
        let (own, others) = (page_of(&person), page_of(&other));
        if own == others {
            return None;
        }
        let id = others.rsplit('/').next().unwrap_or_default();
        let asked = self.therapist.open(&format!("{own}/merge?with={id}")).await.form("/merge");
        let merged = self.therapist.press(&asked).await;
        self.works(&merged);
        let status = self.pressed(&asked.action, &merged);
        if stays || status != 303 {
            return Some(status);
        }
        let both = self.therapist.open(&own).await;
        let is_it = |form: &Form| form.action.ends_with("/unmerge") && form.value("client") == id;
        let apart = both.forms("").into_iter().find(is_it).expect("a way to take them apart");
        let answer = self.therapist.press(&apart).await;
        self.works(&answer);
        let status = self.pressed(&apart.action, &answer);
        if status == 303 {
            for (page, was) in [(own, person), (others, other)] {
                assert_eq!(self.therapist.open(&page).await.text(), was.text(), "it is not as it was");
            }
        }
        Some(status)
    }

    async fn blocks(&mut self, which: &Index) -> Option<u16> {
        let of_regular = |_: &File, visit: &Visit| visit.email.as_deref() == Some(REGULAR);
        let page = self.record_of(which, of_regular).await?;
        let form = page.forms("/block").into_iter().chain(page.forms("/unblock")).next().expect("a form");
        let answer = self.therapist.press(&form).await;
        self.works(&answer);
        Some(self.pressed(&form.action, &answer))
    }

    /// Erases whoever has nothing to come; whoever has is not erased, by no form.
    async fn erases(&mut self, which: &Index) -> Option<u16> {
        let page = self.record_of(which, |_, visit| !visit.is_live()).await?;
        let address = format!("{}/erasure", page_of(&page));
        let asked = self.therapist.get(&address).await;
        let answer = match asked.forms("/erasure").into_iter().next() {
            Some(form) if page.hrefs("a[href$='/erasure']").len() == 1 => {
                let answer = self.therapist.press(&form).await;
                self.works(&answer);
                answer
            }
            _ => {
                let answer = self.therapist.sends(&address, &[]).await;
                self.is_no(&answer);
                answer
            }
        };
        let status = self.pressed(&address, &answer);
        if status == 303 {
            let file = self.file().await;
            let is_erased = |id: &i64| file.visits.get(id).is_some_and(Visit::is_erased);
            let gone: BTreeSet<String> = self
                .pages
                .iter()
                .filter(|page| is_erased(&page.visit))
                .map(|page| page.address.clone())
                .collect();
            for address in &gone {
                self.visitor().get(address).await.expect(404);
            }
            self.pages.retain(|page| !gone.contains(&page.address));
            self.in_vain
                .retain(|page| file.blocked_requests.get(&page.visit).is_none_or(|it| !it.is_erased()));
            let pages: BTreeSet<&str> = self.pages.iter().map(|page| page.address.as_str()).collect();
            self.sent.retain(|(_, page)| pages.contains(page.as_str()));
            self.therapist.open("/admin/history").await;
        }
        Some(status)
    }
}

/// The address of a client's page.
fn page_of(page: &Page) -> String {
    let form = page.forms("/note").into_iter().next().expect("a private note");
    form.action.trim_end_matches("/note").to_owned()
}
