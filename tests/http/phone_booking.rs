//! The therapist books for somebody who is on the telephone.

use crate::support::{
    page::{Form, Page},
    people::{JUNE, Opening, PETER, Person, SESSION, TUESDAY, Therapist, WALT, WEDNESDAY},
    practice::practice,
};

/// The therapist's form of a time, whatever stands against it.
fn booking(opening: &Opening) -> String {
    opening.form().replace("/appointments/new", "/admin/appointments/new")
}

fn filled(page: &Page, person: &Person) -> Form {
    let form = page.form("/admin/appointments").with("name", person.name);
    form.with("phone", person.phone).with("email", person.email).with("note", person.note)
}

async fn books(therapist: &Therapist, person: &Person, opening: &Opening) -> Page {
    therapist.press_on(&filled(&therapist.open(&booking(opening)).await, person)).await
}

#[tokio::test]
async fn a_name_and_a_telephone_number_are_enough() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let times = therapist.open(&therapist.open("/admin").await.link("New appointment")).await;
    let times = therapist.open(&times.link("Neuromuscular session, 60 min")).await;
    let form = therapist.open(&times.link("Tuesday, November 24, 9:00 am, Redding")).await;
    let booked = therapist.press_on(&filled(&form, &WALT)).await;
    booked.says("Confirmed: Walt Brennan").says("first visit").never_says("You overrode");
    practice.deliver().await;
    practice.mailbox.is_empty();
    assert!(practice.calls().await.is_empty(), "he has just heard it");
    practice.visitor().get(&TUESDAY.form()).await.expect(409);
    practice.close().await;
}

#[tokio::test]
async fn the_next_openings_stand_side_by_side_and_later_ones_follow() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let times = therapist.open("/admin/appointments/new").await.says("First visit, 90 min");
    times.link("Monday, November 23, 9:00 am, Mt. Shasta");
    times.link("Tuesday, November 24, 9:00 am, Redding");
    times.link("Wednesday, November 25, 9:00 am, Mt. Shasta");
    // On a phone, a day of one office says which.
    let of_one = times.texts(".day.of-one");
    assert!(of_one[0].starts_with("Monday, November 23 Mt. Shasta"), "{of_one:?}");
    let later = therapist.open(&times.link("Later: from Friday, November 27")).await;
    later.link("Saturday, November 28, 10:00 am, Mt. Shasta");
    later.link("Saturday, November 28, 10:00 am, Redding");
    therapist.open(&later.link("Next available times")).await;
    practice.close().await;
}

#[tokio::test]
async fn any_other_time_leads_to_the_same_form() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let other = |office: &str, date: &str, time: &str| {
        format!("/admin/appointments/new?service={SESSION}&office={office}&date={date}&time={time}")
    };
    let form = therapist.open(&other("redding", "2026-11-24", "09:00")).await.form("/admin/appointments");
    assert_eq!(form.value("start"), TUESDAY.start);
    let jump = "The clocks change that day and skip this time. Please choose another.";
    for (address, message, field) in [
        (other("redding", "2026-11-31", "09:00"), "Please choose a date.", "#date"),
        (other("redding", "2026-11-24", ""), "Please choose a time.", "#time"),
        (other("nowhere", "2026-11-24", "09:00"), "Please choose an office.", "#office"),
        (other("redding", "2027-03-14", "02:30"), jump, "#time"),
        (booking(&TUESDAY.at("soon")), "Please choose a date and a time.", "#date"),
        (
            "/admin/appointments/new?service=none".to_owned(),
            "There's no such session. Please choose one.",
            "#services",
        ),
    ] {
        assert_eq!(therapist.get(&address).await.expect(422).link(message), field);
    }
    practice.close().await;
}

#[tokio::test]
async fn who_has_an_address_is_written_to_unless_the_therapist_says_no() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    books(&therapist, &JUNE, &TUESDAY).await;
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, "Confirmed: Tuesday, November 24, 9:00 am, Redding");
    let form = filled(&therapist.open(&booking(&WEDNESDAY)).await, &PETER).unticked("told");
    therapist.press_on(&form).await.says("Confirmed: Peter Lindqvist");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn what_is_wrong_is_named_and_nothing_that_was_typed_is_lost() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let nobody = Person { name: " ", phone: "", email: "", note: "Left at the bridge." };
    let form = filled(&therapist.open(&booking(&TUESDAY)).await, &nobody).unticked("told");
    let page = therapist.press(&form).await.expect(422);
    let page = page.says("Two things to fix").says("Please enter the client's name.");
    let page = page.says("Please enter a phone number or an email address.");
    let form = page.form("/admin/appointments");
    assert_eq!(form.value("note"), "Left at the bridge.");
    assert!(!form.is_ticked("told"));
    let form = form.with("name", "Walt Brennan").with("phone", "12");
    let page = therapist.press(&form).await.expect(422).says("It should look like (530) 555-0142");
    let form = page.form("/admin/appointments");
    assert_eq!(form.value("phone"), "12");
    therapist.press_on(&form.with("phone", WALT.phone)).await.says("Left at the bridge.");
    practice.close().await;
}

#[tokio::test]
async fn the_same_form_twice_is_one_appointment() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let form = filled(&therapist.open(&booking(&TUESDAY)).await, &JUNE);
    let (one, other) = tokio::join!(therapist.press(&form), therapist.press(&form));
    assert_eq!(one.leads_to(), other.leads_to());
    practice.email_to(JUNE.email).await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn each_rule_is_named_and_can_be_overridden_knowingly() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let [ines, tom] = [("Ines Vega", "(530) 555-0171"), ("Tom Abara", "(530) 555-0109")]
        .map(|(name, phone)| Person { name, phone, ..Person::default() });
    for (person, opening, words, overridden) in [
        (
            WALT,
            TUESDAY.at("2026-11-25T03:00:00Z"),
            "Outside opening hours in Redding (9:00 am – 5:00 pm).",
            "opening hours",
        ),
        (
            ines,
            TUESDAY.at("2026-11-24T18:10:00Z"),
            "Sessions start every 30 minutes, and this is in between.",
            "opening hours, buffer",
        ),
        (
            tom,
            TUESDAY.at("2026-11-24T15:50:00Z"),
            "Too close: June Okafor's request starts at 9:00 am, and this session needs a 15 min buffer after it.",
            "opening hours, buffer",
        ),
    ] {
        let page = therapist.open(&booking(&opening)).await.says(words);
        let form = filled(&page, &person);
        assert!(!form.is_ticked("override"));
        let page = therapist.press(&form).await.expect(409).says(words);
        let form = page.form("/admin/appointments");
        assert_eq!(form.value("name"), person.name);
        let booked = therapist.press_on(&form.ticked("override")).await;
        booked.says(&format!("You overrode: {overridden}"));
    }
    practice.close().await;
}

#[tokio::test]
async fn a_visit_in_three_years_counts_when_the_hours_or_the_address_change() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let far = TUESDAY.at("2029-11-27T17:00:00Z");
    let form = filled(&therapist.open(&booking(&far)).await, &JUNE);
    therapist.press_on(&form).await.says("Confirmed");
    let hours = therapist.open("/admin/hours").await.form("/admin/hours/redding");
    let page = therapist.press(&hours.with("tuesday", "12-17")).await.expect(409);
    page.says("This affects one appointment").says("Tuesday, November 27");
    practice.email_to(JUNE.email).await;
    practice.rewrites("practice.toml", |file| file.replace("200 Example Avenue", "7 Pine Street")).await;
    therapist.open("/admin").await.says("Redding has a new address. One person has an appointment there.");
    practice.close().await;
}

#[tokio::test]
async fn the_appointment_behind_a_rule_is_linked() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let page = therapist.open(&booking(&TUESDAY.at("2026-11-24T18:00:00Z"))).await;
    let page = page.says("Too close: the buffer after June Okafor's request lasts until 10:15 am.");
    let june = therapist.open(&page.link("June Okafor, 9:00 am to 10:00 am, Redding")).await;
    june.says("Requested: June Okafor");
    practice.close().await;
}

#[tokio::test]
async fn a_yes_counts_only_against_what_was_shown() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let late = TUESDAY.at("2026-11-25T01:00:00Z"); // 5 pm, when Redding closes
    let form = filled(&therapist.open(&booking(&late)).await, &WALT).ticked("override");
    assert_eq!(form.value("override"), "hours");
    practice.has_asked(&JUNE, &TUESDAY.at("2026-11-25T00:00:00Z")).await;
    let page = therapist.press(&form).await.expect(409).says("Two reasons not to use this time");
    let form = page.form("/admin/appointments");
    assert!(!form.is_ticked("override"), "the buffer is new");
    assert_eq!(form.value("override"), "hours buffer");
    practice.close().await;
}

#[tokio::test]
async fn the_drive_asks_twice() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let north = TUESDAY.at("2026-11-24T18:30:00Z").in_office("mt-shasta");
    let page = therapist.open(&booking(&north)).await;
    let page =
        page.says("The drive from Redding after June Okafor's request takes 75 min, and there are only 15.");
    let first = filled(&page, &WALT).ticked("override");
    let page = therapist.press(&first).await.expect(409);
    let second = page.form("/admin/appointments");
    assert!(second.is_ticked("override"), "the first yes has been heard");
    assert!(!second.is_ticked("override_travel"));
    therapist.press(&second).await.expect(409).says("even though there isn't enough time for the drive");
    let booked = therapist.press_on(&second.ticked("override_travel")).await;
    booked.says("You overrode: opening hours, the drive");
    practice.close().await;
}

#[tokio::test]
async fn an_overlap_is_never_overridden_and_the_nearest_openings_keep_what_was_typed() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let form = filled(&therapist.open(&booking(&TUESDAY.at("2026-11-24T16:30:00Z"))).await, &WALT);
    assert_eq!(form.value("override"), "hours");
    practice.has_asked(&JUNE, &TUESDAY).await;
    let form = form.ticked("override").with("override", "hours notice horizon buffer travel");
    let page = therapist.press(&form).await.expect(409).says("That time isn't available");
    let page = page.says("It overlaps June Okafor's request, 9:00 am to 10:00 am.");
    page.link("June Okafor, 9:00 am to 10:00 am, Redding");
    let nearest = page.forms("/admin/appointments");
    assert_eq!(nearest.len(), 6, "three at each office");
    assert_eq!(nearest[3].value("start"), "2026-11-24T18:30:00Z");
    therapist.press_on(&nearest[3]).await.says("Confirmed: Walt Brennan").says("(530) 555-0117");
    // By a link nothing has been typed yet, and the openings are links.
    let page = therapist.get(&booking(&TUESDAY)).await.expect(409).says("It overlaps June Okafor's request");
    assert!(page.forms("/admin/appointments").is_empty());
    practice.close().await;
}

#[tokio::test]
async fn what_is_past_is_not_booked() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let past = WEDNESDAY.at("2026-11-22T18:00:00Z");
    therapist.get(&booking(&past)).await.expect(409).says("That time is past.");
    practice.close().await;
}

#[tokio::test]
async fn the_therapist_books_while_online_requests_are_closed() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.closes_requests("I am away until spring.").await;
    let today = therapist.open("/admin").await.says("Online booking is paused.");
    assert_eq!(today.says("I am away until spring.").link("Resume online booking"), "/admin/time-off");
    let times = therapist.open("/admin/appointments/new").await;
    times.link("Tuesday, November 24, 9:00 am, Redding");
    books(&therapist, &WALT, &TUESDAY).await.says("Confirmed: Walt Brennan");
    practice.close().await;
}

#[tokio::test]
async fn weeks_without_an_opening_lead_on_to_the_next_one() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.takes_off(&[("from", "2026-11-24"), ("to", "2026-12-13")]).await.expect(303);
    let page = therapist.open("/admin/appointments/new?from=2026-11-25").await;
    assert!(page.hrefs("main a[href*='start=']").is_empty());
    let later = therapist.open(&page.link("Monday, December 14")).await;
    assert!(!later.hrefs("main a[href*='start=2026-12-14']").is_empty());
    practice.close().await;
}

/// Late on Tuesday evening, into a Wednesday that is off.
#[tokio::test]
async fn a_session_past_midnight_is_not_booked_into_the_next_dates_time_off_without_a_word() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.takes_off(&[("from", "2026-11-25")]).await.expect(303);
    let late = TUESDAY.at("2026-11-25T07:30:00Z");
    let page = therapist.open(&booking(&late)).await;
    page.says("Outside opening hours in Redding").says("You're off then.");
    let why = therapist.open(&format!("/admin/why?service={SESSION}&on=2026-11-24")).await;
    why.says(
        "11:30 pm outside opening hours (Redding is open 9:00 am – 5:00 pm) time off (Wednesday, November 25",
    );
    practice.close().await;
}
