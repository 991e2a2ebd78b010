//! Running late: what of a session still fits is said before anybody hears of it, both
//! sides see it, and nobody is booked into it.

use chrono::TimeDelta;

use crate::support::{
    mailbox::subjects,
    page::Page,
    people::{JUNE, Opening, PETER, Person, THERAPIST, TUESDAY, Therapist, WALT, path_of},
    practice::{Opening as Setup, TestPractice, practice},
};

/// Tuesday, November 24, 10:15 am: right after the buffer of the visit at nine.
const NEXT: Opening = Opening { start: "2026-11-24T18:15:00Z", ..TUESDAY };
/// 11:45 am: a quarter of an hour is free before it.
const LATER: Opening = Opening { start: "2026-11-24T19:45:00Z", ..TUESDAY };

/// Tuesday, 6:00 am, three hours before the visit at nine.
const SIX: TimeDelta = TimeDelta::hours(22);

fn minutes(minutes: i64) -> TimeDelta {
    TimeDelta::minutes(minutes)
}

/// Visits that are confirmed: the pages of who has them, and the therapist.
async fn has_visits(practice: &TestPractice, visits: &[(&Person, &Opening)]) -> (Vec<String>, Therapist) {
    let mut pages = Vec::new();
    let therapist = practice.therapist().await;
    for (person, opening) in visits {
        pages.push(practice.has_asked(person, opening).await);
        therapist.confirms(person).await;
    }
    practice.emails().await;
    (pages, therapist)
}

/// At that time of Tuesday, with whatever was to go out by then.
async fn at(practice: &TestPractice, time: TimeDelta) {
    practice.reaches(time).await;
    practice.emails().await;
}

fn open() -> Setup {
    practice().with("minimum_notice_hours", "0").with("slot_step_minutes", "15")
}

async fn looks(practice: &TestPractice, page: &str, late: &str) -> Page {
    practice.visitor().get(&format!("{page}/late?minutes={late}")).await
}

async fn says(practice: &TestPractice, page: &str, late: &str) -> Page {
    let form = looks(practice, page, late).await.expect(200).form("/late");
    practice.visitor().press_on(&form).await
}

#[tokio::test]
async fn what_still_fits_is_told_first_and_then_both_sides_see_it() {
    let practice = open().open().await;
    let (pages, therapist) = has_visits(&practice, &[(&JUNE, &TUESDAY), (&PETER, &NEXT)]).await;
    at(&practice, SIX).await;
    let own = practice.visitor().open(&pages[0]).await;
    let choices = practice.visitor().open(&own.link("Running late?")).await.says("How late will you be?");
    let looked = practice.visitor().open(&choices.link("20 minutes")).await;
    looked.says("Come at 9:20 am. We'll have 40 minutes, same price.").says("I don't know yet");
    assert!(practice.emails().await.is_empty(), "looking says nothing");
    assert!(!therapist.open("/admin").await.text().contains("minutes late"));

    says(&practice, &pages[0], "20").await.says("You told me you're running late. Come at 9:20 am.");
    let emails = practice.emails().await;
    assert_eq!(
        subjects(&emails),
        ["Running late: June Okafor by 20 minutes, Tuesday, November 24, 9:20 am, Redding"]
    );
    assert_eq!(emails[0].to, THERAPIST);
    therapist.open("/admin").await.says("20 minutes late: 9:20 am – 10:00 am");
    therapist.page_of(&JUNE).await.says("20 minutes late").says("June Okafor said they're running late");

    says(&practice, &pages[0], "10").await.says("Come at 9:10 am. We'll have 50 minutes, same price.");
    let today = therapist.open("/admin").await.says("10 minutes late: 9:10 am – 10:00 am");
    assert!(!today.text().contains("20 minutes late"), "the newest counts");
    assert_eq!(practice.emails().await.len(), 1);
    says(&practice, &pages[0], "10").await;
    assert!(practice.emails().await.is_empty(), "what was said is not said again");
    practice.close().await;
}

#[tokio::test]
async fn nobody_is_offered_the_time_into_which_a_late_session_reaches() {
    let practice = open().open().await;
    let (pages, _) = has_visits(&practice, &[(&JUNE, &TUESDAY)]).await;
    at(&practice, SIX).await;
    let is_offered = async |start: &str| {
        practice
            .visitor()
            .get(&TUESDAY.at("2026-11-24T18:15:00Z").form().replace("2026-11-24T18:15:00Z", start))
            .await
            .status
            == 200
    };
    assert!(is_offered("2026-11-24T18:15:00Z").await, "10:15 am is free");
    looks(&practice, &pages[0], "20").await.says("Come at 9:20 am. We'll have the full 60 minutes.");
    says(&practice, &pages[0], "20").await;
    assert!(!is_offered("2026-11-24T18:15:00Z").await && !is_offered("2026-11-24T18:30:00Z").await);
    assert!(is_offered("2026-11-24T18:45:00Z").await, "after 10:20 am and the buffer");
    says(&practice, &pages[0], "10").await;
    assert!(is_offered("2026-11-24T18:30:00Z").await, "with 10 minutes it is open again");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn it_is_said_on_the_day_from_three_hours_before_until_shortly_after_the_start() {
    let practice = open().open().await;
    let (pages, _) = has_visits(&practice, &[(&JUNE, &TUESDAY)]).await;
    for (time, is_offered) in [
        (SIX - TimeDelta::seconds(1), false),
        (SIX, true),
        (minutes(25 * 60 + 15), true),
        (minutes(25 * 60 + 16), false),
    ] {
        at(&practice, time).await;
        let own = practice.visitor().open(&pages[0]).await;
        assert_eq!(own.text().contains("Running late?"), is_offered, "{time}");
        let looked = looks(&practice, &pages[0], "20").await;
        looked.expect(if is_offered { 200 } else { 409 });
        let known = "2026-11-24T17:20:00Z 2026-11-24T18:20:00Z";
        if !is_offered {
            let forged = [("minutes", "20"), ("known", known)];
            practice.visitor().sends(&format!("{}/late", pages[0]), &forged).await.expect(409);
        }
    }
    assert!(practice.emails().await.is_empty());
    practice.close().await;
}

#[tokio::test]
async fn what_cannot_be_read_or_is_out_of_date_comes_back_and_says_nothing() {
    let practice = open().open().await;
    let (pages, therapist) = has_visits(&practice, &[(&JUNE, &TUESDAY)]).await;
    at(&practice, SIX).await;
    let address = format!("{}/late", pages[0]);
    for typed in ["", "15", "-10", "ten", "1000000000000"] {
        looks(&practice, &pages[0], typed).await.expect(422).says("Please pick one.");
        practice.visitor().sends(&address, &[("minutes", typed)]).await.expect(422);
    }
    practice.visitor().sends(&address, &[("minutes", "20")]).await.expect(409).says("I don't know yet");
    practice.visitor().sends(&address, &[("minutes", "20"), ("known", "x y")]).await.expect(409);
    practice.visitor().sends("/appointments/0123456789abcdef0123456789abcdef/late", &[]).await.expect(404);

    let form = looks(&practice, &pages[0], "20").await.says("the full 60 minutes").form("/late");
    practice.has_asked(&PETER, &NEXT).await;
    let again = practice.visitor().press(&form).await.expect(409).says("My day has changed");
    let again = again.says("We'll have 40 minutes, same price.");
    assert!(!therapist.open("/admin").await.text().contains("minutes late"));
    practice.visitor().press_on(&again.form("/late")).await.says("You told me you're running late.");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn whoever_says_it_over_and_over_waits_a_minute() {
    let practice = open().with("per_address_hour", "9").open().await;
    let (pages, _) = has_visits(&practice, &[(&JUNE, &TUESDAY)]).await;
    at(&practice, SIX).await;
    let form = looks(&practice, &pages[0], "20").await.form("/late");
    let client = practice.visitor();
    let mut last = client.press(&form).await.expect(303);
    for _ in 0..20 {
        last = client.press(&form).await;
        if last.status == 429 {
            break;
        }
    }
    last.expect(429).says("Say I'm 20 minutes late");
    assert_eq!(practice.emails().await.len(), 1);
    practice.close().await;
}

#[tokio::test]
async fn with_less_than_half_a_session_left_only_a_call_helps() {
    let practice = open().open().await;
    let half = Opening { service: "neuromuscular-60", ..TUESDAY };
    let (pages, therapist) = has_visits(&practice, &[(&JUNE, &half)]).await;
    at(&practice, SIX).await;
    // The therapist is off right after it.
    therapist
        .takes_off(&[
            ("from", "2026-11-24"),
            ("from_time", "10:00"),
            ("to", "2026-11-24"),
            ("to_time", "12:00"),
        ])
        .await
        .expect(303);
    looks(&practice, &pages[0], "30").await.says("Come at 9:30 am. We'll have 30 minutes, same price.");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn whoever_has_to_wait_is_shown_first_and_told_after_the_minute() {
    let practice = open().open().await;
    let visits = [(&JUNE, &TUESDAY), (&PETER, &NEXT), (&WALT, &LATER)];
    let (pages, therapist) = has_visits(&practice, &visits).await;
    let therapist = therapist.in_a_hurry();
    at(&practice, TimeDelta::hours(25) + minutes(30)).await; // 9:30 am, June is there.
    let page = therapist.open(&therapist.open("/admin").await.link("Running late?")).await;
    let ten = therapist
        .open(&page.link("10 minutes"))
        .await
        .says("Peter Lindqvist")
        .says("10:25 am instead of 10:15 am");
    assert!(!ten.text().contains("Walt Brennan"), "a quarter of an hour makes up for it");
    let twenty = therapist.open(&page.link("20 minutes")).await.says("10:35 am instead of 10:15 am");
    let twenty = twenty.says("Walt Brennan").says("11:50 am instead of 11:45 am");
    assert!(!twenty.text().contains("June Okafor"), "she is there");
    let today = therapist.press_on(&twenty.form("/admin/late")).await.says("Running late. Undo until");
    today.says("you're late: 10:35 am – 11:35 am");
    practice.deliver_now().await;
    practice.mailbox.is_empty(); // They wait the minute.
    assert!(
        !practice.visitor().open(&pages[1]).await.text().contains("running late"),
        "nor does a page tell"
    );

    practice.passes(minutes(1)).await;
    let emails = practice.emails().await;
    assert_eq!(subjects(&emails), ["Running late: Tuesday, November 24, 10:35 am, Redding"]);
    assert_eq!(emails[0].to, PETER.email);
    emails[0].says("Please come at 10:35 am instead of 10:15 am. You'll have your full session.");
    let own = practice.visitor().open(path_of(emails[0].page())).await;
    own.says("I'm running late, and I'm sorry. Come at 10:35 am.");
    let today = therapist.open("/admin").await.says("may not know yet that you're running late");
    let text = today.some_hrefs("a[href^='sms:']").join(" ");
    assert!(text.contains("11%3A50"), "a text to Walt is begun with the new time: {text}");
    practice.close().await;
}

#[tokio::test]
async fn undone_within_the_minute_nobody_hears_of_it() {
    let practice = open().open().await;
    let (pages, therapist) = has_visits(&practice, &[(&JUNE, &TUESDAY), (&PETER, &NEXT)]).await;
    let therapist = therapist.in_a_hurry();
    at(&practice, TimeDelta::hours(25) + minutes(30)).await;
    let late = therapist.open("/admin/late?minutes=30").await.form("/admin/late");
    let today = therapist.press_on(&late).await.says("you're late");
    therapist.undoes(&today).await;
    practice.passes(minutes(2)).await;
    assert!(practice.emails().await.is_empty());
    assert!(!therapist.open("/admin").await.text().contains("you're late"));
    assert!(!practice.visitor().open(&pages[1]).await.text().contains("running late"));
    practice.close().await;
}

#[tokio::test]
async fn a_gap_makes_up_for_it_and_nobody_is_booked_into_what_the_session_takes() {
    let practice = open().open().await;
    let (_, therapist) = has_visits(&practice, &[(&JUNE, &TUESDAY), (&PETER, &LATER)]).await;
    at(&practice, TimeDelta::hours(25) + minutes(30)).await;
    practice.visitor().get(&NEXT.form()).await.expect(200);
    let nobody = therapist.open("/admin/late?minutes=20").await.says("nobody has to wait");
    therapist.press_on(&nobody.form("/admin/late")).await;
    assert!(practice.emails().await.is_empty());
    practice.visitor().get(&NEXT.form()).await.expect(409);
    practice.close().await;
}

#[tokio::test]
async fn who_has_made_up_for_it_tells_whom_they_had_told() {
    let practice = open().open().await;
    let half_past = NEXT.at("2026-11-24T18:30:00Z");
    let (_, therapist) = has_visits(&practice, &[(&JUNE, &TUESDAY), (&PETER, &half_past)]).await;
    at(&practice, TimeDelta::hours(25) + minutes(30)).await;
    for (late, told) in [
        ("30", Some("Running late: Tuesday, November 24, 10:45 am, Redding")),
        ("10", Some("Today: on time after all, Tuesday, November 24, 10:30 am, Redding")),
    ] {
        let page = therapist.open(&format!("/admin/late?minutes={late}")).await;
        therapist.press_on(&page.form("/admin/late")).await;
        practice.passes(minutes(1)).await;
        assert_eq!(subjects(&practice.emails().await), Vec::from_iter(told), "{late}");
    }
    practice.close().await;
}

#[tokio::test]
async fn whom_the_page_has_not_named_is_not_told_by_it() {
    let practice = open().open().await;
    let (_, therapist) = has_visits(&practice, &[(&JUNE, &TUESDAY)]).await;
    at(&practice, TimeDelta::hours(25) + minutes(30)).await;
    let form = therapist.open("/admin/late?minutes=20").await.form("/admin/late");
    practice.has_asked(&PETER, &NEXT).await;
    therapist.confirms(&PETER).await;
    practice.emails().await;
    let again = therapist.press(&form).await.expect(409).says("Somebody new is on the list");
    again.says("Peter Lindqvist");
    for typed in ["", "15", "x"] {
        therapist.sends("/admin/late", &[("minutes", typed)]).await.expect(422);
        therapist.get(&format!("/admin/late?minutes={typed}")).await.expect(422);
    }
    assert!(practice.emails().await.is_empty());
    practice.close().await;
}
