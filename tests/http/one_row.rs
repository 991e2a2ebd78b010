//! One row that cannot go on: it stops nobody but itself.

use chrono::TimeDelta;

use crate::support::{
    people::{JUNE, Opening, PETER, Person, TUESDAY, WEDNESDAY},
    practice::practice,
};

/// Half past nine, into the session that June did not come to.
const HALF_PAST: Opening = Opening { start: "2026-11-24T17:30:00Z", ..TUESDAY };
const RUTH: Person = Person { name: "Ruth Adler", email: "ruth@example.com", phone: "", note: "" };

/// June is a no-show at 9:00, so Peter has 9:30 and asks for another time; then
/// June comes after all, and nobody answers Peter.
#[tokio::test]
async fn a_late_arrival_beside_the_next_visit_stops_no_other_operation() {
    let opening = practice().with("minimum_notice_hours", "0").with("cancellation_notice_hours", "0");
    let practice = opening.open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.passes(TimeDelta::hours(25) + TimeDelta::minutes(20)).await;
    let june = therapist.press_on(&therapist.page_of(&JUNE).await.form("/no-show")).await;
    let page = practice.has_asked(&PETER, &HALF_PAST).await;
    therapist.confirms(&PETER).await;
    practice.asks_to_move(&page, &WEDNESDAY).await;
    therapist.press_on(&june.form("/arrival")).await.says("Arrived: June Okafor");
    practice.emails().await;

    practice.passes(TimeDelta::minutes(11)).await;
    let told = practice.email_to(PETER.email).await;
    assert_eq!(told.kind(), "unchanged: expired");
    let ruth = practice.has_asked(&RUTH, &WEDNESDAY).await;
    practice.visitor().open(&ruth).await.says("Requested");
    let peter = therapist.press_on(&therapist.page_of(&PETER).await.form("/arrival")).await;
    peter.says("Arrived: Peter Lindqvist");
    practice.emails().await;
    practice.close().await;
}
