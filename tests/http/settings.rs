//! The policy, changed by the therapist.

use crate::support::{
    page::Page,
    people::{JUNE, TUESDAY, Therapist, WEDNESDAY},
    practice::practice,
};

async fn previews(therapist: &Therapist, values: &[(&str, &str)]) -> Page {
    let mut form = therapist.open("/admin/settings").await.form("/preview");
    for (key, value) in values {
        form = form.with(key, value);
    }
    therapist.press(&form).await
}

#[tokio::test]
async fn every_value_is_explained_by_an_example_of_these_days() {
    let practice = practice().open().await;
    let page = practice.therapist().await.open("/admin/settings").await.says("PST");
    for example in [
        "An office that opens at 9:00 am offers 9:00 am, 9:30 am, 10:00 am.",
        "With 12 hours' notice, someone looking now can book from Monday, November 23, 8:00 pm.",
        "With 60 days, someone looking now can book until Friday, January 22, 2027.",
        "A request made now for Monday, November 30, 2:30 pm is held until Tuesday, November 24, 8:00 am.",
        "A request for Monday, November 30, 2:30 pm is held until Monday, November 30, 12:30 pm at the latest.",
        "For Monday, November 30, 2:30 pm, clients can reschedule, or cancel without being late, until Sunday, November 29, 2:30 pm.",
        "sees: “Free to cancel until Sunday, November 29, 2:30 pm. After that it's $65 (half the session).”",
        "With 3 requests waiting, a client can't send another.",
        "A request for Monday, November 30, 2:30 pm is held until you answer it.",
        "the client gets a reminder Saturday, November 28, 2:30 pm and Monday, November 30, 11:30 am.",
    ] {
        assert!(page.text().contains(example), "{example}\n{}", page.text());
    }
    practice.close().await;
}

#[tokio::test]
async fn the_preview_shows_what_would_change_and_saves_nothing() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let page = previews(&therapist, &[("minimum_notice_hours", "48"), ("slot_step_minutes", "60")]).await;
    let page =
        page.expect(200).says("Nothing is saved yet").says("Minimum notice, in hours: 48 instead of 12");
    let page = page
        .says("With 48 hours' notice, someone looking now can book from Wednesday, November 25, 8:00 am.");
    let page = page.says("Monday, November 23 – Sunday, November 29");
    // Alone the notice takes Redding's Tuesday: fifteen starts of 48.
    let text = page.text();
    let notice = text.split("Minimum notice, in hours: 48").nth(1).expect("the notice");
    let notice = notice.split("All together").next().expect("alone");
    assert!(notice.contains("Redding Neuromuscular session: 33 instead of 48. Gone: Tuesday 9:00 am, 9:30 am, 10:00 am, 10:30 am and 11 more."), "{notice}");
    assert!(!notice.contains("Mt. Shasta Neuromuscular"), "{notice}");
    let together = text.split("All together").nth(1).expect("both");
    assert!(together.contains("Redding Neuromuscular session: 18 instead of 48."), "{together}");
    assert_eq!(page.form("/preview").value("minimum_notice_hours"), "48", "the form goes on from there");
    practice.visitor().open(&TUESDAY.form()).await;
    let settings = therapist.open("/admin/settings").await;
    assert_eq!(settings.form("/preview").value("minimum_notice_hours"), "12");

    therapist.press_on(&page.form("/admin/settings")).await.says("With 48 hours' notice");
    practice.visitor().get(&TUESDAY.form()).await.expect(409).says("at least 48 hours ahead");
    practice.visitor().open(&WEDNESDAY.form()).await;
    let same = previews(&therapist, &[]).await.expect(200).says("Nothing would change");
    assert!(same.forms("/admin/settings").is_empty());
    practice.close().await;
}

#[tokio::test]
async fn a_value_without_effect_on_the_openings_says_so() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let page = previews(&therapist, &[("cancellation_notice_hours", "48")]).await;
    let page = page.says("Available times stay the same, Monday, November 23 – Sunday, November 29.");
    assert!(!page.text().contains("All together"));
    let page = previews(&therapist, &[("confirmation", "at_once"), ("reminder_hours", "3 24,24")]).await;
    let page =
        page.says("Requests are confirmed: right away instead of by you").says("24, 3 instead of 48, 3");
    let page = page.says("The first one comes early because canceling is free only until");
    therapist.press_on(&page.form("/admin/settings")).await.says("is confirmed as soon as it's sent");
    let form = practice.filled(&JUNE, &TUESDAY).await;
    practice.visitor().press_on(&form).await.says("Confirmed");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_horizon_that_grows_shows_the_openings_that_come() {
    let practice = practice().with("horizon_days", "0").open().await;
    let therapist = practice.therapist().await;
    let page = previews(&therapist, &[("horizon_days", "2")]).await;
    page.says("Redding Neuromuscular session: 15 instead of 0. New: Tuesday 9:00 am");
    practice.close().await;
}

#[tokio::test]
async fn what_goes_together_stands_together() {
    let practice = practice().open().await;
    let page = practice.therapist().await.open("/admin/settings").await;
    assert_eq!(
        page.texts("fieldset > legend"),
        ["Times to choose from", "Requests", "Waitlist", "Canceling and rescheduling", "Reminders"]
    );
    assert_eq!(page.texts("fieldset:nth-child(4) label").len(), 3);
    practice.close().await;
}

#[tokio::test]
async fn wrong_values_come_back_with_everything_typed() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for (key, value) in [
        ("slot_step_minutes", "4"),
        ("slot_step_minutes", "1441"),
        ("minimum_notice_hours", "-1"),
        ("minimum_notice_hours", "+1"),
        ("horizon_days", "367"),
        ("hold_hours", "a day"),
        ("hold_hours", "0"),
        ("answer_before_hours", ""),
        ("cancellation_notice_hours", "1.5"),
        ("open_requests_per_contact", "0"),
        ("confirmation", "perhaps"),
        ("book_again", ""),
        ("reminder_hours", "48, 0"),
        ("reminder_hours", "two"),
    ] {
        let page = previews(&therapist, &[("hold_hours", "20"), (key, value)]).await.expect(422);
        assert_eq!(page.hrefs("[role=alert] a"), [format!("#{key}")]);
        let back = page.form("/preview");
        if !["confirmation", "book_again"].contains(&key) {
            assert_eq!(back.value(key), value);
        }
        let saved = therapist.send(therapist.post("/admin/settings", back.with(key, value).encoded())).await;
        saved.expect(422);
    }
    let settings = therapist.open("/admin/settings").await.form("/preview");
    assert_eq!(settings.value("hold_hours"), "24");
    practice.close().await;
}

#[tokio::test]
async fn a_saved_policy_holds_against_the_practice_file_and_the_start_says_so() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    // Saved as it is, the practice file goes on to hold.
    let same = therapist.open("/admin/settings").await.form("/preview").encoded();
    therapist.send(therapist.post("/admin/settings", same)).await.expect(303);
    let practice = practice
        .opened_again(|file| file.replace("minimum_notice_hours = 12", "minimum_notice_hours = 6"))
        .await;
    assert!(practice.running.notes.is_empty(), "{:?}", practice.running.notes);
    let therapist = practice.therapist().await;
    therapist.open("/admin/settings").await.says("With 6 hours' notice");

    let page = previews(&therapist, &[("minimum_notice_hours", "1")]).await.says("With 1 hour's notice");
    therapist.press_on(&page.form("/admin/settings")).await;
    let practice = practice
        .opened_again(|file| file.replace("minimum_notice_hours = 6", "minimum_notice_hours = 9"))
        .await;
    let notes = practice.running.notes.join("\n");
    assert!(notes.contains("the policy comes from the admin pages"), "{notes}");
    practice.therapist().await.open("/admin/settings").await.says("With 1 hour's notice");
    practice.close().await;
}
