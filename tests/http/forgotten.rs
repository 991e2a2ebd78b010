//! A forgotten password: a link by email, and nobody else learns anything.

use chrono::TimeDelta;

use crate::support::{
    page::Page,
    people::{JUNE, PASSWORD, THERAPIST, path_of},
    practice::{TestPractice, practice},
};

const FORGOTTEN: &str = "/admin/session/forgotten";
const NEW: &str = "five other quiet words";

async fn asks(practice: &TestPractice, email: &str) -> Page {
    let visitor = practice.visitor();
    let page = visitor.open("/admin/session").await.link("Forgot your password?");
    visitor.press(&visitor.open(&page).await.form(FORGOTTEN).with("email", email)).await
}

async fn signs_in(practice: &TestPractice, password: &str) -> Page {
    let visitor = practice.visitor();
    let form = visitor.open("/admin/session").await.form("/admin/session");
    visitor.press(&form.with("email", THERAPIST).with("password", password)).await
}

/// The link of the one email that has come.
async fn link(practice: &TestPractice) -> String {
    path_of(practice.email_to(THERAPIST).await.page()).to_owned()
}

#[tokio::test]
async fn a_link_comes_by_email_sets_a_password_once_and_signs_nobody_in() {
    let practice = practice().open().await;
    let old = practice.therapist().await;
    asks(&practice, THERAPIST).await.expect(200).says("Check your email");
    let email = practice.email_to(THERAPIST).await;
    assert_eq!(email.subject, "Password: your link to set a new one");
    email.says("It works once, until 9:00 am (PST).");
    let link = path_of(email.page()).to_owned();
    let visitor = practice.visitor();
    for _ in 0..3 {
        visitor.head(&link).await.expect(200);
        visitor.open(&link).await.says("Set your password");
    }
    old.open("/admin").await;
    signs_in(&practice, PASSWORD).await.expect(303);
    let form = visitor.open(&link).await.form(&link);
    visitor.press(&form.clone().with("password", "short")).await.expect(422);
    let set = visitor.press(&form.clone().with("password", NEW)).await;
    assert_eq!(set.leads_to(), "/admin/session");
    assert_eq!(visitor.cookies(), "", "it signs nobody in");
    assert_eq!(old.get("/admin").await.leads_to(), "/admin/session", "every session has ended");
    visitor.get(&link).await.expect(404);
    visitor.press(&form.with("password", "a third set of words")).await.expect(404);
    signs_in(&practice, PASSWORD).await.expect(422);
    signs_in(&practice, NEW).await.expect(303);
    practice.close().await;
}

#[tokio::test]
async fn whatever_was_typed_the_answer_is_the_same_and_only_the_therapist_gets_an_email() {
    let practice = practice().open().await;
    practice.therapist().await;
    let right = asks(&practice, THERAPIST).await;
    practice.email_to(THERAPIST).await;
    let long = "x".repeat(5000);
    for typed in ["", JUNE.email, "dustin@example.com.evil", "<script>", &long, "dustin", "%00"] {
        let wrong = asks(&practice, typed).await;
        assert_eq!((wrong.status, wrong.body()), (right.status, right.body()), "{typed}");
        practice.deliver().await;
        practice.mailbox.is_empty();
    }
    asks(&practice, " DUSTIN@example.com ").await.expect(200);
    practice.email_to(THERAPIST).await;
    practice.close().await;
}

#[tokio::test]
async fn three_links_go_out_in_a_day_and_an_older_one_stays_good() {
    let practice = practice().open().await;
    practice.therapist().await;
    let mut links = Vec::new();
    for _ in 0..3 {
        asks(&practice, THERAPIST).await.expect(200);
        links.push(link(&practice).await);
        practice.clock.advance(TimeDelta::minutes(10));
    }
    asks(&practice, THERAPIST).await.expect(200).says("Check your email");
    practice.deliver().await;
    practice.mailbox.is_empty();
    let visitor = practice.visitor();
    for link in &links {
        visitor.open(link).await.says("Set your password");
    }
    let first = visitor.open(&links[0]).await.form(&links[0]).with("password", NEW);
    visitor.press(&first).await.expect(303);
    signs_in(&practice, NEW).await.expect(303);
    practice.clock.advance(TimeDelta::hours(23));
    asks(&practice, THERAPIST).await.expect(200);
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.clock.advance(TimeDelta::minutes(31));
    asks(&practice, THERAPIST).await.expect(200);
    visitor.open(&link(&practice).await).await;
    practice.close().await;
}

#[tokio::test]
async fn a_link_is_good_for_an_hour_and_goes_out_no_later() {
    let practice = practice().open().await;
    practice.therapist().await;
    asks(&practice, THERAPIST).await.expect(200);
    let first = link(&practice).await;
    practice.clock.advance(TimeDelta::hours(1) - TimeDelta::seconds(1));
    practice.visitor().open(&first).await;
    practice.clock.advance(TimeDelta::seconds(1));
    practice.visitor().get(&first).await.expect(404).says("This link doesn't work anymore");
    asks(&practice, THERAPIST).await.expect(200);
    practice.clock.advance(TimeDelta::hours(1) + TimeDelta::seconds(1));
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn an_email_that_cannot_go_out_is_tried_again_and_stands_in_no_list() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.mailbox.answers(THERAPIST, 451);
    asks(&practice, THERAPIST).await.expect(200);
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.clock.advance(TimeDelta::minutes(20));
    for page in ["/admin", "/admin/emails"] {
        therapist.open(page).await.never_says("Password: your link").never_says("/admin/welcome/");
    }
    practice.mailbox.answers(THERAPIST, 250);
    practice.visitor().open(&link(&practice).await).await.says("Set your password");
    therapist.open("/admin/emails").await.never_says("Password: your link");
    therapist.get("/admin/emails/1").await.expect(404);
    practice.close().await;
}

#[tokio::test]
async fn how_often_somebody_may_ask_does_not_tell_whose_address_it_is() {
    for email in [THERAPIST, JUNE.email] {
        let practice = practice().with("per_address_10_seconds", "2").open().await;
        practice.therapist().await;
        for _ in 0..2 {
            asks(&practice, email).await.expect(200);
        }
        let page = asks(&practice, email).await.expect(429).says("Too many tries.");
        assert_ne!(page.header("retry-after"), "");
        signs_in(&practice, PASSWORD).await.expect(303);
        practice.emails().await;
        practice.close().await;
    }
}

#[tokio::test]
async fn a_link_from_an_email_is_over_once_the_password_was_changed() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    asks(&practice, THERAPIST).await.expect(200);
    let link = link(&practice).await;
    let form = therapist.open("/admin/account").await.form("/account/password");
    therapist.press_on(&form.with("password", PASSWORD).with("new_password", NEW)).await;
    practice.visitor().get(&link).await.expect(404);
    practice.close().await;
}
