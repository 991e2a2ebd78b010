//! A visit that its day's plan no longer covers: it stands on Today until the
//! therapist moves it, cancels it, or says that they will be there.

use chrono::TimeDelta;

use crate::support::{
    mailbox::Email,
    page::Page,
    people::{JUNE, Opening, PETER, Person, SESSION, THERAPIST, TUESDAY, Therapist, WALT, WEDNESDAY},
    practice::{TestPractice, practice},
};

/// Friday, December 4, 12:00 pm, in Redding, eleven days ahead.
const FRIDAY: Opening = Opening { service: SESSION, office: "redding", start: "2026-12-04T20:00:00Z" };
const DAY: &str = "/admin/days/2026-12-04";

/// Somebody is confirmed for a time, and every email about it is put away.
async fn has_visit(practice: &TestPractice, person: &Person, opening: &Opening) -> (Therapist, String) {
    let own = practice.asks(person, opening).await;
    let therapist = practice.therapist().await;
    therapist.confirms(person).await;
    practice.emails().await;
    (therapist, own)
}

/// Presses a button of a date's page, and once more where that touches somebody.
async fn does(therapist: &Therapist, day: &str, form: &str) {
    let pressed = therapist.press(&therapist.open(day).await.form(form)).await;
    if pressed.status == 409 {
        let all_the_same = pressed.says("becomes a conflict").form(form);
        therapist.press(&all_the_same).await.expect(303);
    }
}

async fn all_the_same(therapist: &Therapist, page: Page, form: &str) {
    therapist.press(&page.expect(409).form(form)).await.expect(303);
}

async fn to_the_therapist(practice: &TestPractice) -> Vec<Email> {
    practice.emails().await.into_iter().filter(|email| email.to == THERAPIST).collect()
}

fn conflict(page: &Page) -> usize {
    page.forms("/keeping").len()
}

#[tokio::test]
async fn a_closed_day_leaves_a_conflict_on_today_and_the_therapist_is_emailed_at_once() {
    let practice = practice().open().await;
    let (therapist, _) = has_visit(&practice, &JUNE, &FRIDAY).await;
    therapist.plans_nothing(DAY).await;
    let today =
        therapist.open("/admin").await.says("One conflict").says("June Okafor on Friday: you're off.");
    let today = today.says("Reschedule June Okafor").says("Cancel June Okafor").says("Keep June Okafor");
    today.says("You'll be there, and June Okafor gets reminders as usual.");
    let email = practice.email_to(THERAPIST).await;
    assert_eq!(email.subject, "Conflict: June Okafor, Friday, December 4, 12:00 pm, Redding");
    email.says("June Okafor is confirmed for this time, but you're off.");
    email.says("Reschedule it, cancel it, or keep it.");
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn it_is_found_whatever_caused_it() {
    for (cause, words) in [
        ("closing", "you're off"),
        ("another office", "you're in Mt. Shasta"),
        ("other hours", "it's outside your hours in Redding"),
        ("time off", "you're off"),
        ("time off at that office", "you're off in Redding"),
        ("time off at that hour", "you're off"),
        ("weekly hours", "you're off"),
        ("the practice file", "you're off"),
    ] {
        let practice = practice().open().await;
        let (therapist, _) = has_visit(&practice, &JUNE, &FRIDAY).await;
        let off = |more: &[(&'static str, &'static str)]| [&[("from", "2026-12-04")], more].concat();
        match cause {
            "closing" => drop(therapist.plans_nothing(DAY).await),
            "another office" => does(&therapist, DAY, "/2026-12-04/office").await,
            "other hours" => {
                let form = therapist.open(DAY).await.form(DAY).with("redding", "2pm-6pm");
                all_the_same(&therapist, therapist.press(&form).await, DAY).await;
            }
            "time off" => {
                all_the_same(&therapist, therapist.takes_off(&off(&[])).await, "/admin/time-off").await;
            }
            "time off at that office" => {
                let page = therapist.takes_off(&off(&[("office", "redding")])).await;
                all_the_same(&therapist, page, "/admin/time-off").await;
            }
            "time off at that hour" => {
                let page = therapist.takes_off(&off(&[("from_time", "12:30"), ("to_time", "14:00")])).await;
                all_the_same(&therapist, page, "/admin/time-off").await;
            }
            "weekly hours" => {
                let page = therapist.changes_hours("redding", &[("friday", "")]).await;
                all_the_same(&therapist, page, "/admin/hours/redding").await;
            }
            _ => {
                let friday = r#"    { days = ["friday"], from = "12:00", to = "18:00" },"#;
                practice.rewrites("practice.toml", |file| file.replace(friday, "")).await;
            }
        }
        let today = therapist.open("/admin").await;
        assert_eq!(conflict(&today), 1, "{cause}: {}", today.text());
        today.says(&format!("June Okafor on Friday: {words}."));
        practice.passes(TimeDelta::seconds(10)).await;
        let emails = to_the_therapist(&practice).await;
        assert_eq!(emails.len(), 1, "{cause}: {emails:#?}");
        emails[0].says(words);
        practice.close().await;
    }
}

#[tokio::test]
async fn after_switching_a_wednesday_to_redding_today_says_redding() {
    let practice = practice().open().await;
    let (therapist, _) = has_visit(&practice, &JUNE, &WEDNESDAY).await;
    does(&therapist, "/admin/days/2026-11-25", "/2026-11-25/office").await;
    let today = therapist.open("/admin").await.says("June Okafor on Wednesday: you're in Redding.");
    let days = today.texts("section.date");
    let wednesday = days.iter().find(|day| day.contains("Wednesday, November 25")).expect("the day");
    assert!(wednesday.contains("Redding 9:00 am – 5:00 pm"), "{wednesday}");
    assert!(!wednesday.contains("nothing booked"), "{wednesday}");
    assert!(wednesday.contains("Conflict: June Okafor, 9:00 am Mt. Shasta"), "{wednesday}");

    therapist.press(&today.form("/keeping")).await.expect(303);
    let today = therapist.open("/admin").await;
    let days = today.texts("section.date");
    let wednesday = days.iter().find(|day| day.contains("Wednesday, November 25")).expect("the day");
    assert!(wednesday.contains("Redding 9:00 am – 5:00 pm"), "{wednesday}");
    assert!(wednesday.contains("You'll be there, even though you're in Redding"), "{wednesday}");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn while_it_is_open_nobody_is_reminded_and_the_therapist_is_told_twice_more() {
    let practice = practice().open().await;
    let (therapist, _) = has_visit(&practice, &JUNE, &FRIDAY).await;
    therapist.plans_nothing(DAY).await;
    assert_eq!(to_the_therapist(&practice).await.len(), 1);
    let days = TimeDelta::days;
    practice.reaches(days(9) + TimeDelta::hours(4) - TimeDelta::seconds(1)).await;
    assert!(practice.emails().await.is_empty());
    practice.passes(TimeDelta::seconds(1)).await; // Wednesday, 12:00 pm: 48 hours
    let emails = practice.emails().await;
    assert_eq!(emails.len(), 1, "{emails:#?}");
    assert_eq!(emails[0].to, THERAPIST);
    emails[0].says("It's still not settled.");
    practice.passes(TimeDelta::hours(30)).await; // Thursday, 6:00 pm
    let emails = practice.emails().await;
    assert_eq!(emails.len(), 1, "no day ahead of a day without a visit: {emails:#?}");
    assert!(emails[0].subject.starts_with("Conflict: June Okafor"), "{}", emails[0].subject);
    practice.passes(TimeDelta::hours(17)).await; // Friday, 11:00 am
    assert!(practice.emails().await.is_empty(), "each once");
    practice.close().await;
}

#[tokio::test]
async fn the_day_ahead_does_not_list_it_as_if_all_were_well() {
    let practice = practice().open().await;
    let (therapist, _) = has_visit(&practice, &JUNE, &FRIDAY).await;
    has_visit(&practice, &PETER, &FRIDAY.at("2026-12-05T00:00:00Z")).await; // 4:00 pm
    let page = therapist.open(DAY).await.form(DAY).with("redding", "3pm-6pm");
    all_the_same(&therapist, therapist.press(&page).await, DAY).await;
    practice.emails().await;
    practice.passes(TimeDelta::days(10) + TimeDelta::hours(10)).await;
    let emails = to_the_therapist(&practice).await;
    let ahead =
        emails.iter().find(|email| email.subject.starts_with("Reminder: tomorrow")).expect("a day ahead");
    assert!(ahead.subject.ends_with("Redding, 1 visit"), "{}", ahead.subject);
    ahead.says("4:00 pm to 5:00 pm, Peter Lindqvist");
    ahead.says("Not settled yet: June Okafor, 12:00 pm, Redding.");
    practice.close().await;
}

#[tokio::test]
async fn keep_settles_it_and_the_client_is_reminded_as_usual() {
    let practice = practice().open().await;
    let (therapist, own) = has_visit(&practice, &JUNE, &FRIDAY).await;
    therapist.plans_nothing(DAY).await;
    practice.emails().await;
    let today = therapist.open("/admin").await;
    let kept = therapist.press_on(&today.form("/keeping")).await;
    kept.says("On Friday you're off. You'll be there, and June Okafor gets reminders as usual.");
    assert_eq!(conflict(&therapist.open("/admin").await), 0);
    practice.passes(TimeDelta::days(9) + TimeDelta::hours(4)).await;
    assert!(practice.email_to(JUNE.email).await.subject.starts_with("Reminder: Friday"));
    practice.visitor().open(&own).await.says("Confirmed");
    practice.passes(TimeDelta::hours(30)).await;
    let ahead = practice.email_to(THERAPIST).await;
    assert!(ahead.subject.ends_with("Redding, 1 visit"), "{}", ahead.subject);
    practice.close().await;
}

#[tokio::test]
async fn keep_holds_for_that_plan_and_no_other() {
    let practice = practice().open().await;
    let (therapist, _) = has_visit(&practice, &JUNE, &FRIDAY).await;
    therapist.plans_nothing(DAY).await;
    let before = therapist.open("/admin").await.form("/keeping");
    therapist.press(&before).await.expect(303);
    practice.emails().await;

    practice.clock.advance(TimeDelta::minutes(1));
    let choices = therapist.open(DAY).await.forms("/office");
    let north = choices.iter().find(|choice| choice.value("office") == "mt-shasta").expect("a choice");
    therapist.press(north).await.expect(303);
    let today = therapist.open("/admin").await.says("June Okafor on Friday: you're in Mt. Shasta.");
    assert_eq!(to_the_therapist(&practice).await.len(), 1, "it is a conflict anew");
    // The page that showed the closed day does not settle this one.
    therapist.press(&before).await.expect(409).says("That day's plan has changed since.");
    therapist.press(&today.form("/keeping")).await.expect(303);
    assert_eq!(conflict(&therapist.open("/admin").await), 0);

    // Back to the week and closed once more: what was said before is said no longer.
    does(&therapist, DAY, "/usual").await;
    practice.clock.advance(TimeDelta::minutes(1));
    therapist.plans_nothing(DAY).await;
    assert_eq!(conflict(&therapist.open("/admin").await), 1);
    assert_eq!(to_the_therapist(&practice).await.len(), 1);
    practice.close().await;
}

#[tokio::test]
async fn cancel_shows_what_is_sent_before_it_is_sent() {
    let practice = practice().open().await;
    let (therapist, own) = has_visit(&practice, &JUNE, &FRIDAY).await;
    therapist.plans_nothing(DAY).await;
    practice.emails().await;
    let today = therapist.open("/admin").await;
    let page = therapist.open(&today.link("Cancel June Okafor")).await.says("Not canceled yet.");
    let page = page.says("June Okafor gets this email").says("Friday, December 4, 12:00 pm, Redding");
    let shown = page.texts("section[aria-labelledby=sent] .words").concat();
    assert!(shown.contains("[Your sentence goes here, if you write one.]"), "{shown}");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.visitor().open(&own).await.says("Confirmed");

    therapist.press(&page.form("/cancellation").with("sentence", "My car broke down.")).await.expect(303);
    let email = practice.email_to(JUNE.email).await;
    email.says("My car broke down.");
    for line in email.text.lines().filter(|line| !line.contains("/appointments/") && !line.is_empty()) {
        let line = line.trim();
        assert!(line == "My car broke down." || shown.contains(line), "“{line}” was not shown in {shown}");
    }
    therapist.open("/admin").await.never_says("June Okafor on Friday");
    practice.passes(TimeDelta::days(9)).await;
    assert!(practice.emails().await.is_empty(), "there is nothing left to settle");
    practice.close().await;
}

#[tokio::test]
async fn move_shows_what_is_sent_and_settles_it() {
    let practice = practice().open().await;
    let (therapist, _) = has_visit(&practice, &JUNE, &FRIDAY).await;
    therapist.plans_nothing(DAY).await;
    practice.emails().await;
    let today = therapist.open("/admin").await;
    let moving = today.link("Reschedule June Okafor");
    let question = format!("{moving}?office=redding&start=2026-12-03T17:00:00Z");
    let page = therapist.open(&question).await.says("June Okafor gets this email");
    let page = page.says("I've rescheduled your appointment.").says("Thursday, December 3, 9:00 am");
    practice.deliver().await;
    practice.mailbox.is_empty();
    therapist.press(&page.form("/reschedule")).await.expect(303);
    practice.email_to(JUNE.email).await.says("Thursday, December 3, 9:00 am");
    assert_eq!(conflict(&therapist.open("/admin").await), 0);
    practice.close().await;
}

#[tokio::test]
async fn who_has_no_address_becomes_a_call() {
    let practice = practice().open().await;
    let (therapist, _) = has_visit(&practice, &WALT, &FRIDAY).await;
    therapist.plans_nothing(DAY).await;
    practice.emails().await;
    let page = therapist.open(&therapist.open("/admin").await.link("Cancel Walt Brennan")).await;
    page.says("There's no email address, so nothing is sent. It becomes a call to make.");
    let confirmed = therapist.open("/admin").await.form("/done");
    therapist.press(&confirmed).await.expect(303);
    practice.passes(TimeDelta::days(9) + TimeDelta::hours(4)).await;
    practice.emails().await;
    assert!(practice.calls().await.is_empty(), "nobody is called to come to a closed door");
    practice.close().await;
}

#[tokio::test]
async fn a_reminder_that_waits_does_not_go_out_any_more() {
    let practice = practice().open().await;
    let (therapist, _) = has_visit(&practice, &JUNE, &FRIDAY).await;
    practice.passes(TimeDelta::days(9) + TimeDelta::hours(4)).await;
    therapist.plans_nothing(DAY).await;
    practice.email_to(THERAPIST).await.says("you're off");
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn what_was_booked_knowingly_is_no_conflict_until_its_plan_changes() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    // Friday, December 4, 9:00 am, before Redding opens.
    let early =
        FRIDAY.at("2026-12-04T17:00:00Z").form().replace("/appointments/new", "/admin/appointments/new");
    let form = therapist.open(&early).await.says("Outside opening hours").form("/admin/appointments");
    let form = form.with("name", JUNE.name).with("email", JUNE.email).ticked("override");
    therapist.press_on(&form).await.says("You overrode: opening hours");
    practice.emails().await;
    let today = therapist.open("/admin").await;
    assert_eq!(conflict(&today), 0);
    practice.passes(TimeDelta::hours(1)).await;
    assert!(practice.emails().await.is_empty());

    therapist.plans_nothing(DAY).await;
    assert_eq!(conflict(&therapist.open("/admin").await), 1, "another plan, another question");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_request_on_a_closed_day_says_so_and_a_yes_to_it_is_asked_twice() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.plans_nothing("/admin/days/2026-11-24").await;
    let today = therapist.open("/admin").await.says("Heads up: you're off.");
    let page = therapist.press(&today.form("/confirmation")).await.expect(409);
    let page = page.says("Outside opening hours in Redding").says("Confirm anyway");
    therapist
        .press_on(&page.form("/confirmation"))
        .await
        .says("You'll be there, and June Okafor gets reminders");
    assert_eq!(conflict(&therapist.open("/admin").await), 0, "the yes was said knowing it");
    practice.emails().await;
    practice.close().await;
}
