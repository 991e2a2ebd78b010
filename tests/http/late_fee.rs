//! What canceling costs, said where it is decided: on the form, the client's
//! page, the page that cancels, and in the emails.

use chrono::TimeDelta;

use crate::support::{
    people::{JUNE, Opening, PETER, SESSION, THERAPIST, TUESDAY, WALT, WEDNESDAY},
    practice::{TestPractice, practice, practice_as_shipped},
};

/// Of [`WEDNESDAY`], asked for two days before.
const FEE: &str =
    "Free to cancel until Tuesday, November 24, 9:00 am. After that it's $47.50 (half the session).";
const SOON: &str = "Free to cancel until an hour after I confirm. After that it's $47.50 (half the session).";
const NO_FEE: &str = "Sick or an emergency? Call me; no fee.";
const LATE: &str = "It's less than 24 hours before your appointment, so the fee is $47.50, half the session. \
                    Nothing is charged here.";
const WAIVED: &str = "Sick or an emergency? Call (530) 555-0100 and I'll waive it.";
/// Thursday, November 26, 2:00 pm.
const THURSDAY: Opening = Opening { service: SESSION, office: "redding", start: "2026-11-26T22:00:00Z" };

async fn confirmed(practice: &TestPractice) -> String {
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.emails().await;
    page
}

#[tokio::test]
async fn the_price_and_what_canceling_costs_are_said_everywhere_before_it_is_decided() {
    let practice = practice_as_shipped().open().await;
    let client = practice.visitor();
    client.open(&WEDNESDAY.form()).await.says("The session is $95.").says(FEE).says(NO_FEE);
    let page = practice.asks(&JUNE, &WEDNESDAY).await;
    client.open(&page).await.says("$95").says(FEE).says("Until I answer, canceling is always free.");
    let cancellation = format!("{page}/cancellation");
    client.open(&cancellation).await.says("I haven't answered yet, so it's free.").never_says("47.50");
    let email = practice.email_to(JUNE.email).await;
    email.says(&format!("{FEE} {NO_FEE}"));
    practice.emails().await;

    practice.therapist().await.confirms(&JUNE).await;
    let email = practice.email_to(JUNE.email).await;
    email.says(&format!("{FEE} {NO_FEE}"));
    for page in [&page, &cancellation] {
        client.open(page).await.says("$95").says(FEE).says(NO_FEE);
    }
    client
        .open("/policies")
        .await
        .says("canceling costs half the session")
        .says("Call me and I’ll waive the fee");
    practice.close().await;
}

#[tokio::test]
async fn past_the_deadline_the_page_says_the_fee_and_the_row_is_late() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = confirmed(&practice).await;
    practice.passes(TimeDelta::hours(25)).await;
    practice.emails().await;
    client.open(&page).await.says(&format!("{LATE} {WAIVED}"));
    client
        .get(&format!("{page}/reschedule"))
        .await
        .expect(410)
        .says("less than 24 hours before your appointment");
    let cancellation = client.open(&format!("{page}/cancellation")).await.says(&format!("{LATE} {WAIVED}"));
    client.press_on(&cancellation.form("/cancellation")).await.says("so the fee is $47.50").says(WAIVED);
    practice
        .email_to(JUNE.email)
        .await
        .says("so the fee is $47.50, half the session. Nothing is charged here.");
    practice
        .mailbox
        .one_to(THERAPIST)
        .says("June Okafor canceled late; the fee is $47.50 (half the session).");
    practice.close().await;
}

#[tokio::test]
async fn a_page_that_said_it_is_free_cancels_nothing_once_it_costs() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = confirmed(&practice).await;
    let form = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    practice.passes(TimeDelta::hours(25)).await;
    practice.emails().await;
    let again = client.press(&form).await.expect(409).says("Nothing's canceled yet.").says(LATE);
    client.open(&page).await.says("Confirmed");
    client.press_on(&again.form("/cancellation")).await.says("so the fee is $47.50");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn what_is_asked_for_inside_the_notice_is_free_for_an_hour_after_the_yes() {
    // Twenty hours before.
    let practice = practice().at("2026-11-24T21:00:00Z").open().await;
    let (client, therapist) = (practice.visitor(), practice.therapist().await);
    client.open(&WEDNESDAY.form()).await.says(SOON);
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.passes(TimeDelta::hours(3)).await;
    practice.emails().await;
    client.open(&page).await.says(SOON).says("Until I answer, canceling is always free.");
    client.open(&format!("{page}/cancellation")).await.says("so it's free");
    therapist.confirms(&JUNE).await;
    let until =
        "Free to cancel until Tuesday, November 24, 5:00 pm. After that it's $47.50 (half the session).";
    practice.email_to(JUNE.email).await.says(until);
    client.open(&page).await.says(until);
    client.open(&format!("{page}/reschedule")).await.says("Choose another time");

    practice.passes(TimeDelta::hours(1)).await;
    practice.emails().await;
    client.get(&format!("{page}/reschedule")).await.expect(410);
    client
        .open(&format!("{page}/cancellation"))
        .await
        .says("The time to cancel for free ended Tuesday, November 24, 5:00 pm, so the fee is $47.50");
    practice.close().await;
}

#[tokio::test]
async fn confirmed_at_once_it_is_free_for_the_hour_after_booking() {
    let practice = practice().with("confirmation", r#""at_once""#).at("2026-11-24T21:00:00Z").open().await;
    let client = practice.visitor();
    client
        .open(&WEDNESDAY.form())
        .await
        .says("Free to cancel until an hour after you book. After that it's $47.50");
    let page = practice.asks(&JUNE, &WEDNESDAY).await;
    practice.email_to(JUNE.email).await.says("Free to cancel until Tuesday, November 24, 2:00 pm.");
    practice.emails().await;
    practice.passes(TimeDelta::hours(1) - TimeDelta::seconds(1)).await;
    let form = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    client.press_on(&form).await.never_says("so the fee is");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn an_unanswered_request_is_never_late() {
    let practice = practice().with("answer_before_hours", "0").with("hold_hours", "240").open().await;
    let client = practice.visitor();
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.passes(TimeDelta::hours(48)).await; // An hour before the start.
    practice.emails().await;
    let cancellation = client.open(&format!("{page}/cancellation")).await.says("so it's free");
    client.press_on(&cancellation.form("/cancellation")).await.never_says("so the fee is");
    assert!(!practice.email_to(THERAPIST).await.text.contains("late"));
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn deadline_and_fee_stay_as_confirmed_until_the_visit_moves() {
    let practice = practice().open().await;
    let (client, therapist) = (practice.visitor(), practice.therapist().await);
    let page = confirmed(&practice).await;
    therapist.sets_policy(&[("cancellation_notice_hours", "36"), ("late_fee_percent", "30")]).await;
    practice.rewrites("practice.toml", |file| file.replacen("price = 95", "price = 200", 1)).await;
    client.open(&page).await.says(FEE);
    therapist.moves(&JUNE, &THURSDAY).await;
    let anew =
        "Free to cancel until Wednesday, November 25, 2:00 am. After that it's $28.50 (30% of the session).";
    practice.email_to(JUNE.email).await.says(anew);
    client.open(&page).await.says(anew);
    practice.close().await;
}

#[tokio::test]
async fn a_reschedule_says_what_holds_for_the_new_time_and_ends_with_the_same_deadline() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = confirmed(&practice).await;
    let question = format!("{page}/reschedule?office=redding&start={}", THURSDAY.start);
    let form = client
        .open(&question)
        .await
        .says("Free to cancel until Wednesday, November 25, 2:00 pm. After that it's $47.50 (half the session).")
        .form("/reschedule");
    practice.reaches(TimeDelta::hours(25) - TimeDelta::seconds(1)).await;
    client.open(&question).await;
    practice.passes(TimeDelta::seconds(1)).await;
    practice.emails().await;
    client.press(&form).await.expect(410);
    client.get(&question).await.expect(410).says("(530) 555-0100");
    practice.close().await;
}

#[tokio::test]
async fn without_a_fee_nothing_is_said_of_one() {
    for opening in [
        practice().with("late_fee_percent", "0"),
        practice().with_practice_file(|file| file.replace("late_fee_percent = 50\n", "")),
    ] {
        let practice = opening.open().await;
        let client = practice.visitor();
        let says_nothing = async |path: &str| {
            let page = client.open(path).await;
            for words in [
                "47.50",
                "Free to cancel",
                "half the session",
                "the fee is",
                "Sick or an emergency? Call me;",
            ] {
                page.clone().never_says(words);
            }
            page
        };
        says_nothing(&WEDNESDAY.form()).await.says("I'll let you know if I can't come");
        let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
        says_nothing(&page).await;
        practice.therapist().await.confirms(&JUNE).await;
        let email = practice.email_to(JUNE.email).await;
        assert!(!email.text.contains(" fee") && !email.text.contains("Free to"), "{}", email.text);
        says_nothing(&page).await.says("You can reschedule here until Tuesday, November 24, 9:00 am.");
        practice.passes(TimeDelta::hours(25)).await;
        practice.emails().await;
        let form = says_nothing(&format!("{page}/cancellation"))
            .await
            .says("less than 24 hours")
            .form("/cancellation");
        client.press_on(&form).await.never_says("the fee is");
        practice.email_to(THERAPIST).await.says("June Okafor canceled late.");
        client.open("/policies").await.never_says("half the session");
        practice.deliver().await;
        practice.close().await;
    }
}

#[tokio::test]
async fn that_it_may_be_waived_is_said_only_where_the_policies_say_so() {
    let practice = practice().open().await;
    let client = practice.visitor();
    client.open(&WEDNESDAY.form()).await.says(NO_FEE);
    practice.rewrites("pages/policies.md", |file| file.replace(" .waiver}", "}")).await;
    client.open(&WEDNESDAY.form()).await.says(FEE).never_says("Call me; no fee");
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    let email = practice.email_to(JUNE.email).await;
    email.says(FEE);
    assert!(!email.text.contains("Sick") && !email.html.contains("Sick"), "{}", email.text);
    practice.passes(TimeDelta::hours(25)).await;
    practice.emails().await;
    client.open(&format!("{page}/cancellation")).await.says(LATE).never_says("Sick");
    practice.close().await;
}

#[tokio::test]
async fn what_the_therapist_books_on_the_phone_has_its_terms_too() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for (person, opening) in [(&WALT, &TUESDAY), (&PETER, &WEDNESDAY)] {
        let address = format!(
            "/admin/appointments/new?service={}&office={}&start={}",
            opening.service, opening.office, opening.start
        );
        let form = therapist.open(&address).await.form("/admin/appointments");
        therapist
            .press_on(&form.with("name", person.name).with("email", person.email).with("phone", person.phone))
            .await;
    }
    practice.email_to(PETER.email).await.says(FEE);
    practice.close().await;
}
