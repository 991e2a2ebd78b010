//! How many taps the therapist's day takes on a phone, typing apart.

use chrono::TimeDelta;

use crate::{
    browser::Browser,
    chromium::PHONE,
    support::{
        people::{JUNE, Opening, PETER, Person, TUESDAY, WALT},
        practice::{TestPractice, practice},
    },
};

/// Somebody whose taps are counted.
struct Thumb<'a> {
    phone: &'a Browser,
    taps: usize,
}

impl Thumb<'_> {
    async fn taps(&mut self, name: &str) {
        self.taps += 1;
        self.phone.press(name).await;
    }

    async fn taps_at(&mut self, css: &str) {
        self.taps += 1;
        self.phone.press_at(css).await;
    }
}

fn thumb(phone: &Browser) -> Thumb<'_> {
    Thumb { phone, taps: 0 }
}

/// Tuesday, in Redding: 10:30 am, 12:00 pm, 1:30 pm and 3:00 pm.
const LATER: [&str; 4] =
    ["2026-11-24T18:30:00Z", "2026-11-24T20:00:00Z", "2026-11-24T21:30:00Z", "2026-11-24T23:00:00Z"];

async fn are_confirmed(practice: &TestPractice, people: &[(&Person, Opening)]) {
    let therapist = practice.therapist().await;
    for (person, opening) in people {
        practice.has_asked(person, opening).await;
        therapist.confirms(person).await;
    }
    practice.emails().await;
}

#[tokio::test]
async fn two_requests_are_confirmed_and_one_is_declined_in_four_taps_and_undone_in_one() {
    let practice = practice().open().await;
    let notes = ["Mostly my neck.", "Both knees.", "Back again."];
    let starts = [TUESDAY.start, LATER[0], LATER[1]];
    for ((person, note), start) in [JUNE, WALT, PETER].into_iter().zip(notes).zip(starts) {
        practice.has_asked(&Person { note, ..person }, &TUESDAY.at(start)).await;
    }
    let phone = Browser::open(PHONE).await;
    phone.signs_in(&practice).await;
    for note in notes {
        phone.says(note).await;
    }
    let mut answering = thumb(&phone);
    answering.taps("Confirm June Okafor").await;
    phone.says("2 requests to answer").await;
    answering.taps("Confirm Walt Brennan").await;
    phone.says("One request to answer").await;
    answering.taps("Decline… Peter Lindqvist").await;
    phone.says("Not declined yet.").await;
    answering.taps_at("form[action$='/decline'] button").await;
    phone.says("Declined. Undo until").await;
    assert_eq!(answering.taps, 4);

    let mut undoing = thumb(&phone);
    undoing.taps("Undo: Peter Lindqvist").await;
    phone.says("Requested").await;
    assert_eq!(undoing.taps, 1);
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_client_is_found_in_two_taps_booked_in_four_and_has_come_and_paid_in_two() {
    let practice = practice().open().await;
    are_confirmed(&practice, &[(&JUNE, TUESDAY), (&PETER, TUESDAY.at(LATER[1]))]).await;
    let phone = Browser::open(PHONE).await;
    phone.signs_in_with_password(&practice).await;

    let mut finding = thumb(&phone);
    finding.taps_at("nav a[href='/admin/clients']").await;
    phone.types("Name, phone or email", "okaf").await;
    phone.says("Found").await;
    finding.taps("June Okafor").await;
    phone.says("Coming up").await;
    assert_eq!(finding.taps, 2);

    let mut booking = thumb(&phone);
    booking.taps_at("a[href='/admin/appointments/new']").await;
    phone.types("Name, phone or email", "okaf").await;
    phone.says("Found").await;
    booking.taps("June Okafor").await;
    phone.says("For June Okafor.").await;
    booking.taps_at("main a.t").await;
    booking.taps_at("form[action='/admin/appointments'] button").await;
    phone.says("Confirmed: June Okafor").await;
    assert_eq!(booking.taps, 4);

    practice.clock.advance(TimeDelta::hours(25)); // Tuesday, 9:00 am
    phone.goto(&practice.url("/admin")).await;
    let mut paying = thumb(&phone);
    paying.taps("Arrived: June Okafor").await;
    phone.says("How was the $95 paid?").await;
    paying.taps("Cash").await;
    phone.says("Paid $95 in cash.").await;
    assert_eq!(paying.taps, 2);
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn another_office_tomorrow_is_two_taps() {
    let practice = practice().open().await;
    let phone = Browser::open(PHONE).await;
    phone.signs_in(&practice).await;
    let mut planning = thumb(&phone);
    planning.taps_at("[aria-labelledby=tomorrow] h3 a").await;
    planning.taps("Be in Mt. Shasta instead").await;
    phone.says("From your plan for this date").await;
    assert_eq!(planning.taps, 2);
    practice.close().await;
}

#[tokio::test]
async fn a_snow_day_is_at_most_five_taps_and_a_client_rebooks_from_its_email_in_three() {
    let practice = practice().open().await;
    let people = [
        JUNE,
        WALT,
        PETER,
        Person { name: "Mara Silva", email: "mara@example.com", phone: "", note: "" },
        Person { name: "Ada Brook", email: "ada@example.com", phone: "", note: "" },
    ];
    let starts = [TUESDAY.start, LATER[0], LATER[1], LATER[2], LATER[3]];
    let booked: Vec<(&Person, Opening)> =
        people.iter().zip(starts).map(|(person, start)| (person, TUESDAY.at(start))).collect();
    are_confirmed(&practice, &booked).await;
    let phone = Browser::open(PHONE).await;
    phone.signs_in_with_password(&practice).await;

    let mut closing = thumb(&phone);
    closing.taps_at("[aria-labelledby=tomorrow] h3 a").await;
    closing.taps("Close this day").await;
    phone.says("5 people are affected").await;
    phone.types("Your sentence", "The road is icy.").await;
    closing.taps("Close and email 4 people").await;
    phone.says("Undo until").await;
    assert!(closing.taps <= 5, "{}", closing.taps);

    let emails = practice.emails().await;
    let email = emails.iter().find(|email| email.to == JUNE.email).expect("an email");
    assert!(email.subject.starts_with("Canceled: "), "{}", email.subject);
    let client = Browser::open(PHONE).await;
    // The link in the email is the first.
    client.goto(email.page()).await;
    let mut rebooking = Thumb { phone: &client, taps: 1 };
    rebooking.taps_at("main a.t").await;
    rebooking.taps_at("form[action$='/rebooking'] button").await;
    client.says("Confirmed").await;
    assert_eq!(rebooking.taps, 3);
    practice.emails().await;
    practice.close().await;
}
