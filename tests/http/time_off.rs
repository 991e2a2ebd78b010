//! Time off, and the switch that pauses online booking.

use chrono::TimeDelta;

use crate::support::{
    page::{Form, Page},
    people::{JUNE, Opening, PETER, SATURDAY, THERAPIST, TUESDAY, Therapist, WEDNESDAY},
    practice::practice,
};

/// Wednesday, December 2, 9:00 am, far enough away for a hold of a day.
const LATER: Opening = Opening { start: "2026-12-02T17:00:00Z", ..WEDNESDAY };

/// Fills in from, from_time, to, to_time and office.
async fn takes_off(therapist: &Therapist, [from, from_time, to, to_time, office]: [&str; 5]) -> Page {
    let span = [("from", from), ("from_time", from_time), ("to", to), ("to_time", to_time)];
    therapist.takes_off(&[&span[..], &[("office", office), ("note", "dentist")]].concat()).await
}

/// The button of the one time off that is entered.
#[track_caller]
fn end_of(page: &Page) -> Form {
    let mut ends = page.forms("/end");
    ends.retain(|form| form.action.starts_with("/admin/time-off/"));
    assert_eq!(ends.len(), 1, "{}", page.text());
    ends.remove(0)
}

#[tokio::test]
async fn hours_off_at_one_office_are_offered_to_nobody_there() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let off = takes_off(&therapist, ["2026-11-28", "11:00", "", "1 pm", "redding"]).await;
    let page = therapist.follow(&off).await.says("Saturday, November 28, 11:00 am – 1:00 pm");
    page.says("Redding").says("dentist");
    let client = practice.visitor();
    client.open(&SATURDAY.form()).await; // 10:00 to 11:00, with its buffer in the time off.
    for inside in ["2026-11-28T18:30:00Z", "2026-11-28T19:00:00Z", "2026-11-28T20:30:00Z"] {
        let page = client.get(&SATURDAY.at(inside).form()).await.expect(409);
        page.says("I'm not in that office then.").never_says("dentist");
    }
    client.open(&SATURDAY.at("2026-11-28T21:00:00Z").form()).await;
    client.open(&SATURDAY.in_office("mt-shasta").at("2026-11-28T19:00:00Z").form()).await;
    therapist.open("/admin/days/2026-11-28").await.says("Time off at Redding").says("dentist");
    practice.close().await;
}

#[tokio::test]
async fn weeks_off_close_every_office_until_the_last_day_is_over() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let off = takes_off(&therapist, ["2026-11-25", "", "2026-12-06", "", ""]).await;
    let page =
        therapist.follow(&off).await.says("Wednesday, November 25 – Sunday, December 6").says("Everywhere");
    let client = practice.visitor();
    client.open(&TUESDAY.form()).await;
    client.get(&WEDNESDAY.form()).await.expect(409);
    client.get(&LATER.form()).await.expect(409);
    client.open(&WEDNESDAY.at("2026-12-07T17:00:00Z").form()).await;
    let end = end_of(&page);
    therapist.press_on(&end).await.says("None planned.");
    client.open(&WEDNESDAY.form()).await;
    therapist.press(&end).await.expect(409).says("already over");
    practice.close().await;
}

#[tokio::test]
async fn time_off_that_has_begun_can_be_ended() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    // From the beginning of today, which is past.
    takes_off(&therapist, ["2026-11-23", "", "2026-11-27", "", ""]).await.expect(303);
    practice.visitor().get(&TUESDAY.form()).await.expect(409);
    let page = therapist.open("/admin/time-off").await.says("Monday, November 23 – Friday, November 27");
    therapist.press_on(&end_of(&page.says("I'm back"))).await.says("You're not off right now.");
    practice.visitor().open(&TUESDAY.form()).await;
    practice.close().await;
}

#[tokio::test]
async fn while_everything_is_off_holds_stand_still() {
    let practice = practice().open().await;
    let own = practice.has_asked(&JUNE, &LATER).await; // Monday, 8:00 am: held for a day.
    let therapist = practice.therapist().await;
    takes_off(&therapist, ["2026-11-23", "12:00", "2026-11-25", "12:00", ""]).await.expect(303);
    therapist.page_of(&JUNE).await.says("Thursday, November 26, 8:00 am");
    practice.visitor().open(&own).await.says("my answer by Thursday, November 26, 8:00 am");
    practice.passes(TimeDelta::hours(26)).await; // Tuesday, 10:00 am
    practice.visitor().open(&own).await.says("Requested");
    // One who asks meanwhile is held until 24 hours after the return.
    let peter = practice.has_asked(&PETER, &LATER.at("2026-12-02T19:00:00Z")).await;
    practice.visitor().open(&peter).await.says("my answer by Thursday, November 26, 12:00 pm");

    // Back on Tuesday at 10:00 am: of the day four hours had run.
    therapist.press_on(&end_of(&therapist.open("/admin/time-off").await)).await;
    therapist.page_of(&JUNE).await.says("Wednesday, November 25, 6:00 am");
    practice.emails().await; // The nudge at half time may be among them.
    practice.passes(TimeDelta::hours(20) - TimeDelta::seconds(1)).await;
    practice.visitor().open(&own).await.says("Requested");
    practice.passes(TimeDelta::seconds(1)).await;
    practice.visitor().open(&own).await.says("Expired");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn one_office_being_closed_stops_no_hold() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &LATER).await;
    let therapist = practice.therapist().await;
    takes_off(&therapist, ["2026-11-23", "", "2026-11-25", "", "mt-shasta"]).await.expect(303);
    therapist.page_of(&JUNE).await.says("Tuesday, November 24, 8:00 am");
    practice.close().await;
}

#[tokio::test]
async fn time_off_never_takes_back_a_hold_that_was_given_by_another_policy() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &LATER).await;
    let therapist = practice.therapist().await;
    let settings = therapist.open("/admin/settings").await.form("/preview").with("hold_hours", "1");
    let preview = therapist.press(&settings).await.expect(200);
    therapist.press_on(&preview.form("/admin/settings")).await;
    practice.passes(TimeDelta::hours(2)).await;
    takes_off(&therapist, ["2026-11-23", "12:00", "", "13:00", ""]).await.expect(303);
    therapist.page_of(&JUNE).await.says("Tuesday, November 24, 9:00 am");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn whoever_is_booked_is_shown_first_and_stays() {
    let practice = practice().open().await;
    let own = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.has_asked(&PETER, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    let page = takes_off(&therapist, ["2026-11-24", "", "2026-11-25", "", "redding"]).await.expect(409);
    let page = page.says("This affects one appointment").says("June Okafor").never_says("Peter");
    therapist.open("/admin/time-off").await.says("None planned.");
    let form = page.form("/admin/time-off");
    assert_eq!(form.value("note"), "dentist");
    therapist.press_on(&form).await.says("Tuesday, November 24 – Wednesday, November 25").says("dentist");
    practice.visitor().open(&own).await.says("Confirmed");
    practice.email_to(THERAPIST).await.says("you're off in Redding");
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn what_is_no_time_off_comes_back_with_everything_typed() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for (typed, field) in [
        (["", "", "", "", ""], "from"),
        (["2026-11-22", "", "", "", ""], "from"),
        (["soon", "", "", "", ""], "from"),
        (["2026-11-24", "early", "", "", ""], "from_time"),
        (["2026-11-24", "", "then", "", ""], "to"),
        (["2026-11-24", "", "2026-11-23", "", ""], "to"),
        (["2026-11-24", "14:00", "", "14:00", ""], "to"),
        (["2026-11-23", "", "", "07:00", ""], "to"),
        (["2026-11-24", "", "", "late", ""], "to_time"),
        (["2026-11-24", "", "", "", "nowhere"], "office"),
    ] {
        let page = takes_off(&therapist, typed).await.expect(422);
        let wrong = page.hrefs("[role=alert] a");
        assert_eq!(wrong, [format!("#{field}")], "{typed:?}");
        let form = page.form("/admin/time-off");
        for (name, value) in ["from", "from_time", "to", "to_time"].iter().zip(typed) {
            assert_eq!(form.value(name), value);
        }
        assert_eq!(form.value("note"), "dentist");
    }
    therapist.open("/admin/time-off").await.says("None planned.");
    practice.close().await;
}

#[tokio::test]
async fn in_the_gap_of_a_clock_change_it_begins_and_ends_with_the_jump() {
    let practice = practice().at("2027-03-10T16:00:00Z").open().await;
    let therapist = practice.therapist().await;
    let off = takes_off(&therapist, ["2027-03-14", "02:30", "2027-03-14", "04:00", ""]).await;
    therapist.follow(&off).await.says("Sunday, March 14, 3:00 am – 4:00 am");
    takes_off(&therapist, ["2027-03-14", "02:10", "2027-03-14", "02:50", ""]).await.expect(422);
    practice.close().await;
}

#[tokio::test]
async fn while_online_requests_are_closed_clients_read_the_therapists_sentence() {
    let practice = practice().open().await;
    let request = practice.filled(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let form = therapist.open("/admin/time-off").await.form("/pause");
    for (sentence, message) in
        [(String::from(" "), "Please write something"), ("x".repeat(1001), "1,000 characters")]
    {
        let page = therapist.press(&form.clone().with("sentence", &sentence)).await.expect(422).says(message);
        assert_eq!(page.form("/pause").value("sentence"), sentence);
    }
    let sentence = "I am moving house until Sunday; please call.";
    let page = therapist.press_on(&form.with("sentence", sentence)).await.says("Online booking is paused.");
    let client = practice.visitor();
    let openings = client.open("/appointments/new?service=neuromuscular-60").await.says(sentence);
    assert!(openings.hrefs("main a[href*='start=']").is_empty());
    client.open("/appointments/new").await.says(sentence);
    client.get(&TUESDAY.form()).await.expect(409).says(sentence);
    client.press(&request).await.expect(409).says(sentence);
    client.open("/").await.never_says("Tuesday, November 24");
    let why = therapist.open("/admin/why?service=neuromuscular-60&on=2026-11-24").await;
    why.says("online booking is paused").never_says("available</p>");

    therapist.press_on(&page.form("/pause/end")).await.says("Online booking is on.");
    therapist.press(&page.form("/pause/end")).await.expect(409).says("isn't paused");
    client.press(&request).await.expect(303);
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_time_off_and_a_request_at_once_both_end_well() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for _ in 0..6 {
        let request = practice.filled(&JUNE, &WEDNESDAY).await;
        let form = therapist.open("/admin/time-off").await.form("/admin/time-off").with("from", "2026-11-25");
        let client = practice.visitor();
        let (off, asked) = tokio::join!(therapist.press(&form), client.press(&request));
        match (off.status, asked.status) {
            (303, 409) => {
                therapist.press_on(&end_of(&therapist.follow(&off).await)).await;
            }
            (409, 303) => {
                off.says("June Okafor");
                let own = client.follow(&asked).await;
                client.press_on(&client.open(&own.link("Cancel")).await.form("/cancellation")).await;
            }
            other => panic!("{other:?}"),
        }
    }
    practice.deliver().await;
    practice.close().await;
}

const SENTENCE: &str = "Gone <fishing> until January 4.\r\nHappy holidays!";

/// The whole practice from Saturday, December 19, to Sunday, January 3, in these words.
async fn goes_fishing(therapist: &Therapist) {
    let off = [("from", "2026-12-19"), ("to", "2027-01-03"), ("for_clients", SENTENCE)];
    therapist.takes_off(&off).await.expect(303);
}

#[tokio::test]
async fn a_vacation_is_one_block_with_the_therapists_sentence() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    goes_fishing(&therapist).await;
    let page = therapist.open("/admin/time-off").await.says("Clients see:").says("Gone <fishing>");
    page.says("Saturday, December 19 – Sunday, January 3");

    let client = practice.visitor();
    let openings = "/appointments/new?service=neuromuscular-60";
    client.open(openings).await.never_says("fishing");
    // Its first days, with openings before it; and in the midst of it nothing else.
    for (from, has_openings) in [("2026-12-14", true), ("2026-12-19", false), ("2026-12-20", false)] {
        let page = client.open(&format!("{openings}&from={from}")).await;
        let page = page.says("Away: December 19 – January 3").says("Happy holidays!");
        assert_eq!(page.text().matches("Happy holidays!").count(), 1, "{from}");
        assert!(!page.body().contains("<fishing>"), "escaped");
        page.never_says("Closed December");
        let page = client.open(&format!("{openings}&from={from}")).await;
        assert_eq!(!page.hrefs(".day a[href*='start=']").is_empty(), has_openings, "{from}");
    }
    practice.close().await;
}

#[tokio::test]
async fn while_the_therapist_is_away_the_first_openings_stand_below_their_sentence() {
    let practice = practice().at("2026-12-21T18:00:00Z").open().await;
    let therapist = practice.therapist().await;
    goes_fishing_from_today(&therapist).await;
    let page = practice.visitor().open("/appointments/new?service=neuromuscular-60").await;
    let page = page.says("Away: December 21 – January 3").says("Happy holidays!");
    assert!(!page.hrefs(".day a[href*='start=']").is_empty(), "those after it");
    practice.close().await;
}

async fn goes_fishing_from_today(therapist: &Therapist) {
    let off = [("from", "2026-12-21"), ("to", "2027-01-03"), ("for_clients", SENTENCE)];
    therapist.takes_off(&off).await.expect(303);
}

#[tokio::test]
async fn time_off_at_one_office_is_told_with_its_name_beside_the_others_openings() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let off = [
        ("from", "2026-12-01"),
        ("to", "2026-12-03"),
        ("office", "redding"),
        ("for_clients", "New floors in Redding."),
    ];
    therapist.takes_off(&off).await.expect(303);
    let page = practice.visitor().open("/appointments/new?service=neuromuscular-60&from=2026-11-30").await;
    page.says("Away from Redding: December 1 – 3").says("New floors in Redding.").says("Wednesday");
    practice.close().await;
}

#[tokio::test]
async fn time_off_without_a_sentence_says_nothing_of_itself() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.takes_off(&[("from", "2026-12-19"), ("to", "2027-01-03")]).await.expect(303);
    let page = practice.visitor().open("/appointments/new?service=neuromuscular-60&from=2026-12-14").await;
    page.never_says("Away").says("Closed December 19 – 27");
    let too_long = "x".repeat(1001);
    let page = therapist.takes_off(&[("from", "2027-02-01"), ("for_clients", &too_long)]).await.expect(422);
    assert_eq!(page.form("/admin/time-off").value("for_clients"), too_long);
    practice.close().await;
}
