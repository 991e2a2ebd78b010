//! Emails as the therapist sees them: every one with what became of it and what
//! the mail server said.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use crate::support::{
    mailbox::{Fault::Says, Moment, Mood},
    page::Page,
    people::{JUNE, PETER, Person, SATURDAY, THERAPIST, TUESDAY, Therapist},
    practice::practice,
};

#[tokio::test]
async fn every_email_stands_in_the_list_with_its_state_and_the_servers_word() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.open("/admin/emails").await.says("No emails yet.");
    practice.asks(&JUNE, &TUESDAY).await;
    let list = therapist.open("/admin").await.link("Emails");
    let waiting = therapist.open(&list).await;
    assert_eq!(waiting.texts(".emails > li").len(), 2);
    waiting
        .says("June Okafor, june@example.com")
        .says("To you, dustin@example.com")
        .says("Waiting since ")
        .never_says("Sent ");

    practice.mailbox.is(Mood::FailsAt(Moment::Recipient, Says("451 4.7.1 Greylisted, come back")));
    practice.deliver().await;
    let failed = therapist.open(&list).await;
    failed.clone().says("451 4.7.1 Greylisted, come back").says("The mail server says to try again later");
    failed.says("Next try: ");

    practice.mailbox.is(Mood::Kind);
    practice.mailbox.answers(JUNE.email, 550);
    practice.clock.advance(TimeDelta::minutes(1));
    practice.deliver().await;
    practice.mailbox.one_to(THERAPIST);
    let list = therapist.open(&list).await;
    assert_eq!(list.texts(".emails > li").len(), 2);
    list.clone().says("Sent Monday, November 23, ").says("Couldn't be delivered Monday, November 23, ");
    list.clone().says("“250 ");
    let trouble = therapist.open(&list.link("Trouble only")).await;
    assert_eq!(trouble.texts(".emails > li").len(), 1);
    trouble.says("“550 ").says(JUNE.email);
    practice.close().await;
}

#[tokio::test]
async fn the_list_is_a_page_at_a_time_and_a_page_that_is_not_there_is_not_found() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for _ in 0..81 {
        therapist.sends("/admin/emails/test", &[]).await.expect(303);
    }
    let mut seen = Vec::new();
    let mut page = therapist.open("/admin/emails").await;
    loop {
        let hrefs = page.hrefs(".emails .n a");
        assert!((1..=40).contains(&hrefs.len()));
        seen.extend(hrefs);
        match page.hrefs("a[rel=next]").first() {
            Some(older) => page = therapist.open(older).await,
            None => break,
        }
    }
    let number =
        |href: &String| href.rsplit('/').next().and_then(|id| id.parse::<u32>().ok()).expect("an id");
    let numbers: Vec<u32> = seen.iter().map(number).collect();
    assert_eq!(numbers.len(), 81);
    assert!(numbers.windows(2).all(|pair| pair[0] > pair[1]), "the newest first: {numbers:?}");
    for page in ["0", "-1", "x", "99", "1000001", "99999999999999999999", ""] {
        therapist.get(&format!("/admin/emails?page={page}")).await.expect(404).has_a_way_out();
        therapist.get(&format!("/admin/emails?trouble=yes&page={page}")).await.expect(404);
    }
    practice.deliver().await;
    practice.mailbox.take();
    practice.close().await;
}

#[tokio::test]
async fn an_email_is_shown_as_it_was_sent_with_its_links_left_out() {
    let practice = practice().open().await;
    practice.has_asked(&PETER, &SATURDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&PETER).await;
    let newest = therapist.open("/admin/emails").await.hrefs(".emails .n a")[0].clone();
    let waiting = therapist.open(&newest).await.says("Waiting since ").says("You're confirmed.");
    assert!(waiting.text().contains("/appointments/…"), "{}", waiting.text());

    let sent = practice.email_to(PETER.email).await;
    let page = therapist.open(&newest).await.says("Sent ").says("250 ").says("One try");
    let token = sent.page().rsplit('/').next().expect("a token");
    assert!(token.len() == 32 && !page.body().contains(token), "the link stays its reader's");
    page.clone().says("appointment.ics, the calendar invitation").says(&sent.message_id).says(PETER.email);
    page.clone().says(&sent.reply_to).says(&sent.subject);
    therapist.open(&page.link("See the appointment")).await.says(PETER.name);
    therapist.get("/admin/emails/99").await.expect(404).has_a_way_out();
    therapist.get("/admin/emails/one").await.expect(404);
    practice.close().await;
}

#[tokio::test]
async fn a_test_email_waits_like_any_other_and_its_page_says_what_the_server_answered() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let form = therapist.open("/admin/emails").await.form("/admin/emails/test");
    practice.mailbox.is(Mood::FailsAt(Moment::Verdict, Says("451 4.3.0 Not today <x>")));
    let address = therapist.press(&form).await.expect(303).leads_to();
    therapist.open(&address).await.says("Test: email from").says("Waiting since ").says("Not tried yet");
    practice.deliver().await;
    let waiting = therapist.open(&address).await.says("451 4.3.0 Not today <x>").says("One try");
    waiting.says("Next try: Monday, November 23, ");
    practice.mailbox.is(Mood::Kind);
    practice.clock.advance(TimeDelta::minutes(1));
    let email = practice.email_to(THERAPIST).await;
    assert_eq!(email.kind(), "test");
    let sent = therapist.open(&address).await.says("Sent Monday, November 23, ").says("2 tries");
    sent.never_says("451 4.3.0").never_says("Next try").says("250 ");
    practice.close().await;
}

#[tokio::test]
async fn without_a_mail_server_the_list_says_where_emails_go() {
    let practice = practice().with_emails_as_files().open().await;
    let therapist = practice.therapist().await;
    let address = therapist.sends("/admin/emails/test", &[]).await.expect(303).leads_to();
    practice.deliver().await;
    therapist.open("/admin/emails").await.says("No email is going out.").says("Sent ");
    therapist.open(&address).await.never_says("word for word");
    practice.close().await;
}

/// The page of the newest email to somebody.
async fn newest_to(therapist: &Therapist, address: &str) -> String {
    let list = therapist.open("/admin/emails").await;
    let lines = list.texts(".emails > li").into_iter().zip(list.hrefs(".emails .n a"));
    let (_, href) = lines.into_iter().find(|(line, _)| line.contains(address)).expect("an email to them");
    href
}

#[tokio::test]
async fn an_email_that_was_given_up_is_sent_again_written_anew_after_its_minute() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    practice.mailbox.answers(JUNE.email, 550);
    therapist.confirms(&JUNE).await;
    practice.deliver().await;
    let given_up = newest_to(&therapist, JUNE.email).await;
    let page = therapist.open(&given_up).await.says("Couldn't be delivered").says("550");
    practice.mailbox.answers(JUNE.email, 250);

    let again = page.form("/again");
    let hurried = therapist.in_a_hurry();
    let fresh = hurried.press(&again).await.expect(303).leads_to();
    assert_ne!(fresh, given_up);
    hurried.open(&fresh).await.says("Email sent again. Undo until ").says("You can still undo this.");
    hurried.press(&hurried.open("/admin/emails").await.form("/test")).await.expect(303);
    practice.deliver_now().await;
    practice.mailbox.one_to(THERAPIST); // The test alone: nothing but the minute sends what is held.
    practice.mailbox.is_empty();
    hurried.press(&again).await.expect(409).says("something newer was written");
    practice.deliver().await;
    let email = practice.mailbox.one_to(JUNE.email);
    assert_eq!(email.kind(), "confirmed");
    practice.visitor().open(email.page()).await.says("Confirmed");
    hurried.open(&fresh).await.says("Sent ").never_says("/undo/");
    practice.close().await;
}

#[tokio::test]
async fn what_was_sent_again_can_be_undone_and_sent_again_once_more() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let sent = newest_to(&therapist, JUNE.email).await;
    let hurried = therapist.in_a_hurry();
    let page = hurried.open(&sent).await.says("Sent ");
    let fresh = hurried.press_on(&page.form("/again")).await;
    hurried.undoes(&fresh).await;
    practice.deliver().await;
    practice.mailbox.is_empty();
    hurried.press(&page.form("/again")).await.expect(409).says("has changed since you opened the page");
    let page = hurried.open(&sent).await;
    hurried.press(&page.form("/again")).await.expect(303);
    assert_eq!(practice.email_to(JUNE.email).await.kind(), "received");
    practice.close().await;
}

#[tokio::test]
async fn what_is_not_true_any_more_is_not_sent_again() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let requested = newest_to(&therapist, JUNE.email).await;
    let form = therapist.open(&requested).await.form("/again");
    therapist.confirms(&JUNE).await;
    practice.email_to(JUNE.email).await;
    therapist.press(&form).await.expect(409).says("something newer was written");
    assert!(therapist.open(&requested).await.forms("/again").is_empty());

    let confirmed = newest_to(&therapist, JUNE.email).await;
    let form = therapist.open(&confirmed).await.form("/again");
    practice.reaches(TimeDelta::days(3)).await;
    practice.emails().await;
    let therapist = practice.therapist().await;
    therapist.press(&form).await.expect(409).says("the visit is over");
    let to_therapist = newest_to(&therapist, THERAPIST).await;
    assert!(therapist.open(&to_therapist).await.forms("/again").is_empty());
    therapist.sends(&format!("{to_therapist}/again"), &[]).await.expect(409).says("Only emails to clients");
    therapist.sends("/admin/emails/99/again", &[]).await.expect(404);
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn whose_email_came_back_is_called_until_the_address_works_again() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let sent = newest_to(&therapist, JUNE.email).await;
    let form = therapist.open(&sent).await.form("/came-back");
    let page = therapist
        .press_on(&form)
        .await
        .says("Came back. You said so")
        .says("emails to this address come back");
    therapist.press(&form).await.expect(409).says("Nothing was changed");
    therapist.press(&page.form("/came-back/end")).await.expect(303);
    therapist.open("/admin/emails?trouble=yes").await.says("Came back");
    therapist.open("/admin").await.says("couldn't be reached by email");
    therapist.press(&page.form("/came-back/end")).await.expect(409).says("Nothing was changed");

    assert_eq!(practice.calls().await.len(), 1);
    practice.close().await;
}

#[tokio::test]
async fn where_emails_come_back_no_page_promises_one() {
    for has_phone in [true, false] {
        let practice = practice().open().await;
        let person = if has_phone { JUNE } else { Person { phone: "", ..JUNE } };
        practice.has_asked(&person, &TUESDAY).await;
        let therapist = practice.therapist().await;
        let page = therapist.page_of(&person).await.never_says("Emails to it come back");
        page.says("June Okafor gets an email.");
        let sent = therapist.open("/admin/emails").await.link("Requested: Tuesday");
        therapist.press_on(&therapist.open(&sent).await.form("/came-back")).await;

        let says =
            |page: Page| match has_phone {
                true => page
                    .says("Emails to that address come back, so nothing is sent. It becomes a call to make."),
                false => page
                    .says("gets an email, but emails to that address have come back, and there's no phone"),
            };
        let today = therapist.open("/admin").await;
        today.says(if has_phone { "emails come back: call" } else { "emails have come back" });
        let page = says(therapist.page_of(&person).await).says("Emails to it come back.");
        let decline = says(therapist.open(&page.link("Decline")).await);
        assert_eq!(decline.text().contains("Decline and email"), !has_phone, "{}", decline.text());
        says(therapist.confirms(&person).await);
        let id = page.link("Decline").replace("/decline", "");
        says(therapist.open(&format!("{id}/cancellation")).await);
        let to = format!("{id}/reschedule?office=redding&start=2026-11-24T20:00:00Z");
        says(therapist.open(&to).await);
        therapist.open("/admin/clients/1").await.says("Emails to it come back.");
        let booking =
            TUESDAY.at("2026-11-24T20:00:00Z").form().replace("/appointments/new", "/admin/appointments/new");
        let booking = therapist.open(&format!("{booking}&client=1")).await;
        assert_eq!(booking.text().contains("so no confirmation is emailed"), has_phone);
        practice.emails().await;
        practice.close().await;
    }
}

#[tokio::test]
async fn after_an_email_came_back_the_next_ones_are_calls_and_a_corrected_address_gets_emails() {
    let practice = practice().open().await;
    let own_page = practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let sent = newest_to(&therapist, JUNE.email).await;
    therapist.press_on(&therapist.open(&sent).await.form("/came-back")).await;
    therapist.sends(&format!("{sent}/again"), &[]).await.expect(409).says("correct the address first");
    let client = practice.visitor();
    let address = client.open(&own_page).await.form("/address");
    client.press_on(&address.with("email", "june.okafor@example.com")).await;
    let email = practice.email_to("june.okafor@example.com").await;
    assert_eq!(email.kind(), "received");

    let corrected = newest_to(&therapist, "june.okafor@example.com").await;
    therapist.press_on(&therapist.open(&corrected).await.form("/came-back")).await;
    let call = therapist.open("/admin").await.form("/done");
    therapist.press_on(&call).await;
    therapist.confirms(&JUNE).await;
    therapist.open("/admin").await.says("doesn't know yet that this is confirmed");
    practice.passes(TimeDelta::minutes(5)).await;
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn every_kind_of_email_is_previewed_on_invented_data_in_a_frame_in_which_nothing_runs() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let kinds = therapist.open(&therapist.open("/admin/emails").await.link("See every kind")).await;
    let links = kinds.hrefs("main .emails a");
    assert!(links.len() > 25, "{links:?}");
    let mut seen = BTreeSet::new();
    for link in links {
        let page = therapist.open(&link).await;
        let (policy, frame) = (page.header("content-security-policy"), page.header("x-frame-options"));
        assert!(policy.ends_with("; frame-src 'self'") && frame == "DENY", "{policy} {frame}");
        let subject = page.texts("main b").remove(0);
        assert_eq!(page.body().matches("<iframe").count(), 1);
        let html = therapist.open(&format!("{link}/html")).await;
        let policy = html.header("content-security-policy");
        assert_eq!(policy, "sandbox; default-src 'none'; style-src 'unsafe-inline'");
        assert_eq!(
            (html.header("x-frame-options"), html.header("cache-control")),
            ("SAMEORIGIN", "no-store")
        );
        assert_eq!(html.title(), subject, "{link}");
        seen.insert(subject);
    }
    assert!(seen.len() > 15, "{seen:?}");
    assert!(seen.contains("Password: your link to set a new one"), "{seen:?}");
    for none in ["/none", "/none/html", "/confirmed/text"] {
        therapist.get(&format!("/admin/emails/preview{none}")).await.expect(404).has_a_way_out();
    }
    let stranger = practice.visitor();
    stranger.get("/admin/emails/preview/confirmed/html").await.expect(303);
    assert_eq!(practice.emails().await.len(), 0);
    practice.close().await;
}
