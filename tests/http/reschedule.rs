//! The client moves a request, or asks for another time: until the answer the
//! old one is valid, and whatever the answer is there is one visit.

use chrono::TimeDelta;

use crate::support::{
    mailbox::Email,
    page::{Form, Page},
    people::{JUNE, Opening, PETER, SATURDAY, THERAPIST, TUESDAY, Therapist, WALT, WEDNESDAY, path_of},
    practice::{TestPractice, practice},
    visitor::Visitor,
};

/// Thursday, November 26, 2:00 pm, in Redding.
const THURSDAY: Opening = Opening { start: "2026-11-26T22:00:00Z", ..TUESDAY };
/// Monday, November 30, 9:00 am, in Mt. Shasta.
const MONDAY: Opening = Opening { start: "2026-11-30T17:00:00Z", ..WEDNESDAY };

/// A visit of June's that is confirmed: her page, and the therapist.
async fn confirmed(practice: &TestPractice, opening: &Opening) -> (String, Therapist) {
    practice.has_asked(&JUNE, opening).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    let page = path_of(practice.email_to(JUNE.email).await.page()).to_owned();
    practice.emails().await;
    (page, therapist)
}

fn to(page: &str, opening: &Opening) -> String {
    format!("{page}/reschedule?office={}&start={}", opening.office, opening.start)
}

/// The question whether to move to an opening.
async fn question(client: &Visitor, page: &str, opening: &Opening) -> Form {
    client.open(&to(page, opening)).await.form("/reschedule")
}

/// Asks for a change, and sees where that leads.
async fn asks(client: &Visitor, page: &str, opening: &Opening) -> Page {
    let form = question(client, page, opening).await;
    client.press_on(&form).await
}

/// A form that no page has: the question's with other values.
async fn forged(client: &Visitor, page: &str, office: &str, start: &str) -> Page {
    let spare = THURSDAY.at("2026-11-27T22:00:00Z");
    let form = question(client, page, &spare).await;
    client.press(&form.with("office", office).with("start", start)).await
}

/// The therapist answers what the newest email to them is about.
async fn answers(practice: &TestPractice, therapist: &Therapist, answer: &str) {
    let email = practice.email_to(THERAPIST).await;
    let address = format!("{}/{answer}", path_of(email.page()));
    let request = therapist.post(&address, "sentence=").header("sec-fetch-site", "same-origin");
    therapist.send(request).await.expect(303);
}

/// The one email that came to June, whose subject begins with this word.
async fn told(practice: &TestPractice, word: &str) -> Email {
    let email = practice.email_to(JUNE.email).await;
    assert!(email.subject.starts_with(&format!("{word}: ")), "{}", email.subject);
    email
}

/// How many times the therapist has been taken.
async fn taken(practice: &TestPractice) -> usize {
    practice.busy().await.all().len()
}

async fn is_free(practice: &TestPractice, opening: &Opening) {
    practice.visitor().open(&opening.form()).await;
}

async fn is_held(practice: &TestPractice, opening: &Opening) {
    practice.visitor().get(&opening.form()).await.expect(409);
}

#[tokio::test]
async fn the_openings_of_all_offices_lead_to_one_question_each() {
    let practice = practice().open().await;
    let (page, _) = confirmed(&practice, &WEDNESDAY).await;
    let client = practice.visitor();
    let openings = client.open(&client.open(&page).await.link("Reschedule")).await;
    openings.clone().says("this time stays yours until I answer, within 24 hours").says("All times are PST");
    let links = openings.hrefs("main a[href*='start=']");
    assert!(links.len() > 50, "{links:?}");
    for office in ["mt-shasta", "redding"] {
        assert!(links.iter().any(|link| link.contains(office)), "{office}");
    }
    assert!(!links.contains(&to(&page, &WEDNESDAY)), "the time that it has is no opening");
    for link in links {
        client.open(&link).await.form("/reschedule");
    }
    let later = client.open(&openings.link("Later")).await;
    assert!(later.hrefs("main a[href*='start=']")[0].starts_with(&format!("{page}/reschedule?")));
    client.open(&later.link("Earlier days")).await;
    client.get(&format!("{page}/reschedule?from=soon")).await.expect(422).link("Later");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn the_question_names_both_times_and_both_offices() {
    let practice = practice().open().await;
    let (page, _) = confirmed(&practice, &WEDNESDAY).await;
    let asked = practice.visitor().open(&to(&page, &THURSDAY)).await;
    asked
        .says("Reschedule from Wednesday, November 25, 9:00 am to Thursday, November 26, 2:00 pm?")
        .says("at a different office: Redding instead of Mt. Shasta.")
        .says("The old time stays yours until I answer, by Tuesday, November 24, 8:01 am.")
        .says("PST");
    let here = practice.visitor().open(&to(&page, &MONDAY)).await;
    here.says("Reschedule from Wednesday").never_says("at a different office");
    practice.close().await;
}

#[tokio::test]
async fn looking_changes_nothing() {
    let practice = practice().open().await;
    let (page, _) = confirmed(&practice, &WEDNESDAY).await;
    let client = practice.visitor();
    let before = client.open(&page).await.body();
    for address in [format!("{page}/reschedule"), to(&page, &THURSDAY)] {
        client.open(&address).await;
        client.head(&address).await.expect(200);
    }
    assert_eq!(client.open(&page).await.body(), before);
    client.get(&format!("{page}/reschedule/end")).await.expect(405);
    assert_eq!(taken(&practice).await, 1);
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_request_is_moved_and_its_old_time_given_back() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    let client = practice.visitor();
    client.open(&page).await.link("Reschedule");
    client
        .open(&to(&page, &THURSDAY))
        .await
        .says("Your request moves to the new time")
        .says("Move my request");
    let own = asks(&client, &page, &THURSDAY).await.says("Thursday, November 26, 2:00 pm");
    assert!(own.title().starts_with("Requested: "));
    is_free(&practice, &TUESDAY).await;
    is_held(&practice, &THURSDAY).await;
    assert_eq!(taken(&practice).await, 1);
    told(&practice, "Requested").await;
    practice.mailbox.one_to(THERAPIST);
    practice.close().await;
}

#[tokio::test]
async fn until_the_answer_the_old_time_is_valid_and_the_new_one_held() {
    let practice = practice().open().await;
    let (page, _) = confirmed(&practice, &WEDNESDAY).await;
    let client = practice.visitor();
    let own = asks(&client, &page, &THURSDAY).await;
    assert!(own.title().starts_with("Confirmed: Wednesday, November 25, 9:00 am"), "{}", own.title());
    own.says("You asked for Thursday, November 26, 2:00 pm, Redding, a different office.")
        .says("The time above stays yours until I answer, by Tuesday, November 24, 8:01 am.");
    is_held(&practice, &WEDNESDAY).await;
    is_held(&practice, &THURSDAY).await;
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_yes_moves_the_visit_and_frees_the_old_time() {
    let practice = practice().open().await;
    let (page, therapist) = confirmed(&practice, &WEDNESDAY).await;
    let client = practice.visitor();
    asks(&client, &page, &THURSDAY).await;
    answers(&practice, &therapist, "confirmation").await;
    let own = client.open(&page).await.never_says("You asked for");
    assert!(own.title().starts_with("Confirmed: Thursday, November 26, 2:00 pm, Redding"), "{}", own.title());
    is_free(&practice, &WEDNESDAY).await;
    is_held(&practice, &THURSDAY).await;
    assert_eq!(taken(&practice).await, 1);
    practice.mailbox.take();
    told(&practice, "Changed").await;
    practice.close().await;
}

#[tokio::test]
async fn a_no_leaves_the_visit_and_frees_the_new_time() {
    let practice = practice().open().await;
    let (page, therapist) = confirmed(&practice, &WEDNESDAY).await;
    let client = practice.visitor();
    asks(&client, &page, &THURSDAY).await;
    answers(&practice, &therapist, "decline").await;
    let own = client.open(&page).await.never_says("You asked for");
    assert!(own.title().starts_with("Confirmed: Wednesday, November 25, 9:00 am"), "{}", own.title());
    is_held(&practice, &WEDNESDAY).await;
    is_free(&practice, &THURSDAY).await;
    assert_eq!(taken(&practice).await, 1);
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn silence_leaves_the_visit_and_frees_the_new_time() {
    let practice = practice().open().await;
    let (page, _) = confirmed(&practice, &MONDAY).await;
    let client = practice.visitor();
    asks(&client, &page, &MONDAY.at("2026-11-30T21:00:00Z")).await;
    practice.emails().await;
    practice.clock.advance(TimeDelta::hours(24)); // No tick has come, and yet it is over.
    client.open(&page).await.never_says("You asked for");
    practice.passes(TimeDelta::zero()).await;
    let own = client.open(&page).await;
    assert!(own.title().starts_with("Confirmed: Monday, November 30, 9:00 am"), "{}", own.title());
    is_held(&practice, &MONDAY).await;
    is_free(&practice, &MONDAY.at("2026-11-30T21:00:00Z")).await;
    assert_eq!(taken(&practice).await, 1);
    practice.passes(TimeDelta::minutes(1)).await;
    told(&practice, "Confirmed").await;
    practice.close().await;
}

#[tokio::test]
async fn a_second_change_replaces_the_first() {
    let practice = practice().open().await;
    let (page, therapist) = confirmed(&practice, &MONDAY).await;
    let client = practice.visitor();
    asks(&client, &page, &THURSDAY).await;
    practice.emails().await;
    client.open(&format!("{page}/reschedule")).await.says("You've asked for Thursday, November 26, 2:00 pm");
    asks(&client, &page, &SATURDAY).await.says("You asked for Saturday, November 28, 10:00 am");
    is_free(&practice, &THURSDAY).await;
    is_held(&practice, &SATURDAY).await;
    assert_eq!(taken(&practice).await, 2);
    answers(&practice, &therapist, "confirmation").await;
    assert!(client.open(&page).await.title().starts_with("Confirmed: Saturday, November 28"));
    assert_eq!(taken(&practice).await, 1);
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_change_is_taken_back_once() {
    let practice = practice().open().await;
    let (page, _) = confirmed(&practice, &WEDNESDAY).await;
    let client = practice.visitor();
    let keep = asks(&client, &page, &THURSDAY).await.form("/reschedule/end");
    practice.emails().await;
    let own = client.press_on(&keep).await.never_says("You asked for");
    assert!(own.title().starts_with("Confirmed: Wednesday, November 25"));
    is_free(&practice, &THURSDAY).await;
    practice.emails().await;
    client
        .press(&keep)
        .await
        .expect(409)
        .says("There's no reschedule request to answer anymore.")
        .has_a_way_out();
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn half_an_hour_over_ones_own_time_is_not_in_ones_own_way() {
    let practice = practice().open().await;
    let (page, therapist) = confirmed(&practice, &WEDNESDAY).await;
    let half_past = WEDNESDAY.at("2026-11-25T17:30:00Z");
    is_held(&practice, &half_past).await;
    let client = practice.visitor();
    asks(&client, &page, &half_past).await.says("You asked for Wednesday, November 25, 9:30 am");
    answers(&practice, &therapist, "confirmation").await;
    assert!(client.open(&page).await.title().starts_with("Confirmed: Wednesday, November 25, 9:30 am"));
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn there_and_back_again() {
    let practice = practice().with("moves_per_appointment", "9").open().await;
    let (page, therapist) = confirmed(&practice, &MONDAY).await;
    let client = practice.visitor();
    for opening in [SATURDAY, MONDAY, SATURDAY, MONDAY] {
        practice.emails().await;
        asks(&client, &page, &opening).await;
        answers(&practice, &therapist, "confirmation").await;
    }
    assert!(client.open(&page).await.title().starts_with("Confirmed: Monday, November 30, 9:00 am"));
    assert_eq!(taken(&practice).await, 1);
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn inside_the_notice_only_a_call_helps() {
    let practice = practice().open().await;
    let (page, _) = confirmed(&practice, &WEDNESDAY).await;
    let client = practice.visitor();
    let form = question(&client, &page, &THURSDAY).await;
    practice.passes(TimeDelta::hours(25)).await; // The start is 24 hours away.
    practice.emails().await;
    for gone in [
        client.get(&format!("{page}/reschedule")).await,
        client.get(&to(&page, &THURSDAY)).await,
        client.press(&form).await,
        client.press(&form.clone().with("start", "soon")).await,
    ] {
        let gone = gone.expect(410).says("less than 24 hours before your appointment");
        assert_eq!(gone.link("Call (530) 555-0100"), "tel:+15305550100");
    }
    let own = client.open(&page).await.says("To reschedule, please call.");
    assert!(own.hrefs("main a[href$=reschedule]").is_empty(), "no button that does nothing");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_request_is_moved_at_any_time_before_the_answer() {
    let practice = practice().open().await;
    // Tuesday, 9:00 am, is 25 hours away.
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.passes(TimeDelta::hours(20)).await;
    asks(&practice.visitor(), &page, &THURSDAY).await.says("Thursday, November 26, 2:00 pm");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_start_that_is_not_offered_is_409_with_the_nearest_openings_one_press_away() {
    let practice = practice().open().await;
    let (page, _) = confirmed(&practice, &WEDNESDAY).await;
    practice.has_asked(&PETER, &TUESDAY).await;
    let client = practice.visitor();
    for (what, office, start) in [
        ("taken", "redding", TUESDAY.start),
        ("in the night", "redding", "2026-11-26T09:00:00Z"),
        ("off the step", "redding", "2026-11-26T22:15:00Z"),
        ("at the other office's hour", "mt-shasta", THURSDAY.start),
        ("in the past", "redding", "2026-11-19T22:00:00Z"),
        ("beyond the horizon", "mt-shasta", "2027-01-25T17:00:00Z"),
        ("in another age", "redding", "9999-12-31T23:59:59Z"),
    ] {
        let asked = client.get(&format!("{page}/reschedule?office={office}&start={start}")).await;
        let sent = forged(&client, &page, office, start).await;
        for refused in [asked, sent] {
            let nearest = refused.expect(409).never_says("Peter").forms("/reschedule");
            assert_eq!(nearest.len(), 6, "{what}: three at each office");
            for form in nearest {
                let [office, start] = ["office", "start"].map(|field| form.value(field).to_owned());
                client.open(&format!("{page}/reschedule?office={office}&start={start}")).await;
            }
        }
    }
    assert_eq!(taken(&practice).await, 2, "nothing was changed");
    practice.deliver().await;
    practice.mailbox.is_empty();
    let nearest = forged(&client, &page, "redding", TUESDAY.start).await.forms("/reschedule");
    client.press_on(&nearest[0]).await.says("You asked for");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn what_cannot_be_read_is_422_with_the_openings() {
    let practice = practice().open().await;
    let (page, _) = confirmed(&practice, &WEDNESDAY).await;
    let client = practice.visitor();
    for (office, start) in
        [("redding", ""), ("redding", "soon"), ("redding", "2026-11-26T22:00Z"), ("chico", THURSDAY.start)]
    {
        let sent = forged(&client, &page, office, start).await.expect(422).says("I couldn't read that time.");
        assert!(!sent.hrefs("main a[href*='start=']").is_empty(), "{office} {start}");
        client.get(&format!("{page}/reschedule?office={office}&start={start}")).await.expect(422);
    }
    practice.close().await;
}

#[tokio::test]
async fn without_an_office_it_is_ones_own_or_else_wherever_the_start_is_offered() {
    let practice = practice().open().await;
    let (page, _) = confirmed(&practice, &WEDNESDAY).await;
    let client = practice.visitor();
    for (start, office) in [
        (SATURDAY.start, "Mt. Shasta"), // Both are open.
        (THURSDAY.start, "Redding"),    // Only Redding is.
    ] {
        client.open(&format!("{page}/reschedule?start={start}")).await.form("/reschedule");
        let sent = forged(&client, &page, "", start).await;
        let asked = client.follow(&sent).await.texts("section[aria-labelledby=change] p").concat();
        assert!(asked.contains(office), "{asked}");
    }
    let own_time = forged(&client, &page, "", WEDNESDAY.start).await.expect(409);
    own_time.says("already").link("See my appointment");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn the_time_that_it_has_or_waits_for_already_is_no_change() {
    let practice = practice().open().await;
    let (page, _) = confirmed(&practice, &WEDNESDAY).await;
    let client = practice.visitor();
    let form = question(&client, &page, &THURSDAY).await;
    client.press_on(&form).await;
    practice.emails().await;
    client.press(&form).await.expect(409).says("already").link("See my appointment");
    client.get(&to(&page, &WEDNESDAY)).await.expect(409).says("already");
    let links = client.open(&format!("{page}/reschedule")).await.hrefs("main a[href*='start=']");
    assert!(!links.contains(&to(&page, &THURSDAY)) && !links.contains(&to(&page, &WEDNESDAY)));
    assert_eq!(taken(&practice).await, 2);
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn what_is_over_cannot_be_moved_and_the_page_leads_on() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let canceled = practice.has_asked(&JUNE, &WEDNESDAY).await;
    let form = question(&client, &canceled, &THURSDAY).await;
    client.press_on(&client.open(&format!("{canceled}/cancellation")).await.form("/cancellation")).await;
    client.press(&form).await.expect(409).says("already canceled").link("See available times");
    client.get(&form.action).await.expect(409).link("See my appointment");
    let expired = practice.has_asked(&PETER, &WEDNESDAY).await;
    practice.passes(TimeDelta::hours(25)).await;
    client.get(&format!("{expired}/reschedule")).await.expect(409).says("already expired");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn after_the_start_it_cannot_be_moved() {
    let practice = practice().with("cancellation_notice_hours", "0").open().await;
    let (page, _) = confirmed(&practice, &WEDNESDAY).await;
    let client = practice.visitor();
    let form = question(&client, &page, &THURSDAY).await;
    practice.passes(TimeDelta::hours(49)).await;
    client.press(&form).await.expect(409).says("The session has already started.");
    client.get(&form.action).await.expect(409);
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn where_the_service_is_confirmed_at_once_so_is_the_change() {
    let practice = practice().with("confirmation", r#""at_once""#).open().await;
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    let client = practice.visitor();
    client.open(&format!("{page}/reschedule")).await.says("It's confirmed right away.");
    client.open(&to(&page, &THURSDAY)).await.says("confirmed as soon as you press the button");
    let own = asks(&client, &page, &THURSDAY).await;
    assert!(own.title().starts_with("Confirmed: Thursday, November 26, 2:00 pm"), "{}", own.title());
    is_free(&practice, &WEDNESDAY).await;
    assert_eq!(taken(&practice).await, 1);
    told(&practice, "Changed").await;
    practice.mailbox.one_to(THERAPIST);
    practice.close().await;
}

#[tokio::test]
async fn a_change_of_what_is_canceled_goes_with_it() {
    let practice = practice().open().await;
    let (page, _) = confirmed(&practice, &WEDNESDAY).await;
    let client = practice.visitor();
    asks(&client, &page, &THURSDAY).await;
    let cancellation = client
        .open(&format!("{page}/cancellation"))
        .await
        .says("This also cancels your request for another time.");
    client.press_on(&cancellation.form("/cancellation")).await;
    assert_eq!(taken(&practice).await, 0);
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn too_many_changes_wait_a_minute() {
    let practice = practice().with("per_address_10_seconds", "1").open().await;
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    let client = practice.visitor();
    let form = question(&client, &page, &THURSDAY).await;
    let refused = client.press(&form).await.expect(429).says("Try again in");
    assert_eq!(refused.form("/reschedule").value("start"), THURSDAY.start, "nothing is lost");
    practice.close().await;
}

#[tokio::test]
async fn an_emails_link_shows_no_address_while_a_change_waits() {
    let practice = practice().open().await;
    let (page, _) = confirmed(&practice, &WEDNESDAY).await;
    let client = practice.visitor();
    let form = question(&client, &page, &THURSDAY).await;
    for shown in [client.open(&form.action).await, client.press_on(&form).await] {
        shown.never_says(JUNE.email).never_says("555-0133").never_says(JUNE.name);
    }
    for private in [page.clone(), form.action.clone(), to(&page, &MONDAY)] {
        let shown = client.open(&private).await;
        assert_eq!(shown.header("cache-control"), "no-store");
        assert_eq!(shown.header("x-robots-tag"), "noindex");
    }
    practice.deliver().await;
    practice.close().await;
}

/// Whoever has no email address has this one link, and no email brings another.
#[tokio::test]
async fn the_link_to_the_page_lasts_as_long_as_the_visit_where_it_was_moved() {
    let far = TUESDAY.at("2027-01-12T17:00:00Z");
    for is_by_client in [true, false] {
        let practice = practice().open().await;
        let page = practice.has_asked(&WALT, &TUESDAY).await;
        let therapist = practice.therapist().await;
        if is_by_client {
            practice.asks_to_move(&page, &far).await;
            therapist.confirms(&WALT).await;
        } else {
            therapist.moves(&WALT, &far).await;
        }
        practice.passes(TimeDelta::days(45)).await;
        practice.emails().await;
        practice.visitor().open(&page).await.says("Tuesday, January 12, 9:00 am");
        practice.passes(TimeDelta::days(36)).await;
        practice.visitor().get(&page).await.expect(404);
        practice.close().await;
    }
}

/// The page said another time than the one that would be given away.
#[tokio::test]
async fn a_visit_that_the_therapist_has_moved_meanwhile_is_not_moved_by_an_old_page() {
    let practice = practice().open().await;
    let (page, therapist) = confirmed(&practice, &WEDNESDAY).await;
    let client = practice.visitor();
    let form = question(&client, &page, &THURSDAY).await;
    therapist.moves(&JUNE, &SATURDAY).await;
    practice.emails().await;
    let refused = client
        .press(&form)
        .await
        .expect(409)
        .says("This appointment has changed since you opened the page: it's confirmed now.");
    let again = refused
        .says("Reschedule from Saturday, November 28, 10:00 am to Thursday, November 26, 2:00 pm?")
        .form("/reschedule");
    assert_eq!(taken(&practice).await, 1);
    practice.deliver().await;
    practice.mailbox.is_empty();
    client.press_on(&again).await.says("You asked for Thursday, November 26, 2:00 pm");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn that_it_was_moved_meanwhile_is_said_where_the_time_is_gone_as_well() {
    let practice = practice().open().await;
    let (page, therapist) = confirmed(&practice, &WEDNESDAY).await;
    let client = practice.visitor();
    let form = question(&client, &page, &THURSDAY).await;
    therapist.moves(&JUNE, &SATURDAY).await;
    practice.has_asked(&PETER, &THURSDAY).await;
    let refused = client.press(&form).await.expect(409).says("Sorry, that time");
    let refused = refused.says("This appointment has changed since you opened the page: it's confirmed now.");
    client.press_on(&refused.forms("/reschedule")[0]).await.says("You asked for");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_form_that_does_not_say_what_it_showed_moves_the_visit_from_where_it_is() {
    let practice = practice().open().await;
    let (page, therapist) = confirmed(&practice, &WEDNESDAY).await;
    therapist.moves(&JUNE, &SATURDAY).await;
    let fields = [("office", THURSDAY.office), ("start", THURSDAY.start)];
    practice.visitor().sends(&format!("{page}/reschedule"), &fields).await.expect(303);
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_change_is_taken_back_only_by_a_page_that_shows_it() {
    let practice = practice().open().await;
    let (page, _) = confirmed(&practice, &WEDNESDAY).await;
    let client = practice.visitor();
    let end = asks(&client, &page, &THURSDAY).await.form("/reschedule/end");
    asks(&client, &page, &MONDAY).await;
    practice.emails().await;
    let refused = client
        .press(&end)
        .await
        .expect(409)
        .says("This appointment has changed since you opened the page: it's confirmed now.");
    let end = refused.says("You asked for Monday, November 30, 9:00 am").form("/reschedule/end");
    practice.deliver().await;
    practice.mailbox.is_empty();
    client.press_on(&end).await.never_says("You asked for");
    practice.emails().await;
    practice.close().await;
}

/// What has run out at the moment of a press has changed, too; once said, it is known.
#[tokio::test]
async fn a_change_that_has_just_run_out_is_told_once_to_whoever_cancels() {
    let practice = practice().open().await;
    let (page, _) = confirmed(&practice, &MONDAY).await;
    let client = practice.visitor();
    asks(&client, &page, &MONDAY.at("2026-11-30T21:00:00Z")).await;
    practice.emails().await;
    let form = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    practice.clock.advance(TimeDelta::hours(24)); // No tick has come.
    let refused = client.press(&form).await.expect(409).says("This appointment has changed since");
    client
        .press_on(
            &refused.never_says("This also cancels your request for another time.").form("/cancellation"),
        )
        .await;
    practice.emails().await;
    practice.close().await;
}

/// Times in Redding that are free.
const FREE: [&str; 4] =
    ["2026-12-01T18:00:00Z", "2026-12-03T18:00:00Z", "2026-12-01T21:00:00Z", "2026-12-03T21:00:00Z"];

#[tokio::test]
async fn so_many_moves_by_the_client_and_then_it_is_a_call() {
    let practice = practice().with("moves_per_appointment", "2").open().await;
    let (page, therapist) = confirmed(&practice, &THURSDAY).await;
    let client = practice.visitor();
    for (moves, start) in ["Once by the client", "Twice by the client"].into_iter().zip(FREE) {
        asks(&client, &page, &TUESDAY.at(start)).await.says("You asked to reschedule");
        assert!(!therapist.page_of(&JUNE).await.text().contains(moves), "it counts when it is confirmed");
        therapist.confirms(&JUNE).await.says(moves);
    }
    practice.emails().await;
    let own = client.open(&page).await.says("To reschedule, please call.");
    assert!(own.forms("/reschedule").is_empty() && !own.text().contains("You can reschedule here"));
    for refused in [
        client.get(&format!("{page}/reschedule")).await,
        client.get(&to(&page, &TUESDAY.at(FREE[2]))).await,
        client.sends(&format!("{page}/reschedule"), &[("office", "redding"), ("start", FREE[2])]).await,
    ] {
        refused.expect(410).says("You've rescheduled this twice already").says("Call (530) 555-0100");
    }
    // The therapist still can, and that counts for nothing.
    therapist.moves(&JUNE, &TUESDAY.at(FREE[3])).await;
    therapist.page_of(&JUNE).await.says("Twice by the client, as often as they can");
    let email = practice.email_to(JUNE.email).await;
    email.says("See your appointment or cancel:\nhttp");
    practice.close().await;
}

#[tokio::test]
async fn a_request_that_was_moved_often_is_a_call_too_and_what_is_taken_back_does_not_count() {
    let practice = practice().with("moves_per_appointment", "1").open().await;
    let page = practice.has_asked(&JUNE, &THURSDAY).await;
    let client = practice.visitor();
    asks(&client, &page, &TUESDAY.at(FREE[0])).await;
    client.get(&format!("{page}/reschedule")).await.expect(410).says("You've rescheduled this once already");
    practice.therapist().await.confirms(&JUNE).await;
    practice.emails().await;

    let (page, therapist) = {
        practice.has_asked(&PETER, &THURSDAY).await;
        let therapist = practice.therapist().await;
        therapist.confirms(&PETER).await;
        (path_of(practice.email_to(PETER.email).await.page()).to_owned(), therapist)
    };
    asks(&client, &page, &TUESDAY.at(FREE[1])).await;
    let own = client.open(&page).await;
    client.press_on(&own.form("/reschedule/end")).await;
    asks(&client, &page, &TUESDAY.at(FREE[1])).await;
    therapist.answers(&PETER, "decline", "").await.expect(303);
    asks(&client, &page, &TUESDAY.at(FREE[2])).await.says("You asked to reschedule");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_yes_to_a_move_that_is_undone_is_not_counted() {
    let practice = practice().with("moves_per_appointment", "1").open().await;
    let (page, therapist) = confirmed(&practice, &THURSDAY).await;
    let client = practice.visitor();
    asks(&client, &page, &TUESDAY.at(FREE[0])).await;
    let therapist = therapist.in_a_hurry();
    let confirmed = therapist.confirms(&JUNE).await.says("Once by the client");
    therapist.undoes(&confirmed).await;
    assert!(!therapist.page_of(&JUNE).await.text().contains("Once by the client"));
    asks(&client, &page, &TUESDAY.at(FREE[1])).await.says("You asked to reschedule");
    practice.emails().await;
    practice.close().await;
}
