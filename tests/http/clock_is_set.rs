//! The machine's clock is set back an hour, or ahead a day, while the practice is open:
//! Today says so, nobody is let down over it, and nobody hears anything twice.

use chrono::TimeDelta;

use crate::support::{
    mailbox::subjects,
    people::{JUNE, Opening, PETER, SESSION, THERAPIST, WALT, WEDNESDAY},
    practice::practice,
};

/// Monday, December 7, 9:00 am.
const DECEMBER: Opening = Opening { start: "2026-12-07T17:00:00Z", ..WEDNESDAY };

#[tokio::test]
async fn back_an_hour_nothing_waits_for_it_and_nothing_comes_twice() {
    let practice = practice().open().await;
    let june = practice.has_asked(&JUNE, &DECEMBER).await;
    practice.asks(&PETER, &DECEMBER.at("2026-12-07T19:00:00Z")).await;
    practice.mailbox.answers(PETER.email, 451);
    practice.deliver().await;
    practice.mailbox.answers(PETER.email, 250);
    practice.mailbox.one_to(THERAPIST);
    let therapist = practice.therapist().await.in_a_hurry();
    let page = therapist.confirms(&JUNE).await;
    practice.clock.is_set(-TimeDelta::hours(1));

    therapist.open("/admin").await.says("This server's clock was set back by one hour.");
    practice.passes(TimeDelta::seconds(10)).await;
    practice.deliver_now().await;
    practice.mailbox.one_to(PETER.email);
    practice.mailbox.one_to(JUNE.email).says("You're confirmed.");
    practice.visitor().open(&june).await.says("Confirmed");
    let undo = page.forms("").into_iter().find(|form| form.action.starts_with("/admin/undo/"));
    therapist.press(&undo.expect("an undo")).await.expect(409);
    practice.asks(&WALT, &DECEMBER.at("2026-12-07T21:00:00Z")).await;
    practice.deliver_now().await;
    practice.mailbox.one_to(THERAPIST).says(WALT.name);

    practice.clock.is_set(TimeDelta::hours(1));
    therapist.open("/admin").await.never_says("This server's clock");
    practice.passes(TimeDelta::minutes(2)).await;
    assert_eq!(subjects(&practice.emails().await), Vec::<&str>::new());
    practice.close().await;
}

#[tokio::test]
async fn ahead_a_day_and_right_again_what_expired_can_be_confirmed_and_no_reminder_comes_twice() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.has_asked(&JUNE, &DECEMBER).await;
    let wednesday = Opening { service: SESSION, office: "mt-shasta", start: "2026-11-25T18:00:00Z" };
    practice.has_asked(&PETER, &wednesday).await;
    therapist.confirms(&PETER).await;
    let emails = practice.emails().await;
    assert_eq!(emails.len(), 1, "{:?}", subjects(&emails));

    practice.clock.is_set(TimeDelta::days(1));
    therapist.open("/admin").await.says("This server's clock was set ahead by 24 hours.");
    practice.passes(TimeDelta::seconds(10)).await;
    let ahead = practice.emails().await;
    let to_june: Vec<_> = ahead.iter().filter(|email| email.to == JUNE.email).collect();
    assert!(matches!(*to_june, [email] if email.subject.starts_with("Expired")), "{:?}", subjects(&ahead));
    assert!(ahead.iter().any(|email| email.to == PETER.email && email.subject.starts_with("Reminder")));

    practice.clock.is_set(-TimeDelta::days(1));
    let today = therapist.open("/admin").await.never_says("This server's clock").says("Expired");
    let late = therapist.open(&today.link(JUNE.name)).await;
    therapist.press_on(&late.form("/confirmation")).await.says("Confirmed");
    practice.email_to(JUNE.email).await.says("You're confirmed.");
    practice.passes(TimeDelta::hours(30)).await;
    let again: Vec<_> = practice.emails().await.into_iter().filter(|email| email.to == PETER.email).collect();
    assert_eq!(again.len(), 0, "{again:#?}");
    practice.close().await;
}
