//! Somebody on a phone, without script, joins the waitlist, is offered a time and takes it.

use crate::{
    browser::Browser,
    chromium::PHONE,
    support::{
        people::{PETER, SESSION},
        practice::practice,
    },
};

#[tokio::test]
async fn somebody_on_a_phone_without_script_joins_is_offered_a_time_and_takes_it() {
    let practice = practice().open().await;
    let phone = Browser::open(PHONE.without_script()).await;
    phone.goto(&practice.url(&format!("/appointments/new?service={SESSION}"))).await;
    phone.press("Join the waitlist").await;
    phone.says("Nothing is booked until you say yes.").await;
    phone.press("Join the waitlist").await;
    phone.says("Two things to fix").await;
    phone.types("How much notice do you need?", "At least two days").await;
    phone.types("Your name", PETER.name).await;
    phone.types("Email", PETER.email).await;
    phone.press("Join the waitlist").await;
    phone.says("Not on the waitlist yet").await;
    phone.goto(practice.email_to(PETER.email).await.page()).await;
    phone.press("Join the waitlist").await;
    phone.says("You're on the waitlist").await;
    phone.picture("waitlist.png", 1100).await;

    practice.offers().await;
    let email = practice.email_to(PETER.email).await;
    assert!(email.subject.starts_with("Opening: "), "{}", email.subject);
    phone.goto(email.page()).await;
    phone.says("I'm holding it for you until").await;
    phone.picture("opening.png", 1100).await;
    phone.press("Yes, request this time").await;
    phone.says("It is not confirmed yet.").await;
    practice.emails().await;
    practice.close().await;
}
