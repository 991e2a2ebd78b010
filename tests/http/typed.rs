//! What people type and paste into the forms, and what becomes of it in pages and letters.

use crate::support::{
    people::{JUNE, PETER, Person, TUESDAY, WEDNESDAY},
    practice::practice,
};

/// Reads from right to left, and asks with a note of the same direction.
const MIRIAM: Person = Person {
    name: "\u{202b}מרים לוי\u{202c}",
    email: "miriam@example.com",
    phone: "",
    note: "שלום \u{202e}abc",
};

#[tokio::test]
async fn phone_numbers_are_taken_as_phones_and_pages_write_them() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let client = practice.visitor();
    let page = practice.asks(&JUNE, &TUESDAY).await;
    practice.letters().await;
    let cancellation = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    client.press_on(&cancellation).await;
    practice.letters().await;
    for (nth, (typed, link, shown)) in [
        ("\u{202a}+1 (530) 555\u{2011}0142\u{202c}", "tel:+15305550142", "(530) 555-0142"),
        ("530\u{2013}555\u{2013}0143", "tel:+15305550143", "(530) 555-0143"),
        ("530\u{200b}555\u{feff}0144", "tel:+15305550144", "(530) 555-0144"),
        ("+44 (0)20 7946 0958", "tel:+442079460958", "+442079460958"),
        ("0049 170 1234567", "tel:+491701234567", "+491701234567"),
        ("(530) 555-0145 ext. 12", "tel:+15305550145;ext=12", "(530) 555-0145 ext. 12"),
    ]
    .into_iter()
    .enumerate()
    {
        let form =
            therapist.open(&TUESDAY.form().replace("/appointments/new", "/admin/appointments/new")).await;
        let form = form.form("/admin/appointments").with("name", &format!("June Okafor {nth}"));
        let booked = therapist.press_on(&form.with("phone", typed)).await;
        assert_eq!(booked.link(shown), link, "{typed}");
        let cancellation = booked.form("/cancellation");
        therapist.press_on(&cancellation).await;
    }
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn the_example_in_the_message_is_of_the_practices_country() {
    let practice =
        practice().with("time_zone", "\"Europe/London\"").with("phone", "\"020 7946 0100\"").open().await;
    // Wednesday, November 25, 9:00 am there.
    let form = practice.filled(&PETER, &WEDNESDAY.at("2026-11-25T09:00:00Z")).await;
    let back = practice.visitor().press(&form.clone().with("phone", "12")).await;
    back.expect(422).says("It should be like 020 7946 0958.");
    practice.visitor().press(&form.with("phone", "020 7946 0123")).await.expect(303);
    assert_eq!(practice.visitor().open("/services").await.link("020 7946 0100"), "tel:+442079460100");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_name_that_is_none_is_asked_for_again_by_each_form() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let zalgo = format!("J{}", "\u{300}".repeat(70));
    let booking = TUESDAY.form().replace("/appointments/new", "/admin/appointments/new");
    let booking = therapist.open(&booking).await.form("/admin/appointments").with("phone", JUNE.phone);
    let request = practice.filled(&JUNE, &TUESDAY).await;
    for (name, message) in [
        ("evil.com", "put a space after each period"),
        ("evil\u{ff0e}com", "put a space after each period"),
        ("t.me/x", "put a space after each period"),
        ("www.x.y", "put a space after each period"),
        ("a@b.c", "web or email address"),
        ("\u{3164}", "can't be seen"),
        ("\u{115f}\u{2800}", "can't be seen"),
        ("June\u{e0041}", "can't be seen"),
        (&zalgo, "more accents"),
        ("June 530 555 0133", "leave phone numbers out"),
        ("One two three four five six seven eight nine", "eight words"),
    ] {
        practice.visitor().press(&request.clone().with("name", name)).await.expect(422).says(message);
        therapist.press(&booking.clone().with("name", name)).await.expect(422).says(message);
    }
    practice.close().await;
}

#[tokio::test]
async fn an_email_to_a_client_says_the_first_name_alone_and_no_note() {
    const AD: Person = Person {
        name: "Dr. Walter Cheap-Watches Hobbs",
        email: "walter@example.com",
        phone: "",
        note: "Buy now!",
    };
    let practice = practice().open().await;
    let page = practice.asks(&AD, &TUESDAY).await;
    let mut letters = practice.letters().await;
    practice.therapist().await.confirms(&AD).await;
    letters.extend(practice.letters().await);
    practice.asks_to_move(&page, &WEDNESDAY).await;
    letters.extend(practice.letters().await);
    practice.therapist().await.answers(&AD, "cancellation", "See you soon.").await;
    letters.extend(practice.letters().await);
    let to_client: Vec<_> = letters.iter().filter(|letter| letter.to == AD.email).collect();
    assert_eq!(to_client.len(), 4);
    for letter in to_client {
        letter.says("Hi Walter,\n");
        assert!(letter.html.contains("Hi Walter, "), "{}", letter.html);
        let whole = format!("{}{}{}{:?}", letter.subject, letter.text, letter.html, letter.calendar);
        assert!(
            !whole.contains("Cheap") && !whole.contains("Hobbs") && !whole.contains("Buy now"),
            "{whole}"
        );
    }
    practice.close().await;
}

#[tokio::test]
async fn what_runs_from_right_to_left_reorders_nothing_around_it() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.asks(&MIRIAM, &TUESDAY).await;
    let name = "\u{2068}מרים לוי\u{2069}";
    let letters = practice.letters().await;
    let arrived = letters.iter().find(|letter| letter.to != MIRIAM.email).expect("a letter to the therapist");
    assert!(arrived.subject.starts_with(&format!("Requested: {name}, Tuesday")), "{}", arrived.subject);
    arrived.says(&format!("{name} asks for"));
    let received = letters.iter().find(|letter| letter.to == MIRIAM.email).expect("a letter to her");
    received.says("Hi \u{2068}מרים\u{2069},");
    let page = therapist.open(arrived.page()).await;
    assert!(page.title().contains(name), "{}", page.title());
    assert!(page.body().contains("\u{2068}שלום abc\u{2069}"), "the note stands, without what turned it");
    let form = page.form("/confirmation").with("sentence", "להתראות\u{0}");
    therapist.press_on(&form).await;
    let confirmed = practice.letter_to(MIRIAM.email).await;
    confirmed.says("\n\u{2068}להתראות\u{2069}\n");
    assert!(confirmed.html.contains("dir=\"auto\">\u{2068}להתראות"));
    practice.close().await;
}

#[tokio::test]
async fn what_cannot_be_seen_in_a_note_is_no_reason_to_refuse() {
    let practice = practice().open().await;
    let page = practice.asks(&Person { note: "Left\u{b}\u{0}\u{202e} knee\u{ffff}", ..JUNE }, &TUESDAY).await;
    assert!(page.starts_with("/appointments/"));
    practice.therapist().await.page_of(&JUNE).await.says("Left knee");
    practice.deliver().await;
    practice.close().await;
}
