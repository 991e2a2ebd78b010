//! Who is on the phone: a booking for somebody on record asks first, and two
//! spellings of one person are one client.

use crate::support::{
    page::{Form, Page},
    people::{JUNE, Opening, Person, TUESDAY, Therapist, WEDNESDAY},
    practice::practice,
};

async fn form(therapist: &Therapist, person: &Person, opening: &Opening) -> Form {
    let address = opening.form().replace("/appointments/new", "/admin/appointments/new");
    let form = therapist.open(&address).await.form("/admin/appointments").with("name", person.name);
    form.with("phone", person.phone).with("email", person.email)
}

/// The form of an answer to “same person?”.
#[track_caller]
fn answer(page: &Page, client: &str) -> Form {
    let mut forms = page.forms("/admin/appointments");
    forms.retain(|form| form.value("client") == client);
    assert_eq!(forms.len(), 1, "{}", page.text());
    forms.remove(0)
}

#[tokio::test]
async fn a_name_a_number_or_an_address_on_file_is_asked_about_before_anything_is_booked() {
    let by_name = Person { phone: "(530) 555-0199", ..Person::default() };
    for (person, is_known) in [
        (Person { name: "June Okafor", ..by_name }, true),
        (Person { name: "JUNE  OKAFOR", ..by_name }, true),
        (Person { name: "Junie", phone: "530.555.0133", ..Person::default() }, true),
        (Person { name: "Junie", email: "June@Example.com", ..Person::default() }, true),
        (Person { name: "Peter Lindqvist", ..by_name }, false),
    ] {
        let practice = practice().open().await;
        practice.has_asked(&JUNE, &TUESDAY).await;
        let therapist = practice.therapist().await;
        let sent = therapist.press(&form(&therapist, &person, &WEDNESDAY).await).await;
        if is_known {
            let page = sent.expect(409).says("June Okafor, first visit, email on file: same person?");
            page.says("Not booked yet.");
            practice.visitor().open(&WEDNESDAY.form()).await;
        } else {
            therapist.follow(&sent).await.says("Confirmed: Peter Lindqvist");
        }
        practice.emails().await;
        practice.close().await;
    }
}

#[tokio::test]
async fn one_tap_takes_their_record_with_its_email() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let caller = Person { name: "June Okafor", phone: "(530) 555-0199", ..Person::default() };
    let page = therapist.press(&form(&therapist, &caller, &WEDNESDAY).await).await.expect(409);
    let yes = answer(&page, "1");
    let booked = therapist.press_on(&yes).await.says("Confirmed: June Okafor").says("june@example.com");
    booked.says("(530) 555-0199");
    practice.email_to(JUNE.email).await.says("Wednesday, November 25, 9:00 am");
    let again = therapist.press(&yes).await;
    therapist.follow(&again).await.says("Confirmed: June Okafor");
    practice.close().await;
}

#[tokio::test]
async fn somebody_else_of_that_name_stays_somebody_else() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let other = Person { name: "June Okafor", phone: "(530) 555-0199", ..Person::default() };
    let page = therapist.press(&form(&therapist, &other, &WEDNESDAY).await).await.expect(409);
    let booked = therapist.press_on(&answer(&page, "new")).await.says("(530) 555-0199");
    booked.says("None. Call with your answer.").never_says("june@example.com");
    practice.close().await;
}

#[tokio::test]
async fn what_she_missed_and_came_to_is_said() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    practice.clock.advance(chrono::TimeDelta::hours(26));
    let today = therapist.open("/admin").await.says("Did they come?");
    therapist.press(&today.form("/no-show")).await.expect(303);
    therapist.open("/admin").await.never_says("Did they come?");
    let page = therapist.press(&form(&therapist, &JUNE, &WEDNESDAY).await).await.expect(409);
    page.says("June Okafor, 1 no-show, email on file: same person?");
    practice.close().await;
}

#[tokio::test]
async fn an_overridden_rule_is_not_asked_about_twice() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let evening = WEDNESDAY.at("2026-11-26T03:00:00Z");
    let sent = form(&therapist, &JUNE, &evening).await.ticked("override");
    let page = therapist.press(&sent).await.expect(409).says("same person?");
    therapist.press_on(&answer(&page, "1")).await.says("You overrode: opening hours");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn one_person_spelled_two_ways_is_one_client() {
    for (one, other, is_one) in [
        (("Ann O'Brien", "(530) 555-0126"), ("Ann O’Brien", "530.555.0126"), true),
        (("Jos\u{e9} Ruiz", "(530) 555-0126"), ("Jose\u{301} Ruiz", "+1 530 555 0126"), true),
        (("June  Okafor", "(530) 555-0126"), ("june okafor", "5305550126"), true),
        (("June Okafor", "(530) 555-0126"), ("Jane Okafor", "(530) 555-0126"), false),
    ] {
        let practice = practice().open().await;
        let person = |(name, phone)| Person { name, phone, ..Person::default() };
        practice.has_asked(&person(one), &TUESDAY).await;
        let therapist = practice.therapist().await;
        therapist.press(&therapist.open("/admin").await.form("/confirmation")).await.expect(303);
        practice.clock.advance(chrono::TimeDelta::hours(26));
        let today = therapist.open("/admin").await;
        therapist.press(&today.form("/arrival")).await.expect(303);
        practice.has_asked(&person(other), &WEDNESDAY.at("2026-11-27T21:00:00Z").in_office("redding")).await;
        let history = if is_one { "1 visit" } else { "first visit" };
        therapist.open("/admin").await.says(history);
        practice.close().await;
    }
}

#[tokio::test]
async fn a_number_from_before_the_country_was_known_is_the_one_that_is_typed_now() {
    let in_utc = practice().with("time_zone", "\"UTC\"").with("phone", "\"+49 30 1234567\"").open().await;
    let anna = |phone| Person { name: "Anna Vogt", phone, ..Person::default() };
    in_utc.has_asked(&anna("030 7654321"), &TUESDAY.at("2026-11-24T10:00:00Z")).await;
    let therapist = in_utc.therapist().await;
    therapist.press(&therapist.open("/admin").await.form("/confirmation")).await.expect(303);
    in_utc.clock.advance(chrono::TimeDelta::hours(26));
    therapist.press(&therapist.open("/admin").await.form("/arrival")).await.expect(303);
    in_utc.emails().await;

    let in_berlin = in_utc.opened_again(|file| file.replace("\"UTC\"", "\"Europe/Berlin\"")).await;
    in_berlin.has_asked(&anna("+49 (0)30 7654321"), &TUESDAY.at("2026-12-01T10:00:00Z")).await;
    let therapist = in_berlin.therapist().await;
    therapist.open("/admin").await.says("1 visit");
    assert_eq!(therapist.open("/admin/appointments/1").await.link("+49307654321"), "tel:+49307654321");
    in_berlin.close().await;
}
