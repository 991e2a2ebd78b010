//! The therapist books a series after a visit.

use proptest::sample::Index;

use super::{actors::Actors, file::Visit};

impl Actors {
    /// The same time every few weeks, without the dates on which it can't be had.
    pub async fn books_series(&mut self, which: &Index, weeks: u8, times: u8) -> Option<u16> {
        let is_followed = |visit: &Visit| visit.is("confirmed") || visit.is("arrived");
        let id = self.some_visit(which, |_, visit| is_followed(visit)).await?;
        let address = format!("/admin/appointments/{id}/series");
        let shown = self.therapist.get(&format!("{address}?weeks={weeks}&times={times}")).await;
        // The first form asks how often, the last has the dates.
        let Some(mut form) = shown.forms(&address).into_iter().next_back().filter(|_| shown.status == 200)
        else {
            self.is_no(&shown);
            return Some(self.pressed(&address, &shown));
        };
        for nth in 1..=times {
            let line = format!("line_{nth}");
            if !form.is_ticked(&line) {
                form = form.choosing(&line, "out");
            }
        }
        let answer = self.therapist.press(&form).await;
        if answer.status == 303 {
            self.has("a series is booked");
        }
        Some(self.pressed(&address, &answer))
    }
}
