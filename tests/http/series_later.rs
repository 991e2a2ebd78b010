//! One visit of a series, or that and the later ones: canceled by either side, and moved.

use crate::support::{
    mailbox::{Email, subjects},
    page::{Form, Page},
    people::{JUNE, Opening, PETER, SESSION, THERAPIST, TUESDAY, Therapist, path_of},
    practice::{Opening as Opened, TestPractice, practice},
};

/// A practice in which June comes every second Tuesday at nine, four times.
struct Series {
    practice: TestPractice,
    therapist: Therapist,
    /// The pages of the appointments.
    visits: Vec<String>,
    /// The confirmation, with a link to each.
    email: Email,
}

/// Her visits after the one that it follows.
const STARTS: [&str; 4] =
    ["2026-12-08T17:00:00Z", "2026-12-22T17:00:00Z", "2027-01-05T17:00:00Z", "2027-01-19T17:00:00Z"];

async fn booked(opened: Opened, first: &Opening) -> Series {
    let practice = opened.open().await;
    let therapist = practice.therapist().await;
    practice.has_asked(&JUNE, first).await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    let series = therapist.page_of(&JUNE).await.link("Book a series");
    let dates = therapist.open(&format!("{series}?weeks=2&times=4")).await;
    let dates = dates.forms("/series").pop().expect("the dates");
    let booked = therapist.press_on(&dates).await.says("Number 1 of 4 visits you booked together");
    let visits = booked.hrefs("#series ~ ul a");
    let email = practice.email_to(JUNE.email).await;
    Series { practice, therapist, visits, email }
}

async fn series() -> Series {
    booked(practice(), &TUESDAY).await
}

impl Series {
    /// What the therapist sees of a visit.
    async fn visit(&self, nth: usize) -> Page {
        self.therapist.open(&self.visits[nth]).await
    }

    async fn cancellation(&self, nth: usize) -> Form {
        self.therapist.open(&format!("{}/cancellation", self.visits[nth])).await.form("/cancellation")
    }

    /// The client's own page of a visit.
    fn own(&self, nth: usize) -> &str {
        path_of(self.email.links()[nth])
    }

    async fn is_open(&self, start: &'static str) -> bool {
        self.practice.visitor().get(&TUESDAY.at(start).form()).await.status == 200
    }

    /// What becomes of each start.
    async fn are_open(&self) -> Vec<bool> {
        let mut open = Vec::new();
        for start in STARTS {
            open.push(self.is_open(start).await);
        }
        open
    }
}

fn events(email: &Email) -> usize {
    email.invitation().iter().filter(|line| *line == "BEGIN:VEVENT").count()
}

fn canceled(email: &Email) -> usize {
    email.invitation().iter().filter(|line| *line == "STATUS:CANCELLED").count()
}

fn sequences(email: &Email) -> Vec<String> {
    let lines = email.invitation();
    lines.iter().filter_map(|line| line.strip_prefix("SEQUENCE:")).map(str::to_owned).collect()
}

#[tokio::test]
async fn the_therapist_cancels_this_and_the_later_ones_and_one_email_and_one_file_tell_of_all() {
    let series = series().await;
    let page = series.therapist.open(&format!("{}/cancellation", series.visits[1])).await;
    let page = page.says("Only this one").says("This and the 2 later ones");
    let page = page.says("Tuesday, January 5, 9:00 am").says("Tuesday, January 19, 9:00 am");
    let form = page.form("/cancellation");
    assert_eq!(form.value("which"), "one", "nothing more than asked for");
    let form = form.choosing("which", "later").with("sentence", "I'll be away.");
    series.therapist.press_on(&form).await.says("Canceled: June Okafor");
    let email = series.practice.email_to(JUNE.email).await;
    assert_eq!(email.kind(), "series_cancelled: by the therapist");
    assert_eq!(email.subject, "Canceled: 3 visits from Tuesday, December 22, 9:00 am, Redding");
    email.says("I'll be away.");
    for when in ["December 22, 9:00 am", "January 5, 9:00 am", "January 19, 9:00 am"] {
        assert!(email.text.contains(when) && email.html.contains(when), "{when}: {}", email.text);
    }
    assert_eq!((email.method.as_deref(), events(&email), canceled(&email)), (Some("PUBLISH"), 3, 3));
    assert!(sequences(&email).iter().all(|revision| revision != "0"), "{:?}", sequences(&email));
    assert!(series.practice.visitor().open(email.page()).await.title().starts_with("Canceled: "));
    assert_eq!(series.are_open().await, [false, true, true, true], "the first stands");
    series.visit(0).await.says("Confirmed: June Okafor");
    series.practice.close().await;
}

#[tokio::test]
async fn only_this_one_leaves_the_later_ones_as_they_are() {
    let series = series().await;
    series.therapist.press_on(&series.cancellation(1).await).await;
    let email = series.practice.email_to(JUNE.email).await;
    assert_eq!(email.kind(), "cancelled: by the therapist");
    assert_eq!(series.are_open().await[..2], [false, true]);
    series.visit(2).await.says("Confirmed: June Okafor");
    // What is canceled already is none of the later ones.
    let page = series.therapist.open(&format!("{}/cancellation", series.visits[0])).await;
    page.says("This and the 2 later ones").never_says("December 22");
    series.practice.close().await;
}

#[tokio::test]
async fn one_undo_brings_all_of_them_back_and_nobody_hears_of_it() {
    let Series { practice, therapist, visits, email } = series().await;
    let series = Series { practice, therapist: therapist.in_a_hurry(), visits, email };
    let form = series.cancellation(0).await.choosing("which", "later");
    let canceled = series.therapist.press_on(&form).await.says("June Okafor, 4 visits");
    assert_eq!(series.are_open().await, [false; 4], "for a minute nobody else can have them");
    // Until then June sees what she knows, and what she does with one waits.
    let client = series.practice.visitor();
    let own = client.open(series.own(1)).await;
    assert!(own.title().starts_with("Confirmed: "), "{}", own.title());
    let cancellation = client.open(&format!("{}/cancellation", series.own(1))).await.form("/cancellation");
    client.press(&cancellation).await.expect(409);
    client.press(&cancellation.choosing("which", "later")).await.expect(409);
    series.therapist.undoes(&canceled).await;
    series.practice.deliver().await;
    series.practice.mailbox.is_empty();
    for nth in 0..4 {
        series.visit(nth).await.says("Confirmed: June Okafor");
    }
    series.practice.close().await;
}

#[tokio::test]
async fn what_the_page_has_not_named_is_not_canceled() {
    let series = series().await;
    let form = series.cancellation(0).await.choosing("which", "later");
    series.therapist.press_on(&series.cancellation(2).await).await;
    series.practice.emails().await;
    let refused = series.therapist.press(&form.clone().with("sentence", "Sorry.")).await.expect(409);
    let refused = refused.says("The later visits have changed since you opened the page");
    let again = refused.form("/cancellation");
    assert_eq!((again.value("which"), again.value("sentence")), ("later", "Sorry."));
    series.therapist.press(&form.with("later", "what?")).await.expect(409);
    series.visit(3).await.says("Confirmed: June Okafor");
    series.therapist.press_on(&again).await.says("Canceled: June Okafor");
    assert_eq!(events(&series.practice.email_to(JUNE.email).await), 3);
    series.practice.close().await;
}

#[tokio::test]
async fn the_client_cancels_this_and_the_later_ones_and_each_side_hears_once() {
    let series = series().await;
    let client = series.practice.visitor();
    let page = client.open(&format!("{}/cancellation", series.own(1))).await;
    let page = page.says("This and the 2 later ones").says("Tuesday, January 19, 9:00 am");
    client.press_on(&page.form("/cancellation").choosing("which", "later")).await.says("Canceled");
    let emails = series.practice.emails().await;
    let mut told = subjects(&emails);
    told.sort_unstable();
    assert_eq!(
        told,
        [
            "Canceled: 3 visits from Tuesday, December 22, 9:00 am, Redding",
            "Canceled: June Okafor, 3 visits from Tuesday, December 22, 9:00 am, Redding",
        ]
    );
    let own = emails.iter().find(|email| email.to == JUNE.email).expect("to June");
    own.says("Your appointments are canceled.");
    assert!(!own.text.contains("fee"), "nothing is late: {}", own.text);
    assert_eq!((own.method.as_deref(), events(own), canceled(own)), (Some("PUBLISH"), 3, 3));
    let therapists = emails.iter().find(|email| email.to == THERAPIST).expect("to the therapist");
    for when in ["December 22, 9:00 am", "January 5, 9:00 am", "January 19, 9:00 am"] {
        assert!(therapists.text.contains(when) && therapists.html.contains(when), "{}", therapists.text);
    }
    assert_eq!(series.are_open().await[..2], [false, true]);
    for nth in 1..4 {
        series.visit(nth).await.says("by the client").never_says("the fee is");
    }
    series.practice.close().await;
}

#[tokio::test]
async fn past_the_free_deadline_only_what_is_late_costs_and_is_named() {
    let series = series().await;
    // Monday, December 7, 10:00 am: the first is late to cancel, the others are not.
    series.practice.passes(chrono::TimeDelta::hours(14 * 24 + 2)).await;
    series.practice.emails().await;
    let client = series.practice.visitor();
    let page = client.open(&format!("{}/cancellation", series.own(0))).await;
    let page = page.says("so the fee is $47.50, half the session.");
    client.press_on(&page.form("/cancellation").choosing("which", "later")).await.says("Canceled");
    let emails = series.practice.emails().await;
    for email in &emails {
        assert_eq!(email.text.matches("the fee is $47.50").count(), 1, "{}", email.text);
    }
    assert_eq!(emails.len(), 2, "{:?}", subjects(&emails));
    let therapist = series.practice.therapist().await;
    therapist.open(&series.visits[0]).await.says("late; the fee is $47.50");
    therapist.open(&series.visits[1]).await.says("by the client").never_says("the fee is");
    series.practice.close().await;
}

#[tokio::test]
async fn the_waitlist_hears_of_what_is_freed_once_the_minute_is_over() {
    let Series { practice, therapist, visits, email } = series().await;
    let series = Series { practice, therapist: therapist.in_a_hurry(), visits, email };
    let practice = &series.practice;
    series.therapist.plans("2026-12-22", &[("redding", "9:00-10:00")]).await;
    let form = practice
        .visitor()
        .open(&format!("/waitlist?service={SESSION}&office=redding"))
        .await
        .form("/waitlist");
    let form = form.with("name", PETER.name).with("email", PETER.email).with("phone", PETER.phone);
    let form = form.with("from", "2026-12-22").with("to", "2026-12-22");
    practice.visitor().press(&form).await.expect(303);
    let joined = practice.email_to(PETER.email).await;
    let client = practice.visitor();
    client.press_on(&client.open(joined.page()).await.form("/confirmation")).await;
    practice.offers().await;
    series.therapist.press_on(&series.cancellation(1).await.choosing("which", "later")).await;
    practice.offers().await;
    practice.deliver_now().await;
    practice.mailbox.is_empty();
    practice.passes(chrono::TimeDelta::minutes(2)).await;
    practice.offers().await;
    let emails = practice.emails().await;
    let offered = emails.iter().find(|email| email.to == PETER.email).expect("an offer");
    assert_eq!(offered.subject, "Opening: Tuesday, December 22, 9:00 am, Redding");
    series.practice.close().await;
}
