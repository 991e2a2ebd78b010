//! The therapist's clients: found, looked at, corrected, merged, erased.

use std::io::Read as _;

use chrono::TimeDelta;

use crate::support::{
    page::{Form, Page},
    people::{JUNE, Opening, PETER, Person, TUESDAY, Therapist, WALT, WEDNESDAY, path_of},
    practice::practice,
};

/// Thursday, December 3, 2:00 pm, in Redding.
const LATER: Opening = Opening { start: "2026-12-03T22:00:00Z", ..TUESDAY };

fn names(page: &Page) -> Vec<String> {
    page.texts(".people a b")
}

#[tokio::test]
async fn a_client_is_found_by_any_part_of_name_phone_or_email_and_no_name_is_in_an_address() {
    let practice = practice().open().await;
    for (person, opening) in [(&JUNE, TUESDAY), (&PETER, WEDNESDAY), (&WALT, LATER)] {
        practice.has_asked(person, &opening).await;
    }
    let therapist = practice.therapist().await;
    for (text, found) in [
        ("ju", "June Okafor"),
        ("OKAFOR", "June Okafor"),
        ("okafro", "June Okafor"),
        ("linqvist", "Peter Lindqvist"),
        ("peter@", "Peter Lindqvist"),
        ("555-0117", "Walt Brennan"),
        ("walt bren", "Walt Brennan"),
    ] {
        let page = therapist.finds(text).await;
        assert_eq!(names(&page), [found], "{text}");
        assert!(page.asked.ends_with("/admin/clients"), "{}", page.asked);
        assert_eq!(page.form("/admin/clients").value("q"), text, "what was typed stays");
    }
    therapist.finds("nobody at all").await.says("Nobody by that name");
    // Before anything is typed, whoever comes soon is there.
    let lately = therapist.open("/admin/clients").await;
    assert_eq!(names(&lately), ["June Okafor", "Peter Lindqvist", "Walt Brennan"]);
    practice.close().await;
}

#[tokio::test]
async fn a_clients_page_tells_what_was_and_what_comes_and_leads_to_the_same_again() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    practice.passes(TimeDelta::days(2)).await;
    practice.emails().await;
    let client = therapist.client_page(&JUNE).await.says("1 visit").says("Nothing booked.");
    client.clone().says("june@example.com").says("(530) 555-0133").says("Tuesday, November 24, 9:00 am");
    client.clone().says("Confirmed: Tuesday, November 24").says("Sent");
    // The next Tuesday at nine, in the same office.
    let again = therapist.open(&client.link("Same again")).await;
    again.clone().says("Tuesday, December 1, 9:00 am").says("For June Okafor");
    let booked = therapist.press_on(&again.form("/admin/appointments")).await;
    booked.says("Confirmed: June Okafor").says("june@example.com");
    therapist.client_page(&JUNE).await.says("Coming up").says("Tuesday, December 1, 9:00 am");
    practice.email_to(JUNE.email).await;
    practice.close().await;
}

#[tokio::test]
async fn a_new_booking_begins_with_the_client() {
    let practice = practice().open().await;
    practice.has_asked(&WALT, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let new = therapist.open("/admin/appointments/new").await.says("Who is it for?");
    let found = therapist.press(&new.form("/admin/clients?for=booking").with("q", "wa")).await.expect(200);
    found.link("Someone new");
    let times = therapist.open(&found.hrefs(".people a")[0]).await.says("For Walt Brennan");
    let later = therapist.open(&times.link("Neuromuscular session, 60 min")).await.says("For Walt Brennan");
    let form = therapist.open(&later.hrefs("a.t")[0]).await.says("For Walt Brennan").says("(530) 555-0117");
    assert!(!form.form("/admin/appointments").has("name"), "nothing is typed again");
    therapist.press_on(&form.form("/admin/appointments")).await.says("Confirmed: Walt Brennan");
    therapist.client_page(&WALT).await;
    assert_eq!(names(&therapist.finds("walt").await).len(), 1, "it is the same client");
    // Somebody who is not on file, or an address that was made up, is asked for as before.
    let unknown = format!("{}&client=99", LATER.form().replace("/appointments", "/admin/appointments"));
    assert!(therapist.open(&unknown).await.form("/admin/appointments").has("name"));
    practice.close().await;
}

/// The form of the details, as it is offered.
async fn details(therapist: &Therapist, person: &Person) -> Form {
    therapist.client_page(person).await.form("/details")
}

#[tokio::test]
async fn upcoming_visits_and_waiting_emails_follow_a_corrected_address_and_old_links_end() {
    let practice = practice().open().await;
    let own = practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    let sent = path_of(practice.email_to(JUNE.email).await.page()).to_owned();
    let answered = therapist.answers(&JUNE, "cancellation", "The road is closed.").await;
    therapist.follow(&answered).await;
    let to_come = practice.has_asked(&JUNE, &LATER).await;
    let form = details(&therapist, &JUNE).await;
    let form =
        form.with("name", "June O. Okafor").with("goes_by", "Junie").with("email", "june@okafor.example");
    therapist.press_on(&form).await.says("June O. Okafor").says("goes by Junie").says("june@okafor.example");
    // The visit that is over keeps its links; the one to come has lost them.
    let visitor = practice.visitor();
    visitor.get(&own).await.expect(200);
    visitor.get(&sent).await.expect(200);
    visitor.get(&to_come).await.expect(404);
    therapist.open("/admin").await.link("June O. Okafor");
    let page = therapist.page_of(&Person { name: "June O. Okafor", ..JUNE }).await;
    page.says("june@okafor.example");
    therapist.confirms(&Person { name: "June O. Okafor", ..JUNE }).await;
    let email = practice.email_to("june@okafor.example").await;
    assert!(email.subject.starts_with("Confirmed: "), "{}", email.subject);
    practice.close().await;
}

#[tokio::test]
async fn what_was_an_erased_clients_is_not_put_back() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &LATER).await;
    let therapist = practice.therapist().await;
    let declined = therapist.press(&therapist.declining(&JUNE).await).await;
    let page = declined.leads_to();
    practice.emails().await;
    let put_back = therapist.open(&page).await.form("/put-back");
    let client = therapist.client_page(&JUNE).await;
    let erasure = therapist.open(&client.link("Erase this client")).await;
    therapist.press_on(&erasure.form("/erasure")).await;
    let shown = therapist.open(&page).await.says("Erased client").never_says("Put it back");
    assert!(shown.forms(&page).is_empty(), "nothing can be done with it");
    therapist.sends(&put_back.action, &[]).await.expect(409).says("This client was erased");
    practice.close().await;
}

#[tokio::test]
async fn an_email_that_waits_goes_to_the_new_address_with_a_link_that_opens() {
    let practice = practice().open().await;
    let first = practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    practice.mailbox.answers(JUNE.email, 451);
    therapist.confirms(&JUNE).await;
    practice.deliver().await;
    let form = details(&therapist, &JUNE).await.with("email", "june@okafor.example");
    therapist.press_on(&form).await;
    practice.passes(TimeDelta::hours(1)).await;
    let email = practice.email_to("june@okafor.example").await;
    assert!(email.subject.starts_with("Confirmed: "), "{}", email.subject);
    let visitor = practice.visitor();
    visitor.open(path_of(email.page())).await;
    visitor.get(&first).await.expect(404);
    practice.close().await;
}

#[tokio::test]
async fn without_an_address_what_waited_becomes_a_call() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    practice.mailbox.answers(JUNE.email, 451);
    therapist.confirms(&JUNE).await;
    practice.deliver().await;
    let form = details(&therapist, &JUNE).await;
    therapist
        .press(&form.clone().with("email", "").with("phone", ""))
        .await
        .expect(422)
        .says("Please leave a phone number");
    therapist.press_on(&form.with("email", "")).await.says("Their news becomes calls to make");
    therapist.open("/admin").await.says("June Okafor doesn't know yet that this is confirmed.");
    practice.passes(TimeDelta::hours(1)).await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn what_cannot_be_read_comes_back_and_a_stale_page_saves_nothing() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let form = details(&therapist, &JUNE).await;
    for (field, value) in
        [("name", ""), ("name", "evil.com"), ("goes_by", "a@b.c"), ("email", "june"), ("phone", "12")]
    {
        let back = therapist.press(&form.clone().with(field, value)).await.expect(422);
        assert_eq!(back.form("/details").value(field), value, "{field}");
        assert!(back.title().starts_with("Not sent: "), "{}", back.title());
    }
    let note = therapist.client_page(&JUNE).await.form("/note");
    let long = "a".repeat(1001);
    let back = therapist.press(&note.clone().with("note", &long)).await.expect(422);
    assert_eq!(back.form("/note").value("note"), long);
    therapist.press_on(&note.with("note", "Prefers the window.")).await.says("Prefers the window.");
    // The page that was open before does not know of it.
    let stale = therapist.press(&form.with("name", "June Okafor-Lee")).await.expect(409);
    stale.clone().says("has changed since you opened the page");
    assert_eq!(stale.form("/details").value("name"), "June Okafor-Lee", "what was typed is still there");
    therapist.press_on(&stale.form("/details")).await.says("June Okafor-Lee").says("Prefers the window.");
    practice.close().await;
}

#[tokio::test]
async fn a_private_note_goes_into_no_email() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let note = therapist.client_page(&JUNE).await.form("/note").with("note", "Canary in the coal mine");
    therapist.press_on(&note).await;
    therapist.confirms(&JUNE).await;
    for email in practice.emails().await {
        assert!(!email.text.contains("Canary"), "{}", email.subject);
    }
    practice.close().await;
}

#[tokio::test]
async fn two_records_are_merged_after_a_preview_and_taken_apart_exactly() {
    let walter = Person { name: "Walter Brennan", email: "walter@example.com", ..WALT };
    let practice = practice().open().await;
    practice.has_asked(&WALT, &TUESDAY).await;
    let walters = Person { phone: "", ..walter };
    practice.has_asked(&walters, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    let walt = therapist.client_page(&WALT).await;
    let found = therapist.open(&walt.link("Merge with another client")).await;
    assert_eq!(names(&found), ["Walter Brennan"], "nobody is merged with themselves");
    let preview = therapist.open(&found.hrefs(".people a")[0]).await.says("Not merged yet.");
    assert_eq!(names(&therapist.finds("brennan").await).len(), 2);
    let form = preview.form("/merge").with("name", "other").with("email", "other").with("phone", "own");
    let merged = therapist.press_on(&form).await;
    merged.clone().says("Walter Brennan").says("walter@example.com").says("(530) 555-0117");
    merged.clone().says("Tuesday, November 24").says("Wednesday, November 25");
    assert_eq!(names(&therapist.finds("brennan").await), ["Walter Brennan"]);
    // The same page twice merges once.
    therapist.press(&form).await.expect(409);
    // What the alias asks for later is theirs, and no new client.
    practice.has_asked(&walters, &LATER).await;
    assert_eq!(names(&therapist.finds("brennan").await).len(), 1);
    let apart = therapist.press_on(&therapist.client_page(&walter).await.form("/unmerge")).await;
    apart
        .says("Walt Brennan")
        .says("Tuesday, November 24")
        .never_says("Wednesday, November 25")
        .never_says("walter@example.com");
    let other = therapist.client_page(&walters).await;
    other
        .says("Wednesday, November 25")
        .says("Thursday, December 3")
        .never_says("Tuesday, November 24")
        .never_says("555-0117");
    practice.close().await;
}

#[tokio::test]
async fn a_shared_phone_is_a_hint_and_never_a_merge() {
    let june = Person { email: "", ..JUNE };
    let spouse = Person { name: "Obi Okafor", ..june };
    let namesake = Person { name: "June Okafor-Lee", email: "lee@example.com", phone: "", note: "" };
    let practice = practice().open().await;
    practice.has_asked(&june, &TUESDAY).await;
    practice.has_asked(&spouse, &WEDNESDAY).await;
    practice.has_asked(&namesake, &LATER).await;
    let therapist = practice.therapist().await;
    assert_eq!(names(&therapist.finds("okafor").await).len(), 3);
    let client = therapist
        .client_page(&june)
        .await
        .says("Maybe the same person: Obi Okafor, with the same phone number.");
    client.never_says("Maybe the same person: June Okafor-Lee");
    practice.close().await;
}

#[tokio::test]
async fn a_person_gets_everything_on_file_as_one_file() {
    let practice = practice().open().await;
    let note = Person { note: "Ground floor, please.", ..JUNE };
    practice.has_asked(&note, &TUESDAY).await;
    practice.has_asked(&PETER, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    let client = therapist.client_page(&JUNE).await;
    therapist.press_on(&client.form("/note").with("note", "Prefers the window.")).await;
    let file = therapist.open(&client.link("Download everything on file")).await;
    assert_eq!(file.header("content-type"), "application/json");
    assert!(file.header("content-disposition").starts_with("attachment"));
    let record: serde_json::Value = serde_json::from_str(&file.body()).expect("JSON");
    assert_eq!(record["client"]["name"], "June Okafor");
    assert_eq!(record["records"][0]["therapists_note"], "Prefers the window.");
    assert_eq!(record["appointments"][0]["note"], "Ground floor, please.");
    assert_eq!(record["appointments"][0]["status"], "requested");
    assert_eq!(record["appointments"][0]["starts_at"]["utc"], TUESDAY.start);
    assert!(record["emails"][0]["subject"].as_str().is_some_and(|subject| subject.starts_with("Requested")));
    let text = file.body();
    assert!(!text.contains("Peter") && !text.contains("peter@"), "nothing of anybody else");
    practice.close().await;
}

#[tokio::test]
async fn whoever_never_had_an_email_is_erased_without_a_word_of_emails() {
    let practice = practice().open().await;
    practice.asks(&WALT, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&WALT).await;
    practice.passes(TimeDelta::days(2)).await;
    let erasure = therapist.open(&therapist.client_page(&WALT).await.link("Erase this client")).await;
    erasure.says("your notes and theirs, their links").says("Their one visit stays in your numbers");
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn somebody_is_erased_once_nothing_is_to_come_and_nothing_of_them_is_left() {
    let practice = practice().open().await;
    let june = Person { note: "Ground floor, please.", ..JUNE };
    let own = practice.has_asked(&june, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    let client = therapist.client_page(&JUNE).await.says("They can be erased once nothing is coming up.");
    let id = client.asked.rsplit('/').next().expect("an id").to_owned();
    let early = therapist.open(&format!("/admin/clients/{id}/erasure")).await.form("/erasure");
    therapist.press(&early).await.expect(409).says("Nothing was erased.");
    practice.passes(TimeDelta::days(2)).await;
    practice.emails().await;
    let client = therapist.client_page(&JUNE).await;
    therapist.press_on(&client.form("/note").with("note", "Prefers the window.")).await;
    let visit = client.hrefs(".visits a")[0].clone();
    let erasure = therapist.open(&therapist.client_page(&JUNE).await.link("Erase this client")).await;
    therapist.press_on(&erasure.says("This can't be undone.").form("/erasure")).await;
    therapist.finds("okafor").await.says("Nobody by that name");
    therapist.get(&format!("/admin/clients/{id}")).await.expect(404);
    therapist
        .open(&visit)
        .await
        .says("Erased client")
        .says("Tuesday, November 24")
        .never_says("Ground floor");
    practice.visitor().get(&own).await.expect(404);
    // The same address comes back as somebody new.
    practice.has_asked(&JUNE, &LATER).await;
    therapist.client_page(&JUNE).await.says("first visit");
    // What was written before the file was last put in order may still stand beside it.
    let practice = practice.opened_again(|file| file).await;
    let folder = practice.data_dir();
    let mut bytes = Vec::new();
    for file in std::fs::read_dir(folder).expect("a folder") {
        let path = file.expect("a file").path();
        if path.is_file() {
            std::fs::File::open(path).expect("a file").read_to_end(&mut bytes).expect("read");
        }
    }
    let text = String::from_utf8_lossy(&bytes);
    for gone in ["Ground floor, please.", "Prefers the window."] {
        assert!(!text.contains(gone), "{gone}");
    }
    practice.close().await;
}
