//! The client moves a visit of a series and the later ones: asked for at once, answered as one.

use chrono::TimeDelta;

use super::{
    client_series,
    series_later::{Series, booked, events, series},
};
use crate::support::{
    mailbox::{Email, subjects},
    page::{Form, Page},
    people::{JUNE, Opening, PETER, THERAPIST, TUESDAY},
    practice::practice,
};

/// Thursday, December 24, 10:30 am: two days and an hour and a half after the second visit.
const THURSDAY: Opening = Opening { start: "2026-12-24T18:30:00Z", ..TUESDAY };

const BEFORE: [&str; 3] =
    ["Tuesday, December 22, 9:00 am", "Tuesday, January 5, 9:00 am", "Tuesday, January 19, 9:00 am"];
const AFTER: [&str; 3] =
    ["Thursday, December 24, 10:30 am", "Thursday, January 7, 10:30 am", "Thursday, January 21, 10:30 am"];

impl Series {
    /// The client's page that asks whether a visit is to be moved to a time.
    async fn question(&self, nth: usize, to: &Opening) -> Page {
        let page = self.own(nth);
        let client = self.practice.visitor();
        client.open(&format!("{page}/reschedule?office={}&start={}", to.office, to.start)).await
    }

    /// June moves, or asks to move, the second visit and the two after it.
    async fn asks_for_all(&self) -> Page {
        let form = all(&self.question(1, &THURSDAY).await);
        self.practice.visitor().press_on(&form).await
    }

    /// Insists on where the last three of her visits are.
    async fn are(&self, when: [&str; 3]) {
        for (nth, when) in (1..).zip(when) {
            let title = self.visit(nth).await.title();
            assert!(title.contains(when), "{nth}: {when}: {title}");
        }
    }

    /// Which of these starts somebody else could have.
    async fn open_of(&self, starts: [&'static str; 3]) -> [bool; 3] {
        let mut open = [false; 3];
        for (open, start) in open.iter_mut().zip(starts) {
            *open = self.is_open(start).await;
        }
        open
    }
}

/// The same times as [`BEFORE`] and [`AFTER`].
const STARTS: [&str; 3] = ["2026-12-22T17:00:00Z", "2027-01-05T17:00:00Z", "2027-01-19T17:00:00Z"];
const NEW_STARTS: [&str; 3] = ["2026-12-24T18:30:00Z", "2027-01-07T18:30:00Z", "2027-01-21T18:30:00Z"];

fn all(page: &Page) -> Form {
    page.form("/reschedule").choosing("which", "later")
}

fn sorted(emails: &[Email]) -> Vec<&str> {
    let mut subjects = subjects(emails);
    subjects.sort_unstable();
    subjects
}

fn one_to<'a>(emails: &'a [Email], to: &str) -> &'a Email {
    let theirs: Vec<_> = emails.iter().filter(|email| email.to == to).collect();
    assert_eq!(theirs.len(), 1, "{:?}", subjects(emails));
    theirs[0]
}

#[tokio::test]
async fn this_and_the_later_ones_are_one_request_with_one_answer() {
    let series = series().await;
    let page = series.question(1, &THURSDAY).await;
    let page = page.says("Just this visit").says("This and the 2 after it");
    let page = page.says("To Thursday, January 7, 10:30 am").says("To Thursday, January 21, 10:30 am");
    let form = page.form("/reschedule");
    assert_eq!(form.value("which"), "one", "nothing more than they want");
    let own = series.practice.visitor().press_on(&form.choosing("which", "later")).await;
    assert!(own.title().starts_with("Confirmed: Tuesday, December 22"), "{}", own.title());
    own.says("and to move 2 other visits with it").says("There's one answer to all of them.");
    let emails = series.practice.emails().await;
    assert_eq!(
        sorted(&emails),
        [
            "Confirmed: 3 visits from Tuesday, December 22, 9:00 am, Redding (reschedule requested)",
            "Confirmed: June Okafor wants to reschedule 3 visits from Tuesday, December 22, 9:00 am, Redding",
        ]
    );
    for email in &emails {
        for (was, is) in BEFORE.iter().zip(AFTER).skip(1) {
            let way = format!("{was}, to {is}, Redding");
            assert!(email.text.contains(&way) && email.html.contains(&way), "{way}: {}", email.text);
        }
    }
    series.are(BEFORE).await;
    assert_eq!(series.open_of(STARTS).await, [false; 3], "they stand");
    assert_eq!(series.open_of(NEW_STARTS).await, [false; 3], "and these are held");

    // One slip, one answer, from the page of any of them.
    let today = series.therapist.open("/admin").await.says("One reschedule to answer");
    assert_eq!(today.forms("/confirmation").len(), 1);
    let page = series.visit(2).await.says("3 asked for together").says(AFTER[0]);
    series.therapist.press_on(&page.form("/confirmation")).await;
    let emails = series.practice.emails().await;
    let email = one_to(&emails, JUNE.email);
    assert_eq!((email.kind(), emails.len()), ("series_changed: as asked", 1));
    assert_eq!(email.subject, "Changed: 3 visits from Thursday, December 24, 10:30 am, Redding");
    assert_eq!((email.method.as_deref(), events(email)), (Some("PUBLISH"), 3));
    series.are(AFTER).await;
    assert_eq!(series.open_of(STARTS).await, [true; 3]);
    for nth in 1..4 {
        series.visit(nth).await.says("Once by the client, of 3 times they can");
    }
    series.visit(0).await.never_says("by the client, of");
    series.therapist.open("/admin").await.never_says("reschedule to answer");
    series.practice.close().await;
}

#[tokio::test]
async fn a_no_to_one_is_a_no_to_all_and_they_stay_where_they_were() {
    let series = series().await;
    series.asks_for_all().await;
    series.practice.emails().await;
    let decline = series.therapist.open(&format!("{}/decline", series.visits[3])).await;
    let decline = decline.says("Your answer is for all 3 of them").says(AFTER[0]);
    series.therapist.press_on(&decline.form("/decline").with("sentence", "I teach on Thursdays.")).await;
    let emails = series.practice.emails().await;
    let email = one_to(&emails, JUNE.email);
    assert_eq!((email.kind(), emails.len()), ("unchanged: declined", 1));
    assert_eq!(email.subject, "Confirmed: 3 visits from Tuesday, December 22, 9:00 am, Redding, as before");
    email.says("or the 2 later visits with it. All of them stay as they were.");
    email.says("I teach on Thursdays.");
    email.says(BEFORE[2]);
    series.are(BEFORE).await;
    assert_eq!(series.open_of(NEW_STARTS).await, [true; 3]);
    series.practice.close().await;
}

#[tokio::test]
async fn at_half_time_one_nudge_tells_of_all_and_then_all_of_it_expires_with_one_email() {
    let series = series().await;
    series.asks_for_all().await;
    series.practice.emails().await;
    series.practice.passes(TimeDelta::hours(13)).await;
    series.practice.passes(TimeDelta::minutes(1)).await;
    let emails = series.practice.emails().await;
    let nudges: Vec<_> = emails.iter().filter(|email| email.kind() == "waiting: a change").collect();
    assert_eq!(nudges.len(), 1, "{:?}", subjects(&emails));
    nudges[0].says("and the 2 later visits with it");
    series.practice.passes(TimeDelta::hours(12)).await;
    let emails = series.practice.emails().await;
    let expired: Vec<_> = emails.iter().filter(|email| email.kind() == "unchanged: expired").collect();
    assert_eq!(expired.len(), 1, "{:?}", subjects(&emails));
    expired[0].says("Your appointments stay as they were.");
    series.are(BEFORE).await;
    assert_eq!(series.open_of(NEW_STARTS).await, [true; 3]);
    // A yes that comes too late finds them free, and there is nothing to answer any more.
    series.visit(1).await.never_says("asked for together");
    series.practice.close().await;
}

#[tokio::test]
async fn what_was_asked_for_at_once_is_taken_back_at_once() {
    let series = series().await;
    series.asks_for_all().await;
    series.practice.emails().await;
    let client = series.practice.visitor();
    let own = client.open(series.own(3)).await.says("and to move 2 other visits with it");
    client.press_on(&own.form("/reschedule/end")).await.never_says("You asked for");
    let emails = series.practice.emails().await;
    assert_eq!(one_to(&emails, JUNE.email).kind(), "unchanged: taken back");
    assert_eq!(one_to(&emails, THERAPIST).kind(), "reschedule_request_withdrawn");
    one_to(&emails, THERAPIST).says("the appointments stay as they were");
    series.are(BEFORE).await;
    assert_eq!(series.open_of(NEW_STARTS).await, [true; 3]);
    client.open(series.own(1)).await.never_says("There's one answer");
    series.practice.close().await;
}

#[tokio::test]
async fn one_that_cannot_go_along_holds_up_all_of_them_until_its_line_is_settled() {
    let series = series().await;
    series.practice.has_asked(&PETER, &TUESDAY.at(NEW_STARTS[1])).await;
    let page = series.question(1, &THURSDAY).await;
    let page = page.says("Tuesday, January 5, 9:00 am: please choose").says("That time's taken.");
    let page = page.never_says("Peter");
    let client = series.practice.visitor();
    let open = client.press(&all(&page)).await.expect(422).says("Nothing has changed yet.");
    series.practice.mailbox.is_empty();
    let form = open.form("/reschedule");
    assert_eq!(form.value("which"), "later", "the choice is kept");
    client.press_on(&form.choosing("line_1", "stays")).await.says("and to move one other visit with it");
    let emails = series.practice.emails().await;
    one_to(&emails, JUNE.email).says("and the later visit with it");
    series.therapist.press_on(&series.visit(1).await.form("/confirmation")).await;
    series.are([AFTER[0], BEFORE[1], AFTER[2]]).await;
    series.practice.emails().await;
    series.practice.close().await;
}

#[tokio::test]
async fn what_is_lost_meanwhile_comes_back_as_the_open_line_and_nothing_is_written() {
    let series = series().await;
    let form = all(&series.question(1, &THURSDAY).await);
    series.practice.has_asked(&PETER, &TUESDAY.at(NEW_STARTS[2])).await;
    let client = series.practice.visitor();
    let lost = client.press(&form).await.expect(409);
    let lost =
        lost.says("Sorry, one of these isn't open anymore.").says("January 19, 9:00 am: please choose");
    let form = lost.form("/reschedule");
    assert_eq!(form.value("which"), "later");
    series.are(BEFORE).await;
    assert_eq!(series.open_of(NEW_STARTS).await, [true, true, false]);
    // One of them is canceled before that is pressed.
    series.therapist.press_on(&series.cancellation(2).await).await;
    series.practice.emails().await;
    let changed = client.press(&form.choosing("line_2", "stays")).await.expect(409);
    let changed = changed.says("The later visits have changed since you opened the page");
    series.practice.mailbox.is_empty();
    // And now the first of the new times is gone as well: the others nearby keep the choice.
    let form = all(&changed).choosing("line_1", "stays");
    series.practice.has_asked(&PETER, &THURSDAY).await;
    let gone = client.press(&form).await.expect(409).says("Sorry, that time isn't open.");
    let links = gone.hrefs("a");
    let nearby = links.iter().find(|link| link.contains("start=")).expect("another time");
    assert!(nearby.contains("which=later&"), "{nearby}");
    assert_eq!(client.open(nearby).await.form("/reschedule").value("which"), "later");
    series.practice.close().await;
}

#[tokio::test]
async fn where_moves_are_confirmed_at_once_all_of_them_go_and_each_side_hears_once() {
    let series = booked(practice().with("confirmation", r#""at_once""#), &TUESDAY).await;
    let page = series.question(1, &THURSDAY).await.says("each is confirmed as soon as you press the button");
    series.practice.visitor().press_on(&all(&page)).await;
    let emails = series.practice.emails().await;
    let own = one_to(&emails, JUNE.email);
    assert_eq!((own.kind(), events(own)), ("series_changed: as asked", 3));
    let therapists = one_to(&emails, THERAPIST);
    assert_eq!(therapists.kind(), "series_changed_by_client: appointments");
    assert_eq!(
        therapists.subject,
        "Changed: June Okafor, 3 visits from Thursday, December 24, 10:30 am, Redding"
    );
    for (was, is) in BEFORE.iter().zip(AFTER) {
        let was = format!("It was {was}, Redding.");
        assert!(therapists.text.contains(&was) && therapists.text.contains(is), "{}", therapists.text);
    }
    series.are(AFTER).await;
    assert_eq!(series.open_of(STARTS).await, [true; 3]);
    series.practice.close().await;
}

#[tokio::test]
async fn one_that_was_moved_as_often_as_they_can_stays_and_the_page_says_so() {
    let at_once = practice().with("confirmation", r#""at_once""#).with("moves_per_appointment", "1");
    let series = booked(at_once, &TUESDAY).await;
    let client = series.practice.visitor();
    let alone = series.question(2, &TUESDAY.at("2027-01-05T19:00:00Z")).await.form("/reschedule");
    client.press_on(&alone).await;
    series.practice.emails().await;
    let page = series.question(1, &THURSDAY).await;
    let form = all(&page);
    assert_eq!(form.value("line_1"), "stays", "{}", page.text());
    // A form that no page has moves none of them.
    let forged = form.clone().with("line_1", "redding 2027-01-07T20:30:00Z");
    client.press(&forged).await.expect(410);
    client.press_on(&form).await;
    series.practice.emails().await;
    series.are([AFTER[0], "Tuesday, January 5, 11:00 am", AFTER[2]]).await;
    series.practice.close().await;
}

#[tokio::test]
async fn what_nobody_has_answered_yet_moves_at_once_and_stays_one_request() {
    let practice = practice().open().await;
    let page = client_series::after_a_visit(&practice).await;
    let own = client_series::asks_for(&practice, &page, "3").await;
    practice.emails().await;
    let client = practice.visitor();
    // Tuesday, December 15, to the Thursday after it.
    let to = own.link("Reschedule") + "?office=redding&start=2026-12-17T18:30:00Z";
    let question =
        client.open(&to).await.says("This and the 2 after it").says("Thursday, January 7, 10:30 am");
    let moved = client.press_on(&all(&question)).await;
    assert!(moved.title().starts_with("Requested: Thursday, December 17, 10:30 am"), "{}", moved.title());
    let emails = practice.emails().await;
    let received = one_to(&emails, JUNE.email);
    assert_eq!(received.kind(), "series_received");
    assert_eq!(received.subject, "Requested: 3 visits from Thursday, December 17, 10:30 am, Redding");
    let told = one_to(&emails, THERAPIST);
    assert_eq!(told.kind(), "series_changed_by_client: requests");
    told.says("It was Tuesday, January 26, 9:00 am, Redding.");
    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await.says("One request to answer");
    therapist.press_on(&today.form("/confirmation")).await;
    let confirmed = practice.email_to(JUNE.email).await;
    assert_eq!(confirmed.subject, "Confirmed: 3 visits from Thursday, December 17, 10:30 am, Redding");
    practice.close().await;
}

#[tokio::test]
async fn one_undo_takes_the_answer_to_all_of_them_back_and_they_wait_again() {
    let series = series().await.in_a_hurry().await;
    series.asks_for_all().await;
    series.practice.emails().await;
    let moved = series.therapist.press_on(&series.visit(1).await.form("/confirmation")).await;
    series.are(AFTER).await;
    assert_eq!(series.open_of(STARTS).await, [false; 3], "for a minute nobody else can have them");
    series.therapist.undoes(&moved.says("June Okafor, 3 visits")).await;
    series.practice.deliver().await;
    series.practice.mailbox.is_empty();
    series.are(BEFORE).await;
    assert_eq!(series.open_of(NEW_STARTS).await, [false; 3]);
    series.therapist.press_on(&series.visit(3).await.form("/confirmation")).await;
    series.practice.passes(TimeDelta::minutes(2)).await;
    assert_eq!(series.practice.email_to(JUNE.email).await.kind(), "series_changed: as asked");
    series.are(AFTER).await;
    series.practice.close().await;
}

#[tokio::test]
async fn what_leaves_the_request_before_the_email_went_out_is_not_in_it() {
    let series = series().await;
    series.asks_for_all().await;
    let client = series.practice.visitor();
    let cancellation = client.open(&format!("{}/cancellation", series.own(1))).await.form("/cancellation");
    client.press_on(&cancellation).await;
    let emails = series.practice.emails().await;
    let mut told: Vec<_> = emails.iter().map(|email| (email.kind(), email.to.as_str())).collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            ("cancelled: by the client", JUNE.email),
            ("cancelled_by_client", THERAPIST),
            ("reschedule_request_arrived: several", THERAPIST),
            ("reschedule_request_received", JUNE.email),
        ]
    );
    for email in emails.iter().filter(|email| email.kind().starts_with("reschedule_request")) {
        assert!(email.subject.contains("2 visits from Tuesday, January 5"), "{}", email.subject);
        assert!(!email.text.contains("December 2"), "{}", email.text);
    }
    series.therapist.press_on(&series.visit(3).await.form("/confirmation")).await;
    assert_eq!(
        series.practice.email_to(JUNE.email).await.subject,
        "Changed: 2 visits from Thursday, January 7, 10:30 am, Redding"
    );
    series.practice.close().await;
}

#[tokio::test]
async fn one_of_them_that_is_asked_to_go_elsewhere_is_answered_by_itself() {
    let series = series().await;
    series.asks_for_all().await;
    series.practice.emails().await;
    let alone = series.question(2, &TUESDAY.at("2027-01-05T19:00:00Z")).await.form("/reschedule");
    series.practice.visitor().press_on(&alone).await;
    series.practice.emails().await;
    series.therapist.open("/admin").await.says("2 reschedules to answer");
    series.therapist.press_on(&series.visit(1).await.form("/confirmation")).await;
    let email = series.practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, "Changed: 2 visits from Thursday, December 24, 10:30 am, Redding");
    series.are([AFTER[0], BEFORE[1], AFTER[2]]).await;
    series.therapist.press_on(&series.visit(2).await.form("/confirmation")).await;
    assert_eq!(series.practice.email_to(JUNE.email).await.kind(), "changed: as asked");
    series.are([AFTER[0], "Tuesday, January 5, 11:00 am", AFTER[2]]).await;
    series.practice.close().await;
}
