//! One visit of a series, or that and the later ones: canceled by either side, and moved.

use crate::support::{
    mailbox::{Email, subjects},
    page::{Form, Page},
    people::{JUNE, Opening, PETER, Person, SESSION, THERAPIST, TUESDAY, Therapist, WALT, path_of},
    practice::{Opening as Opened, TestPractice, practice},
};

/// A practice in which June comes every second Tuesday at nine, four times.
pub struct Series {
    pub practice: TestPractice,
    pub therapist: Therapist,
    /// The pages of the appointments.
    pub visits: Vec<String>,
    /// The confirmation, with a link to each.
    pub email: Email,
}

/// Her visits after the one that it follows.
const STARTS: [&str; 4] =
    ["2026-12-08T17:00:00Z", "2026-12-22T17:00:00Z", "2027-01-05T17:00:00Z", "2027-01-19T17:00:00Z"];

pub async fn booked(opened: Opened, first: &Opening) -> Series {
    let practice = opened.open().await;
    let therapist = practice.therapist().await;
    practice.has_asked(&JUNE, first).await;
    // Where requests are confirmed at once there is nothing to answer.
    let asked = therapist.open("/admin").await.forms("/confirmation");
    for yes in asked {
        therapist.press(&yes).await.expect(303);
    }
    practice.emails().await;
    let series = therapist.page_of(&JUNE).await.link("Book a series");
    let dates = therapist.open(&format!("{series}?weeks=2&times=4")).await;
    let dates = dates.forms("/series").pop().expect("the dates");
    let booked = therapist.press_on(&dates).await.says("Number 1 of 4 visits booked together");
    let visits = booked.hrefs("#series ~ ul a");
    let email = practice.email_to(JUNE.email).await;
    Series { practice, therapist, visits, email }
}

pub async fn series() -> Series {
    booked(practice(), &TUESDAY).await
}

impl Series {
    /// What the therapist sees of a visit.
    pub async fn visit(&self, nth: usize) -> Page {
        self.therapist.open(&self.visits[nth]).await
    }

    pub async fn cancellation(&self, nth: usize) -> Form {
        self.therapist.open(&format!("{}/cancellation", self.visits[nth])).await.form("/cancellation")
    }

    /// The client's own page of a visit.
    pub fn own(&self, nth: usize) -> &str {
        path_of(self.email.links()[nth])
    }

    pub async fn is_open(&self, start: &'static str) -> bool {
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

pub fn events(email: &Email) -> usize {
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
    assert!(!own.text.contains(" fee"), "nothing is late: {}", own.text);
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
async fn a_client_who_calls_cancels_this_and_the_later_ones_and_the_whole_of_it_can_be_undone() {
    let series = series().await.in_a_hurry().await;
    let form = series.visit(1).await.form("/client-cancellation");
    assert_eq!(form.value("which"), "one", "nothing more than they have called for");
    let stale = form.clone().choosing("which", "later");
    let canceled = series.therapist.press_on(&stale).await.says("June Okafor, 3 visits");
    // What June does with one of them waits for the minute.
    let client = series.practice.visitor();
    let cancellation = client.open(&format!("{}/cancellation", series.own(2))).await.form("/cancellation");
    client.press(&cancellation).await.expect(409);
    series.therapist.undoes(&canceled).await;
    series.practice.deliver().await;
    series.practice.mailbox.is_empty();
    series.visit(3).await.says("Confirmed: June Okafor");
    // Then she cancels one by herself, and the page that named it does nothing.
    client
        .press_on(&client.open(&format!("{}/cancellation", series.own(3))).await.form("/cancellation"))
        .await;
    series.practice.emails().await;
    let refused = series.therapist.press(&stale).await.expect(409);
    let form = refused.says("The later visits have changed").form("/client-cancellation");
    assert_eq!(form.value("which"), "later");
    series.therapist.press_on(&form).await;
    series.practice.passes(chrono::TimeDelta::minutes(2)).await;
    let email = series.practice.email_to(JUNE.email).await;
    assert_eq!(email.kind(), "series_cancelled: by the client");
    assert_eq!(email.subject, "Canceled: 2 visits from Tuesday, December 22, 9:00 am, Redding");
    series.visit(2).await.says("by the client");
    assert_eq!(series.are_open().await, [false, true, true, true]);
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

impl Series {
    /// The page that moves a visit to a time.
    async fn moving(&self, nth: usize, to: &Opening) -> Page {
        let visit = &self.visits[nth];
        self.therapist.open(&format!("{visit}/reschedule?office={}&start={}", to.office, to.start)).await
    }

    /// When each of her visits is, as its page says.
    pub async fn when(&self) -> Vec<String> {
        let mut when = Vec::new();
        for nth in 0..4 {
            let title = self.visit(nth).await.title();
            let phrase = title.split_once("Okafor, ").map_or("", |(_, rest)| rest);
            when.push(phrase.split(" · ").next().unwrap_or_default().to_owned());
        }
        when
    }

    pub async fn in_a_hurry(self) -> Self {
        let Self { practice, therapist, visits, email } = self;
        Self { practice, therapist: therapist.in_a_hurry(), visits, email }
    }
}

/// Tuesday, December 8, 10:30 am.
const LATER_THAT_DAY: Opening = Opening { start: "2026-12-08T18:30:00Z", ..TUESDAY };

#[tokio::test]
async fn a_move_of_this_and_the_later_ones_keeps_the_time_on_the_wall_over_the_clock_change() {
    let opened = practice().at("2027-02-22T16:00:00Z");
    let series = booked(opened, &TUESDAY.at("2027-02-23T17:00:00Z")).await;
    // From Tuesdays at 9:00 am to Thursdays at 10:30 am; the clocks change on March 14.
    let page = series.moving(0, &TUESDAY.at("2027-03-11T18:30:00Z")).await;
    let page =
        page.says("This and the 3 later ones, moved the same way").says("To Thursday, March 25, 10:30 am");
    let page = page.says("The clocks change before this date (PDT from here on).");
    series.therapist.press_on(&page.form("/reschedule").choosing("which", "later")).await;
    let email = series.practice.email_to(JUNE.email).await;
    assert_eq!(email.kind(), "series_changed: by the therapist");
    assert_eq!(email.subject, "Changed: 4 visits from Thursday, March 11, 10:30 am, Redding");
    for (was, is) in [
        ("Tuesday, March 9, 9:00 am", "Thursday, March 11, 10:30 am (PST)"),
        ("Tuesday, March 23, 9:00 am", "Thursday, March 25, 10:30 am (PDT)"),
        ("Tuesday, April 6, 9:00 am", "Thursday, April 8, 10:30 am (PDT)"),
        ("Tuesday, April 20, 9:00 am", "Thursday, April 22, 10:30 am (PDT)"),
    ] {
        for part in [&email.text, &email.html] {
            assert!(part.contains(&format!("It was {was}, Redding.")) && part.contains(is), "{part}");
        }
    }
    assert_eq!((email.method.as_deref(), events(&email)), (Some("PUBLISH"), 4));
    assert!(sequences(&email).iter().all(|revision| revision != "0"), "{:?}", sequences(&email));
    let starts = email
        .invitation()
        .iter()
        .filter_map(|line| line.strip_prefix("DTSTART:")?.get(..15).map(str::to_owned))
        .collect::<Vec<_>>();
    assert_eq!(starts, ["20270311T183000", "20270325T173000", "20270408T173000", "20270422T173000"]);
    // Each has its own page, and the links that she had are still good.
    let client = series.practice.visitor();
    client.open(email.links()[1]).await.says("Thursday, March 25");
    client.open(series.own(2)).await.says("Thursday, April 8");
    series.practice.close().await;
}

#[tokio::test]
async fn only_this_one_is_moved_where_nothing_else_is_said() {
    let series = series().await;
    let form = series.moving(0, &LATER_THAT_DAY).await.form("/reschedule");
    assert_eq!(form.value("which"), "one");
    series.therapist.press_on(&form).await;
    assert_eq!(series.practice.email_to(JUNE.email).await.kind(), "changed: by the therapist");
    series.visit(1).await.says("Tuesday, December 22, 9:00 am");
    series.practice.close().await;
}

#[tokio::test]
async fn one_that_cannot_be_had_holds_up_all_of_them_until_its_line_is_settled() {
    let series = series().await;
    series.practice.has_asked(&PETER, &TUESDAY.at("2027-01-05T18:30:00Z")).await;
    let page = series.moving(0, &LATER_THAT_DAY).await;
    let page = page.says("Tuesday, January 5, 9:00 am: choose").says("Peter Lindqvist");
    let form = page.form("/reschedule").choosing("which", "later").with("sentence", "I teach on Tuesdays.");
    let open = series.therapist.press(&form).await.expect(422);
    let open = open.says("Please choose for each date that's still open. Nothing's moved yet.");
    for nth in 0..4 {
        series.visit(nth).await.says("9:00 am").never_says("10:30 am");
    }
    series.practice.mailbox.is_empty();
    let form = open.form("/reschedule");
    assert_eq!((form.value("which"), form.value("sentence")), ("later", "I teach on Tuesdays."));
    let settled = form.choosing("line_2", "stays").choosing("line_3", "redding 2027-01-19T19:30:00Z");
    series.therapist.press_on(&settled).await;
    let email = series.practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, "Changed: 3 visits from Tuesday, December 8, 10:30 am, Redding");
    email.says("I teach on Tuesdays.");
    series.visit(1).await.says("Tuesday, December 22, 10:30 am");
    series.visit(2).await.says("Tuesday, January 5, 9:00 am");
    series.visit(3).await.says("Tuesday, January 19, 11:30 am");
    series.practice.close().await;
}

#[tokio::test]
async fn what_is_lost_meanwhile_is_the_one_open_line_and_nothing_is_moved() {
    let series = series().await;
    let form = series.moving(1, &TUESDAY.at("2026-12-22T18:30:00Z")).await.form("/reschedule");
    let form = form.choosing("which", "later");
    series.practice.has_asked(&PETER, &TUESDAY.at("2027-01-19T18:30:00Z")).await;
    let lost = series.therapist.press(&form).await.expect(409);
    let lost = lost.says("A date was taken since you saw these").says("Tuesday, January 19, 9:00 am: choose");
    series.visit(1).await.says("Tuesday, December 22, 9:00 am");
    let form = lost.form("/reschedule").choosing("line_2", "stays");
    // And one of the later ones is canceled before that is pressed.
    series.therapist.press_on(&series.cancellation(2).await).await;
    series.practice.emails().await;
    let changed = series.therapist.press(&form).await.expect(409);
    let changed = changed.says("The later visits have changed since you opened the page");
    series.visit(1).await.says("Tuesday, December 22, 9:00 am");
    let form = changed.form("/reschedule").choosing("line_1", "stays");
    series.therapist.press_on(&form).await;
    assert_eq!(series.practice.email_to(JUNE.email).await.kind(), "changed: by the therapist");
    series.practice.close().await;
}

#[tokio::test]
async fn a_whole_series_goes_to_where_its_visits_were_and_undo_brings_it_back() {
    const WAS: [&str; 4] = ["December 8", "December 22", "January 5", "January 19"];
    let series = series().await.in_a_hurry().await;
    // Two weeks on: three of the four come to where another one was.
    let page = series.moving(0, &TUESDAY.at("2026-12-22T17:00:00Z")).await;
    let form = page.form("/reschedule");
    assert_eq!(form.value("which"), "later", "alone it could not be moved there");
    series.therapist.press(&form.clone().choosing("which", "one")).await.expect(409);
    let moved = series.therapist.press_on(&form).await.says("June Okafor, 4 visits");
    let dates = async || series.when().await.join("; ");
    for date in ["December 22", "January 5", "January 19", "February 2"] {
        assert!(dates().await.contains(date), "{}", dates().await);
    }
    series.therapist.undoes(&moved).await;
    for (nth, date) in WAS.iter().enumerate() {
        series.visit(nth).await.says(&format!("Tuesday, {date}, 9:00 am"));
    }
    series.practice.deliver().await;
    series.practice.mailbox.is_empty();
    // And a week back, and on again: where it was is free for it.
    let form = series.moving(0, &TUESDAY.at("2026-12-01T17:00:00Z")).await.form("/reschedule");
    let moved = series.therapist.press_on(&form.choosing("which", "later")).await;
    series.visit(3).await.says("Tuesday, January 12, 9:00 am");
    // One of them alone goes back to where it was, and takes no other with it.
    series.therapist.press_on(&series.moving(0, &TUESDAY.at(STARTS[0])).await.form("/reschedule")).await;
    series.visit(0).await.says("Tuesday, December 8, 9:00 am");
    series.visit(3).await.says("Tuesday, January 12, 9:00 am");
    series.therapist.undoes(&series.visit(0).await).await;
    series.therapist.undoes(&moved).await;
    for (nth, date) in WAS.iter().enumerate() {
        series.visit(nth).await.says(&format!("Tuesday, {date}, 9:00 am"));
    }
    series.practice.deliver().await;
    series.practice.mailbox.is_empty();
    series.practice.close().await;
}

#[tokio::test]
async fn with_the_first_the_later_ones_go_to_the_other_office() {
    let series = series().await;
    let wednesday = TUESDAY.in_office("mt-shasta").at("2026-12-09T17:00:00Z");
    let page = series.moving(0, &wednesday).await.says("To Wednesday, December 23, 9:00 am");
    series.therapist.press_on(&page.form("/reschedule").choosing("which", "later")).await;
    let email = series.practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, "Changed: 4 visits from Wednesday, December 9, 9:00 am, Mt. Shasta");
    assert_eq!(email.text.matches("(PST), until 10:00 am\nMt. Shasta: ").count(), 4, "{}", email.text);
    series.practice.close().await;
}

/// Walt, who has no address, comes every second Tuesday at nine, three times; the pages of these.
async fn series_by_telephone(practice: &TestPractice, therapist: &Therapist) -> Vec<String> {
    let walt = Person { email: "", ..WALT };
    practice.has_asked(&walt, &TUESDAY).await;
    therapist.confirms(&walt).await;
    practice.emails().await;
    let book = therapist.page_of(&walt).await.link("Book a series");
    let dates = therapist.open(&format!("{book}?weeks=2&times=3")).await.forms("/series").pop();
    let booked = therapist.press_on(&dates.expect("the dates")).await;
    booked.hrefs("#series ~ ul a")
}

#[tokio::test]
async fn of_what_was_moved_and_moved_back_within_the_minute_nobody_is_called() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await.in_a_hurry();
    let visits = series_by_telephone(&practice, &therapist).await;
    practice.deliver().await;
    for call in therapist.open("/admin").await.forms("/done") {
        therapist.press_on(&call).await;
    }
    let moves_all = async |start: &str| {
        let page = format!("{}/reschedule?office={}&start={start}", visits[0], TUESDAY.office);
        let form = therapist.open(&page).await.form("/reschedule");
        therapist.press(&form.choosing("which", "later")).await.expect(303);
    };
    moves_all(LATER_THAT_DAY.start).await;
    moves_all(STARTS[0]).await;
    assert_eq!(practice.calls().await.len(), 0);
    moves_all(LATER_THAT_DAY.start).await;
    assert_eq!(practice.calls().await.len(), 3);
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn whoever_has_no_address_is_called_about_each_of_them() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let visits = series_by_telephone(&practice, &therapist).await;
    let visit = &visits[0];
    let before = practice.calls().await.len();
    let form = therapist.open(&format!("{visit}/cancellation")).await.form("/cancellation");
    therapist.press_on(&form.choosing("which", "later")).await;
    assert_eq!(practice.calls().await.len(), before + 3);
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}
