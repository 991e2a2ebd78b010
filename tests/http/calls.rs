//! Without an email address every letter is a call to make.

use crate::support::{
    people::{THERAPIST, TUESDAY, WALT},
    practice::practice,
};

#[tokio::test]
async fn a_client_without_an_address_is_a_call_to_make_until_it_is_made() {
    let practice = practice().open().await;
    practice.asks(&WALT, &TUESDAY).await;
    practice.letter_to(THERAPIST).await.says("No email address: please call with your answer.");
    practice.mailbox.is_empty();
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.says("has asked for this time");

    therapist.confirms(&WALT).await.says("none: call with your answer");
    practice.deliver().await;
    practice.mailbox.is_empty();
    let today = therapist.open("/admin").await.says("does not know yet that this is confirmed");
    assert_eq!(today.link("Call (530) 555-0117"), "tel:+15305550117");

    let done = today.form("/done");
    let today = therapist.press_on(&done).await;
    assert!(today.forms("/done").is_empty());
    therapist.press(&done).await.expect(409).says("This call is not on the list any more.");
    practice.close().await;
}

#[tokio::test]
async fn the_newest_event_is_the_one_to_tell() {
    let practice = practice().open().await;
    practice.has_asked(&WALT, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&WALT).await;
    therapist.answers(&WALT, "cancellation", "").await.expect(303);
    let today = therapist.open("/admin").await.says("does not know yet that this is cancelled");
    assert_eq!(today.forms("/done").len(), 1);
    practice.close().await;
}

#[tokio::test]
async fn whoever_cancels_themselves_need_not_be_called() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.has_asked(&WALT, &TUESDAY).await;
    let form = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    client.press_on(&form).await;
    practice.letter_to(THERAPIST).await.says("Walt Brennan has cancelled");
    assert!(practice.calls().await.is_empty());
    practice.close().await;
}
