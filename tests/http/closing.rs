//! The therapist closes a day, or a part of it: whoever that touches is named first,
//! each hears, and all of it can be undone.

use chrono::TimeDelta;

use crate::support::{
    mailbox::Email,
    people::{JUNE, Opening, PETER, Person, SATURDAY, THERAPIST, TUESDAY, Therapist, WALT, path_of},
    practice::{TestPractice, practice},
};

const DATE: &str = "2026-11-24";
const DAY: &str = "/admin/days/2026-11-24";
const CLOSING: &str = "/admin/days/2026-11-24/closing";
/// Friday, November 27, 12:00 pm, in Redding.
const FRIDAY: Opening = Opening { start: "2026-11-27T20:00:00Z", ..TUESDAY };
const NOON: Opening = Opening { start: "2026-11-24T20:00:00Z", ..TUESDAY };
const AFTERNOON: Opening = Opening { start: "2026-11-24T22:30:00Z", ..TUESDAY };
const SENTENCE: &str = "The road is icy, and I won't drive.";
const MARA: Person = Person { name: "Mara Silva", email: "mara@example.com", phone: "", note: "" };

/// Somebody is confirmed, and every email about it is put away. Returns their own page.
async fn has_visit(
    practice: &TestPractice,
    therapist: &Therapist,
    person: &Person,
    opening: &Opening,
) -> String {
    let own = practice.asks(person, opening).await;
    therapist.confirms(person).await;
    practice.emails().await;
    own
}

fn to<'a>(emails: &'a [Email], person: &Person) -> &'a Email {
    let mut to = emails.iter().filter(|email| email.to == person.email);
    let one = to.next().unwrap_or_else(|| panic!("no email to {}", person.name));
    assert!(to.next().is_none(), "two emails to {}", person.name);
    one
}

async fn undoes(practice: &TestPractice, page: &str) {
    let hurried = practice.therapist().await.in_a_hurry();
    hurried.undoes(&hurried.open(page).await).await;
}

#[tokio::test]
async fn whoever_a_closed_day_touches_is_named_and_then_told() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let june = has_visit(&practice, &therapist, &JUNE, &TUESDAY).await;
    let peter = practice.has_asked(&PETER, &NOON).await;
    has_visit(&practice, &therapist, &WALT, &AFTERNOON).await;
    has_visit(&practice, &therapist, &MARA, &FRIDAY).await;

    let preview = therapist.open(&therapist.open(DAY).await.link("Close this day")).await;
    let preview = preview.says("Nothing's changed yet.").says("3 people are affected").never_says("Mara");
    let preview = preview.says("June Okafor").says("Peter Lindqvist").says("Walt Brennan");
    let preview = preview.says("Email.").says("Call: no email address.");
    let form =
        preview.says("Close, and email everyone I don't keep").form("/closing").with("sentence", SENTENCE);
    practice.visitor().open(&june).await.says("Confirmed");
    let day = therapist.press_on(&form).await.says("Closed, all day").says(SENTENCE);
    day.says("0 of 3 have answered.").says("No answer yet.");

    let emails = practice.emails().await;
    assert_eq!(emails.len(), 2, "one each, and none to the therapist: {emails:#?}");
    let email = to(&emails, &JUNE);
    assert_eq!(email.subject, "Canceled: Tuesday, November 24, 9:00 am, Redding");
    email.says(&format!("Hi June,\n\n{SENTENCE}\n\nI'm sorry, I won't be in then"));
    for words in
        ["Please don't come in. You owe nothing.", "See new times:\n", "/rebooking\n", "press “Got it”"]
    {
        email.says(words);
    }
    email.says("confirmed right away. You can pick one through Tuesday, December 1.");
    assert!(email.text.split_whitespace().count() < 110, "{}", email.text);
    let email = to(&emails, &PETER);
    assert_eq!(email.subject, "Declined: Tuesday, November 24, 12:00 pm, Redding");
    email.says("The time you pick becomes your request.");

    practice.visitor().open(&june).await.says("Canceled").says(SENTENCE);
    practice.visitor().open(&peter).await.says("Declined");
    let today = therapist.open("/admin").await.never_says("conflict");
    today.says("call to make").says("Walt Brennan").never_says("One request");
    practice.visitor().get(&TUESDAY.form()).await.expect(409);
    practice.visitor().get(&TUESDAY.in_office("mt-shasta").form()).await.expect(409);
    practice.visitor().open(&FRIDAY.at("2026-11-27T22:00:00Z").form()).await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn within_a_day_whoever_has_a_phone_is_called_and_who_has_none_is_to_be_heard_from() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    has_visit(&practice, &therapist, &JUNE, &AFTERNOON).await;
    has_visit(&practice, &therapist, &PETER, &NOON).await;
    practice.clock.advance(TimeDelta::hours(22));
    let preview = therapist.open(CLOSING).await.says("Email, and a call, because it's within 24 hours.");
    preview
        .says("It's within 24 hours and there's no phone number, so they stay on Today until they answer.");
    therapist.closes(DATE, "").await;
    let today = therapist.open("/admin").await.says("One call to make and one person to hear from");
    today.says("No phone on file; no email about it has gone out yet.");
    let emails = practice.emails().await;
    for person in [&JUNE, &PETER] {
        to(&emails, person);
    }
    let today = therapist.open("/admin").await.says("Peter Lindqvist doesn't know yet that this is canceled");
    let today = today.says("No phone on file; emailed Tuesday, 6:");
    let today = today.says("Email Peter Lindqvist").says("I called June Okafor");
    therapist.open(DAY).await.link("Text");
    let calls = practice.calls().await;
    let peter = calls.iter().find(|call| call.appointment.name.to_string() == PETER.name).expect("Peter");
    therapist.press_on(&today.form(&format!("/calls/{}/done", peter.id))).await.never_says("to hear from");
    practice.close().await;
}

#[tokio::test]
async fn undone_within_the_minute_it_was_never_closed() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let june = has_visit(&practice, &therapist, &JUNE, &TUESDAY).await;
    let peter = practice.has_asked(&PETER, &NOON).await;
    let walt = has_visit(&practice, &therapist, &WALT, &AFTERNOON).await;
    let mara = has_visit(&practice, &therapist, &MARA, &FRIDAY).await;
    practice.asks_to_move(&mara, &TUESDAY.at("2026-11-24T18:30:00Z")).await;
    practice.emails().await;
    let (before, calls) = (therapist.open(DAY).await.text(), practice.calls().await.len());

    let hurried = practice.therapist().await.in_a_hurry();
    let form = hurried.open(CLOSING).await.says("4 people are affected").form("/closing");
    let day = hurried.press_on(&form.with("sentence", SENTENCE)).await;
    day.says("Closed. Undo until").says("Closed, all day");
    hurried.open("/admin").await.says("Tuesday, November 24: Closed. Undo until");
    for (own, word) in
        [(&june, "Confirmed"), (&peter, "Requested"), (&walt, "Confirmed"), (&mara, "Confirmed")]
    {
        practice.visitor().open(own).await.says(word).never_says("icy");
    }
    // What one of them does meanwhile waits, and keeps nobody from undoing it.
    let question = practice.visitor().open(&format!("{june}/cancellation")).await;
    practice.visitor().press(&question.form("/cancellation")).await.expect(409);
    practice.clock.advance(TimeDelta::seconds(40));
    undoes(&practice, DAY).await;

    practice.clock.advance(TimeDelta::minutes(5));
    practice.deliver_now().await;
    practice.mailbox.is_empty();
    assert_eq!(therapist.open(DAY).await.text(), before);
    for (own, word) in
        [(&june, "Confirmed"), (&peter, "Requested"), (&walt, "Confirmed"), (&mara, "Confirmed")]
    {
        practice.visitor().open(own).await.says(word);
    }
    practice.visitor().open(&mara).await.says("You asked to reschedule");
    assert_eq!(practice.calls().await.len(), calls);
    therapist.open("/admin/time-off").await.says("None planned.");
    practice.visitor().open(&TUESDAY.in_office("redding").at("2026-11-25T00:00:00Z").form()).await;
    practice.close().await;
}

#[tokio::test]
async fn somebody_new_brings_the_preview_back_with_what_was_typed() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    has_visit(&practice, &therapist, &JUNE, &TUESDAY).await;
    let form = therapist.open(CLOSING).await.form("/closing").with("sentence", SENTENCE).ticked("keep");
    practice.has_asked(&PETER, &NOON).await;
    let again = therapist.press(&form).await.expect(409);
    let again = again.says("Nothing's changed yet: Peter Lindqvist is affected too. Please look again.");
    let form = again.form("/closing");
    assert_eq!((form.value("sentence"), form.is_ticked("keep")), (SENTENCE, true));
    practice.mailbox.is_empty();
    therapist.press_on(&form).await.says("Closed, all day");
    let email = practice.email_to(PETER.email).await;
    email.says(SENTENCE);
    // Sent twice it is done once.
    therapist.press_on(&form).await;
    practice.deliver().await;
    practice.mailbox.is_empty();
    let off = therapist.open("/admin/time-off").await;
    assert_eq!(off.forms("/end").iter().filter(|form| form.action.contains("time-off")).count(), 1);
    practice.close().await;
}

#[tokio::test]
async fn whoever_is_kept_stays_on_gets_no_email_and_is_a_call() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let june = has_visit(&practice, &therapist, &JUNE, &TUESDAY).await;
    let peter = practice.has_asked(&PETER, &NOON).await;
    let form = therapist.open(CLOSING).await.form("/closing").ticked("keep");
    therapist.press_on(&form).await.says("Kept.");
    let emails = practice.emails().await;
    assert_eq!(emails.len(), 1);
    to(&emails, &PETER);
    practice.visitor().open(&june).await.says("Confirmed");
    practice.visitor().open(&peter).await.says("Declined");
    let today = therapist.open("/admin").await.never_says("conflict");
    today.says("June Okafor").says("is still on, though you closed that time, so call.");
    therapist.page_of(&JUNE).await.says("You'll be there");
    practice.passes(TimeDelta::hours(2)).await;
    practice.emails().await.iter().for_each(|email| assert_ne!(email.to, THERAPIST, "{email:?}"));
    practice.close().await;
}

#[tokio::test]
async fn a_request_to_be_moved_there_is_declined_and_one_to_be_moved_away_is_confirmed() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let june = has_visit(&practice, &therapist, &JUNE, &TUESDAY).await;
    let mara = has_visit(&practice, &therapist, &MARA, &FRIDAY).await;
    practice.asks_to_move(&june, &FRIDAY.at("2026-11-27T22:00:00Z")).await;
    practice.asks_to_move(&mara, &NOON).await;
    practice.emails().await;
    let preview = therapist.open(CLOSING).await;
    let preview = preview.says("Moves to Friday, November 27, 2:00 pm, as they asked, if that's still free.");
    let preview =
        preview.says("Stays as it is. The time they asked for, Tuesday, November 24, 12:00 pm, is declined.");
    let form = preview.form("/closing").with("sentence", SENTENCE);
    therapist
        .press_on(&form)
        .await
        .says("Moved to the time they asked for.")
        .says("Still on; the new time is declined.");
    let emails = practice.emails().await;
    let email = to(&emails, &JUNE);
    assert_eq!(email.subject, "Changed: Friday, November 27, 2:00 pm, Redding");
    email.says(&format!("Hi June,\n\n{SENTENCE}\n\nYour appointment is rescheduled"));
    let email = to(&emails, &MARA);
    email.says(&format!("Hi Mara,\n\n{SENTENCE}\n\nI'm sorry, I can't move your appointment to"));
    practice.visitor().open(&june).await.says("Confirmed").says("Friday, November 27, 2:00 pm");
    practice.visitor().open(&mara).await.says("Confirmed").never_says("You asked to reschedule");
    therapist.open("/admin").await.never_says("conflict");
    practice.close().await;
}

#[tokio::test]
async fn a_part_of_the_day_one_office_or_the_road_touches_only_what_lies_there() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let shasta = SATURDAY.in_office("mt-shasta").at("2026-11-28T21:00:00Z");
    has_visit(&practice, &therapist, &JUNE, &SATURDAY).await;
    has_visit(&practice, &therapist, &PETER, &shasta).await;
    let closing = "/admin/days/2026-11-28/closing";
    let choose = therapist.open(closing).await.says("2 people are affected");
    choose.says("The road is closed, and I'm in Mt. Shasta").says("Redding only");
    for (asked, june, peter) in [
        ("closes=office/redding", true, false),
        ("closes=road/redding", false, true),
        ("closes=road/mt-shasta", true, false),
        ("from_time=13:00", false, true),
        ("to_time=1+pm", true, false),
        ("closes=office/mt-shasta&from_time=9:00&to_time=11:00", false, false),
    ] {
        let page = therapist.open(&format!("{closing}?{asked}")).await;
        for (person, is_touched) in [(JUNE, june), (PETER, peter)] {
            assert_eq!(page.text().contains(person.name), is_touched, "{asked}: {}", person.name);
        }
    }
    let road = therapist.open(&format!("{closing}?closes=road/redding")).await;
    let road = road.says("Mt. Shasta: the road is closed");
    therapist.press_on(&road.form("/closing")).await.says("Mt. Shasta closed, all day");
    let emails = practice.emails().await;
    to(&emails, &PETER);
    assert_eq!(emails.len(), 1);
    practice.visitor().get(&shasta.form()).await.expect(409);
    therapist.open("/admin/days/2026-11-28").await.says("June Okafor");
    practice.close().await;
}

#[tokio::test]
async fn what_cannot_be_read_is_said_and_nothing_is_lost() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    has_visit(&practice, &therapist, &JUNE, &TUESDAY).await;
    for (asked, words) in [
        ("from_time=noonish", "Please write a time"),
        ("from_time=15:00&to_time=14:00", "The end has to be after the start."),
        ("closes=office/weed", "Please choose what to close."),
        ("to=2026-11-20", "The last day has to be after the first."),
    ] {
        therapist.get(&format!("{CLOSING}?{asked}")).await.expect(422).says(words).never_says("known");
        let fields = format!("sentence=Hello+there&{asked}");
        let page = therapist.send(therapist.post(CLOSING, fields)).await.expect(422).says(words);
        page.never_says("Close and email").never_says("Close, and email");
    }
    let long = "x".repeat(1001);
    let form = therapist.open(CLOSING).await.form("/closing").with("sentence", &long);
    let page = therapist.press(&form).await.expect(422);
    assert_eq!(page.form("/closing").value("sentence"), long);
    therapist.get("/admin/days/2026-11-20/closing").await.expect(409).says("That day is over.");
    therapist.get("/admin/days/someday/closing").await.expect(404);
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn time_off_that_touches_somebody_offers_to_tell_them() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    has_visit(&practice, &therapist, &JUNE, &TUESDAY).await;
    has_visit(&practice, &therapist, &MARA, &FRIDAY).await;
    let off = therapist
        .takes_off(&[("from", DATE), ("to", "2026-11-28"), ("note", "dentist"), ("for_clients", "I'm away.")])
        .await;
    let off = off
        .expect(409)
        .says("Close this time, and everybody here hears about it")
        .says("Cancel them and tell everybody")
        .form("/closing");
    let preview = therapist.press(&off).await.expect(409).says("2 people are affected");
    let preview = preview.says("Tuesday, November 24 – Saturday, November 28");
    therapist.press_on(&preview.form("/closing").with("sentence", SENTENCE)).await;
    let emails = practice.emails().await;
    to(&emails, &JUNE).says("through Tuesday, December 1.");
    to(&emails, &MARA).says("through Friday, December 4.");
    therapist
        .open("/admin/time-off")
        .await
        .says("dentist")
        .says("I'm away.")
        .says("Tuesday, November 24 – Saturday, November 28");
    therapist.open("/admin/days/2026-11-26").await.says("Closed, Tuesday, November 24");
    practice.close().await;
}

#[tokio::test]
async fn a_day_without_anybody_is_closed_without_a_word() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.open(CLOSING).await.says("Nobody's booked then");
    therapist.closes(DATE, "").await.says("Closed, all day");
    practice.visitor().get(&TUESDAY.form()).await.expect(409);
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn many_visits_are_closed_at_once() {
    let practice = practice().with("open_requests_per_contact", "100").open().await;
    let therapist = practice.therapist().await;
    let starts = ["17:00", "18:30", "20:00", "21:30", "23:00"];
    for (at, start) in starts.iter().enumerate() {
        let names = ["June A", "June B", "June C", "June D", "June E"];
        let person = Person { name: names[at], ..JUNE };
        let start = format!("2026-11-24T{start}:00Z");
        let form = practice.visitor().open(&TUESDAY.form().replace(TUESDAY.start, &start)).await;
        let form = person.fills(form.form("/appointments"));
        practice.visitor().press(&form).await.expect(303);
    }
    practice.emails().await;
    therapist.closes(DATE, SENTENCE).await.says("0 of 5 have answered.");
    assert_eq!(practice.emails().await.len(), 5);
    practice.close().await;
}

#[tokio::test]
async fn opened_again_it_invites_whoever_has_not_rebooked_and_holds_nothing() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let june = has_visit(&practice, &therapist, &JUNE, &TUESDAY).await;
    practice.has_asked(&PETER, &NOON).await;
    has_visit(&practice, &therapist, &MARA, &AFTERNOON).await;
    let day = therapist.closes(DATE, SENTENCE).await;
    let emails = practice.emails().await;
    let mara = to(&emails, &MARA).text.lines().find(|line| line.ends_with("/rebooking")).expect("a link");
    let mara = path_of(mara);
    let asked = format!("{mara}?office={}&start={}", FRIDAY.office, FRIDAY.start);
    let chosen = practice.visitor().open(&asked).await.form("/rebooking");
    practice.visitor().press_on(&chosen).await.says("Confirmed");
    practice.emails().await;

    let preview = therapist.open(&day.link("Open it again")).await.says("2 people are invited");
    let preview = preview.says("June Okafor").says("Peter Lindqvist").never_says("Mara Silva");
    let form = preview.says("Nothing's changed yet.").says("Open it and email 2 people").form("/reopening");
    practice.visitor().get(&TUESDAY.form()).await.expect(409);
    therapist.press_on(&form).await.never_says("Closed, all day");
    let emails = practice.emails().await;
    assert_eq!(emails.len(), 2);
    let email = to(&emails, &JUNE);
    assert_eq!(email.subject, "Canceled: Tuesday, November 24, 9:00 am, Redding (open again)");
    for words in
        ["I can work that day after all.", "still canceled, and I'm not holding your time.", "/rebooking\n"]
    {
        email.says(words);
    }
    practice.visitor().open(&june).await.says("Canceled");
    let link = email.text.lines().find(|line| line.ends_with("/rebooking")).expect("a link");
    let asked = format!("{}?office={}&start={}", path_of(link), TUESDAY.office, TUESDAY.start);
    let form = practice.visitor().open(&asked).await.form("/rebooking");
    practice.visitor().press_on(&form).await.says("Confirmed").says("Tuesday, November 24, 9:00 am");
    practice.emails().await;
    therapist.get(&day.link("Open it again")).await.expect(409).says("It isn't closed anymore.");
    therapist.open("/admin").await.never_says("conflict");
    practice.close().await;
}

#[tokio::test]
async fn opening_again_is_undone_whole_and_a_kept_visit_stays_kept() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    has_visit(&practice, &therapist, &JUNE, &TUESDAY).await;
    has_visit(&practice, &therapist, &PETER, &NOON).await;
    let form = therapist.open(CLOSING).await.form("/closing").ticked("keep");
    let day = therapist.press_on(&form).await;
    practice.emails().await;
    let hurried = practice.therapist().await.in_a_hurry();
    let form = hurried.open(&day.link("Open it again")).await.form("/reopening");
    hurried.press_on(&form).await.says("Open again. Undo until");
    undoes(&practice, DAY).await;
    practice.clock.advance(TimeDelta::minutes(5));
    practice.deliver_now().await;
    practice.mailbox.is_empty();
    therapist.open(DAY).await.says("Closed, all day").link("Open it again");
    practice.visitor().get(&TUESDAY.in_office("mt-shasta").form()).await.expect(409);
    practice.passes(TimeDelta::hours(1)).await;
    practice.deliver().await;
    practice.mailbox.is_empty();
    therapist.open("/admin").await.never_says("conflict");
    practice.close().await;
}

#[tokio::test]
async fn what_was_closed_is_opened_again_from_time_off_too() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.closes(DATE, "").await;
    let end = |page: &crate::support::page::Page| {
        page.forms("/end").into_iter().find(|form| form.action.contains("time-off")).expect("its end")
    };
    let off = therapist.open("/admin/time-off").await;
    therapist.press_on(&end(&off)).await.says("None planned.");
    practice.visitor().open(&TUESDAY.form()).await;
    has_visit(&practice, &therapist, &JUNE, &TUESDAY).await;
    therapist.closes(DATE, "").await;
    practice.emails().await;
    let off = therapist.open("/admin/time-off").await;
    let preview = therapist.press_on(&end(&off)).await.says("One person is invited");
    therapist.open("/admin/time-off").await.never_says("None planned.");
    therapist.press_on(&preview.form("/reopening")).await;
    assert_eq!(practice.emails().await.len(), 1);
    therapist.get("/admin/closings/77/reopening").await.expect(404);
    practice.close().await;
}

#[tokio::test]
async fn what_clients_read_of_a_closed_time_comes_back_when_its_reopening_is_undone() {
    for (from, to) in [(DATE, "2026-11-28"), ("2026-11-23", "2026-11-28")] {
        let practice = practice().open().await;
        let therapist = practice.therapist().await;
        has_visit(&practice, &therapist, &JUNE, &TUESDAY).await;
        let off = [("from", from), ("to", to), ("note", "dentist"), ("for_clients", "Gone fishing.")];
        let off = therapist.takes_off(&off).await.expect(409).form("/closing");
        let preview = therapist.press(&off).await.expect(409);
        therapist.press_on(&preview.form("/closing")).await;
        practice.emails().await;
        let openings = "/appointments/new?service=neuromuscular-60&from=2026-11-24";
        let seen = practice.visitor().open(openings).await.says("Gone fishing.").text();
        let planned = therapist.open("/admin/time-off").await.says("dentist").text();

        let hurried = practice.therapist().await.in_a_hurry();
        let day = hurried.open(DAY).await;
        hurried.press_on(&hurried.open(&day.link("Open it again")).await.form("/reopening")).await;
        practice.visitor().open(openings).await.never_says("fishing");
        hurried.undoes(&hurried.open(DAY).await).await;
        assert_eq!(practice.visitor().open(openings).await.text(), seen);
        assert_eq!(hurried.open("/admin/time-off").await.text(), planned);
        practice.deliver().await;
        practice.mailbox.is_empty();
        practice.close().await;
    }
}
