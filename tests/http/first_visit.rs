//! What holds for somebody's first visit: a phone number, the therapist's own yes, a talk
//! before it; and the address of an office that nobody is told before.

use std::collections::{BTreeSet, VecDeque};

use chrono::TimeDelta;

use crate::support::{
    page::Page,
    people::{JUNE, PETER, Person, TUESDAY, Therapist, WALT, WEDNESDAY, path_of},
    practice::{Opening, TestPractice, practice},
};

/// What nobody is to read before their visit in Mt. Shasta is confirmed: the street and its
/// code, the way, and the place on a map.
const WITHHELD: [&str; 5] = ["100 Example", "Example Street", "96067", "=41.31", ":41.31"];

fn with_first_visit(rules: &str) -> Opening {
    practice().with_practice_file(|file| format!("{file}\n[first_visit]\n{rules}\n"))
}

fn keeps_the_address_back(file: String) -> String {
    file.replace("latitude = 41.31", "address_public = false\nlatitude = 41.31")
}

#[track_caller]
fn tells_no_address(what: &str, text: &str) {
    let text = text.to_lowercase();
    for withheld in WITHHELD {
        assert!(!text.contains(&withheld.to_lowercase()), "{what} tells “{withheld}”:\n{text}");
    }
}

/// Has been here: their visit on Tuesday is over. Returns the page that an email about it leads to.
async fn has_been_here(practice: &TestPractice, person: &Person) -> String {
    practice.has_asked(person, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let form = therapist.page_of(person).await.form("/confirmation");
    let form = if form.has("spoken_with") { form.ticked("spoken_with") } else { form };
    therapist.press_on(&form).await;
    let page = practice.email_to(person.email).await.page().to_owned();
    practice.passes(TimeDelta::hours(27)).await; // Tuesday, 11 am.
    practice.emails().await;
    page
}

#[tokio::test]
async fn whoever_comes_for_the_first_time_leaves_a_phone_number() {
    let practice = with_first_visit("phone_needed = true").open().await;
    let client = practice.visitor();
    let form = client
        .open(&WEDNESDAY.form())
        .await
        .says("For a first visit I need a phone number.")
        .form("/appointments");
    for phone in ["", "   "] {
        let typed = Person { phone, ..JUNE }.fills(form.clone()).with("note", "By the door");
        let again = client.press(&typed).await.expect(422).says("Please leave a phone number");
        let again = again.form("/appointments");
        assert_eq!(again.value("name"), JUNE.name);
        assert_eq!(again.value("email"), JUNE.email);
        assert_eq!(again.value("note"), "By the door");
        assert!(again.is_ticked("agreed"));
    }
    let wrong = Person { phone: "12", ..JUNE }.fills(form.clone());
    client.press(&wrong).await.expect(422).never_says("Please leave a phone number");
    client.press(&PETER.fills(form.clone())).await.expect(422);
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.has_asked(&WALT, &WEDNESDAY.at("2026-11-25T20:00:00Z")).await; // A number alone is enough.
    practice.close().await;
}

#[tokio::test]
async fn without_the_rule_an_email_address_is_enough() {
    let practice = practice().open().await;
    practice.visitor().open(&WEDNESDAY.form()).await.says("Just one is enough.");
    practice.has_asked(&PETER, &WEDNESDAY).await;
    practice.close().await;
}

#[tokio::test]
async fn whoever_has_been_here_is_not_asked_for_a_number() {
    let practice = practice().open().await;
    let page = has_been_here(&practice, &PETER).await; // Who has left none.
    let practice =
        practice.opened_again(|file| format!("{file}\n[first_visit]\nphone_needed = true\n")).await;
    let client = practice.visitor();
    let openings = client.open(&client.open(&page).await.link("Book again")).await;
    let form = client.open(&openings.some_hrefs("main a[href*='start=']")[0]).await.form("/appointments");
    let asked = client.press_on(&form.ticked("agreed")).await;
    asked.says("It is not confirmed yet.");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_first_visit_waits_for_the_therapist_although_others_are_confirmed_at_once() {
    let practice = practice()
        .with("confirmation", "\"at_once\"")
        .with_practice_file(|file| format!("{file}\n[first_visit]\nby_therapist = true\n"))
        .open()
        .await;
    practice.visitor().open(&TUESDAY.form()).await.never_says("confirmed right away");
    let page = has_been_here(&practice, &JUNE).await;
    let client = practice.visitor();
    let openings = client.open(&client.open(&page).await.link("Book again")).await;
    let address = openings.some_hrefs("main a[href*='start=']")[0].clone();
    let form = client.open(&address).await.says("confirmed right away").form("/appointments");
    client.press_on(&form.ticked("agreed")).await.says("I look forward to seeing you.");
    // Her name and address alone prove nothing.
    let page = practice.asks(&JUNE, &WEDNESDAY.at("2026-11-30T20:00:00Z")).await;
    client.open(&page).await.says("It is not confirmed yet.");
    practice.emails().await;
    practice.close().await;
}

/// Somebody's request, answered from the page that it is on.
async fn is_asked_to_have_spoken(therapist: &Therapist, page: Page) {
    let form = page.form("/confirmation");
    assert!(!form.is_ticked("spoken_with"));
    let again = therapist.press(&form).await.expect(422).says("Please check that you've spoken with them");
    assert!(again.form("/confirmation").has("spoken_with"));
    again.says("Requested");
}

#[tokio::test]
async fn the_yes_to_a_first_visit_needs_a_talk_before() {
    let practice = with_first_visit("spoken_with = true").open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    is_asked_to_have_spoken(&therapist, therapist.open("/admin").await).await;
    let page = therapist.page_of(&JUNE).await;
    let typed = page.form("/confirmation").with("sentence", "See you at the green door.");
    let again = therapist.press(&typed).await.expect(422).form("/confirmation");
    assert_eq!(again.value("sentence"), "See you at the green door.");
    // To move a request is a yes as well.
    let moving = therapist.moving(&JUNE, &WEDNESDAY.at("2026-11-25T21:00:00Z")).await;
    let moving = therapist.press(&moving).await.expect(422).says("spoken with them").form("/reschedule");
    assert!(practice.emails().await.is_empty(), "nothing has happened");
    therapist.press_on(&moving.ticked("spoken_with")).await.says("Confirmed: June Okafor");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn what_was_declined_is_put_back_after_a_talk_and_a_known_client_needs_none() {
    let practice = with_first_visit("spoken_with = true").open().await;
    has_been_here(&practice, &JUNE).await;
    practice.has_asked(&JUNE, &WEDNESDAY.at("2026-11-30T20:00:00Z")).await;
    let therapist = practice.therapist().await;
    let known = therapist.open("/admin").await.form("/confirmation");
    assert!(!known.has("spoken_with"), "they have been here");
    therapist.press_on(&known).await;
    let page = therapist.page_of(&JUNE).await;
    practice.emails().await;
    page.never_says("spoken with them");

    practice.has_asked(&PETER, &WEDNESDAY.at("2026-11-30T22:00:00Z")).await;
    let page = therapist.page_of(&PETER).await.asked;
    therapist.answers(&PETER, "decline", "").await.expect(303);
    practice.emails().await;
    let page = page.split_whitespace().last().expect("an address").to_owned();
    let declined = therapist.open(path_of(&page)).await.form("/put-back");
    let again = therapist.press(&declined).await.expect(422).form("/put-back");
    therapist.press_on(&again.ticked("spoken_with")).await.says("Confirmed: Peter Lindqvist");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn an_address_that_is_not_public_stands_on_no_page_in_no_feed_and_in_no_search() {
    let practice = practice().with_practice_file(keeps_the_address_back).open().await;
    let visitor = practice.visitor();
    let mut waiting: VecDeque<String> = VecDeque::from(["/".to_owned(), "/sitemap.xml".to_owned()]);
    waiting.extend(
        ["/articles/feed.xml", "/robots.txt", "/search?q=street", "/search?q=directions"].map(str::to_owned),
    );
    waiting.push_back(WEDNESDAY.form());
    let locations = visitor.open("/sitemap.xml").await.locations();
    waiting.extend(locations.iter().map(|address| path_of(address).to_owned()));
    let mut seen: BTreeSet<String> = BTreeSet::new();
    while let Some(address) = waiting.pop_front() {
        if !seen.insert(address.clone()) {
            continue;
        }
        let page = visitor.get(&address).await;
        tells_no_address(&address, &String::from_utf8_lossy(&page.bytes));
        let leads = page.hrefs("a[href^='/'], link[href^='/']");
        // Of the times one is like another.
        let is_new = |href: &String| {
            !href.starts_with("/admin") && !href.contains("start=") && !href.contains("from=")
        };
        waiting.extend(
            leads
                .into_iter()
                .map(|href| href.split('#').next().unwrap_or_default().to_owned())
                .filter(is_new),
        );
    }
    assert!(seen.len() > 30, "{seen:?}");
    visitor.open("/offices/redding").await.says("200 Example Avenue").says("Finding the office");
    let office = visitor.open("/offices/mt-shasta").await;
    office
        .clone()
        .says("You'll get the address when your appointment is confirmed.")
        .says("About the Mt. Shasta office");
    assert!(office.body().contains("\"addressLocality\":\"Mt. Shasta\""), "{}", office.body());
    practice.close().await;
}

#[tokio::test]
async fn whoever_is_not_confirmed_is_told_no_address_and_whoever_is_gets_all_of_it() {
    let practice = practice().with_practice_file(keeps_the_address_back).open().await;
    let page = practice.asks(&JUNE, &WEDNESDAY).await;
    let client = practice.visitor();
    let requested =
        client.open(&page).await.says("You'll get the address when your appointment is confirmed.");
    tells_no_address("the page of a request", &requested.body());
    let file = client.open(&requested.link("Add to calendar")).await.body();
    tells_no_address("the calendar file of a request", &file);
    assert!(file.contains("LOCATION:Mt. Shasta"), "{file}");
    let received = practice.email_to(JUNE.email).await;
    received.says("Mt. Shasta: Address to follow once it's confirmed.");
    tells_no_address("the email about a request", &received.text);
    tells_no_address("the email about a request", &received.html);
    practice.mailbox.take();

    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    let confirmed = practice.email_to(JUNE.email).await;
    confirmed.says("Mt. Shasta: 100 Example Street, Mt. Shasta, CA 96067");
    assert!(confirmed.invitation().iter().any(|line| line.contains("100 Example Street")));
    assert!(confirmed.invitation().iter().any(|line| line.starts_with("GEO:41.31")));
    let own = client.open(confirmed.page()).await;
    own.clone().says("100 Example Street").says("Turn left onto Example Street");
    own.link("Open in maps");
    let file = client.open(&own.link("Add to calendar")).await.body();
    assert!(file.contains("100 Example Street"), "{file}");

    // Another time at that office is a request again, and the visit stands meanwhile.
    let moving = client.open(&format!("{page}/reschedule")).await;
    tells_no_address("the page that moves it", &moving.body());
    therapist.answers(&JUNE, "cancellation", "").await.expect(303);
    let canceled = practice.email_to(JUNE.email).await;
    tells_no_address("the email about its end", &canceled.text);
    tells_no_address("the email about its end", &canceled.html);
    tells_no_address("its page", &client.open(&page).await.body());
    practice.close().await;
}

#[tokio::test]
async fn whoever_is_declined_is_told_no_address_either() {
    let practice = practice().with_practice_file(keeps_the_address_back).open().await;
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.therapist().await.answers(&JUNE, "decline", "").await.expect(303);
    let declined = practice.email_to(JUNE.email).await;
    tells_no_address("the email that declines", &declined.text);
    tells_no_address("the email that declines", &declined.html);
    tells_no_address("its page", &practice.visitor().open(&page).await.body());
    practice.close().await;
}

#[tokio::test]
async fn a_text_that_tells_the_address_all_the_same_is_not_taken_over() {
    for (street, said) in [
        ("100 Example Street", "At 100 EXAMPLE street."),
        ("100 Rose & Crown Lane", "At 100 Rose & Crown Lane."),
    ] {
        let practice = practice()
            .with_practice_file(|file| keeps_the_address_back(file).replace("100 Example Street", street))
            .open()
            .await;
        let before = practice.visitor().open("/faq").await.text();
        practice.rewrites("pages/faq.md", |text| format!("{text}\n\n## Where?\n\n{said}\n")).await;
        assert_eq!(practice.visitor().open("/faq").await.text(), before, "{street}");
        let content = practice.therapist().await.open("/admin/articles").await;
        content.says("this tells everybody the address of `mt-shasta`");
        practice.close().await;
    }
}
