//! What becomes of a visit: arrived, no-show, canceled late; and what that
//! says of the client when they ask again.

use chrono::TimeDelta;

use crate::support::{
    people::{JUNE, PETER, SATURDAY, TUESDAY, WALT, WEDNESDAY},
    practice::practice,
};

#[tokio::test]
async fn an_arrival_is_one_tap_on_todays_page_and_a_wrong_one_is_mended() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let confirmed = therapist.confirms(&JUNE).await;
    assert!(confirmed.forms("/arrival").is_empty(), "its time has not come");
    practice.passes(TimeDelta::hours(24)).await; // An hour before the start.
    practice.emails().await;
    let today = therapist.open("/admin").await;
    assert!(today.forms("/no-show").is_empty(), "nobody is late before the start");
    let arrived = therapist.press_on(&today.form("/arrival")).await.says("June Okafor Arrived");
    assert!(arrived.forms("/arrival").is_empty() && arrived.forms("/no-show").is_empty());
    practice.passes(TimeDelta::hours(1)).await;
    assert!(therapist.open("/admin").await.forms("/no-show").is_empty(), "it is ticked off");
    let missed = therapist.press_on(&therapist.page_of(&JUNE).await.form("/no-show")).await;
    let form = missed.says("No-show: June Okafor").says("Arrived after all").form("/arrival");
    therapist.press_on(&form).await.says("Arrived: June Okafor").says("1 visit");
    therapist.press(&form).await.expect(409).says("This appointment is already marked as arrived.");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn once_a_visit_is_over_its_page_no_longer_says_to_check_for_an_email() {
    let practice = practice().open().await;
    let own = practice.has_asked(&JUNE, &TUESDAY).await;
    let (client, therapist) = (practice.visitor(), practice.therapist().await);
    client.open(&own).await.says("Check your email");
    therapist.confirms(&JUNE).await;
    client.open(&own).await.says("Check your email");
    practice.passes(TimeDelta::hours(28)).await;
    let over = client.open(&own).await.says("Your appointment was today.").never_says("Check your email");
    over.never_says("Thanks for coming");
    therapist.press_on(&therapist.page_of(&JUNE).await.form("/no-show")).await;
    let missed = client.open(&own).await.says("Sorry we missed each other.").never_says("Check your email");
    assert_eq!(
        missed.title(),
        "Missed visit: Tuesday, November 24, 9:00 am, Redding · Dustin, Neuromuscular Massage"
    );
    therapist.press_on(&therapist.page_of(&JUNE).await.form("/arrival")).await;
    let came = client.open(&own).await.says("Thanks for coming in today.");
    assert_eq!(
        came.title(),
        "Your visit: Tuesday, November 24, 9:00 am, Redding · Dustin, Neuromuscular Massage"
    );
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn nobody_arrives_before_the_day() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    let cancellation = therapist.confirms(&JUNE).await.form("/client-cancellation");
    let page = cancellation.action.replace("client-cancellation", "");
    for act in ["arrival", "no-show"] {
        let post = therapist.post(&format!("{page}{act}"), "");
        therapist.send(post).await.expect(409).says("The session hasn't started yet.");
    }
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_client_who_calls_to_cancel_is_canceled_and_inside_the_notice_late() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.has_asked(&WALT, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    therapist.confirms(&WALT).await;
    practice.emails().await;
    let june = therapist.page_of(&JUNE).await.says("Canceled by the client").form("/client-cancellation");
    let june = therapist.press_on(&june).await.says("Canceled: June Okafor").says("by the client");
    june.never_says("by the client, late");
    practice.email_to(JUNE.email).await;
    practice.passes(TimeDelta::hours(2)).await;
    let walt = therapist.page_of(&WALT).await.says("Canceled late").form("/client-cancellation");
    therapist.press_on(&walt).await.says("by the client, late").says("1 late cancellation");
    assert!(practice.calls().await.is_empty(), "he has called himself");
    practice.visitor().open(&WEDNESDAY.form()).await;
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn the_next_request_tells_the_clients_history_in_a_line() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.says("first visit");
    therapist.confirms(&JUNE).await;
    practice.passes(TimeDelta::hours(26)).await;
    practice.emails().await;
    let form = therapist.page_of(&JUNE).await.form("/no-show");
    therapist.press_on(&form).await;
    practice.has_asked(&JUNE, &SATURDAY).await;
    practice.has_asked(&PETER, &WEDNESDAY.at("2026-11-25T21:00:00Z")).await;
    let today = therapist.open("/admin").await.says("2 requests to answer");
    today.says("1 no-show · (530) 555-0133").says("first visit");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn every_day_of_two_weeks_leads_to_its_plan() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    let today = therapist.open("/admin").await;
    let days = today.hrefs("a[href^='/admin/days/']:not([href$='/closing'])");
    assert_eq!(days.len(), 14);
    assert_eq!((days[0].as_str(), days[13].as_str()), ("/admin/days/2026-11-23", "/admin/days/2026-12-06"));
    let today = today.says("Wednesday, November 25 Mt. Shasta 9:00 am – 5:00 pm, nothing booked");
    today.says("Tuesday, November 24 Redding 9:00 am June Okafor").says("Sunday, November 29 Closed.");
    practice.close().await;
}

#[tokio::test]
async fn a_plan_of_its_own_and_time_off_are_said_of_a_day() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.plans("2026-11-24", &[("mt-shasta", "10-12")]).await;
    therapist.plans("2026-11-25", &[]).await;
    let into_tuesday = ["2026-11-30", "2 pm", "2026-12-01", "11 am", ""];
    let noon = ["2026-12-02", "12 pm", "", "1 pm", "mt-shasta"];
    for off in [["2026-11-26", "", "2026-11-27", "", ""], into_tuesday, noon] {
        let fields: Vec<_> = ["from", "from_time", "to", "to_time", "office"].into_iter().zip(off).collect();
        therapist.takes_off(&fields).await.expect(303);
    }
    let today = therapist.open("/admin").await;
    for words in [
        "Tuesday, November 24 Mt. Shasta 10:00 am – 12:00 pm, nothing booked Your plan for this date.",
        "Wednesday, November 25 Closed. Your plan for this date.",
        "Thursday, November 26 Time off. Friday, November 27 Time off. Saturday,",
        "Monday, November 30 Mt. Shasta 9:00 am – 5:00 pm, nothing booked Time off from 2:00 pm.",
        "Tuesday, December 1 Redding 9:00 am – 5:00 pm, nothing booked Time off until 11:00 am.",
        "Time off at Mt. Shasta, 12:00 pm – 1:00 pm.",
    ] {
        assert!(today.text().contains(words), "{words}: {}", today.text());
    }
    practice.close().await;
}

/// The same run as on today's page, with what can be noted.
#[tokio::test]
async fn what_has_come_is_noted_on_the_page_of_its_day_as_well() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.passes(TimeDelta::hours(26)).await;
    practice.emails().await;
    let day = therapist.open("/admin/days/2026-11-24").await;
    therapist.press_on(&day.form("/arrival")).await.says("Arrived");
    let day = therapist.open("/admin/days/2026-11-24").await.says("June Okafor Arrived");
    assert!(day.forms("/arrival").is_empty() && day.forms("/no-show").is_empty());
    practice.close().await;
}
