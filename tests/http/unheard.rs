//! What one act within a minute, or while no mail goes out, makes of another: each email
//! tells the difference from what its client was last told, and none is lost by a newer one.

use chrono::TimeDelta;

use crate::support::{
    mailbox::{Email, Mood},
    people::{JUNE, Opening, TUESDAY, Therapist, WEDNESDAY},
    practice::{TestPractice, practice},
};

/// Tuesday, November 24, 11:00 am.
const LATER: Opening = Opening { start: "2026-11-24T19:00:00Z", ..TUESDAY };
const CLOSING: &str = "/admin/days/2026-11-24/closing";

/// June has asked and knows so; the therapist is in a hurry.
async fn asked(practice: &TestPractice) -> (String, Therapist) {
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    (page, practice.therapist().await.in_a_hurry())
}

/// June is confirmed and knows so; the therapist is in a hurry.
async fn confirmed(practice: &TestPractice) -> (String, Therapist) {
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.emails().await;
    (page, practice.therapist().await.in_a_hurry())
}

/// Confirms with a sentence, within the minute of whatever comes next.
async fn confirms(therapist: &Therapist, sentence: &str) {
    let form = therapist.page_of(&JUNE).await.form("/confirmation");
    therapist.press_on(&form.with("sentence", sentence)).await;
}

/// The one email to June after the minute.
async fn told(practice: &TestPractice) -> Email {
    let email = practice.email_to(JUNE.email).await;
    practice.mailbox.is_empty();
    email
}

#[tokio::test]
async fn a_request_that_was_confirmed_and_canceled_unheard_is_declined() {
    for is_down in [false, true] {
        let practice = practice().open().await;
        let (page, therapist) = asked(&practice).await;
        if is_down {
            practice.mailbox.is(Mood::HangsUp);
        }
        confirms(&therapist, "").await;
        if is_down {
            practice.deliver().await;
        }
        therapist.answers(&JUNE, "cancellation", "I have a class then.").await.expect(303);
        practice.mailbox.is(Mood::Kind);
        practice.clock.advance(TimeDelta::hours(2));
        let email = told(&practice).await;
        assert_eq!(email.subject, "Declined: Tuesday, November 24, 9:00 am, Redding");
        for words in
            ["I can't see you Tuesday", "Nothing is booked", "I have a class then.", "See new times:"]
        {
            email.says(words);
        }
        assert_eq!(email.method, None, "nothing of it is in a calendar");
        practice.visitor().open(&page).await.never_says("look forward");
        practice.close().await;
    }
}

#[tokio::test]
async fn what_was_heard_to_be_confirmed_is_canceled() {
    let practice = practice().open().await;
    let (_, therapist) = confirmed(&practice).await;
    therapist.answers(&JUNE, "cancellation", "").await.expect(303);
    let email = told(&practice).await;
    assert_eq!(email.subject, "Canceled: Tuesday, November 24, 9:00 am, Redding");
    assert_eq!(email.method.as_deref(), Some("CANCEL"));
    practice.close().await;
}

#[tokio::test]
async fn a_day_that_closes_on_an_unheard_yes_declines_what_was_asked_and_rebooks_at_once() {
    let practice = practice().open().await;
    let (page, therapist) = asked(&practice).await;
    confirms(&therapist, "").await;
    therapist.press_on(&therapist.open(CLOSING).await.form("/closing")).await;
    let email = told(&practice).await;
    assert_eq!(email.subject, "Declined: Tuesday, November 24, 9:00 am, Redding");
    let own = practice.visitor().open(&page).await;
    assert!(own.title().starts_with("Declined: "), "{}", own.title());
    email.says("so I can't confirm your request.");
    email.says("confirmed right away");
    let asked = format!("{}?office={}&start={}", email.page(), WEDNESDAY.office, WEDNESDAY.start);
    let form = practice.visitor().open(&asked).await.form("/rebooking");
    practice.visitor().press_on(&form).await.says("Confirmed");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn what_was_moved_and_canceled_unheard_is_canceled_where_its_client_knows_it() {
    let practice = practice().open().await;
    let (page, therapist) = confirmed(&practice).await;
    therapist.moves(&JUNE, &LATER).await;
    therapist.answers(&JUNE, "cancellation", "").await.expect(303);
    let email = told(&practice).await;
    assert_eq!(email.subject, "Canceled: Tuesday, November 24, 9:00 am, Redding");
    assert!(!email.text.contains("11:00 am"), "{}", email.text);
    let own = practice.visitor().open(&page).await;
    assert_eq!(own.title().split(" · ").next(), Some(email.subject.as_str()));
    practice.close().await;
}

#[tokio::test]
async fn a_request_that_was_moved_and_canceled_unheard_is_declined_where_it_was() {
    let practice = practice().open().await;
    let (_, therapist) = asked(&practice).await;
    therapist.moves(&JUNE, &LATER).await;
    therapist.answers(&JUNE, "cancellation", "").await.expect(303);
    assert_eq!(told(&practice).await.subject, "Declined: Tuesday, November 24, 9:00 am, Redding");
    practice.close().await;
}

#[tokio::test]
async fn what_was_put_back_and_canceled_again_unheard_is_no_news() {
    let practice = practice().open().await;
    let (_, therapist) = confirmed(&practice).await;
    therapist.answers(&JUNE, "cancellation", "").await.expect(303);
    told(&practice).await;
    let page = therapist.open("/admin/appointments/1").await;
    therapist.press_on(&page.form("/put-back")).await;
    therapist.answers(&JUNE, "cancellation", "").await.expect(303);
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn another_time_that_was_confirmed_and_taken_back_unheard_is_answered_with_no() {
    let practice = practice().open().await;
    let (page, therapist) = confirmed(&practice).await;
    practice.asks_to_move(&page, &LATER).await;
    practice.emails().await;
    confirms(&therapist, "").await;
    therapist.moves(&JUNE, &TUESDAY).await;
    let email = told(&practice).await;
    assert_eq!(email.subject, "Confirmed: Tuesday, November 24, 9:00 am, Redding, as before");
    email.says("I can't move your appointment to Tuesday, November 24, 11:00 am");
    practice.close().await;
}

#[tokio::test]
async fn a_sentence_that_nobody_has_read_goes_with_the_newer_email() {
    for (newer, is_kept) in [("", true), ("Sorry for the back and forth.", false)] {
        let practice = practice().open().await;
        let (page, therapist) = asked(&practice).await;
        confirms(&therapist, "Please use the back door.").await;
        let form = therapist.moving(&JUNE, &LATER).await.with("sentence", newer);
        therapist.press_on(&form).await;
        let email = told(&practice).await;
        assert_eq!(email.text.contains("Please use the back door."), is_kept, "{}", email.text);
        email.says(newer);
        let own = practice.visitor().open(&page).await;
        if is_kept {
            own.says("back door")
        } else {
            own.says(newer)
        };
        practice.close().await;
    }
}

#[tokio::test]
async fn a_sentence_that_was_read_is_not_said_again() {
    let practice = practice().open().await;
    let (_, therapist) = asked(&practice).await;
    confirms(&therapist, "Please use the back door.").await;
    told(&practice).await;
    therapist.moves(&JUNE, &LATER).await;
    assert!(!told(&practice).await.text.contains("back door"));
    practice.close().await;
}

#[tokio::test]
async fn a_move_within_an_office_does_not_drop_the_news_of_its_address_and_one_away_does() {
    for (to, subjects) in [
        (LATER, &["Changed: new address in Redding", "Changed: Tuesday, November 24, 11:00 am"][..]),
        (WEDNESDAY, &["Changed: Mt. Shasta instead of Redding"]),
    ] {
        let practice = practice().open().await;
        confirmed(&practice).await;
        practice.rewrites("practice.toml", |file| file.replace("200 Example Avenue", "7 Pine Street")).await;
        let therapist = practice.therapist().await.in_a_hurry();
        therapist.press_on(&therapist.open("/admin").await.form("/new-address/emails")).await;
        therapist.moves(&JUNE, &to).await;
        let emails = practice.emails().await;
        assert_eq!(emails.len(), subjects.len(), "{emails:#?}");
        for (email, subject) in emails.iter().zip(subjects) {
            assert!(email.subject.starts_with(subject), "{}", email.subject);
        }
        practice.close().await;
    }
}

#[tokio::test]
async fn a_closing_is_undone_within_its_minute_and_not_opened_again() {
    let practice = practice().open().await;
    let (_, therapist) = confirmed(&practice).await;
    let day = therapist.press_on(&therapist.open(CLOSING).await.form("/closing")).await;
    let form = therapist.open(&day.link("Open it again")).await.form("/reopening");
    therapist.press(&form).await.expect(409).says("You can still undo this instead.");
    therapist.undoes(&therapist.open("/admin").await).await;
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn what_was_opened_again_and_booked_since_stays_open() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.closes("2026-11-24", "").await;
    let hurried = practice.therapist().await.in_a_hurry();
    let day = hurried.open("/admin/days/2026-11-24").await;
    hurried.press_on(&hurried.open(&day.link("Open it again")).await.form("/reopening")).await;
    practice.asks(&JUNE, &TUESDAY).await;
    let today = hurried.open("/admin").await;
    let undo = today.forms("").into_iter().find(|form| form.action.starts_with("/admin/undo/"));
    let refused = hurried.press(&undo.expect("something to undo")).await.expect(409);
    refused.says("Somebody has booked or requested that time since, so it stays open.");
    hurried.open("/admin").await.says("One request to answer").never_says("conflict").never_says("Heads up");
    practice.visitor().open(&LATER.form()).await;
    let preview = hurried.open(CLOSING).await.says("One person is affected").says("June Okafor");
    hurried.press_on(&preview.form("/closing")).await.says("Closed, all day");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn who_was_there_before_it_was_opened_again_keeps_nobody_from_undoing_that() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.closes("2026-11-24", "").await;
    let booking = TUESDAY.form().replace("/appointments/new", "/admin/appointments/new");
    let form = therapist.open(&booking).await.form("/admin/appointments").ticked("override");
    therapist.press_on(&form.with("name", JUNE.name).with("phone", JUNE.phone)).await.says("Confirmed");
    therapist.open("/admin").await.never_says("conflict");
    let hurried = practice.therapist().await.in_a_hurry();
    let day = hurried.open("/admin/days/2026-11-24").await;
    hurried.press_on(&hurried.open(&day.link("Open it again")).await.form("/reopening")).await;
    hurried.undoes(&hurried.open("/admin/days/2026-11-24").await).await;
    hurried.open("/admin").await.never_says("conflict");
    hurried.open("/admin/days/2026-11-24").await.says("Closed, all day").says("June Okafor");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn the_clients_page_says_what_they_were_told() {
    let practice = practice().open().await;
    let (page, therapist) = asked(&practice).await;
    confirms(&therapist, "").await;
    therapist.answers(&JUNE, "cancellation", "I have a class then.").await.expect(303);
    practice.visitor().open(&page).await.says("Requested").never_says("a class then");
    told(&practice).await;
    let own = practice.visitor().open(&page).await;
    assert!(own.title().starts_with("Declined: "), "{}", own.title());
    own.says("Nothing is booked").says("I have a class then.").never_says("Canceled").never_says("cancel");
    let on_file = therapist.open("/admin/appointments/1").await.says("Declined");
    therapist.press_on(&on_file.form("/put-back")).await;
    assert!(told(&practice).await.subject.starts_with("Confirmed: "));
    practice.visitor().open(&page).await.says("I look forward to seeing you.");
    practice.close().await;
}

#[tokio::test]
async fn what_followed_an_unheard_yes_is_undone_and_the_yes_is_heard() {
    for answer in ["cancellation", "closing"] {
        let practice = practice().open().await;
        let (page, therapist) = asked(&practice).await;
        confirms(&therapist, "Please use the back door.").await;
        match answer {
            "closing" => therapist.press(&therapist.open(CLOSING).await.form("/closing")).await.expect(303),
            _ => therapist.answers(&JUNE, answer, "I have a class then.").await.expect(303),
        };
        therapist.undoes(&therapist.open("/admin").await).await;
        practice.visitor().open(&page).await.says("It is not confirmed yet.").never_says("a class then");
        let email = told(&practice).await;
        assert_eq!(email.subject, "Confirmed: Tuesday, November 24, 9:00 am, Redding");
        email.says("Please use the back door.");
        let own = practice.visitor().open(&page).await;
        own.says("I look forward to seeing you.").says("back door").never_says("a class then");
        practice.close().await;
    }
}
