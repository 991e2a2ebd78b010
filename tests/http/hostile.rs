//! Strangers who want the practice to stop working.

use std::net::{IpAddr, Ipv4Addr};

use crate::support::{
    page::Form,
    people::{JUNE, PASSWORD, PETER, THERAPIST, TUESDAY, WALT, WEDNESDAY},
    practice::{TestPractice, practice, practice_as_shipped},
};

/// Behind a proxy that is trusted, so that an address can be said.
fn behind_a_proxy(opening: crate::support::practice::Opening) -> crate::support::practice::Opening {
    let proxy = ipnet::IpNet::from(IpAddr::from(Ipv4Addr::LOCALHOST));
    opening.with_config(|config| config.trusted_proxies = vec![proxy])
}

/// Somebody asks for every opening that there is, each time from another address, under
/// another name. Returns how many of these were held.
async fn fills_the_calendar(practice: &TestPractice) -> usize {
    let service = "/appointments/new?service=neuromuscular-60";
    let (mut asked, mut held) = (0, 0);
    let mut page = service.to_owned();
    let visitor = practice.visitor();
    let first = visitor.open(service).await.hrefs("main a[href*='start=']").remove(0);
    let drawn = visitor.open(&first).await.form("/appointments").ticked("agreed");
    loop {
        let shown = practice.visitor().open(&page).await;
        for link in shown.hrefs("main a[href*='start=']") {
            asked += 1;
            let robot = practice.visitor().forwarded_for(&format!("2001:db8:{asked:x}::1"));
            let answer = robot.press(&named(&drawn, &link, asked)).await;
            if answer.status == 303 {
                held += usize::from(robot.follow(&answer).await.title().starts_with("Requested"));
            }
        }
        match shown.some_hrefs("main a[href*='from=']").pop().filter(|next| *next > page) {
            Some(next) if asked < 120 => page = next,
            _ => return held,
        }
    }
}

fn named(drawn: &Form, link: &str, nth: usize) -> Form {
    let of = |name: &str| {
        let value = link.split(['?', '&']).find_map(|pair| pair.strip_prefix(&format!("{name}=")));
        value.unwrap_or_default().replace("%3A", ":")
    };
    let form = drawn.clone().with("office", &of("office")).with("start", &of("start"));
    let form = form.with("name", &format!("Ann {}", "x".repeat(nth % 20 + 1)));
    form.with("email", &format!("robot{nth}@robots.example")).with("request_key", &format!("{nth:032x}"))
}

#[tokio::test]
async fn whoever_asks_for_every_opening_holds_a_few_of_them() {
    let practice = behind_a_proxy(practice_as_shipped()).open().await;
    let held = fills_the_calendar(&practice).await;
    assert!((1..=40).contains(&held), "{held} are held");
    practice.mailbox.take();
    // Whoever reads their email gets a time, and the therapist sees what goes on.
    let client = practice.visitor().forwarded_for("203.0.113.9");
    let times =
        client.open("/appointments/new?service=neuromuscular-60").await.hrefs("main a[href*='start=']");
    let form = JUNE.fills(client.open(&times[0]).await.form("/appointments"));
    let page = client.press(&form).await.leads_to();
    client.open(&page).await.says("Not requested yet");
    let email = practice.emails().await.into_iter().find(|email| email.to == JUNE.email).expect("an email");
    client.press_on(&client.open(email.page()).await.form("/proof")).await.says("I'm holding this time");
    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await.says("prove their email first");
    assert!(today.body().len() < 120_000);
    let all = therapist.open("/admin/requests/declines").await.says("Decline many at once");
    let form = all.form("/declines").ticked("quietly");
    therapist.press_on(&form).await;
    therapist.page_of(&JUNE).await.says("Requested: June Okafor");
    assert_eq!(therapist.open("/admin/requests/declines").await.forms("/declines").len(), 1, "June is left");
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn many_are_declined_at_once_with_an_email_each_and_all_of_it_is_undone() {
    let practice = practice().open().await;
    for (person, opening) in [(&JUNE, &TUESDAY), (&PETER, &WEDNESDAY)] {
        practice.has_asked(person, opening).await;
    }
    practice.has_asked(&WALT, &TUESDAY.at("2026-11-24T21:00:00Z")).await;
    let therapist = practice.therapist().await.in_a_hurry();
    let form = therapist.open("/admin/requests/declines").await.form("/declines");
    assert!(form.is_ticked("declined"), "nobody has proved anything");
    let today = therapist.press_on(&form).await.says("Declined. Undo until");
    therapist.open("/admin/appointments/1").await.says("Declined: June Okafor");
    therapist.undoes(&today).await;
    therapist.page_of(&JUNE).await.says("Requested: June Okafor");
    let form = therapist.open("/admin/requests/declines").await.form("/declines");
    therapist.press_on(&form).await;
    practice.clock.advance(chrono::TimeDelta::seconds(61));
    let mut kinds: Vec<_> =
        practice.emails().await.iter().map(|email| (email.to.clone(), email.kind())).collect();
    kinds.sort();
    assert_eq!(kinds, [(JUNE.email.to_owned(), "declined"), (PETER.email.to_owned(), "declined")]);
    therapist.open("/admin").await.says("Walt Brennan").says("declined");
    practice.close().await;
}

#[tokio::test]
async fn without_emails_nobody_hears_of_it() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.has_asked(&WALT, &TUESDAY.at("2026-11-24T21:00:00Z")).await;
    let therapist = practice.therapist().await;
    let form = therapist.open("/admin/requests/declines").await.form("/declines").ticked("quietly");
    let today = therapist.press_on(&form).await;
    today.never_says("Walt Brennan");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.visitor().open(&page).await.says("Declined");
    practice.visitor().get(&TUESDAY.form()).await.expect(200);
    practice.close().await;
}

#[tokio::test]
async fn a_page_that_is_out_of_date_declines_nobody() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    practice.has_asked(&PETER, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    let stale = therapist.open("/admin/requests/declines").await.form("/declines").ticked("quietly");
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    let back =
        therapist.press(&stale).await.expect(409).says("One of them has changed since you opened the page");
    therapist.page_of(&PETER).await.says("Requested: Peter Lindqvist");
    let again = back.form("/declines");
    assert!(again.is_ticked("quietly") && again.is_ticked("declined"), "nothing is lost");
    therapist.press_on(&again).await;
    therapist.open("/admin/appointments/2").await.says("Declined: Peter Lindqvist");
    therapist.page_of(&JUNE).await.says("Confirmed: June Okafor");
    let nobody = again.unticked("declined");
    therapist.press(&nobody).await.expect(422).says("Nobody's ticked");
    practice.close().await;
}

#[tokio::test]
async fn what_was_confirmed_at_once_without_a_proof_counts_and_can_be_called_off_with_the_others() {
    let practice = practice().with("confirmation", "\"at_once\"").with("unproven_holds", "1").open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let page = practice.asks(&PETER, &WEDNESDAY).await;
    practice.visitor().open(&page).await.says("Not requested yet");
    let email = practice.email_to(PETER.email).await;
    let client = practice.visitor();
    client.press_on(&client.open(email.page()).await.form("/proof")).await.says("Confirmed");
    practice.emails().await;
    let therapist = practice.therapist().await;
    let form =
        therapist.open("/admin/requests/declines").await.says("confirmed right away").form("/declines");
    therapist.press_on(&form).await;
    assert_eq!(practice.email_to(JUNE.email).await.kind(), "cancelled: by the therapist");
    therapist.page_of(&PETER).await.says("Confirmed: Peter Lindqvist");
    practice.close().await;
}

#[tokio::test]
async fn the_demo_counts_as_proved() {
    let practice = practice_as_shipped().open().await;
    practice.has_demo().await;
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.never_says("New requests for").never_says("new ones prove");
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn strangers_who_guess_passwords_lock_nobody_out() {
    let practice = behind_a_proxy(practice()).open().await;
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.never_says("guessing passwords");
    let sign_in =
        practice.visitor().open("/admin/session").await.form("/admin/session").with("email", THERAPIST);
    for nth in 0..25 {
        let stranger = practice.visitor().forwarded_for(&format!("203.0.113.{nth}"));
        stranger.press(&sign_in.clone().with("password", "open sesame, please")).await.expect(422);
    }
    therapist
        .open("/admin")
        .await
        .says("Somebody is guessing passwords: 25 wrong tries in the last 15 minutes.");
    let right = sign_in.with("password", PASSWORD);
    for address in ["198.51.100.1", "2001:db8::1"] {
        practice.visitor().forwarded_for(address).press(&right).await.expect(303);
    }
    practice.close().await;
}

#[tokio::test]
async fn one_address_has_so_many_tries_and_another_is_not_affected() {
    let practice = behind_a_proxy(practice().with("per_address_hour", "3")).open().await;
    practice.therapist().await;
    let sign_in =
        practice.visitor().open("/admin/session").await.form("/admin/session").with("email", THERAPIST);
    let wrong = sign_in.clone().with("password", "open sesame, please");
    for nth in 0..5 {
        let stranger = practice.visitor().forwarded_for(&format!("2001:db8:0:7::{nth}"));
        let answer = stranger.press(&wrong).await.expect(if nth < 3 { 422 } else { 429 });
        assert_eq!(answer.form("/admin/session").value("email"), THERAPIST, "what was typed stays");
    }
    let right = sign_in.with("password", PASSWORD);
    practice.visitor().forwarded_for("2001:db8:0:8::1").press(&right).await.expect(303);
    practice.close().await;
}

#[tokio::test]
async fn questions_from_everywhere_do_not_fill_the_therapists_mailbox() {
    let practice = behind_a_proxy(practice()).open().await;
    let article = "/articles/a-guide-to-neuromuscular-therapy/question";
    let form = practice.visitor().open(article).await.form(article).with("email", JUNE.email);
    for nth in 0..31 {
        let reader = practice.visitor().forwarded_for(&format!("203.0.113.{nth}"));
        let form = form.clone().with("name", JUNE.name).with("question", &format!("Question {nth}?"));
        let answer = reader.press(&form).await;
        if nth < 30 {
            answer.expect(303);
        } else {
            let again = answer.expect(429).says("try again in an hour").form(article);
            assert_eq!(again.value("question").trim(), "Question 30?", "what was typed stays");
        }
    }
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn a_request_that_is_moved_over_and_over_does_not_fill_a_strangers_mailbox() {
    let practice = practice().with("moves_per_appointment", "20").open().await;
    let page = practice.asks(&JUNE, &TUESDAY).await;
    let client = practice.visitor();
    let mut refused = None;
    for nth in 0..12 {
        let to = if nth % 2 == 0 { WEDNESDAY } else { TUESDAY };
        let question = format!("{page}/reschedule?office={}&start={}", to.office, to.start);
        let answer = client.press(&client.open(&question).await.form("/reschedule")).await;
        practice.emails().await;
        if answer.status != 303 {
            refused = Some((nth, answer.expect(409).says("too many requests with this email address today")));
            break;
        }
    }
    assert_eq!(refused.map(|(nth, _)| nth), Some(9), "the request itself was the first of ten emails");
    practice.close().await;
}
