//! Whoever was canceled because the day is closed chooses another time from the email,
//! once; or says that they have seen it.

use chrono::TimeDelta;

use crate::support::{
    page::Page,
    people::{JUNE, Opening, PETER, Person, THERAPIST, TUESDAY, Therapist, WALT, WEDNESDAY, path_of},
    practice::{TestPractice, practice},
};

const DATE: &str = "2026-11-24";
/// Wednesday, November 25, at Mt. Shasta.
const TEN: Opening = Opening { start: "2026-11-25T18:00:00Z", ..WEDNESDAY };
const NOON: Opening = Opening { start: "2026-11-24T20:00:00Z", ..TUESDAY };
const MARA: Person = Person { name: "Mara Silva", email: "mara@example.com", phone: "", note: "" };

/// June was confirmed and Peter had asked for a day that is closed now. Returns the
/// therapist, and where the emails lead.
async fn closed(practice: &TestPractice) -> (Therapist, String, String) {
    let therapist = practice.therapist().await;
    practice.asks(&JUNE, &TUESDAY).await;
    therapist.confirms(&JUNE).await;
    practice.has_asked(&PETER, &NOON).await;
    therapist.closes(DATE, "The road is icy.").await;
    let emails = practice.emails().await;
    let link = |person: &Person| {
        let email = emails.iter().find(|email| email.to == person.email).expect("an email");
        let link = email.text.lines().find(|line| line.ends_with("/rebooking")).expect("a link");
        path_of(link).to_owned()
    };
    let (june, peter) = (link(&JUNE), link(&PETER));
    (therapist, june, peter)
}

/// The form that takes a time instead, over the question.
async fn choosing(practice: &TestPractice, rebooking: &str, opening: &Opening) -> Page {
    let asked = format!("{rebooking}?office={}&start={}", opening.office, opening.start);
    practice.visitor().open(&asked).await
}

async fn rebooks(practice: &TestPractice, rebooking: &str, opening: &Opening) -> Page {
    let form = choosing(practice, rebooking, opening).await.form("/rebooking");
    practice.visitor().press_on(&form).await
}

#[tokio::test]
async fn whoever_was_confirmed_is_rebooked_in_three_taps_and_told() {
    let practice = practice().open().await;
    let (therapist, june, _) = closed(&practice).await;
    let client = practice.visitor();
    let page = client.open(&june).await.says("Canceled").says("The road is icy.");
    let page =
        page.says("Pick one at either office, through Tuesday, December 1. It's confirmed right away.");
    let page = page.says("Got it").never_says("Requested");
    assert!(page.title().starts_with("Canceled: Tuesday, November 24, 9:00 am"), "{}", page.title());
    let question = client.open(&page.link("Wednesday, November 25, 10:00 am")).await;
    let form = question.says("It's confirmed as soon as you press the button").form("/rebooking");
    let own = client.press_on(&form).await.says("Confirmed").says("Wednesday, November 25, 10:00 am");
    own.says("Mt. Shasta");

    let emails = practice.emails().await;
    assert_eq!(emails.len(), 2, "{emails:#?}");
    let email = emails.iter().find(|email| email.to == JUNE.email).expect("to June");
    assert_eq!(email.subject, "Confirmed: Wednesday, November 25, 10:00 am, Mt. Shasta");
    assert!(email.calendar.is_some(), "with an invitation");
    let email = emails.iter().find(|email| email.to == THERAPIST).expect("to the therapist");
    assert_eq!(email.subject, "Confirmed: June Okafor, Wednesday, November 25, 10:00 am, Mt. Shasta");
    therapist
        .open("/admin/days/2026-11-24")
        .await
        .says("Rebooked: Wednesday, November 25, 10:00 am, Confirmed.");
    therapist.open("/admin/days/2026-11-25").await.says("June Okafor");
    practice.close().await;
}

#[tokio::test]
async fn the_clients_own_page_leads_to_the_same_times() {
    let practice = practice().open().await;
    let (_, june, _) = closed(&practice).await;
    let own = june.strip_suffix("/rebooking").expect("the page of the visit");
    let page = practice.visitor().open(own).await;
    let next = page.hrefs("a.go");
    assert!(!next.is_empty() && next.iter().all(|link| link.starts_with(&format!("{june}?"))), "{next:?}");
    practice.visitor().open(&next[0]).await.says("It's confirmed as soon as you press the button");
    practice.close().await;
}

#[tokio::test]
async fn twice_is_once_whatever_is_chosen() {
    let practice = practice().open().await;
    let (therapist, june, _) = closed(&practice).await;
    let form = choosing(&practice, &june, &TEN).await.form("/rebooking");
    let other = choosing(&practice, &june, &TEN.at("2026-11-25T21:00:00Z")).await.form("/rebooking");
    let (one, two) = (practice.visitor(), practice.visitor());
    let (first, second) = tokio::join!(one.press(&form), two.press(&form));
    assert_eq!(first.leads_to(), second.leads_to(), "the same form is the same appointment");
    assert_eq!(practice.visitor().press(&other).await.leads_to(), first.leads_to());
    assert_eq!(practice.emails().await.len(), 2, "told once");
    let used = practice.visitor().open(&june).await.says("You already picked a new time.");
    let used = practice.visitor().press(&used.form("/rebooking")).await;
    assert_eq!(used.leads_to(), first.leads_to());
    practice.visitor().open(&first.leads_to()).await.says("Wednesday, November 25, 10:00 am");
    // Its client can do with it what they can with any other, and that is all there is.
    let client = practice.visitor();
    let cancel = client.open(&format!("{}/cancellation", first.leads_to())).await.form("/cancellation");
    client.press(&cancel).await.expect(303);
    practice.emails().await;
    let again = practice.visitor().press(&other).await;
    assert_eq!(again.leads_to(), first.leads_to());
    practice.visitor().open(&again.leads_to()).await.says("Canceled");
    therapist.open("/admin").await.never_says("conflict");
    practice.close().await;
}

#[tokio::test]
async fn a_request_becomes_a_request_again() {
    let practice = practice().open().await;
    let (therapist, _, peter) = closed(&practice).await;
    let page = practice.visitor().open(&peter).await.says("Declined");
    page.says("It becomes your request, and you'll hear from me by Wednesday, November 25,");
    let question = choosing(&practice, &peter, &TEN).await;
    let question = question.says("It is not confirmed until I answer.");
    let own = practice.visitor().press_on(&question.form("/rebooking")).await;
    own.says("Requested").says("It is not confirmed yet.");
    let emails = practice.emails().await;
    let email = emails.iter().find(|email| email.to == PETER.email).expect("to Peter");
    assert_eq!(email.subject, "Requested: Wednesday, November 25, 10:00 am, Mt. Shasta");
    therapist.open("/admin").await.says("One request to answer").says("Peter Lindqvist");
    practice.close().await;
}

#[tokio::test]
async fn got_it_ends_the_call_and_so_does_another_time() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.asks(&JUNE, &TUESDAY).await;
    therapist.confirms(&JUNE).await;
    let walt = practice.asks(&WALT, &NOON).await;
    therapist.confirms(&WALT).await;
    practice.clock.advance(TimeDelta::hours(20));
    practice.emails().await;
    for call in practice.calls().await {
        therapist.sends(&format!("/admin/calls/{}/done", call.id), &[]).await.expect(303);
    }
    therapist.closes(DATE, "").await;
    assert_eq!(practice.calls().await.len(), 2);
    let email = practice.email_to(JUNE.email).await;
    let june = email.text.lines().find(|line| line.ends_with("/rebooking")).expect("a link");
    let june = path_of(june).to_owned();
    let form = practice.visitor().open(&june).await.form("/seen");
    practice.visitor().press_on(&form).await.says("Thanks, I know you saw this.").says("New times");
    practice.visitor().press(&form).await.expect(303);
    assert_eq!(practice.calls().await.len(), 1);
    therapist.open("/admin/days/2026-11-24").await.says("Got it,").says("1 of 2 have answered.");
    // Walt has his own page from the day he asked.
    let own = practice.visitor().open(&walt).await.says("Canceled");
    let rebooking = own.link("See available times");
    assert!(rebooking.ends_with("/rebooking"), "{rebooking}");
    rebooks(&practice, &rebooking, &TEN.at("2026-11-25T21:00:00Z")).await.says("Confirmed");
    assert!(practice.calls().await.is_empty(), "there is nobody to call");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn who_has_no_phone_stands_on_the_list_until_they_have_answered() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for (person, opening) in [(&PETER, TUESDAY), (&MARA, NOON)] {
        practice.asks(person, &opening).await;
        therapist.confirms(person).await;
    }
    practice.clock.advance(TimeDelta::hours(20));
    practice.emails().await;
    therapist.closes(DATE, "").await;
    let emails = practice.emails().await;
    let link = |person: &Person| {
        let email = emails.iter().find(|email| email.to == person.email).expect("an email");
        path_of(email.links().first().expect("a link")).to_owned()
    };
    therapist.open("/admin").await.says("2 people to hear from");
    let form = practice.visitor().open(&link(&PETER)).await.form("/seen");
    practice.visitor().press_on(&form).await;
    therapist.open("/admin").await.says("One person to hear from").never_says(PETER.name);
    rebooks(&practice, &link(&MARA), &TEN).await.says("Confirmed");
    therapist.open("/admin").await.never_says("to hear from");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_time_that_is_taken_shows_what_is_close() {
    let practice = practice().open().await;
    let (_, june, _) = closed(&practice).await;
    let form = choosing(&practice, &june, &TEN).await.form("/rebooking");
    practice.has_asked(&MARA, &TEN).await;
    let taken = practice.visitor().press(&form).await.expect(409).says("Sorry, that time's taken.");
    let taken = taken.says("Nothing has changed.").never_says("Mara").never_says("Keep my time");
    let near = taken.forms("/rebooking").into_iter().next().expect("an opening, one press away");
    practice.visitor().press_on(&near).await.says("Confirmed");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn what_is_not_offered_or_cannot_be_read_changes_nothing() {
    let practice = practice().open().await;
    let (_, june, _) = closed(&practice).await;
    let client = practice.visitor();
    for (asked, status) in [
        ("?start=soon", 422),
        ("?start=2026-11-25T18:00:00Z&office=weed", 422),
        ("?start=2026-11-24T17:00:00Z&office=redding", 409),
        ("?start=2027-11-24T17:00:00Z&office=redding", 409),
        ("?from=someday", 422),
    ] {
        client.get(&format!("{june}{asked}")).await.expect(status);
    }
    let form = choosing(&practice, &june, &TEN).await.form("/rebooking");
    for (start, office, status) in
        [("", "", 422), ("x", "redding", 422), (TUESDAY.start, "redding", 409), (TEN.start, "redding", 409)]
    {
        let form = form.clone().with("start", start).with("office", office);
        client.press(&form).await.expect(status);
    }
    client.open(&june).await.says("Pick one");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_week_after_the_day_it_is_over() {
    let practice = practice().open().await;
    let (_, june, _) = closed(&practice).await;
    practice.reaches(TimeDelta::hours(8 * 24 + 15)).await;
    practice.emails().await;
    let form = choosing(&practice, &june, &TEN.at("2026-12-04T20:00:00Z").in_office("redding")).await;
    let form = form.form("/rebooking");
    practice.reaches(TimeDelta::hours(8 * 24 + 16)).await;
    practice.emails().await;
    let over = practice.visitor().get(&june).await.expect(410);
    over.says("You can't pick a time here anymore").link("See available times");
    let over = practice.visitor().press(&form).await;
    assert_eq!(over.status, 410);
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn what_was_not_closed_has_no_other_time_to_choose() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let june = practice.has_asked(&JUNE, &TUESDAY).await;
    let client = practice.visitor();
    let ask = |june: &str| format!("{june}/rebooking");
    assert_eq!(client.get(&ask(&june)).await.leads_to(), june);
    let fields = [("start", TEN.start), ("office", TEN.office)];
    assert_eq!(client.sends(&ask(&june), &fields).await.leads_to(), june);
    assert_eq!(client.sends(&format!("{june}/seen"), &[]).await.leads_to(), june);
    client.get("/appointments/0123456789abcdef0123456789abcdef/rebooking").await.expect(404);
    client.sends("/appointments/0123456789abcdef0123456789abcdef/seen", &[]).await.expect(404);
    // Within the minute nobody has heard of it.
    let hurried = practice.therapist().await.in_a_hurry();
    hurried.press_on(&hurried.open("/admin/days/2026-11-24/closing").await.form("/closing")).await;
    assert_eq!(client.get(&ask(&june)).await.leads_to(), june);
    assert_eq!(client.sends(&format!("{june}/seen"), &[]).await.leads_to(), june);
    practice.emails().await;
    client.open(&ask(&june)).await.says("Declined");
    // Put back it is on, and nothing else is to be chosen.
    let page = therapist.open("/admin/appointments/1").await;
    let refused = therapist.press(&page.form("/put-back")).await.expect(409);
    therapist.press(&refused.form("/put-back").ticked("override")).await.expect(303);
    practice.emails().await;
    assert_eq!(client.get(&ask(&june)).await.leads_to(), june);
    practice.close().await;
}

#[tokio::test]
async fn whoever_was_put_back_and_has_canceled_since_is_neither_rebooked_nor_invited() {
    let practice = practice().open().await;
    let (therapist, june, _) = closed(&practice).await;
    let form = choosing(&practice, &june, &TEN).await.form("/rebooking");
    let page = therapist.open("/admin/appointments/1").await;
    let refused = therapist.press(&page.form("/put-back")).await.expect(409);
    therapist.press(&refused.form("/put-back").ticked("override")).await.expect(303);
    practice.emails().await;
    let (client, own) = (practice.visitor(), june.trim_end_matches("/rebooking"));
    let cancel = client.open(&format!("{own}/cancellation")).await.form("/cancellation");
    client.press(&cancel).await.expect(303);
    practice.emails().await;
    assert_eq!(client.get(&june).await.leads_to(), own);
    assert_eq!(client.press(&form).await.leads_to(), own);
    client.open(own).await.says("Canceled").never_says("/rebooking");
    let reopening = therapist.open(&therapist.open("/admin/days/2026-11-24").await.link("Open")).await;
    reopening.says("One person is invited").says("Peter Lindqvist").never_says("June Okafor");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn while_online_booking_is_paused_it_says_so() {
    let practice = practice().open().await;
    let (therapist, june, _) = closed(&practice).await;
    let form = choosing(&practice, &june, &TEN).await.form("/rebooking");
    therapist.closes_requests("Back in May.").await;
    practice.visitor().open(&june).await.says("Back in May.").says("Got it");
    practice.visitor().press(&form).await.expect(409).says("Back in May.");
    practice.close().await;
}

#[tokio::test]
async fn it_costs_and_lasts_what_the_session_does_now() {
    let practice = practice().open().await;
    let (_, june, _) = closed(&practice).await;
    practice.rewrites("practice.toml", |file| file.replacen("price = 95", "price = 105", 1)).await;
    choosing(&practice, &june, &TEN).await.says("$105");
    rebooks(&practice, &june, &TEN).await.says("$105");
    practice.emails().await;
    practice.close().await;
}
