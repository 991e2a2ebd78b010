//! Beyond the ceiling on unproven holds a time is held only for whoever proves that they
//! read the email about it.

use chrono::TimeDelta;

use crate::support::{
    mailbox::Email,
    page::{Form, Page},
    people::{JUNE, Opening, PETER, Person, TUESDAY, WALT, WEDNESDAY},
    practice::{TestPractice, practice},
};

const ROSA: Person =
    Person { name: "Rosa Alvarez", email: "rosa@example.com", phone: "", note: "Left side." };
/// Tuesday, November 24, 11 am and 1 pm.
const ELEVEN: Opening = Opening { start: "2026-11-24T19:00:00Z", ..TUESDAY };
const ONE: Opening = Opening { start: "2026-11-24T21:00:00Z", ..TUESDAY };

/// One unproven hold a day, and June has it.
async fn full() -> TestPractice {
    let practice = practice().with("unproven_holds_per_day", "1").open().await;
    practice.visitor().open(&practice.has_asked(&JUNE, &TUESDAY).await).await.says("Requested");
    practice
}

/// Asks beyond the ceiling. Returns the page of whoever asked, and the email.
async fn asks_in_vain(practice: &TestPractice, person: &Person, opening: &Opening) -> (String, Email) {
    let page = practice.asks(person, opening).await;
    let shown = practice.visitor().open(&page).await.says("Not requested yet");
    assert!(shown.title().starts_with("Not requested yet"), "{}", shown.title());
    let email = practice.email_to(person.email).await;
    assert_eq!(email.kind(), "unproven");
    (page, email)
}

/// The buttons of today's page that make a request of what waits.
fn taking(today: &Page) -> Vec<Form> {
    let mut forms = today.forms("/proof");
    forms.retain(|form| form.action.contains("/unproven-requests/"));
    forms
}

async fn proves(practice: &TestPractice, email: &Email) -> Page {
    let client = practice.visitor();
    client.press(&client.open(email.page()).await.form("/proof")).await
}

#[tokio::test]
async fn beyond_the_ceiling_nothing_is_held_and_the_button_is_in_the_email() {
    let practice = full().await;
    let (page, email) = asks_in_vain(&practice, &ROSA, &ELEVEN).await;
    assert_eq!(email.subject, "Not requested yet: Tuesday, November 24, 11:00 am, Redding");
    email.says("Nothing is held for you yet.");
    let shown = practice.visitor().open(&page).await.says(ROSA.email);
    assert!(shown.forms("/proof").is_empty(), "the page of the form proves nothing");
    let token = page.rsplit('/').next().expect("a token");
    practice.visitor().sends(&format!("/appointments/{token}/proof"), &[]).await.expect(409);
    practice.visitor().open(&page).await.says("Not requested yet");
    // A mail scanner opens the link, as often as it likes.
    for _ in 0..3 {
        let scanned = practice.visitor().open(email.page()).await;
        scanned.never_says(ROSA.email).never_says(ROSA.note).says("Not requested yet");
        practice.visitor().head(email.page()).await.expect(200);
    }
    practice.visitor().get(&ELEVEN.form()).await.expect(200);
    assert_eq!(practice.busy().await, practice.busy().await);
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn whoever_presses_the_button_has_requested_and_twice_is_once() {
    let practice = full().await;
    let (page, email) = asks_in_vain(&practice, &ROSA, &ELEVEN).await;
    let client = practice.visitor();
    let button = client.open(email.page()).await.form("/proof");
    for _ in 0..2 {
        let proven = client.press(&button).await.expect(303);
        let proven =
            client.follow(&proven).await.says("I'm holding this time for you.").never_says(ROSA.note);
        assert!(proven.title().starts_with("Requested: "), "{}", proven.title());
    }
    let kinds: Vec<_> =
        practice.emails().await.iter().map(|email| (email.to.clone(), email.kind())).collect();
    assert_eq!(kinds.len(), 2, "{kinds:?}");
    assert!(kinds.contains(&(ROSA.email.to_owned(), "received")), "{kinds:?}");
    practice.visitor().open(&page).await.says("Requested").says(ROSA.email);
    practice.visitor().get(&ELEVEN.form()).await.expect(409);
    // Rosa's hold is proven, June's is not.
    asks_in_vain(&practice, &PETER, &ONE).await;
    let therapist = practice.therapist().await;
    therapist.page_of(&ROSA).await.says("Requested: Rosa Alvarez").says(ROSA.note);
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    practice.visitor().open(&practice.has_asked(&PETER, &ONE).await).await.says("I'm holding this time");
    practice.close().await;
}

#[tokio::test]
async fn the_same_form_again_is_the_same_request_before_and_after_the_proof() {
    let practice = full().await;
    let form = practice.filled(&ROSA, &ELEVEN).await;
    let client = practice.visitor();
    let page = client.press(&form).await.leads_to();
    assert_eq!(client.press(&form.clone().with("note", "Right side.")).await.leads_to(), page);
    let email = practice.email_to(ROSA.email).await;
    proves(&practice, &email).await.expect(303);
    assert_eq!(client.press(&form).await.leads_to(), page);
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_time_that_was_taken_meanwhile_is_409_and_another_one_is_a_press_away() {
    let practice = full().await;
    let (page, email) = asks_in_vain(&practice, &ROSA, &TUESDAY.at("2026-11-24T19:00:00Z")).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.has_asked(&PETER, &ELEVEN).await;
    let taken = proves(&practice, &email).await.expect(409).says("that time's taken");
    let other = taken.forms("/proof").into_iter().next().expect("an opening");
    practice.visitor().open(email.page()).await.says("Not requested yet");
    // Even today's ceiling is no matter to whoever has proved their email.
    let client = practice.visitor();
    client.press_on(&other).await.says("I'm holding this time for you.");
    client.open(&page).await.says("Requested");
    therapist.page_of(&ROSA).await.says(ROSA.note);
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_mistyped_address_is_corrected_and_the_first_link_is_dead() {
    let practice = full().await;
    let (page, wrong) = asks_in_vain(&practice, &Person { email: "rosa@example.org", ..ROSA }, &ELEVEN).await;
    let client = practice.visitor();
    let form = client.open(&page).await.form("/address");
    client.press(&form.clone().with("email", "rosa")).await.expect(422).says("Not requested yet");
    client.press_on(&form.with("email", ROSA.email)).await.says(ROSA.email);
    let right = practice.email_to(ROSA.email).await;
    practice.visitor().get(wrong.page()).await.expect(404);
    proves(&practice, &right).await.expect(303);
    practice.visitor().open(&page).await.says("Requested");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn what_waits_for_its_proof_counts_among_the_open_requests_of_its_contact_for_a_day() {
    let practice = practice().with("unproven_holds", "0").with("open_requests_per_contact", "1").open().await;
    asks_in_vain(&practice, &ROSA, &TUESDAY).await;
    let form = practice.filled(&ROSA, &ELEVEN).await;
    let client = practice.visitor();
    let refused = client.press(&form).await.expect(429);
    assert_eq!(refused.form("/appointments").value("note"), ROSA.note, "nothing typed is lost");
    practice.passes(TimeDelta::hours(25)).await;
    let page = practice.asks(&ROSA, &WEDNESDAY.at("2026-12-02T17:00:00Z")).await;
    client.open(&page).await.says("Not requested yet");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn what_nobody_proves_is_gone_after_a_month() {
    let practice = practice().with("unproven_holds", "0").open().await;
    let (page, email) = asks_in_vain(&practice, &ROSA, &TUESDAY.at("2027-01-12T17:00:00Z")).await;
    practice.passes(TimeDelta::days(29)).await;
    practice.visitor().open(&page).await.says("Not requested yet");
    practice.passes(TimeDelta::days(2)).await;
    stillpoint::jobs::housekeeping::prune(&practice.running.current.app()).await.expect("pruned");
    practice.visitor().get(&page).await.expect(404);
    practice.visitor().get(email.page()).await.expect(404);
    practice.close().await;
}

#[tokio::test]
async fn a_request_that_nobody_has_proved_is_not_moved_to_a_date_that_is_full() {
    let practice = practice().with("unproven_holds_per_day", "1").open().await;
    let page = practice.asks(&JUNE, &WEDNESDAY).await;
    let email = practice.email_to(JUNE.email).await;
    practice.has_asked(&PETER, &TUESDAY).await;
    practice.visitor().get(&page).await.expect(200);
    let to = |page: &str| format!("{page}/reschedule?office={}&start={}", ELEVEN.office, ELEVEN.start);
    let client = practice.visitor();
    let form = client.open(&to(&page)).await.form("/reschedule");
    client.press(&form).await.expect(409).says("open this page from my email");
    let form = client.open(&to(email.page())).await.form("/reschedule");
    client.press_on(&form).await.says("Tuesday, November 24, 11:00 am");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_phone_number_alone_becomes_a_call() {
    let practice = full().await;
    let page = practice.asks(&WALT, &ELEVEN).await;
    let shown = practice.visitor().open(&page).await.says("Not requested yet").says("(530) 555-0117");
    assert!(shown.forms("/proof").is_empty());
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn the_therapist_calls_and_takes_the_request_or_leaves_it() {
    let practice = full().await;
    let (taken, left) = (practice.asks(&WALT, &ELEVEN).await, practice.asks(&WALT, &ONE).await);
    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await.says("Not requested yet: call first");
    let take = &taking(&today)[0];
    let mut leaving = today.forms("/end");
    leaving.retain(|form| form.action.contains("/unproven-requests/"));
    let leave = leaving.pop().expect("the second");
    therapist.press_on(take).await.says("Requested: Walt Brennan");
    practice.visitor().open(&taken).await.says("I'm holding this time for you.");
    therapist.press(take).await.expect(409).says("This isn't on the list anymore");
    therapist.press_on(&leave).await.never_says("call first");
    therapist.press(&leave).await.expect(409);
    practice.visitor().open(&left).await.says("This request is over.");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_time_that_is_gone_stays_on_the_list_of_calls() {
    let practice = full().await;
    practice.asks(&WALT, &ELEVEN).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.has_asked(&PETER, &ELEVEN).await;
    let take = taking(&therapist.open("/admin").await).remove(0);
    therapist.press(&take).await.expect(409).says("That time isn't open anymore");
    therapist.open("/admin").await.says("call first").says("Walt Brennan");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn under_the_switch_everybody_proves_their_email_first() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let on = therapist.open("/admin").await.form("/admin/proof");
    therapist.press_on(&on).await.says("Everybody proves their email first,");
    therapist.press(&on).await.expect(409).says("Everybody is asked already");
    let (_, email) = asks_in_vain(&practice, &ROSA, &TUESDAY).await;
    let today = therapist.open("/admin").await;
    let today =
        today.says("One request waits for the sender to prove their email. Nothing is held for them.");
    proves(&practice, &email).await.expect(303);
    // It outlives a restart.
    let practice = practice.opened_again(|file| file).await;
    asks_in_vain(&practice, &PETER, &ELEVEN).await;
    let off = today.form("/admin/proof/end");
    let therapist = practice.therapist().await;
    therapist.press_on(&off).await.never_says("Everybody proves");
    therapist.press(&off).await.expect(409).says("Nobody is asked just now");
    practice.visitor().open(&practice.has_asked(&JUNE, &ONE).await).await.says("I'm holding this time");
    therapist.open("/admin/history").await.says("You asked everybody to prove their email first.");
    practice.close().await;
}

#[tokio::test]
async fn what_waits_survives_a_restart() {
    let practice = full().await;
    let (page, email) = asks_in_vain(&practice, &ROSA, &ELEVEN).await;
    let practice = practice.opened_again(|file| file).await;
    practice.visitor().open(&page).await.says("Not requested yet");
    let path = crate::support::people::path_of(email.page()).to_owned();
    let client = practice.visitor();
    client.press_on(&client.open(&path).await.form("/proof")).await.says("I'm holding this time for you.");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_client_who_comes_by_an_earlier_email_needs_no_other_proof() {
    let practice = practice().with("unproven_holds", "1").open().await;
    practice.asks(&ROSA, &TUESDAY).await;
    let email = practice.email_to(ROSA.email).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&ROSA).await;
    practice.passes(TimeDelta::days(2)).await;
    practice.has_asked(&JUNE, &TUESDAY.at("2026-12-01T17:00:00Z")).await;
    let client = practice.visitor();
    let again = client.open(email.page()).await.link("Book again");
    let times = client.open(&again).await.hrefs("main a[href*='start=']");
    let form = client.open(times.last().expect("an opening")).await.form("/appointments").ticked("agreed");
    client.press_on(&form).await.says("I'm holding this time for you.");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn whoever_is_erased_leaves_nothing_that_waits_for_a_proof() {
    let practice = full().await;
    let therapist = practice.therapist().await;
    therapist.answers(&JUNE, "decline", "").await.expect(303);
    practice.emails().await;
    therapist.press_on(&therapist.open("/admin").await.form("/admin/proof")).await;
    let (page, email) = asks_in_vain(&practice, &JUNE, &ELEVEN).await;
    let client =
        therapist.open("/admin/appointments/1").await.hrefs("dd a[href^='/admin/clients/']").remove(0);
    let erasure = format!("{client}/erasure");
    therapist.press_on(&therapist.open(&erasure).await.form("/erasure")).await;
    practice.visitor().get(&page).await.expect(404);
    practice.visitor().get(email.page()).await.expect(404);
    assert!(!therapist.open("/admin/emails").await.text().contains(JUNE.email));
    practice.close().await;
}
