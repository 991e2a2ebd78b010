//! Emails: what stands in them, and that opening what they link to changes nothing.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use chrono::TimeDelta;
use scraper::Html;

use crate::support::{
    kinds,
    mailbox::{Email, unfolded},
    page::Page,
    people::{
        JUNE, Opening, PETER, Person, SATURDAY, SESSION, THERAPIST, TUESDAY, Therapist, WALT, WEDNESDAY,
    },
    practice::{TestPractice, practice},
};

const INES: Person = Person { name: "Ines Moreau", email: "ines@example.com", phone: "", note: "" };
/// Monday, November 30, 9:00 am.
const MONDAY: Opening = Opening { start: "2026-11-30T17:00:00Z", ..WEDNESDAY };
/// Friday, November 27, 3:00 pm.
const FRIDAY: Opening = Opening { start: "2026-11-27T23:00:00Z", ..TUESDAY };
/// Thursday, November 26, 2:00 pm.
const THURSDAY: Opening = Opening { start: "2026-11-26T22:00:00Z", ..TUESDAY };

/// Emails of every kind that the program can write, and pages in every state:
/// a week in which everything happens, from Monday, 8:00 am, to Saturday, 7:00 am.
async fn emails_of_every_kind(practice: &TestPractice, therapist: &Therapist) -> Vec<Email> {
    let client = practice.visitor();
    let mut emails = Vec::new();
    let cancels = async |page: &str| {
        client.press_on(&client.open(&format!("{page}/cancellation")).await.form("/cancellation")).await
    };

    let canceled = practice.asks(&JUNE, &TUESDAY).await;
    emails.extend(practice.emails().await);
    therapist.confirms(&JUNE).await;
    emails.extend(practice.emails().await);
    cancels(&canceled).await;
    let request = practice.asks(&JUNE, &TUESDAY).await;
    emails.extend(practice.emails().await);
    cancels(&request).await;
    practice.asks(&PETER, &WEDNESDAY).await;
    emails.extend(practice.emails().await);
    for answer in ["decline", "cancellation"] {
        therapist.answers(&PETER, answer, "Sorry.").await.expect(303);
        emails.extend(practice.emails().await);
        therapist.press_on(&therapist.open("/admin/appointments/3").await.form("/put-back")).await;
        emails.extend(practice.emails().await);
    }
    therapist.answers(&PETER, "cancellation", "").await.expect(303);
    practice.asks(&PETER, &SATURDAY).await;
    half_a_hold(practice, &mut emails).await;
    half_a_hold(practice, &mut emails).await; // Tuesday, 8:00 am: Peter's request expires.

    let own = practice.asks(&JUNE, &MONDAY).await;
    therapist.confirms(&JUNE).await;
    practice.asks_to_move(&own, &SATURDAY).await;
    emails.extend(practice.emails().await);
    client.press_on(&client.open(&own).await.form("/reschedule/end")).await;
    emails.extend(practice.emails().await);
    practice.asks_to_move(&own, &SATURDAY).await;
    emails.extend(practice.emails().await);
    therapist.answers(&JUNE, "decline", "").await.expect(303);
    emails.extend(practice.emails().await);
    practice.asks_to_move(&own, &SATURDAY).await;
    half_a_hold(practice, &mut emails).await;
    half_a_hold(practice, &mut emails).await; // Wednesday, 8:00 am: the change expires.
    practice.asks_to_move(&own, &SATURDAY).await;
    emails.extend(practice.emails().await);
    therapist.confirms(&JUNE).await; // It is on Saturday at 10:00 am now.
    let series = therapist.open("/admin/appointments/5").await.link("Book a series");
    let dates = therapist.open(&format!("{series}?weeks=1&times=2")).await.forms("/series").pop();
    therapist.press_on(&dates.expect("the dates")).await;
    emails.extend(practice.emails().await);
    comes_to_nothing(practice, therapist, &series, &mut emails).await;

    let moved = practice.asks(&INES, &FRIDAY).await;
    emails.extend(practice.emails().await);
    practice.asks_to_move(&moved, &MONDAY).await;
    emails.extend(practice.emails().await);
    therapist.moves(&INES, &FRIDAY).await;
    emails.extend(practice.emails().await);
    therapist.moves(&INES, &MONDAY).await;
    emails.extend(practice.emails().await);
    therapist.answers(&INES, "cancellation", "").await.expect(303);
    therapist.sets_policy(&[("confirmation", "at_once")]).await;
    let at_once = practice.asks(&INES, &FRIDAY).await;
    emails.extend(practice.emails().await);
    practice.asks_to_move(&at_once, &MONDAY).await;
    emails.extend(practice.emails().await);

    let day = "/admin/days/2026-11-30";
    therapist.plans_nothing(day).await;
    emails.extend(practice.emails().await);
    therapist.press_on(&therapist.open(day).await.form("/usual")).await;

    practice.rewrites("practice.toml", |file| file.replace("200 Example Avenue", "7 Pine Street")).await;
    therapist.press_on(&therapist.open("/admin").await.form("/new-address/emails")).await;
    let question = "/articles/a-guide-to-neuromuscular-therapy/question";
    let form = client.open(question).await.form(question).with("name", JUNE.name).with("email", JUNE.email);
    client.press_on(&form.with("question", "Does it hurt?")).await;
    therapist.press_on(&therapist.open("/admin/emails").await.form("/admin/emails/test")).await;
    practice.asks(&WALT, &THURSDAY).await;
    practice.passes(TimeDelta::hours(24)).await; // Thursday, 8:00 am: Walt comes today.
    emails.extend(practice.emails().await);
    practice.passes(TimeDelta::hours(2)).await;
    emails.extend(practice.emails().await);
    practice.passes(TimeDelta::hours(32)).await; // Friday, 6:00 pm.
    practice.asks(&INES, &SATURDAY.at("2026-11-28T19:30:00Z")).await;
    emails.extend(practice.emails().await);
    practice.passes(TimeDelta::hours(13)).await;
    emails.extend(practice.emails().await);
    // June is late on Saturday, then the therapist is, for Ines after her too, and makes up for it.
    let late = client.open(&format!("{own}/late?minutes=20")).await.form("/late");
    client.press_on(&late).await;
    practice.passes(TimeDelta::minutes(90)).await;
    for minutes in [30, 10] {
        let late = therapist.open(&format!("/admin/late?minutes={minutes}")).await.form("/admin/late");
        therapist.press_on(&late).await;
        emails.extend(practice.emails().await);
    }

    practice.asks(&PETER, &MONDAY.at("2026-11-30T19:00:00Z")).await;
    therapist.sets_policy(&[("confirmation", "by_therapist")]).await;
    practice.asks(&INES, &MONDAY.at("2026-11-30T21:00:00Z")).await;
    emails.extend(practice.emails().await);
    let closed = therapist.closes("2026-11-30", "The road is icy.").await;
    emails.extend(practice.emails().await);
    let reopening = therapist.open(&closed.link("Open it again")).await.form("/reopening");
    therapist.press_on(&reopening).await;
    emails.extend(practice.emails().await);

    therapist.press_on(&therapist.open("/admin").await.form("/admin/proof")).await;
    practice.asks(&PETER, &TUESDAY.at("2026-12-01T17:00:00Z")).await;
    emails.extend(practice.emails().await);

    // Whoever says yes to short notice then has it at once.
    therapist.sets_policy(&[("confirmation", "at_once")]).await;
    waits_for_a_time(practice, &mut emails).await;
    let therapist = practice.therapist().await;
    therapist.sets_policy(&[("confirmation", "by_therapist")]).await;
    asks_for_series(practice, &therapist, &mut emails).await;

    // The last, since its link is good for an hour alone.
    let form = client.open("/admin/session/forgotten").await.form("/admin/session/forgotten");
    client.press(&form.with("email", THERAPIST)).await.expect(200);
    emails.extend(practice.emails().await);

    let missing: Vec<&str> =
        kinds::all().filter(|kind| !emails.iter().any(|email| email.kind() == *kind)).collect();
    assert_eq!(missing, [""; 0], "nothing has led to these emails");
    emails
}

/// June, who has been there by now, asks for the same time again and again: it is declined, it
/// expires, and it is confirmed at once.
async fn asks_for_series(practice: &TestPractice, therapist: &Therapist, emails: &mut Vec<Email>) {
    let client = practice.visitor();
    let page = emails.iter().rfind(|email| email.to == JUNE.email && email.kind() == "reminder: before");
    let page = page.expect("a reminder of a visit that is over").page().to_owned();
    let asks = async |weeks: &str| {
        let shown = client.open(&format!("{page}/series?weeks={weeks}&times=2")).await;
        let mut form =
            shown.forms("/series").into_iter().find(|form| form.has("request_key")).expect("dates");
        for line in ["line_1", "line_2"] {
            assert!(form.is_ticked(line), "{line} is open:\n{}", shown.text());
            form = form.ticked(line);
        }
        client.press_on(&form).await
    };
    asks("3").await;
    emails.extend(practice.emails().await);
    therapist.press_on(&therapist.declining(&JUNE).await).await;
    emails.extend(practice.emails().await);
    let own = asks("3").await;
    emails.extend(practice.emails().await);
    moves_both(practice, &own, emails).await;
    half_a_hold(practice, emails).await;
    half_a_hold(practice, emails).await;
    let therapist = practice.therapist().await;
    therapist.sets_policy(&[("confirmation", "at_once")]).await;
    let own = asks("3").await;
    emails.extend(practice.emails().await);
    moves_both(practice, &own, emails).await;
    therapist.sets_policy(&[("confirmation", "by_therapist")]).await;
    moves_both(practice, &own, emails).await;
}

/// June moves a visit and the later one, or asks for it, to the last time in sight that both can
/// have: there is time enough to answer.
async fn moves_both(practice: &TestPractice, own: &Page, emails: &mut Vec<Email>) {
    let client = practice.visitor();
    let page = client.open(&own.link("Reschedule")).await;
    for link in page.hrefs("main a[href*='start=']").iter().rev() {
        let form = client.open(link).await.form("/reschedule");
        if form.is_ticked("line_1") {
            client.press_on(&form.choosing("which", "later")).await;
            emails.extend(practice.emails().await);
            return;
        }
    }
    panic!("there is no time for both:\n{}", page.text());
}

/// June's series is moved, and she cancels it; then the therapist books and cancels another one.
async fn comes_to_nothing(
    practice: &TestPractice,
    therapist: &Therapist,
    series: &str,
    emails: &mut Vec<Email>,
) {
    let client = practice.visitor();
    let moving = "/admin/appointments/6/reschedule?office=redding&start=2026-12-05T19:00:00Z";
    let form = therapist.open(moving).await.form("/reschedule").choosing("which", "later");
    therapist.press_on(&form).await;
    let moved = practice.email_to(JUNE.email).await;
    let cancellation = client.open(&format!("{}/cancellation", moved.page())).await.form("/cancellation");
    client.press_on(&cancellation.choosing("which", "later")).await;
    emails.push(moved);
    let dates = therapist.open(&format!("{series}?weeks=1&times=2")).await.forms("/series").pop();
    let booked = therapist.press_on(&dates.expect("the dates")).await;
    therapist.press_on(&booked.form("/cancellation").choosing("which", "later")).await;
    emails.extend(practice.emails().await);
}

/// Two people on the waitlist: one is offered a time today, with all others, the other one later;
/// then their day on it is over.
async fn waits_for_a_time(practice: &TestPractice, emails: &mut Vec<Email>) {
    let client = practice.visitor();
    for (person, from, to) in [(&JUNE, "", "2026-11-28"), (&INES, "2026-11-29", "")] {
        let form = client.open(&format!("/waitlist?service={SESSION}")).await.form("/waitlist");
        let form = form.with("name", person.name).with("email", person.email);
        client.press(&form.with("from", from).with("to", to).with("days", "1")).await.expect(303);
        let email = practice.email_to(person.email).await;
        client.press_on(&client.open(email.page()).await.form("/confirmation")).await;
        emails.push(email);
    }
    practice.reaches(TimeDelta::minutes(5 * 24 * 60 + 160)).await; // Saturday, 10:40 am.
    emails.extend(practice.emails().await);
    practice.passes(TimeDelta::hours(38)).await; // Monday, after midnight: their last day is over.
    emails.extend(practice.emails().await);
}

async fn half_a_hold(practice: &TestPractice, emails: &mut Vec<Email>) {
    practice.passes(TimeDelta::hours(12)).await;
    emails.extend(practice.emails().await);
}

/// Each email is a folder of templates.
#[test]
fn the_tests_know_every_kind_of_email() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/emails");
    let entries = fs::read_dir(folder).expect("the emails").map(|entry| entry.expect("an entry").path());
    let written = entries.filter(|path| path.join("subject.txt").is_file());
    let name = |path: PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
    let written: BTreeSet<String> = written.map(name).collect();
    let known: BTreeSet<String> = kinds::all().map(|kind| kinds::folder(kind).to_owned()).collect();
    assert_eq!(known, written);
}

/// What everybody can see, in one text.
async fn everything(practice: &TestPractice, therapist: &Therapist, emails: &[Email]) -> String {
    let client = practice.visitor();
    let mut seen = therapist.open("/admin").await.body();
    for email in emails {
        let reader = if email.to == THERAPIST { therapist } else { &client };
        let page = reader.get(email.page()).await;
        seen.push_str(&format!("{} {}\n", page.status, page.body_without_keys()));
    }
    seen
}

#[tokio::test]
async fn opening_every_link_of_every_email_twice_changes_nothing() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let emails = emails_of_every_kind(&practice, &therapist).await;
    let before = everything(&practice, &therapist, &emails).await;
    let scanner = practice.visitor();
    let mut beyond = BTreeSet::new();
    for link in emails.iter().flat_map(Email::links) {
        for _ in 0..2 {
            let head = scanner.head(link).await;
            let page = scanner.get(link).await;
            assert!([200, 303].contains(&page.status), "{link}: {}", page.status);
            assert_eq!((head.status, head.bytes.len()), (page.status, 0), "{link}");
            beyond.extend(page.hrefs("main a[href^='/']"));
        }
    }
    // Some scanners open what stands on those pages, too.
    for link in beyond.iter().chain(&beyond) {
        scanner.get(link).await;
    }
    assert_eq!(everything(&practice, &therapist, &emails).await, before);
    assert_eq!(scanner.cookies(), "", "no link in an email signs anyone in");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn every_email_about_an_appointment_names_status_place_time_price_and_therapist_in_both_its_parts() {
    const WORDS: [&str; 10] = [
        "Requested",
        "Confirmed",
        "Declined",
        "Changed",
        "Canceled",
        "Expired",
        "Conflict",
        "Reminder",
        "Today",
        "Running late",
    ];
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let emails = emails_of_every_kind(&practice, &therapist).await;
    for email in emails.iter().filter(|email| email.is_about_an_appointment()) {
        let (word, rest) = email.subject.split_once(": ").expect("a word");
        assert!(WORDS.contains(&word), "{word}");
        // Where it is now stands before where it was.
        let place =
            ["Redding", "Mt. Shasta"].into_iter().min_by_key(|name| rest.find(name).unwrap_or(rest.len()));
        let place = place.filter(|place| rest.contains(place)).expect("a place");
        let is_date = |part: &&str| part.starts_with("November ") || part.starts_with("December ");
        let when = rest.split(", ").find(is_date).unwrap_or_else(|| panic!("{}", email.subject));
        let html = Html::parse_document(&email.html).root_element().text().collect::<String>();
        for fact in [when, place, "CA 960", "(PST)", "$95", "Dustin", "CAMTC #93004", "(530) 555-0100"] {
            assert!(
                email.text.contains(fact),
                "the text of “{}” lacks {fact}:\n{}",
                email.subject,
                email.text
            );
            assert!(html.contains(fact), "the HTML of “{}” lacks {fact}:\n{html}", email.subject);
        }
        let linked: Vec<&str> =
            email.html.split("href=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
        for link in email.links() {
            assert!(linked.contains(&link), "the HTML of “{}” lacks {link}: {linked:?}", email.subject);
        }
        assert!(!email.subject.contains("euromuscular"), "no modality: {}", email.subject);
    }
    // A place on the waitlist is at no time yet, and a series at several.
    let has_a_time =
        |email: &&Email| !email.kind().starts_with("waitlist") && !email.kind().starts_with("series");
    for email in emails.iter().filter(|email| email.to != THERAPIST).filter(has_a_time) {
        is_a_short_note(email);
    }
    for email in &emails {
        assert_eq!(email.reply_to, THERAPIST, "{}", email.subject);
        for part in [&email.text, &email.html] {
            assert!(part.contains("CAMTC #93004") && part.contains("(530) 555-0100"), "{part}");
        }
    }
    practice.close().await;
}

/// What a client reads is a note from a person: it greets, says little, names
/// where each link leads, and is signed.
#[track_caller]
fn is_a_short_note(email: &Email) {
    let (note, small_print) = email.text.split_once("\n--\n").expect("small print");
    assert!(note.starts_with("Hi ") && note.ends_with("\n\nDustin\n"), "{note}");
    let is_invited = email.method.as_deref() == Some("REQUEST");
    assert_eq!(small_print.contains("Declining the calendar invitation doesn't cancel."), is_invited);
    let lines: Vec<&str> = note.lines().collect();
    let panel = lines.iter().position(|line| line.contains("(PST), until ")).expect("a panel");
    assert_eq!(lines[panel - 1], "", "{note}");
    assert_eq!(lines[panel + 3], "", "{note}");
    let says = |at: &usize| !(panel..panel + 3).contains(at) && !lines[*at].starts_with("http");
    let words: usize = (0..lines.len()).filter(says).map(|at| lines[at].split_whitespace().count()).sum();
    assert!(words < 90, "{words} words: {note}");

    let links = (0..lines.len()).filter(|at| lines[*at].starts_with("http"));
    let labels: Vec<&str> = links.map(|at| lines[at - 1]).collect();
    for (at, label) in labels.iter().enumerate() {
        assert!(label.starts_with("See ") || (at == 1 && *label == "Directions:"), "{labels:?}");
    }
    let is_to_come = !["Declined", "Expired", "Canceled", "Not requested", "Opening"]
        .iter()
        .any(|word| email.subject.starts_with(word));
    assert_eq!(labels.contains(&"Directions:"), is_to_come, "{labels:?}");
    let html = email.html.split("href=\"").skip(1).filter_map(|it| it.split('"').next());
    assert_eq!(html.collect::<Vec<_>>(), email.links(), "both parts lead to the same, in the same order");
}

#[tokio::test]
async fn the_clients_own_page_is_the_first_link_and_the_therapists_leads_to_the_request() {
    let practice = practice().open().await;
    practice.asks(&JUNE, &TUESDAY).await;
    let received = practice.email_to(JUNE.email).await;
    let arrived = practice.mailbox.one_to(THERAPIST);
    let own = practice.visitor().open(received.page()).await;
    assert!(own.title().starts_with("Requested: Tuesday, November 24, 9:00 am"));
    let door = practice.visitor().get(arrived.page()).await.leads_to();
    assert!(door.starts_with("/admin/session?to=/admin/appointments/"), "{door}");
    practice.close().await;
}

#[tokio::test]
async fn a_note_reaches_the_therapist_and_no_email_repeats_it() {
    const WITH_A_NOTE: Person = Person { note: "I cannot climb stairs.\r\nThank you!", ..JUNE };
    let practice = practice().open().await;
    practice.asks(&WITH_A_NOTE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let mut emails = practice.emails().await;
    therapist.page_of(&JUNE).await.says("I cannot climb stairs.");
    therapist.confirms(&JUNE).await;
    emails.extend(practice.emails().await);
    therapist.answers(&JUNE, "cancellation", "").await.expect(303);
    emails.extend(practice.emails().await);
    assert_eq!(emails.len(), 4);
    assert!(emails.iter().all(|email| !email.html.contains("stairs") && !email.text.contains("stairs")));
    practice.close().await;
}

fn value<'a>(lines: &'a [String], name: &str) -> &'a str {
    let line = lines.iter().find(|line| line.split([':', ';']).next() == Some(name));
    line.and_then(|line| line.split_once(':')).unwrap_or_else(|| panic!("no {name}: {lines:#?}")).1
}

#[tokio::test]
async fn an_invitation_is_accepted_already_and_its_cancellation_is_the_same_event_later() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    let file = unfolded(&practice.visitor().open(&format!("{page}/calendar.ics")).await.body());
    assert_eq!((value(&file, "STATUS"), value(&file, "METHOD")), ("TENTATIVE", "PUBLISH"));
    assert_eq!(value(&file, "SUMMARY"), "Requested: Dustin\\, Redding");
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    let email = practice.email_to(JUNE.email).await;
    email.says("Declining the calendar invitation doesn't cancel.");
    let invitation = email.invitation();
    assert_eq!((email.method.as_deref(), value(&invitation, "METHOD")), (Some("REQUEST"), "REQUEST"));
    let attendee = invitation.iter().find(|line| line.starts_with("ATTENDEE")).expect("an attendee");
    assert!(attendee.contains(";PARTSTAT=ACCEPTED") && attendee.contains(";RSVP=FALSE"), "{attendee}");
    assert_eq!(
        (value(&invitation, "DTSTART"), value(&invitation, "DTEND")),
        ("20261124T170000Z", "20261124T180000Z")
    );
    assert!(!value(&invitation, "DTSTAMP").is_empty());
    assert_eq!(value(&invitation, "SUMMARY"), "Dustin\\, Redding");
    therapist.answers(&JUNE, "cancellation", "").await.expect(303);
    let cancellation = practice.email_to(JUNE.email).await.invitation();
    assert_eq!((value(&cancellation, "METHOD"), value(&cancellation, "STATUS")), ("CANCEL", "CANCELLED"));
    assert!([&file, &cancellation].iter().all(|lines| value(lines, "UID") == value(&invitation, "UID")));
    let sequence = [&file, &invitation, &cancellation].map(|lines| value(lines, "SEQUENCE"));
    assert_eq!(sequence, ["0", "1", "2"]);
    practice.close().await;
}

#[tokio::test]
async fn spouses_who_share_an_address_are_two_clients() {
    const HIM: Person = Person { name: "Peter Okafor", email: JUNE.email, phone: "(530) 555-0158", note: "" };
    let practice = practice().open().await;
    practice.asks(&JUNE, &TUESDAY).await;
    practice.asks(&HIM, &WEDNESDAY).await;
    let emails = practice.emails().await;
    let to_them = emails.iter().filter(|email| email.to == JUNE.email);
    let greetings: Vec<&str> = to_them.filter_map(|email| email.text.lines().next()).collect();
    assert_eq!(greetings, ["Hi June,", "Hi Peter,"]);
    let therapist = practice.therapist().await;
    therapist.page_of(&JUNE).await.says("June Okafor").says("(530) 555-0133").never_says("Peter");
    therapist.page_of(&HIM).await.says("Peter Okafor").says("(530) 555-0158").never_says("June Okafor");
    practice.close().await;
}

#[tokio::test]
async fn across_a_clock_change_page_email_and_file_tell_the_same_instant() {
    // Monday, March 15, 2027, 9:00 am in Mt. Shasta: the clocks change the day before.
    let monday = WEDNESDAY.at("2027-03-15T16:00:00Z");
    let practice = practice().at("2027-03-11T18:00:00Z").open().await;
    let page = practice.asks(&JUNE, &monday).await;
    let own =
        practice.visitor().open(&page).await.says("Monday, March 15, 9:00 am").says("until 10:00 am (PDT)");
    let file = unfolded(&practice.visitor().open(&own.link("Add to calendar")).await.body());
    assert_eq!((value(&file, "DTSTART"), value(&file, "DTEND")), ("20270315T160000Z", "20270315T170000Z"));
    let received = practice.email_to(JUNE.email).await;
    received.says("Monday, March 15, 9:00 am (PDT), until 10:00 am");
    received.says("by Friday, March 12, 10:00 am");
    practice.mailbox.one_to(THERAPIST).says("Monday, March 15, 9:00 am (PDT)");
    practice.therapist().await.open("/admin").await.says("Monday, March 15, 9:00 am – 10:00 am");
    practice.close().await;
}
