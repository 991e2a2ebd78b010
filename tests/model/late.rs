//! Time comes near a visit, and somebody is late for it.

use chrono::TimeDelta;

use super::actors::Actors;

/// How late the therapist says that they are.
const MINUTES: [u32; 3] = [10, 20, 30];

impl Actors {
    /// Time goes by until an hour before the next visit of these days.
    pub async fn nears(&mut self) {
        let now = self.now().timestamp();
        let file = self.file().await;
        let to_come = file.visits.values().filter(|visit| visit.is("confirmed") && visit.starts_at > now);
        let next = to_come.map(|visit| visit.starts_at).min().unwrap_or(now);
        let left = TimeDelta::seconds(next - now) - TimeDelta::hours(1);
        self.passes(left.clamp(TimeDelta::zero(), TimeDelta::days(3))).await;
    }

    /// The therapist says how late they are, if that concerns anybody.
    pub async fn runs_late(&mut self, nth: usize) -> Option<u16> {
        let page = format!("/admin/late?minutes={}", MINUTES[nth % MINUTES.len()]);
        let shown = self.therapist.get(&page).await;
        let form = shown.forms("/admin/late").into_iter().next()?;
        let answer = self.therapist.press(&form).await;
        Some(self.pressed("/admin/late", &answer))
    }
}
