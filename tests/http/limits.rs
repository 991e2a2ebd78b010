//! Limits: how often one address posts, how many requests one contact has open.

use std::net::{IpAddr, Ipv4Addr};

use chrono::TimeDelta;

use super::request::at_once;
use crate::support::{
    people::{JUNE, PASSWORD, PETER, Person, THERAPIST, TUESDAY, WEDNESDAY},
    practice::{Opening, TestPractice, practice},
};

/// Three posts an hour, from behind a proxy that is trusted.
fn strict() -> Opening {
    let proxy = ipnet::IpNet::from(IpAddr::from(Ipv4Addr::LOCALHOST));
    practice().with("per_address_hour", "3").with_config(|config| config.trusted_proxies = vec![proxy])
}

#[tokio::test]
async fn too_many_posts_are_429_with_what_was_typed_and_reading_is_never_limited() {
    let practice = practice().with("per_address_hour", "3").open().await;
    let client = practice.visitor();
    let wrong = practice.filled(&JUNE, &TUESDAY).await.with("email", "june");
    for _ in 0..3 {
        client.press(&wrong).await.expect(422);
    }
    let right = wrong.with("email", JUNE.email).with("note", "By bus.");
    let back = client.press(&right).await.expect(429).says("nothing you typed is lost");
    let again = back.form("/appointments");
    for field in ["name", "email", "phone", "note", "start", "office"] {
        assert_eq!(again.value(field), right.value(field));
    }
    assert!(again.is_ticked("agreed"));
    for _ in 0..20 {
        client.open(&TUESDAY.form()).await;
    }
    practice.close().await;
}

#[tokio::test]
async fn ten_seconds_have_a_limit_of_their_own() {
    let practice = practice().with("per_address_10_seconds", "1").open().await;
    let client = practice.visitor();
    let wrong = practice.filled(&JUNE, &TUESDAY).await.with("email", "june");
    client.press(&wrong).await.expect(422);
    client.press(&wrong).await.expect(429);
    practice.close().await;
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_has_a_limit_of_their_own() {
    let practice = strict().open().await;
    let wrong = practice.filled(&JUNE, &TUESDAY).await.with("email", "june");
    for client in ["203.0.113.1", "203.0.113.2", "2001:db8::1", "2001:db8:0:1::1"] {
        let client = practice.visitor().forwarded_for(client);
        for _ in 0..3 {
            client.press(&wrong).await.expect(422);
        }
        client.press(&wrong).await.expect(429);
    }
    // The same /64 is the same household.
    practice.visitor().forwarded_for("2001:db8::ffff").press(&wrong).await.expect(429);
    practice.close().await;
}

#[tokio::test]
async fn a_forged_header_gains_nothing() {
    let behind_a_proxy = strict().open().await;
    let wrong = behind_a_proxy.filled(&JUNE, &TUESDAY).await.with("email", "june");
    let in_the_open = strict().with_config(|config| config.trusted_proxies.clear()).open().await;
    for nth in 0..6 {
        let status = if nth < 3 { 422 } else { 429 };
        let hops = format!("198.51.100.{nth}, 203.0.113.1");
        behind_a_proxy.visitor().forwarded_for(&hops).press(&wrong).await.expect(status);
        in_the_open.visitor().forwarded_for(&format!("198.51.100.{nth}")).press(&wrong).await.expect(status);
    }
    behind_a_proxy.close().await;
    in_the_open.close().await;
}

#[tokio::test]
async fn correcting_an_address_counts_and_cancelling_is_never_refused() {
    let practice = practice().with("per_address_hour", "2").open().await;
    let client = practice.visitor();
    let page = practice.asks(&JUNE, &TUESDAY).await;
    let correction = client.open(&page).await.form("/address").with("email", "june@");
    client.press(&correction).await.expect(422);
    let back = client.press(&correction).await.expect(429);
    assert_eq!(back.form("/address").value("email"), "june@");
    let cancellation = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    client.press_on(&cancellation).await.says("Canceled");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn guessing_the_password_is_limited() {
    let practice = practice().with("per_address_hour", "4").open().await;
    practice.therapist().await;
    let stranger = practice.visitor();
    let form = stranger.open("/admin/session").await.form("/admin/session").with("email", THERAPIST);
    for guess in ["password", "dustin", "stillpoint", "mt-shasta"] {
        stranger.press(&form.clone().with("password", guess)).await.expect(422);
    }
    let page = stranger.press(&form.with("password", PASSWORD)).await.expect(429);
    assert_eq!(page.form("/admin/session").value("email"), THERAPIST);
    assert_eq!(stranger.cookies(), "");
    practice.close().await;
}

/// Tuesday at 9, 10:30, 12 and 1:30.
const TIMES: [&str; 4] =
    ["2026-11-24T17:00:00Z", "2026-11-24T18:30:00Z", "2026-11-24T20:00:00Z", "2026-11-24T21:30:00Z"];

#[tokio::test]
async fn a_contact_has_three_open_requests_at_most_however_it_is_written() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let mut first = String::new();
    for start in &TIMES[..3] {
        first = practice.asks(&JUNE, &TUESDAY.at(start)).await;
    }
    let by_email = Person { name: "J. Okafor", email: "JUNE@Example.COM", phone: "", note: "Please!" };
    let by_phone = Person { name: "Someone", email: "other@example.com", phone: "+1 530.555.0133", note: "" };
    for person in [by_email, by_phone] {
        let form = practice.filled(&person, &TUESDAY.at(TIMES[3])).await;
        let back = client.press(&form).await.expect(429).says("3 requests with this email or phone");
        assert_eq!(back.form("/appointments").value("note"), person.note);
    }
    practice.asks(&PETER, &TUESDAY.at(TIMES[3])).await;
    // What is taken back within the hour counts until the hour is over.
    let cancellation = client.open(&format!("{first}/cancellation")).await.form("/cancellation");
    client.press_on(&cancellation).await;
    let form = practice.filled(&by_phone, &WEDNESDAY).await;
    client.press(&form).await.expect(429);
    practice.clock.advance(TimeDelta::minutes(59));
    client.press(&form).await.expect(429);
    practice.clock.advance(TimeDelta::minutes(1));
    client.press(&form).await.expect(303);
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn the_limit_per_contact_holds_when_all_come_at_once() {
    let practice = practice().open().await;
    let mut forms = Vec::new();
    for start in TIMES {
        forms.push(practice.filled(&PETER, &TUESDAY.at(start)).await);
        forms.push(practice.filled(&PETER, &WEDNESDAY.at(start.replace("11-24", "11-25").leak())).await);
    }
    let answers = at_once(&practice, forms.into_iter()).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 303).count(), 3);
    assert!(answers.iter().all(|answer| [303, 429].contains(&answer.status)));
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn an_answered_request_does_not_count() {
    let practice = practice().with("open_requests_per_contact", "1").open().await;
    practice.has_asked(&PETER, &TUESDAY).await;
    let form = practice.filled(&PETER, &WEDNESDAY).await;
    practice.visitor().press(&form).await.expect(429);
    practice.therapist().await.confirms(&PETER).await;
    practice.visitor().press(&form).await.expect(303);
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn all_addresses_of_one_mailbox_are_one_contact() {
    let practice = practice().with("open_requests_per_contact", "1").open().await;
    let client = practice.visitor();
    let victim = Person { email: "vic.tim+1@gmail.com", phone: "", ..PETER };
    practice.asks(&victim, &TUESDAY).await;
    let form = practice.filled(&victim, &WEDNESDAY).await;
    for email in
        ["vic.tim+2@gmail.com", "victim@gmail.com", "v.i.c.t.i.m@googlemail.com", "VICTIM+x+y@GMAIL.com"]
    {
        client.press(&form.clone().with("email", email)).await.expect(429);
    }
    client.press(&form.with("email", "vic.tim@example.com")).await.expect(303);
    practice.deliver().await;
    practice.close().await;
}

/// Somebody types the address of a mailbox over and over, and takes each
/// request back or has it declined.
async fn is_named(practice: &TestPractice, times: usize) -> Vec<u16> {
    let client = practice.visitor();
    let form = practice.filled(&PETER, &TUESDAY).await;
    let mut statuses = Vec::new();
    for nth in 0..times {
        let form = form.clone().with("email", &format!("victim+{nth}@example.com"));
        let asked = client.press(&form.with("request_key", &format!("{nth:032x}"))).await;
        statuses.push(asked.status);
        if asked.status == 303 {
            let cancellation = client.open(&format!("{}/cancellation", asked.leads_to())).await;
            client.press_on(&cancellation.form("/cancellation")).await;
        } else {
            asked.says("Please call me at (530) 555-0100").never_says("victim@example.com");
        }
    }
    practice.deliver().await;
    statuses
}

#[tokio::test]
async fn the_eleventh_request_that_names_a_mailbox_within_a_day_is_refused() {
    let practice = practice().with("open_requests_per_contact", "100").open().await;
    let statuses = is_named(&practice, 12).await;
    assert_eq!(statuses, [[303; 10].as_slice(), &[429; 2]].concat());
    let busy = practice.busy().await.all().len();
    assert_eq!(busy, 0, "nothing is held");
    // Nor may an address be corrected to it; and another mailbox is not affected.
    let client = practice.visitor();
    let page = practice.asks(&JUNE, &TUESDAY).await;
    let correction = client.open(&page).await.form("/address");
    let refused = client.press(&correction.with("email", "Victim@example.com")).await.expect(429);
    refused.says("Please call me at (530) 555-0100");
    practice.passes(TimeDelta::days(1)).await;
    let form = practice.filled(&PETER, &WEDNESDAY.at("2026-12-02T17:00:00Z")).await;
    client.press(&form.with("email", "victim@example.com")).await.expect(303);
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn correcting_an_address_over_and_over_counts_as_naming_it() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.asks(&JUNE, &TUESDAY).await;
    let correction = client.open(&page).await.form("/address");
    let mut statuses = Vec::new();
    for nth in 0..11 {
        let email = format!("victim+{nth}@example.com");
        statuses.push(client.press(&correction.clone().with("email", &email)).await.status);
    }
    assert_eq!(statuses, [[303; 10].as_slice(), &[429]].concat());
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn whoever_comes_by_a_link_from_an_email_is_not_counted() {
    let practice = practice().with("open_requests_per_contact", "100").open().await;
    let victim = Person { email: "victim@example.com", phone: "", ..PETER };
    practice.has_asked(&victim, &TUESDAY).await;
    practice.therapist().await.confirms(&victim).await;
    let page = practice.email_to(victim.email).await.page().to_owned();
    practice.passes(TimeDelta::days(2)).await;
    let client = practice.visitor();
    for nth in 1..=10 {
        let email = format!("victim+{nth}@example.com").leak();
        practice.asks(&Person { email, ..victim }, &WEDNESDAY.at(DECEMBER[nth - 1])).await;
    }
    let openings = client.open(&client.open(&page).await.link("Book again")).await;
    let form =
        client.open(&openings.link("Thursday, December 3, 2:00 pm, Redding")).await.form("/appointments");
    client.press(&form.ticked("agreed")).await.expect(303);
    practice.deliver().await;
    practice.close().await;
}

/// The mornings of Mt. Shasta in December, on Wednesdays and Mondays.
const DECEMBER: [&str; 10] = [
    "2026-12-02T17:00:00Z",
    "2026-12-02T19:00:00Z",
    "2026-12-02T21:00:00Z",
    "2026-12-07T17:00:00Z",
    "2026-12-07T19:00:00Z",
    "2026-12-07T21:00:00Z",
    "2026-12-09T17:00:00Z",
    "2026-12-09T19:00:00Z",
    "2026-12-09T21:00:00Z",
    "2026-12-14T17:00:00Z",
];
