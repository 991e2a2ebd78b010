//! An email address that is probably a slip: one page before anything is sent
//! or written.

use crate::support::{
    people::{JUNE, PETER, Person, TUESDAY},
    practice::practice,
};

const SLIP: Person = Person { email: "june.o+visit@gmial.com", note: "By bus.", ..JUNE };

#[tokio::test]
async fn a_slip_is_asked_about_before_anything_is_sent_or_written() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&SLIP, &TUESDAY).await;
    let question = client.press(&form).await.expect(200);
    let question = question.says("Use june.o+visit@gmail.com").says("Keep what I typed");
    assert_eq!(practice.busy().await.all().len(), 0);
    assert_eq!(practice.emails().await.len(), 0);
    let forms = question.forms("/appointments");
    for (form_there, email) in forms.iter().zip(["june.o+visit@gmail.com", SLIP.email]) {
        assert_eq!(form_there.value("email"), email);
        for field in ["service", "office", "start", "name", "phone", "note", "request_key", "terms"] {
            assert_eq!(form_there.value(field), form.value(field), "{field}");
        }
    }
    let page = client.press_on(&forms[0]).await.says("june.o+visit@gmail.com");
    assert!(page.title().starts_with("Requested: "));
    practice.email_to("june.o+visit@gmail.com").await;
    practice.mailbox.take();
    practice.close().await;
}

#[tokio::test]
async fn what_was_typed_can_be_kept_and_is_not_asked_about_twice() {
    let practice = practice().open().await;
    let client = practice.visitor();
    practice.has_asked(&PETER, &TUESDAY).await;
    let form = practice.filled(&SLIP, &TUESDAY.at("2026-11-24T20:00:00Z")).await;
    let question = client.press(&form.with("start", TUESDAY.start)).await.expect(200);
    let taken = client.press(&question.forms("/appointments")[1]).await.expect(409);
    let page = client.press_on(&taken.forms("/appointments")[0]).await.says(SLIP.email);
    assert!(page.title().starts_with("Requested: "));
    practice.email_to(SLIP.email).await;
    practice.mailbox.take();
    practice.close().await;
}

#[tokio::test]
async fn a_kept_address_is_asked_about_again_once_it_is_edited() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&SLIP, &TUESDAY).await;
    let question = client.press(&form).await.expect(200);
    let kept = question.forms("/appointments").remove(1).with("name", "");
    let back = client.press(&kept).await.expect(422).form("/appointments").with("name", JUNE.name);
    let edited = back.clone().with("email", "june@hotnail.com");
    client.press(&edited).await.expect(200).says("Use june@hotmail.com");
    client.press(&back).await.expect(303);
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_correction_is_asked_about_as_well() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    let correction = client.open(&page).await.form("/address").with("email", "june@gmail.con");
    let question = client.press(&correction).await.expect(200).says("Use june@gmail.com");
    assert_eq!(practice.emails().await.len(), 0);
    client.press_on(&question.forms("/address")[0]).await.says("june@gmail.com");
    practice.email_to("june@gmail.com").await;
    practice.close().await;
}

#[tokio::test]
async fn a_reader_who_asks_a_question_is_asked_as_well() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let address = format!("{}/question", client.open("/articles").await.hrefs("main .list a").remove(0));
    let form = client.open(&address).await.form("/question").with("name", "Ann");
    let form = form.with("question", "Does it help?").with("email", "ann@yaho.com");
    let question = client.press(&form).await.expect(200).says("Use ann@yahoo.com");
    assert_eq!(practice.emails().await.len(), 0);
    client.press(&question.forms("/question")[0]).await.expect(303);
    assert_eq!(practice.emails().await.len(), 1);
    practice.close().await;
}
