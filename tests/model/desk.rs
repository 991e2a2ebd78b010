//! What the therapist does, at their pages.

use std::collections::BTreeSet;

use proptest::sample::Index;

use super::{
    actors::{Actors, OFFICES, Somebody},
    file::{File, Visit},
    reached::route_of,
    steps::{Answer, Place, Policy, Who},
    told::By,
};
use crate::support::page::{Form, Page};

/// Buttons that show something else, the way out, or what is a step of its own.
const NOT_PRESSED: [&str; 6] = [
    "/admin/session/end",
    "/admin/days",
    "/admin/why",
    "/admin/settings/preview",
    "/admin/proof",
    "/admin/proof/end",
];

impl Actors {
    /// The visits to which an answer fits.
    pub fn fits(&self, what: Answer) -> impl Fn(&File, &Visit) -> bool + use<> {
        let now = self.now().timestamp();
        // What was never put back before all others: there may be many that are canceled.
        let over = match self.reached.contains("declined becomes confirmed") {
            true => "cancelled",
            false => "declined",
        };
        move |file, visit| match what {
            Answer::Confirmation => {
                visit.is("requested") || visit.is("expired") || file.waiting(visit.id).is_some()
            }
            Answer::Decline => visit.is("requested") || file.waiting(visit.id).is_some(),
            Answer::Cancellation | Answer::ClientCancellation => {
                visit.is("confirmed") && visit.starts_at > now
            }
            Answer::Arrival => (visit.is("confirmed") || visit.is("no_show")) && visit.starts_at <= now,
            Answer::NoShow => (visit.is("confirmed") || visit.is("arrived")) && visit.starts_at <= now,
            Answer::PutBack => visit.is(over) && visit.starts_at > now,
        }
    }

    /// What its page shows can be done, and what it does not show cannot.
    pub async fn answers(&mut self, which: &Index, what: Answer) -> Option<u16> {
        let id = self.some_visit(which, self.fits(what)).await?;
        // What has expired is put back by a yes.
        let what = match what {
            Answer::PutBack if self.file().await.visits[&id].is("expired") => Answer::Confirmation,
            other => other,
        };
        let page = format!("/admin/appointments/{id}");
        let address = format!("{page}/{}", what.address());
        let shown = self
            .therapist
            .get(if let Answer::Cancellation | Answer::Decline = what { &address } else { &page })
            .await;
        let answer = match shown.forms(&address).into_iter().next() {
            Some(form) => {
                let answer = self.therapist.press(&form).await;
                // Only a yes asks the rules once more.
                match what {
                    Answer::Confirmation | Answer::PutBack if answer.status == 409 => {
                        self.all_the_same(answer, &address).await
                    }
                    _ => {
                        self.works(&answer);
                        answer
                    }
                }
            }
            None => {
                let answer = self.therapist.sends(&address, &[]).await;
                self.is_no(&answer);
                answer
            }
        };
        Some(self.pressed(&address, &answer))
    }

    /// Says yes against everything that can be overridden, and then to the drive.
    async fn all_the_same(&mut self, mut answer: Page, address: &str) -> Page {
        for _ in 0..3 {
            let asks = |form: &Form| form.has("override") && !form.value("override").is_empty();
            let Some(form) = answer.forms(address).into_iter().find(asks).filter(|_| answer.status == 409)
            else {
                break;
            };
            let form = form.ticked("override");
            let form = if form.has("override_travel") { form.ticked("override_travel") } else { form };
            answer = self.therapist.press(&form).await;
            if answer.status == 303 {
                self.has("a rule is overridden");
            }
        }
        answer
    }

    pub async fn taps(&mut self, place: &Place, pick: &Index) -> Option<u16> {
        let page = match place {
            Place::Today => "/admin".to_owned(),
            Place::Visit(which) => {
                format!("/admin/appointments/{}", self.some_visit(which, |_, visit| visit.is_live()).await?)
            }
            Place::Hours => "/admin/hours".to_owned(),
            Place::TimeOff => "/admin/time-off".to_owned(),
            Place::Day(day) => format!("/admin/days/{}", self.date(*day)),
        };
        let mut forms = self.therapist.open(&page).await.forms("");
        forms.retain(|form| !NOT_PRESSED.contains(&form.action.as_str()));
        // A kind of button first, one that was never pressed before all others:
        // there may be twenty to confirm, and one to take back.
        let kinds: BTreeSet<String> = forms.iter().map(|form| route_of(&form.action)).collect();
        let (old, new): (Vec<_>, Vec<_>) = kinds.into_iter().partition(|kind| self.reached.contains(kind));
        let kinds = if new.is_empty() { old } else { new };
        let kind = (!kinds.is_empty()).then(|| pick.get(&kinds))?;
        let alike: Vec<&Form> = forms.iter().filter(|form| route_of(&form.action) == *kind).collect();
        let form = *pick.get(&alike);
        if form.action.contains("/unproven-requests/") {
            // What they have asked for is theirs.
            self.by = Some(By::Client);
        }
        let answer = self.therapist.press(form).await;
        let answer = self.knows(answer, &form.action).await;
        Some(self.pressed(&form.action, &answer))
    }

    pub async fn books(
        &mut self,
        who: Who,
        service: &str,
        (at, when): (usize, u16),
        yes: bool,
    ) -> Option<u16> {
        let (office, start) = (OFFICES[at], self.half_hour(when));
        let page = format!("/admin/appointments/new?service={service}&office={office}&start={start}");
        let shown = self.therapist.get(&page).await;
        let Some(form) = shown.forms("/admin/appointments").into_iter().next() else {
            return Some(shown.status);
        };
        let Somebody { name, email, phone } = self.somebody(who);
        let form = form.with("name", &name).with("email", &email).with("phone", &phone);
        let mut answer = self.therapist.press(&form).await;
        // Somebody on record, or somebody else.
        let mut persons = answer.forms("/admin/appointments");
        persons.retain(|form| form.has("client"));
        if let Some(person) = if yes { persons.first() } else { persons.last() } {
            answer = self.therapist.press(person).await;
            if answer.status == 303 && yes {
                self.has("booked for somebody known");
            }
        }
        if yes {
            answer = self.all_the_same(answer, "/admin/appointments").await;
        }
        Some(self.pressed("/admin/appointments", &answer))
    }

    pub async fn moves(&mut self, which: &Index, (at, when): (usize, u16), yes: bool) -> Option<u16> {
        let id = self.some_visit(which, |_, visit| visit.is_live()).await?;
        let address = format!("/admin/appointments/{id}/reschedule");
        let (office, start) = (OFFICES[at], self.half_hour(when));
        let shown = self.therapist.get(&format!("{address}?office={office}&start={start}")).await;
        let mut answer = match shown.forms(&address).into_iter().next() {
            Some(form) => self.therapist.press(&form).await,
            None => {
                let fields = [("office", office), ("start", start.as_str())];
                let answer = self.therapist.sends(&address, &fields).await;
                self.is_no(&answer);
                answer
            }
        };
        if yes {
            answer = self.all_the_same(answer, &address).await;
        }
        Some(self.pressed(&address, &answer))
    }

    pub async fn takes_off(&mut self, day: u8, office: &str) -> Option<u16> {
        let date = self.date(day);
        let off = [("from", date.as_str()), ("to", date.as_str()), ("office", office)];
        let answer = self.therapist.takes_off(&off).await;
        Some(self.plan_is_changed(answer, "/admin/time-off").await)
    }

    pub async fn plans(&mut self, day: u8, office: Option<&str>) -> Option<u16> {
        let address = format!("/admin/days/{}", self.date(day));
        let form = self.therapist.open(&address).await.form(&address);
        let form = OFFICES.iter().fold(form, |form, office| form.with(office, ""));
        let form = match office {
            Some(office) => form.with(office, "10 am – 8 pm"),
            None => form,
        };
        let answer = self.therapist.press(&form).await;
        Some(self.plan_is_changed(answer, &address).await)
    }

    pub async fn changes_week(&mut self, office: &str, day: usize, from_today: bool) -> Option<u16> {
        let day = ["monday", "tuesday", "wednesday", "thursday", "saturday"][day];
        let from = self.date(if from_today { 0 } else { 7 });
        let answer = self.therapist.changes_hours(office, &[(day, "9-12, 12-6 pm"), ("from", &from)]).await;
        Some(self.plan_is_changed(answer, &format!("/admin/hours/{office}")).await)
    }

    /// The plan changes, although visits are left standing.
    async fn plan_is_changed(&mut self, answer: Page, address: &str) -> u16 {
        let answer = self.knows(answer, address).await;
        self.works(&answer);
        self.pressed(address, &answer)
    }

    /// Goes on although visits are left standing.
    async fn knows(&mut self, answer: Page, address: &str) -> Page {
        match answer.forms(address).into_iter().find(|form| form.has("known")) {
            Some(form) if answer.status == 409 => {
                self.has("a plan leaves visits standing");
                self.therapist.press(&form).await
            }
            _ => answer,
        }
    }

    pub async fn lets_first_booking_decide(&mut self, decides: bool) -> Option<u16> {
        let form = self.therapist.open("/admin/hours").await.form("/first-booking");
        let form = if decides { form.ticked("saturday") } else { form.unticked("saturday") };
        let answer = self.therapist.press(&form).await;
        self.works(&answer);
        Some(self.pressed(&form.action, &answer))
    }

    pub async fn closes_requests(&mut self) -> Option<u16> {
        let form = self.therapist.open("/admin/time-off").await.forms("/pause");
        let form = form.into_iter().next()?.with("sentence", "Back soon.");
        let answer = self.therapist.press(&form).await;
        self.works(&answer);
        Some(self.pressed(&form.action, &answer))
    }

    pub async fn asks_proof(&mut self, of_everybody: bool) -> Option<u16> {
        let address = if of_everybody { "/admin/proof" } else { "/admin/proof/end" };
        let answer = match self.therapist.open("/admin").await.forms(address).into_iter().next() {
            Some(form) => {
                let answer = self.therapist.press(&form).await;
                self.works(&answer);
                answer
            }
            None => {
                let answer = self.therapist.sends(address, &[]).await;
                self.is_no(&answer);
                answer
            }
        };
        Some(self.pressed(address, &answer))
    }

    pub async fn changes_policy(&mut self, policy: Policy) -> Option<u16> {
        let of = |values: [&'static str; 3], nth: u8| values[usize::from(nth)];
        let (key, value) = match policy {
            Policy::MinimumNotice(nth) => ("minimum_notice_hours", of(["0", "2", "24"], nth)),
            Policy::CancellationNotice(nth) => ("cancellation_notice_hours", of(["0", "2", "24"], nth)),
            Policy::Hold(nth) => ("hold_hours", of(["4", "24", "72"], nth)),
            Policy::AtOnce(true) => ("confirmation", "at_once"),
            Policy::AtOnce(false) => ("confirmation", "by_therapist"),
        };
        let form = self.therapist.open("/admin/settings").await.form("/preview").with(key, value);
        let preview = self.therapist.press(&form).await.expect(200);
        let Some(save) = preview.forms("/admin/settings").into_iter().next() else { return Some(200) };
        let answer = self.therapist.press(&save).await;
        self.works(&answer);
        Some(self.pressed("/admin/settings", &answer))
    }
}
