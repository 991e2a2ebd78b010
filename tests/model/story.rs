//! Whatever has happened before, somebody whom nobody knows gets what they come
//! for, and the therapist can answer them.

use chrono::TimeDelta;

use super::{
    actors::Actors,
    promises,
    steps::{Step, Who},
};
use crate::support::page::Page;

/// Somebody fresh asks, is confirmed, asks for another time and gets it, and cancels; for
/// so long nobody has to prove their email first.
pub async fn somebody_fresh(actors: &mut Actors, service: &str) {
    let is_asked = actors.asks_proof(false).await == Some(303);
    asks_and_cancels(actors, service).await;
    if is_asked {
        actors.asks_proof(true).await;
    }
}

async fn asks_and_cancels(actors: &mut Actors, service: &str) {
    let visitor = actors.visitor();
    if visitor.open("/appointments/new").await.text().contains("Back soon.") {
        let form = actors.therapist.open("/admin/time-off").await.form("/pause/end");
        actors.therapist.press_on(&form).await;
    }
    let before = actors.file().await;
    let Some(link) = actors.offered(service).await.pop() else { return };
    let answer = actors.ask(&link, Who::ByEmail).await;
    let page = actors.led_to.clone().unwrap_or_else(|| panic!("{}: {}", answer.asked, answer.text()));
    let asks = Step::AsksQuestion; // Any step of a client's.
    let file = promises::hold(actors, &asks, Some(303), &before).await;
    let id = *file.visits.keys().next_back().expect("their visit");
    let desk = format!("/admin/appointments/{id}");
    let shown = actors.therapist.open(&desk).await;
    let confirms = Step::ClosesRequests; // Any step of the therapist's.
    let mut file = file;
    if file.visits[&id].is("requested") {
        let answer = actors.therapist.press(&shown.form("/confirmation")).await;
        file = ends_well(actors, &confirms, answer, &file).await;
    }
    let times = visitor.get(&format!("{page}/reschedule")).await.hrefs("main a[href*='start=']");
    // Not one that begins while all this is done.
    if let Some(time) = times.last() {
        let answer = visitor.press(&visitor.open(time).await.form("/reschedule")).await;
        file = ends_well(actors, &asks, answer, &file).await;
        if file.waiting(id).is_some() {
            let shown = actors.therapist.open(&desk).await;
            let answer = actors.therapist.press(&shown.form("/confirmation")).await;
            file = ends_well(actors, &confirms, answer, &file).await;
        }
    }
    let form = visitor.open(&format!("{page}/cancellation")).await.form("/cancellation");
    let answer = visitor.press(&form).await;
    let file = ends_well(actors, &asks, answer, &file).await;
    assert!(file.visits[&id].is("cancelled"), "{:?}", file.visits[&id]);
    actors.passes(TimeDelta::zero()).await;
    visitor.open("/healthz").await;
}

async fn ends_well(
    actors: &mut Actors,
    step: &Step,
    answer: Page,
    before: &super::file::File,
) -> super::file::File {
    promises::hold(actors, step, Some(answer.expect(303).status), before).await
}
