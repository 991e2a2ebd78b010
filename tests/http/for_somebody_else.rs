//! A visit for somebody else: the name is the visit's, the contact and the record stay those of
//! whoever asks.

use crate::support::{
    page::Form,
    people::{JUNE, Opening, PETER, Person, THERAPIST, TUESDAY, WALT, WEDNESDAY, path_of},
    practice::{TestPractice, practice},
};

const BEN: &str = "Ben Ray";
/// How the therapist reads whose visit it is.
const WHOSE: &str = "Ben Ray, booked by June Okafor";
/// Tuesday, November 24, 11 am.
const ELEVEN: Opening = Opening { start: "2026-11-24T19:00:00Z", ..TUESDAY };

/// June's form of an opening, filled in for Ben.
async fn for_ben(practice: &TestPractice, opening: &Opening) -> Form {
    practice.filled(&JUNE, opening).await.with("for", BEN)
}

/// June has asked for Ben, and the emails about it are put away. Returns her page.
async fn asked_for_ben(practice: &TestPractice, opening: &Opening) -> String {
    let page = practice.visitor().press(&for_ben(practice, opening).await).await.leads_to();
    practice.emails().await;
    page
}

#[tokio::test]
async fn both_sides_read_whose_visit_it_is_and_the_client_is_whoever_asked() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = for_ben(&practice, &TUESDAY).await;
    assert_eq!(practice.filled(&JUNE, &TUESDAY).await.value("for"), "", "it is for oneself");
    let own = client.press_on(&form).await.says("Ben's visit").never_says(BEN);
    practice.deliver().await;
    let to_june = practice.mailbox.one_to(JUNE.email);
    assert!(to_june.text.starts_with("Hi June,"), "{}", to_june.text);
    to_june.says("Ben's visit");
    assert!(!to_june.text.contains("Ray"), "the first name alone: {}", to_june.text);
    let to_therapist = practice.mailbox.one_to(THERAPIST);
    assert!(to_therapist.subject.starts_with(&format!("Requested: {WHOSE}, ")), "{}", to_therapist.subject);
    to_therapist.says("June Okafor requests this time for Ben Ray.");
    practice.mailbox.take();
    let therapist = practice.therapist().await;
    assert_eq!(therapist.open("/admin").await.texts("li.req .who"), [WHOSE]);
    assert!(!therapist.has_on_file(&Person { name: BEN, ..JUNE }).await, "he is no client");
    therapist.client_page(&JUNE).await.says("for Ben Ray, ");
    let confirmed = therapist.confirms(&JUNE).await.says(&format!("Confirmed: {WHOSE}"));
    assert!(confirmed.title().starts_with(&format!("Confirmed: {WHOSE}")), "{}", confirmed.title());
    let email = practice.email_to(JUNE.email).await;
    email.says("Ben's visit is confirmed. I look forward to seeing Ben.");
    let invitation = email.invitation().join("\n");
    assert!(invitation.contains("SUMMARY:Ben's visit"), "{invitation}");
    let file = client.open(&client.open(email.page()).await.link("Add to calendar")).await;
    assert!(file.body().contains("SUMMARY:Ben's visit"), "{}", file.body());
    client.open(path_of(&own.asked.replace("GET ", ""))).await.says("I look forward to seeing Ben.");
    for page in ["/admin", "/admin/days/2026-11-24", "/admin/week"] {
        therapist.open(page).await.says(WHOSE);
    }
    practice.close().await;
}

#[tokio::test]
async fn the_own_name_is_no_somebody_else() {
    let practice = practice().open().await;
    let form = practice.filled(&JUNE, &TUESDAY).await.with("for", "  june  okafor ");
    practice.visitor().press_on(&form).await.never_says("visit for").never_says("June's visit");
    practice.emails().await;
    let therapist = practice.therapist().await;
    assert_eq!(therapist.open("/admin").await.texts("li.req .who"), [JUNE.name]);
    practice.close().await;
}

#[tokio::test]
async fn a_name_that_is_none_comes_back_with_everything_that_was_typed() {
    let practice = practice().open().await;
    let client = practice.visitor();
    for (typed, said) in [
        ("Win at evil.example", "That name reads like a web address."),
        ("12", "Please write their name in letters."),
        ("Ben 530-555-0142", "Please leave phone numbers out of the name."),
    ] {
        let form = for_ben(&practice, &TUESDAY).await.with("for", typed).with("note", "By the window.");
        let again = client.press(&form).await.expect(422);
        assert!(again.link(said).ends_with("#for"), "{}", again.text());
        let again = again.form("/appointments");
        assert_eq!((again.value("for"), again.value("note")), (typed, "By the window."));
        assert_eq!(again.value("name"), JUNE.name);
    }
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_taken_time_and_a_second_request_carry_the_name_along() {
    let practice = practice().open().await;
    practice.has_asked(&PETER, &TUESDAY).await;
    let client = practice.visitor();
    let taken =
        client.press(&for_ben(&practice, &ELEVEN).await.with("start", TUESDAY.start)).await.expect(409);
    let ways = taken.forms("/appointments");
    assert!(ways.len() > 1, "{}", taken.text());
    assert!(ways.iter().all(|form| form.value("for") == BEN), "{ways:?}");
    client.press_on(&ways[0]).await.says("Ben's visit");
    practice.emails().await;
    // The same form for another time asks first, and keeps him too.
    let another =
        client.press(ways.last().expect("a last one")).await.expect(200).says("As well, or instead?");
    let as_well = another.form("/appointments");
    assert_eq!(as_well.value("for"), BEN);
    client.press_on(&as_well).await.says("Ben's visit");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_slip_in_the_address_is_asked_about_without_losing_him() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = for_ben(&practice, &TUESDAY).await.with("email", "june@gmial.com");
    let question = client.press(&form).await.expect(200).says("Is this your email address?");
    assert!(question.forms("/appointments").iter().all(|form| form.value("for") == BEN));
    practice.close().await;
}

#[tokio::test]
async fn moving_and_canceling_tell_of_him() {
    let practice = practice().open().await;
    let page = asked_for_ben(&practice, &TUESDAY).await;
    practice.asks_to_move(&page, &WEDNESDAY).await.says("Ben's visit");
    let emails = practice.emails().await;
    for email in &emails {
        email.says(if email.to == JUNE.email { "Ben's visit" } else { WHOSE });
    }
    assert_eq!(emails.len(), 2, "{emails:?}");
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    therapist.moves(&JUNE, &ELEVEN).await.says(WHOSE);
    practice.email_to(JUNE.email).await.says("Ben's visit");
    therapist.answers(&JUNE, "cancellation", "").await;
    practice.email_to(JUNE.email).await.says("Ben's visit");
    practice.close().await;
}

#[tokio::test]
async fn a_new_time_after_a_closed_day_is_his_again() {
    let practice = practice().open().await;
    asked_for_ben(&practice, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    therapist.closes("2026-11-24", "").await;
    let email = practice.email_to(JUNE.email).await;
    email.says("Ben's visit");
    let client = practice.visitor();
    let time = client.open(email.page()).await.some_hrefs("main a[href*='start=']").remove(0);
    client.press_on(&client.open(&time).await.form("/rebooking")).await.says("Ben's visit");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn what_waits_for_its_proof_keeps_him() {
    let practice = practice().with("unproven_holds_per_day", "1").open().await;
    practice.has_asked(&PETER, &TUESDAY).await;
    let client = practice.visitor();
    client.press_on(&for_ben(&practice, &ELEVEN).await).await.says("Not requested yet").says("Ben's visit");
    let email = practice.email_to(JUNE.email).await;
    email.says("Ben's visit");
    client.press_on(&client.open(email.page()).await.form("/proof")).await.says("Ben's visit");
    practice.emails().await;
    // Whoever has left a number alone is called, about whom they have asked for.
    let walts = practice.filled(&WALT, &ELEVEN.at("2026-11-24T21:00:00Z")).await.with("for", BEN);
    client.press_on(&walts).await.says("Not requested yet").says("Ben's visit");
    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await.says("Ben Ray, booked by Walt Brennan").says(WHOSE);
    let take = today.forms("/proof").into_iter().find(|form| form.action.contains("/unproven-requests/"));
    therapist.press_on(&take.expect("a request to take")).await.says("Ben Ray, booked by Walt Brennan");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_blocked_client_reads_the_same_and_the_therapist_reads_for_whom() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    therapist.blocks(&JUNE).await;
    practice.visitor().open(&asked_for_ben(&practice, &TUESDAY).await).await.says("Ben's visit");
    assert_eq!(therapist.open("/admin").await.texts("details.blocked .visits a"), [WHOSE]);
    practice.close().await;
}

#[tokio::test]
async fn the_therapist_books_for_somebody_else_over_the_phone() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let address = TUESDAY.form().replace("/appointments/new", "/admin/appointments/new");
    let form = therapist.open(&address).await.form("/admin/appointments").with("name", JUNE.name);
    let form = form.with("email", JUNE.email).with("phone", JUNE.phone);
    let wrong = therapist.press(&form.clone().with("for", "evil.com")).await.expect(422);
    assert_eq!(wrong.form("/admin/appointments").value("for"), "evil.com");
    therapist.press_on(&form.with("for", BEN)).await.says(&format!("Confirmed: {WHOSE}"));
    practice.email_to(JUNE.email).await.says("Ben's visit is confirmed.");
    // "Same person?" keeps him as well.
    let again = ELEVEN.form().replace("/appointments/new", "/admin/appointments/new");
    let form = therapist.open(&again).await.form("/admin/appointments").with("name", JUNE.name);
    let asked = therapist.press(&form.with("phone", JUNE.phone).with("for", BEN)).await.expect(409);
    let answer = asked.says("Same person?").forms("/admin/appointments").remove(0);
    therapist.press_on(&answer).await.says(&format!("Confirmed: {WHOSE}"));
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn erasing_the_client_leaves_nothing_of_him_and_exports_have_him_before() {
    let practice = practice().open().await;
    let page = asked_for_ben(&practice, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let client = therapist.client_page(&JUNE).await;
    therapist.open(&client.link("Download")).await.says(BEN);
    practice
        .visitor()
        .press_on(&practice.visitor().open(&format!("{page}/cancellation")).await.form("/cancellation"))
        .await;
    practice.emails().await;
    let appointment = therapist.client_page(&JUNE).await.link("Tuesday, November 24, 9:00 am");
    therapist.open(&appointment).await.says(WHOSE);
    therapist.erases(&JUNE).await;
    therapist.open(&appointment).await.says("Erased client").never_says("Ben");
    practice.close().await;
}
