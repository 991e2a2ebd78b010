//! The waitlist: whoever waits hears when a time opens up that they would take, and takes it,
//! lets it pass, or leaves.

use chrono::TimeDelta;

use crate::support::{
    mailbox::{Email, subjects},
    page::{Form, Page},
    people::{JUNE, Opening, PETER, Person, SESSION, THERAPIST, TUESDAY, Therapist, WALT, path_of},
    practice::{Opening as Opened, TestPractice, practice},
};

pub const ROSA: Person = Person { name: "Rosa Alvarez", email: "rosa@example.com", phone: "", note: "" };
pub const INES: Person = Person { name: "Ines Costa", email: "ines@example.com", phone: "", note: "" };

/// Tuesday, December 1, 9:00 am, in Redding: on that day there is this hour and no other.
const HOUR: Opening = Opening { start: "2026-12-01T17:00:00Z", ..TUESDAY };
pub const DATE: &str = "2026-12-01";
pub const PHRASE: &str = "Tuesday, December 1, 9:00 am";

/// The form of the waitlist for an hour on that day, as somebody fills it in.
pub async fn form(practice: &TestPractice, person: &Person) -> Form {
    let page = practice.visitor().open(&format!("/waitlist?service={SESSION}&office=redding")).await;
    let form = page.form("/waitlist").with("name", person.name);
    let form = form.with("email", person.email).with("phone", person.phone);
    form.with("from", DATE).with("to", DATE)
}

/// Joins. Returns the address of the page that this leads to.
pub async fn joins(practice: &TestPractice, person: &Person) -> String {
    practice.visitor().press(&form(practice, person).await).await.leads_to()
}

/// Joins, and presses the button behind the email. Returns the address of the page that the
/// email leads to.
pub async fn waits(practice: &TestPractice, person: &Person) -> String {
    joins(practice, person).await;
    let email = practice.email_to(person.email).await;
    assert_eq!(email.kind(), "waitlist");
    let page = path_of(email.page()).to_owned();
    let client = practice.visitor();
    client.press_on(&client.open(&page).await.form("/confirmation")).await.says("You're on the waitlist");
    practice.offers().await;
    // A second apart, so that who came first is told.
    practice.clock.advance(TimeDelta::seconds(1));
    page
}

/// June has the only hour of that day.
async fn full_of(opened: Opened) -> (TestPractice, Therapist) {
    let practice = opened.open().await;
    let therapist = practice.therapist().await;
    therapist.plans(DATE, &[("redding", "9:00-10:00")]).await;
    practice.has_asked(&JUNE, &HOUR).await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    (practice, therapist)
}

pub async fn full() -> (TestPractice, Therapist) {
    full_of(practice()).await
}

/// June cancels, and a round is made.
pub async fn june_cancels(practice: &TestPractice, therapist: &Therapist) {
    let page = therapist.page_of(&JUNE).await;
    therapist.press_on(&page.form("/client-cancellation")).await;
    practice.emails().await;
    practice.offers().await;
}

/// Peter has the only hour of the Thursday after. Returns the page where he waits for another time
/// instead.
pub async fn peter_hopes_for_another_time(practice: &TestPractice, therapist: &Therapist) -> Page {
    const THURSDAY: Opening = Opening { start: "2026-12-03T17:00:00Z", ..TUESDAY };
    therapist.plans("2026-12-03", &[("redding", "9:00-10:00")]).await;
    practice.has_asked(&PETER, &THURSDAY).await;
    therapist.confirms(&PETER).await;
    let own = practice.email_to(PETER.email).await;
    practice.emails().await;
    let client = practice.visitor();
    let page = client.open(own.page()).await.says("Hoping for an earlier time?");
    client.open(&page.hrefs("a[href$='/waitlist']").remove(0)).await
}

/// The one email to somebody, which offers them the hour.
pub async fn offered(practice: &TestPractice, person: &Person) -> Email {
    let email = practice.email_to(person.email).await;
    assert_eq!(email.subject, format!("Opening: {PHRASE}, Redding"), "{}", email.text);
    email
}

async fn nobody_hears(practice: &TestPractice) {
    practice.offers().await;
    assert_eq!(subjects(&practice.emails().await), [""; 0]);
}

pub async fn page_of(practice: &TestPractice, email: &Email) -> Page {
    practice.visitor().open(email.page()).await
}

pub async fn takes(practice: &TestPractice, email: &Email) -> Page {
    let client = practice.visitor();
    client.press(&client.open(email.page()).await.form("/offer")).await
}

#[tokio::test]
async fn whoever_joins_counts_once_they_have_pressed_the_button_behind_the_email() {
    let (practice, therapist) = full().await;
    let page = joins(&practice, &ROSA).await;
    let shown = practice.visitor().open(&page).await.says("Not on the waitlist yet").says(ROSA.email);
    assert!(shown.forms("/confirmation").is_empty(), "the page of the form proves nothing");
    practice.visitor().sends(&format!("{page}/confirmation"), &[]).await.expect(409);
    let email = practice.email_to(ROSA.email).await;
    assert_eq!(email.subject, "Waitlist: one more step");
    email.says("Neuromuscular session, in Redding, December 1");
    june_cancels(&practice, &therapist).await;
    nobody_hears(&practice).await;
    // A mail scanner opens the link, as often as it likes.
    for _ in 0..3 {
        page_of(&practice, &email).await.says("Not on the waitlist yet").never_says(ROSA.email);
        practice.visitor().head(email.page()).await.expect(200);
        practice.visitor().get(&format!("{}/confirmation", path_of(email.page()))).await.expect(405);
    }
    nobody_hears(&practice).await;
    let client = practice.visitor();
    let button = client.open(email.page()).await.form("/confirmation");
    for _ in 0..2 {
        client.press_on(&button).await.says("You're on the waitlist").says("through Wednesday, December 23");
    }
    practice.offers().await;
    offered(&practice, &ROSA).await.says("I'm holding it for you until 12:0");
    practice.close().await;
}

#[tokio::test]
async fn a_form_that_is_wrong_comes_back_with_what_was_typed() {
    let (practice, _) = full().await;
    let client = practice.visitor();
    let good = form(&practice, &ROSA).await;
    for (wrong, message) in [
        (good.clone().with("name", ""), "Please tell me your name."),
        (good.clone().with("email", ""), "Please leave an email address or a phone number."),
        (good.clone().ticked_only("service", &[]), "Please choose a session."),
        (good.clone().ticked_only("office", &[]), "Please choose an office."),
        (good.clone().ticked_only("weekdays", &[]), "Please choose a day of the week."),
        (good.clone().ticked_only("parts", &[]), "Please choose a time of day."),
        (good.clone().with("from", "tomorrow"), "Please choose a date, or leave it empty."),
        (good.clone().with("to", "2026-11-30"), "The last day can't be before the first."),
        (good.clone().with("to", "2026-11-22"), "That day has passed."),
        (good.clone().with("days", "91"), "Please choose how long you'd like to wait, up to 90 days."),
        (good.clone().with("notice_hours", "-1"), "Please choose how much notice you need."),
        (good.clone().with("website", "https://robots.example"), "It's there to catch robots."),
    ] {
        let back = client.press(&wrong).await.expect(422).says(message);
        let form = back.form("/waitlist");
        assert!(back.title().starts_with("Not sent: "), "{}", back.title());
        for field in ["name", "email", "from", "to"] {
            assert_eq!(form.value(field), wrong.value(field), "{message}");
        }
    }
    nobody_hears(&practice).await;
    practice.close().await;
}

#[tokio::test]
async fn the_same_form_again_is_the_same_place_and_too_many_places_are_refused() {
    let practice = practice().open().await;
    let same = form(&practice, &ROSA).await;
    let client = practice.visitor();
    let page = client.press(&same).await.leads_to();
    assert_eq!(client.press(&same).await.leads_to(), page);
    assert_eq!(subjects(&practice.emails().await), ["Waitlist: one more step"]);
    for _ in 0..2 {
        joins(&practice, &ROSA).await;
    }
    let refused = client.press(&form(&practice, &ROSA).await).await.expect(429);
    refused.says("as many spots on the waitlist").form("/waitlist").value("name");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn what_opens_up_is_held_for_whoever_has_waited_longest_and_is_nobody_elses() {
    let (practice, therapist) = full().await;
    waits(&practice, &ROSA).await;
    waits(&practice, &PETER).await;
    nobody_hears(&practice).await;
    june_cancels(&practice, &therapist).await;
    let email = offered(&practice, &ROSA).await;
    nobody_hears(&practice).await;
    let page = page_of(&practice, &email).await.says("I'm holding it for you until").says("$95");
    assert!(page.title().starts_with(&format!("Opening: {PHRASE}, Redding")), "{}", page.title());
    // Nobody else can have it.
    practice.visitor().get(&HOUR.form()).await.expect(409).says("that time's taken").never_says(ROSA.name);
    // A first-timer's yes is a request.
    let taken = takes(&practice, &email).await;
    practice.visitor().follow(&taken).await.says("It is not confirmed yet.");
    practice.offers().await;
    let emails = practice.emails().await;
    let mut kinds: Vec<_> = emails.iter().map(|email| (email.to.as_str(), email.kind())).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, [(THERAPIST, "arrived: a request"), (ROSA.email, "received")]);
    // Twice is once, and leads to the same appointment.
    page_of(&practice, &email).await.says("You said yes");
    let again = takes(&practice, &email).await;
    practice.visitor().follow(&again).await.says("It is not confirmed yet.");
    nobody_hears(&practice).await;
    therapist
        .open("/admin/waitlist")
        .await
        .says("Taken")
        .says("Peter Lindqvist")
        .never_says("Rosa Alvarez</p>");
    practice.close().await;
}

#[tokio::test]
async fn whoever_has_been_here_is_confirmed_at_once() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.has_asked(&PETER, &TUESDAY).await;
    therapist.confirms(&PETER).await;
    practice.passes(TimeDelta::days(2)).await;
    therapist.plans(DATE, &[("redding", "9:00-10:00")]).await;
    practice.emails().await;
    waits(&practice, &PETER).await;
    let email = offered(&practice, &PETER).await;
    email.says("Say yes, and it's confirmed.");
    let client = practice.visitor();
    let page = client.open(email.page()).await.says("It's confirmed as soon as you press the button");
    let own = client.press_on(&page.form("/offer")).await;
    assert!(own.title().starts_with(&format!("Confirmed: {PHRASE}")), "{}", own.title());
    let emails = practice.emails().await;
    assert!(emails.iter().any(|email| email.to == PETER.email && email.kind() == "confirmed"));
    practice.close().await;
}

#[tokio::test]
async fn what_is_let_pass_or_not_answered_goes_on_to_the_next_and_is_not_offered_again() {
    let (practice, therapist) = full().await;
    for person in [&ROSA, &PETER] {
        waits(&practice, person).await;
    }
    june_cancels(&practice, &therapist).await;
    let rosas = offered(&practice, &ROSA).await;
    let client = practice.visitor();
    let passed = client.press_on(&client.open(rosas.page()).await.form("/offer/pass")).await;
    passed.says("You passed on this one").says("You're still on the waitlist");
    practice.offers().await;
    let peters = offered(&practice, &PETER).await;
    // Too late for Rosa, kindly.
    let late = practice.visitor().sends(&format!("{}/offer", path_of(rosas.page())), &[]).await.expect(410);
    late.says("You passed on this one");
    // Four hours, and Peter's is over too.
    practice.passes(TimeDelta::hours(4) - TimeDelta::minutes(2)).await;
    page_of(&practice, &peters).await.says("I'm holding it for you");
    practice.passes(TimeDelta::minutes(2)).await;
    page_of(&practice, &peters).await.says("This offer has expired").says("still on the waitlist");
    let over = format!("{}/offer", path_of(peters.page()));
    practice.visitor().sends(&over, &[]).await.expect(410).says("This offer has expired");
    nobody_hears(&practice).await;
    practice.visitor().open(&HOUR.form()).await;
    let desk = therapist.open("/admin/waitlist").await;
    desk.says("They said no").says("No answer").says("Let one offer pass.");
    practice.close().await;
}

#[tokio::test]
async fn whoever_has_let_two_pass_comes_behind_those_who_have_not() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for date in ["2026-12-01", "2026-12-08", "2026-12-15"] {
        therapist.plans(date, &[("redding", "9:00-10:00")]).await;
    }
    let client = practice.visitor();
    let any_tuesday = async |person: &Person, to| {
        let from = if person.name == PETER.name { to } else { DATE };
        let wide = form(&practice, person).await.with("from", from).with("to", to);
        client.press(&wide.ticked_only("weekdays", &["tuesday"])).await.expect(303);
        let email = practice.email_to(person.email).await;
        client.press_on(&client.open(email.page()).await.form("/confirmation")).await;
        practice.clock.advance(TimeDelta::seconds(1));
    };
    any_tuesday(&ROSA, "2026-12-15").await;
    for nth in ["December 1", "December 8"] {
        practice.offers().await;
        let email = practice.email_to(ROSA.email).await;
        assert!(email.subject.contains(nth), "{}", email.subject);
        if nth == "December 8" {
            // Peter comes late, and would take the third Tuesday alone.
            any_tuesday(&PETER, "2026-12-15").await;
            therapist.open("/admin/waitlist").await.says("Let one offer pass.");
        }
        client.press_on(&client.open(email.page()).await.form("/offer/pass")).await;
    }
    practice.offers().await;
    let email = practice.email_to(PETER.email).await;
    assert!(email.subject.contains("December 15"), "{}", email.subject);
    practice.mailbox.is_empty();
    let desk = therapist.open("/admin/waitlist").await;
    desk.says("but let 2 offers pass, so behind those who haven't.");
    practice.close().await;
}

#[tokio::test]
async fn two_short_cancellations_make_one_long_hole() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.plans(DATE, &[("redding", "9:00-11:30")]).await;
    practice.has_asked(&JUNE, &HOUR).await;
    therapist.confirms(&JUNE).await;
    practice.has_asked(&PETER, &HOUR.at("2026-12-01T18:30:00Z")).await;
    therapist.confirms(&PETER).await;
    practice.emails().await;
    let long = form(&practice, &ROSA).await.ticked_only("service", &["neuromuscular-90"]);
    let client = practice.visitor();
    client.press(&long).await.expect(303);
    let email = practice.email_to(ROSA.email).await;
    client.press_on(&client.open(email.page()).await.form("/confirmation")).await;
    nobody_hears(&practice).await;
    june_cancels(&practice, &therapist).await;
    nobody_hears(&practice).await;
    let page = therapist.page_of(&PETER).await;
    therapist.press_on(&page.form("/client-cancellation")).await;
    practice.emails().await;
    practice.offers().await;
    let email = offered(&practice, &ROSA).await;
    email.says("90 minutes");
    practice.close().await;
}

#[tokio::test]
async fn an_offer_starts_after_the_minute_to_undo_is_over() {
    let (practice, _) = full().await;
    waits(&practice, &ROSA).await;
    let hurried = practice.therapist().await.in_a_hurry();
    let canceled = hurried.answers(&JUNE, "cancellation", "").await.expect(303);
    practice.offers().await;
    practice.deliver_now().await;
    practice.mailbox.is_empty();
    hurried.undoes(&hurried.follow(&canceled).await).await;
    practice.clock.advance(TimeDelta::minutes(2));
    nobody_hears(&practice).await;
    hurried.answers(&JUNE, "cancellation", "").await.expect(303);
    practice.clock.advance(TimeDelta::seconds(61));
    practice.offers().await;
    let emails = practice.emails().await;
    let to: Vec<_> = emails.iter().map(|email| (email.to.as_str(), email.kind())).collect();
    assert!(to.contains(&(ROSA.email, "opening: held")), "{to:?}");
    practice.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_an_undo_in_the_last_second_and_the_offer_behind_it_one_happens() {
    for nth in 0..6 {
        let (practice, _) = full().await;
        waits(&practice, &ROSA).await;
        let hurried = practice.therapist().await.in_a_hurry();
        let canceled = hurried.answers(&JUNE, "cancellation", "").await.expect(303);
        let undos = hurried.follow(&canceled).await.forms("");
        let undo = undos.into_iter().find(|form| form.action.starts_with("/admin/undo/")).expect("an undo");
        practice.clock.advance(TimeDelta::seconds(59));
        let minute_ends = async {
            practice.clock.advance(TimeDelta::seconds(1));
            practice.offers().await;
        };
        let undone = match nth % 2 {
            0 => tokio::join!(hurried.press(&undo), minute_ends).0,
            _ => tokio::join!(minute_ends, hurried.press(&undo)).1,
        };
        practice.offers().await;
        let emails = practice.emails().await;
        let is_offered = emails.iter().any(|email| email.to == ROSA.email);
        assert_eq!(is_offered, undone.status != 303, "{}", undone.text());
        practice.close().await;
    }
}

#[tokio::test]
async fn at_night_nothing_is_offered_and_the_hold_goes_on_in_the_morning() {
    // Monday, 8:30 pm.
    let (practice, therapist) = full_of(practice().at("2026-11-24T04:30:00Z")).await;
    waits(&practice, &ROSA).await;
    practice.passes(TimeDelta::minutes(40)).await;
    june_cancels(&practice, &therapist).await;
    nobody_hears(&practice).await;
    practice.passes(TimeDelta::hours(10)).await;
    nobody_hears(&practice).await;
    practice.passes(TimeDelta::hours(1)).await;
    offered(&practice, &ROSA).await;
    practice.close().await;
}

#[tokio::test]
async fn short_notice_goes_to_all_at_once_and_to_whoever_is_first() {
    // Tuesday, 8:10 am: at noon it is two hours before the session.
    let practice = practice().with("answer_before_hours", "0").at("2026-11-24T16:10:00Z").open().await;
    let therapist = practice.therapist().await;
    therapist.plans("2026-11-24", &[("redding", "10:30-11:30")]).await;
    practice.emails().await;
    let client = practice.visitor();
    for person in [&ROSA, &PETER] {
        let today = form(&practice, person).await.with("from", "2026-11-24").with("to", "2026-11-24");
        client.press(&today).await.expect(303);
        let email = practice.email_to(person.email).await;
        client.press_on(&client.open(email.page()).await.form("/confirmation")).await;
    }
    practice.offers().await;
    let emails = practice.emails().await;
    let to = |person: &Person| emails.iter().find(|email| email.to == person.email).expect("an offer");
    for person in [&ROSA, &PETER] {
        assert_eq!(to(person).kind(), "opening: to all");
        to(person).says("until 8:30 am today");
    }
    takes(&practice, to(&PETER)).await.expect(303);
    practice.offers().await;
    page_of(&practice, to(&ROSA)).await.says("that time isn't open anymore").says("still on the waitlist");
    practice.visitor().sends(&format!("{}/offer", path_of(to(&ROSA).page())), &[]).await.expect(410);
    practice.emails().await;
    // What nobody kept for her she has not let pass.
    therapist
        .open("/admin/waitlist")
        .await
        .says("Somebody else was first")
        .says("Waiting since November 24.");
    practice.close().await;
}

#[tokio::test]
async fn a_swap_frees_and_takes_in_one_step_and_what_it_frees_starts_its_own_round() {
    let (practice, therapist) = full().await;
    // Peter would come on Tuesday; Rosa would take his time.
    let form_page = peter_hopes_for_another_time(&practice, &therapist).await;
    let client = practice.visitor();
    let swap = form_page.says("You keep Thursday, December 3, 9:00 am, in Redding").form("/waitlist");
    for asked in ["name", "email", "phone", "service"] {
        assert!(!swap.has(asked), "{asked}");
    }
    assert_eq!(swap.value("to"), "2026-12-02", "before the visit");
    let swap = swap.ticked_only("office", &["redding"]).with("from", DATE).with("to", DATE);
    client.press_on(&swap).await.says("You're on the waitlist").says("It would replace your appointment");
    let thursday = form(&practice, &ROSA).await.with("from", "2026-12-03").with("to", "2026-12-03");
    client.press(&thursday).await.expect(303);
    let rosas = practice.email_to(ROSA.email).await;
    client.press_on(&client.open(rosas.page()).await.form("/confirmation")).await;
    nobody_hears(&practice).await;

    june_cancels(&practice, &therapist).await;
    let email = offered(&practice, &PETER).await;
    email.says("it replaces your appointment Thursday, December 3, 9:00 am, in Redding. Moving it is free.");
    let shown = page_of(&practice, &email).await.says("it replaces your appointment Thursday, December 3");
    let own = client.press_on(&shown.form("/offer")).await;
    assert!(own.title().starts_with(&format!("Confirmed: {PHRASE}")), "{}", own.title());
    practice.offers().await;
    let emails = practice.emails().await;
    let mut kinds: Vec<_> = emails.iter().map(|email| (email.to.as_str(), email.kind())).collect();
    kinds.sort_unstable();
    let expected = [
        (THERAPIST, "changed_by_client: an appointment"),
        (PETER.email, "changed: as asked"),
        (ROSA.email, "opening: held"),
    ];
    assert_eq!(kinds, expected);
    practice.close().await;
}

#[tokio::test]
async fn of_two_swaps_of_one_time_one_moves_and_the_other_keeps_theirs() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let client = practice.visitor();
    let mut own = Vec::new();
    for (person, start) in [(&PETER, "2026-12-03T17:00:00Z"), (&ROSA, "2026-12-03T19:00:00Z")] {
        practice.has_asked(person, &TUESDAY.at(start)).await;
        therapist.confirms(person).await;
        own.push(path_of(practice.email_to(person.email).await.page()).to_owned());
    }
    therapist.plans(DATE, &[("redding", "9:00-10:00")]).await;
    practice.emails().await;
    for page in &own {
        let swap = client.open(&format!("{page}/waitlist")).await.form("/waitlist");
        let swap = swap.ticked_only("office", &["redding"]).with("from", DATE).with("to", DATE);
        client.press_on(&swap).await.says("You're on the waitlist");
        practice.clock.advance(TimeDelta::seconds(1));
    }
    practice.offers().await;
    let email = offered(&practice, &PETER).await;
    takes(&practice, &email).await.expect(303);
    practice.emails().await;
    nobody_hears(&practice).await;
    client.open(&own[0]).await.says(PHRASE);
    client.open(&own[1]).await.says("Thursday, December 3, 11:00 am");
    practice.close().await;
}

#[tokio::test]
async fn a_closed_day_takes_its_offers_back_and_a_public_request_never_gets_a_held_time() {
    let (practice, therapist) = full().await;
    waits(&practice, &ROSA).await;
    let form = {
        // Peter has opened the form while it was free.
        let page = therapist.page_of(&JUNE).await;
        therapist.press_on(&page.form("/client-cancellation")).await;
        practice.emails().await;
        practice.filled(&PETER, &HOUR).await
    };
    practice.offers().await;
    let email = offered(&practice, &ROSA).await;
    practice.visitor().press(&form).await.expect(409).says("that time's taken");
    therapist.closes(DATE, "The road is icy.").await;
    practice.emails().await;
    practice.offers().await;
    page_of(&practice, &email).await.says("that time isn't open anymore").says("still on the waitlist");
    nobody_hears(&practice).await;
    practice.close().await;
}

#[tokio::test]
async fn a_closed_day_is_noticed_by_a_yes_that_comes_before_the_round() {
    let (practice, therapist) = full().await;
    waits(&practice, &ROSA).await;
    june_cancels(&practice, &therapist).await;
    let email = offered(&practice, &ROSA).await;
    therapist.closes(DATE, "The road is icy.").await;
    takes(&practice, &email).await.expect(410).says("that time isn't open anymore");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn the_therapist_books_over_an_offer_knowingly_and_it_ends_kindly() {
    let (practice, therapist) = full().await;
    waits(&practice, &ROSA).await;
    june_cancels(&practice, &therapist).await;
    let email = offered(&practice, &ROSA).await;
    let address = format!("/admin/appointments/new?service={SESSION}&office=redding&start={}", HOUR.start);
    let page = therapist.open(&address).await.says("It's being offered to somebody on the waitlist.");
    let form = page.form("/admin/appointments").with("name", INES.name).with("email", INES.email);
    let refused = therapist.press(&form).await;
    assert_eq!(refused.status, 409, "not unknowingly");
    therapist.press_on(&form.ticked("override")).await.says("Ines Costa");
    page_of(&practice, &email).await.says("that time isn't open anymore").says("still on the waitlist");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_phone_number_alone_is_a_call_before_and_with_an_offer() {
    let (practice, therapist) = full().await;
    let page = joins(&practice, &WALT).await;
    practice.visitor().open(&page).await.says("I'll call you at (530) 555-0117 first.");
    therapist.open("/admin").await.says("One call to make about the waitlist.");
    june_cancels(&practice, &therapist).await;
    nobody_hears(&practice).await;
    let desk = therapist.open("/admin/waitlist").await.says("Call first").says("Walt Brennan");
    let desk = therapist.press_on(&desk.form("/confirmation")).await.says("Waiting since November 23.");
    desk.never_says("Call first");
    nobody_hears(&practice).await;
    let desk = therapist.open("/admin/waitlist").await.says("Please call them.");
    let booked = therapist.press_on(&desk.form("/taking")).await.says("Walt Brennan");
    assert!(booked.text().contains("Confirmed"), "{}", booked.text());
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn the_therapist_offers_by_hand_and_can_undo_it_within_the_minute() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for date in ["2026-12-01", "2026-12-03"] {
        therapist.plans(date, &[("redding", "9:00-10:00")]).await;
    }
    practice.has_asked(&JUNE, &HOUR).await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    waits(&practice, &ROSA).await;
    let hurried = practice.therapist().await.in_a_hurry();
    let desk = hurried.open("/admin/waitlist").await;
    let address = desk.link("Offer a time");
    hurried.open(&address).await.says("Offer a time to Rosa Alvarez");
    let choose = hurried.open(&format!("{address}?from=2026-12-03")).await;
    let thursday = choose
        .forms("/offer")
        .into_iter()
        .find(|form| form.has("start") && form.value("start") == "2026-12-03T17:00:00Z");
    let thursday = thursday.expect("an opening that she has not asked for");
    let desk = hurried.press_on(&thursday).await.says("Rosa Alvarez").says("Undo");
    practice.deliver_now().await;
    practice.mailbox.is_empty();
    hurried.undoes(&desk).await;
    practice.clock.advance(TimeDelta::minutes(2));
    practice.deliver_now().await;
    practice.mailbox.is_empty();
    hurried.press_on(&thursday).await;
    let email = practice.email_to(ROSA.email).await;
    assert_eq!(email.subject, "Opening: Thursday, December 3, 9:00 am, Redding");
    // One open offer per person.
    hurried.press(&thursday).await.expect(409).says("This person already has an open offer.");
    let desk = therapist.open("/admin/waitlist").await.says("by you");
    therapist
        .press_on(
            &desk.forms("/end").into_iter().find(|form| form.action.contains("/offers/")).expect("an offer"),
        )
        .await;
    page_of(&practice, &email).await.says("that time isn't open anymore").says("still on the waitlist");
    practice.close().await;
}

#[tokio::test]
async fn a_blocked_client_reads_the_same_and_is_never_offered_anything() {
    let (practice, therapist) = full().await;
    practice.has_asked(&ROSA, &TUESDAY).await;
    therapist.confirms(&ROSA).await;
    therapist.blocks(&ROSA).await;
    practice.emails().await;
    waits(&practice, &ROSA).await;
    june_cancels(&practice, &therapist).await;
    nobody_hears(&practice).await;
    waits(&practice, &PETER).await;
    offered(&practice, &PETER).await;
    practice.close().await;
}

#[tokio::test]
async fn whoever_leaves_or_is_taken_off_hears_nothing_more() {
    let (practice, therapist) = full().await;
    let rosas = waits(&practice, &ROSA).await;
    waits(&practice, &PETER).await;
    let client = practice.visitor();
    let gone = client.press_on(&client.open(&rosas).await.form("/end")).await;
    gone.says("You're off the waitlist").says("You won't hear about openings anymore.");
    let desk = therapist.open("/admin/waitlist").await.never_says("Rosa Alvarez");
    let off = desk.forms("/end").into_iter().find(|form| form.action.starts_with("/admin/waitlist/"));
    therapist.press_on(&off.expect("a way off")).await.says("Nobody is waiting.");
    june_cancels(&practice, &therapist).await;
    nobody_hears(&practice).await;
    practice.close().await;
}

#[tokio::test]
async fn whoever_has_waited_long_enough_hears_so_once() {
    let (practice, _) = full().await;
    let page = waits(&practice, &ROSA).await;
    practice.passes(TimeDelta::days(30) - TimeDelta::hours(1)).await;
    practice.emails().await;
    practice.visitor().open(&page).await.says("You're on the waitlist");
    practice.passes(TimeDelta::hours(17)).await; // Midnight: the last day is over.
    let email = practice.email_to(ROSA.email).await;
    assert_eq!(email.subject, "Waitlist: your time on it is up");
    practice.visitor().open(&page).await.says("You're off the waitlist").says("as long as you asked");
    practice.passes(TimeDelta::days(1)).await;
    nobody_hears(&practice).await;
    practice.close().await;
}

#[tokio::test]
async fn whoever_is_erased_leaves_nothing_on_the_waitlist() {
    let (practice, therapist) = full().await;
    practice.has_asked(&ROSA, &TUESDAY).await;
    therapist.answers(&ROSA, "decline", "").await.expect(303);
    practice.emails().await;
    let page = waits(&practice, &ROSA).await;
    let record = therapist.client_page(&ROSA).await.link("Download everything on file");
    therapist.open(&record).await.says("Neuromuscular session, in Redding, December 1");
    therapist.erases(&ROSA).await;
    practice.visitor().get(&page).await.expect(404);
    therapist.open("/admin/waitlist").await.never_says("Rosa").says("Nobody is waiting.");
    june_cancels(&practice, &therapist).await;
    nobody_hears(&practice).await;
    practice.close().await;
}

#[tokio::test]
async fn while_booking_is_paused_people_join_and_nothing_is_offered() {
    let (practice, therapist) = full().await;
    therapist.closes_requests("I'm away.").await;
    let paused = practice.visitor().open(&format!("/appointments/new?service={SESSION}")).await;
    practice.visitor().open(&paused.link("join the waitlist")).await;
    waits(&practice, &ROSA).await;
    june_cancels(&practice, &therapist).await;
    nobody_hears(&practice).await;
    therapist.opens_requests().await;
    practice.offers().await;
    offered(&practice, &ROSA).await;
    practice.close().await;
}

#[tokio::test]
async fn wherever_nothing_suits_there_is_a_way_to_the_waitlist() {
    let (practice, _) = full().await;
    let client = practice.visitor();
    let openings = client.open(&format!("/appointments/new?service={SESSION}")).await;
    let form = client.open(&openings.link("Join the waitlist")).await.form("/waitlist");
    assert!(form.encoded().contains(&format!("service={SESSION}")), "{}", form.encoded());
    let taken = client.get(&HOUR.form()).await.expect(409);
    client.open(&taken.link("Join the waitlist")).await;
    let from = client.open(&format!("/appointments/new?service={SESSION}&from={DATE}")).await;
    let there = client.open(&from.link("Waitlist")).await.form("/waitlist");
    assert!(there.encoded().contains(&format!("service={SESSION}")), "{}", there.encoded());
    practice.close().await;
}
