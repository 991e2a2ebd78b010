//! What the therapist notes of what was paid, what they let go, and what they think better of.

use super::{
    actors::Actors,
    file::{File, Payment, Visit},
    reached::route_of,
};
use crate::support::page::Form;

/// What can be done about the money of one visit, each with the end of its address.
const WAYS: [&str; 4] = ["/payment", "/payment/end", "/fee-waiver", "/fee-waiver/end"];
const METHODS: [&str; 4] = ["cash", "check", "card", "other"];

/// True where something can be owed: for the session, or a fee.
fn may_owe(visit: &Visit) -> bool {
    visit.is("arrived")
        || visit.is("no_show")
        || visit.is("cancelled") && visit.cancelled_by.as_deref() == Some("client")
}

impl Actors {
    /// What can be done about the money of a visit, as its page has it.
    async fn ways_of(&self, visit: &Visit) -> Vec<(&'static str, Form)> {
        let desk = self.therapist.open(&format!("/admin/appointments/{}", visit.id)).await;
        WAYS.into_iter().filter_map(|way| Some((way, desk.forms(way).pop()?))).collect()
    }

    /// One thing about the money of one visit, of those that can be done there. What is not
    /// drawn by chance does not make anything else less likely: it goes by the step's number.
    pub async fn sees_to_money(&mut self, nth: usize) -> Option<u16> {
        let file = self.file().await;
        let owing: Vec<&Visit> = file.visits.values().filter(|visit| may_owe(visit)).collect();
        // Of what has come last; what was never done goes first.
        let latest: Vec<&Visit> = owing.into_iter().rev().take(5).collect();
        let visit = *latest.get(nth % latest.len().max(1))?;
        let (mut visit, mut ways) = (visit, self.ways_of(visit).await);
        let is_new = |actors: &Self, form: &Form| !actors.reached.contains(&route_of(&form.action));
        for other in latest {
            let has_news = ways.iter().any(|(_, form)| is_new(self, form));
            if has_news || WAYS.iter().all(|way| self.reached.iter().any(|route| route.ends_with(way))) {
                break;
            }
            (visit, ways) = (other, self.ways_of(other).await);
        }
        if ways.is_empty() {
            let address = format!("/admin/appointments/{}/payment", visit.id);
            let answer = self.therapist.sends(&address, &[("method", "cash"), ("amount", "5")]).await;
            self.is_no(&answer);
            return Some(answer.status);
        }
        let at = ways.iter().position(|(_, form)| is_new(self, form)).unwrap_or(nth % ways.len());
        let (way, form) = ways.swap_remove(at);
        let method = METHODS[nth % METHODS.len()];
        let form = match way {
            "/payment" => form.with("method", method).with("amount", &format!("{nth}.50")),
            _ => form,
        };
        let has_tip = form.has("tip");
        let form = if has_tip { form.with("tip", "7") } else { form };
        let answer = self.therapist.press(&form).await;
        self.works(&answer);
        let status = self.pressed(&form.action, &answer);
        let after = self.file().await;
        let noted = after.payments.get(&visit.id);
        match way {
            "/payment" => {
                let expected = (method, 100 * nth as i64 + 50, if has_tip { 700 } else { 0 });
                assert_eq!(noted.map(Payment::shown), Some(expected), "{visit:?}");
            }
            "/payment/end" => assert_eq!(noted, None, "{visit:?}"),
            "/fee-waiver" => assert!(after.waived_fees.contains(&visit.id), "{visit:?}"),
            _ => assert!(!after.waived_fees.contains(&visit.id), "{visit:?}"),
        }
        let written =
            |file: &File| file.emails.values().filter(|one| one.appointment == Some(visit.id)).count();
        assert_eq!(written(&after), written(&file), "nobody is written to about money");
        Some(status)
    }
}

/// What holds of money after each step; `is_about_it` where the step may have noted some.
pub fn holds(before: &File, after: &File, is_about_it: bool) {
    for (id, payment) in &after.payments {
        assert!(may_owe(&after.visits[id]), "it is paid for nothing: {payment:?}, {:?}", after.visits[id]);
        assert!(!after.waived_fees.contains(id), "it is paid and let go: {payment:?}");
    }
    for id in &after.waived_fees {
        let visit = &after.visits[id];
        assert!(may_owe(visit) && !visit.is("arrived"), "no fee was let go: {visit:?}");
    }
    for (id, visit) in &after.visits {
        let Some(old) = before.visits.get(id) else { continue };
        let (was, is) = (before.payments.get(id), after.payments.get(id));
        if old.status == visit.status && !is_about_it {
            assert_eq!(was, is, "what was paid is as it was: {visit:?}");
            assert_eq!(before.waived_fees.contains(id), after.waived_fees.contains(id), "{visit:?}");
        }
        let owes_otherwise = old.is("arrived") != visit.is("arrived");
        assert!(!owes_otherwise || is.is_none(), "what was paid for the one is not for the other: {visit:?}");
    }
}

/// Insists that the money of a visit is as it was.
pub fn is_as_it_was(before: &File, after: &File, id: i64) {
    assert_eq!(before.payments.get(&id), after.payments.get(&id), "what was paid");
    assert_eq!(before.waived_fees.contains(&id), after.waived_fees.contains(&id), "what was let go");
}

/// True where something of it was noted.
pub fn is_noted(file: &File, id: i64) -> bool {
    file.payments.contains_key(&id) || file.waived_fees.contains(&id)
}
