//! What people type and paste into the forms, and what becomes of it in pages and emails.

use std::time::Duration;

use chrono::TimeDelta;
use sqlx::Executor;
use stillpoint::serve::folder;

use crate::{
    faults::locked,
    support::{
        mailbox::{Email, unfolded},
        page::Page,
        people::{JUNE, PASSWORD, PETER, Person, THERAPIST, TUESDAY, WEDNESDAY},
        practice::practice,
    },
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
    practice.emails().await;
    let cancellation = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    client.press_on(&cancellation).await;
    practice.emails().await;
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
    back.expect(422).says("It should look like 020 7946 0958.");
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
    let mut emails = practice.emails().await;
    practice.therapist().await.confirms(&AD).await;
    emails.extend(practice.emails().await);
    practice.asks_to_move(&page, &WEDNESDAY).await;
    emails.extend(practice.emails().await);
    practice.therapist().await.answers(&AD, "cancellation", "See you soon.").await;
    emails.extend(practice.emails().await);
    let to_client: Vec<_> = emails.iter().filter(|email| email.to == AD.email).collect();
    assert_eq!(to_client.len(), 4);
    for email in to_client {
        email.says("Hi Walter,\n");
        assert!(email.html.contains(">Hi Walter,</p>"), "{}", email.html);
        let whole = format!("{}{}{}{:?}", email.subject, email.text, email.html, email.calendar);
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
    let emails = practice.emails().await;
    let arrived = emails.iter().find(|email| email.to != MIRIAM.email).expect("an email to the therapist");
    assert!(arrived.subject.starts_with(&format!("Requested: {name}, Tuesday")), "{}", arrived.subject);
    arrived.says(&format!("{name} requests"));
    let received = emails.iter().find(|email| email.to == MIRIAM.email).expect("an email to her");
    received.says("Hi \u{2068}מרים\u{2069},");
    let page = therapist.open(arrived.page()).await;
    assert!(page.title().contains(name), "{}", page.title());
    assert!(page.body().contains("\u{2068}שלום abc\u{2069}"), "the note stands, without what turned it");
    let form = page.form("/confirmation").with("sentence", "להתראות\u{0}");
    therapist.press_on(&form).await;
    let confirmed = practice.email_to(MIRIAM.email).await;
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

/// Her name and her words as they are kept.
const NAME: &str = "מרים לוי";
const WORDS: &str = "אחרי הצהריים";

/// Insists that a text that runs from right to left stands on a page, and is
/// kept from the words around it wherever it does: in isolates, or in a field.
#[track_caller]
fn keeps_apart(page: Page, text: &str) -> Page {
    let body = page.body();
    assert!(body.contains(text), "{} does not show it:\n{}", page.asked, page.text());
    keeps_apart_in(&body, text, &page.asked);
    page
}

#[track_caller]
fn keeps_apart_in(body: &str, text: &str, asked: &str) {
    let mut before = String::new();
    for piece in body.split_inclusive(text) {
        let Some(ahead) = piece.strip_suffix(text) else { continue };
        before.push_str(ahead);
        let begin = before.rfind(['<', '\u{2068}']).unwrap_or_default();
        let is_in_a_field = before[begin..].starts_with("<textarea")
            || (before[begin..].starts_with("<input") && !before[begin..].contains('>'));
        assert!(before.ends_with('\u{2068}') || is_in_a_field, "{asked}: …{}", &before[begin..]);
        before.push_str(text);
    }
}

#[track_caller]
fn email_keeps_apart(email: &Email, text: &str) {
    for (part, of) in [(&email.subject, "subject"), (&email.text, "text"), (&email.html, "html")] {
        keeps_apart_in(part, text, &format!("the {of} of “{}”", email.subject));
    }
    let calendar = email.calendar.as_deref().map(unfolded).unwrap_or_default();
    assert!(!calendar.concat().contains(text), "{calendar:?}");
}

#[tokio::test]
async fn no_page_of_the_therapist_lets_a_name_reorder_its_words() {
    let practice = practice().with("hold_hours", "8000").open().await;
    let therapist = practice.therapist().await;
    let client = practice.asks(&Person { phone: "(530) 555-0177", ..MIRIAM }, &TUESDAY).await;
    let own = "/admin/appointments/1";
    let shows = async |address: &str| keeps_apart(therapist.open(address).await, NAME);

    shows("/admin").await;
    let asked = shows(own).await.form("/confirmation");
    let long = "א".repeat(1001);
    keeps_apart(therapist.press(&asked.clone().with("sentence", &long)).await.expect(422), NAME);
    practice.asks_to_move(&client, &TUESDAY.at("2026-11-24T19:00:00Z")).await;
    therapist.press_on(&shows(own).await.form("/confirmation").with("sentence", WORDS)).await;
    keeps_apart(shows(own).await, WORDS);
    practice.asks_to_move(&client, &WEDNESDAY).await;
    shows("/admin").await;
    therapist.press_on(&shows(&format!("{own}/decline")).await.form("/decline")).await;
    shows(own).await;
    shows("/admin/days/2026-11-24").await;
    shows("/admin/why?service=neuromuscular-60&on=2026-11-24").await;
    shows(&format!("{own}/cancellation")).await;
    shows(&format!("{own}/reschedule?office=mt-shasta&start={}", WEDNESDAY.start)).await;
    // Too near to her own visit, which is the reason.
    let near = TUESDAY.at("2026-11-24T20:00:00Z").form();
    let near = near.replace("/appointments/new", "/admin/appointments/new");
    shows(&near).await;

    let booking = WEDNESDAY.form().replace("/appointments/new", "/admin/appointments/new");
    let booking = therapist.open(&booking).await.form("/admin/appointments").with("name", MIRIAM.name);
    let booking = booking.with("phone", "(530) 555-0177").with("email", MIRIAM.email);
    keeps_apart(therapist.press(&booking).await.expect(409).says("same person?"), NAME);
    keeps_apart(therapist.press(&booking.clone().with("phone", "12")).await.expect(422), NAME);

    shows("/admin/days/2026-11-24/closing").await;
    let day = "/admin/days/2026-11-24";
    let closing = therapist.open(day).await.form(day).with("redding", "");
    let touched = keeps_apart(therapist.press(&closing).await.expect(409), NAME);
    therapist.press(&touched.form(day)).await.expect(303);
    keeps_apart(therapist.open("/admin").await.says("One conflict"), NAME);
    keeps_apart(therapist.open(own).await.says("Until you settle it"), NAME);
    shows("/admin/days/2026-11-24").await;
    let keeping = therapist.open(own).await.form("/keeping");
    keeps_apart(therapist.press_on(&keeping).await.says("gets reminders as usual"), NAME);

    let cancellation = therapist.open(&format!("{own}/cancellation")).await.form("/cancellation");
    // She has heard nothing yet of the yes.
    keeps_apart(therapist.press_on(&cancellation).await.says("Declined"), NAME);
    practice.mailbox.answers(THERAPIST, 550);
    practice.mailbox.answers(MIRIAM.email, 550);
    practice.deliver().await;
    let today = therapist.open("/admin").await.says("call to make").says("An email didn't go out.");
    keeps_apart(today, NAME);
    practice.close().await;
}

#[tokio::test]
async fn a_visit_that_is_over_and_a_request_that_ran_out_keep_a_name_apart() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.has_asked(&MIRIAM, &TUESDAY).await;
    practice.has_asked(&MIRIAM, &WEDNESDAY).await;
    therapist.press_on(&therapist.open("/admin/appointments/1").await.form("/confirmation")).await;
    practice.passes(TimeDelta::days(1) + TimeDelta::hours(12)).await;
    let today = therapist.open("/admin").await.says("Did they come?").says("Expired unanswered");
    let arrival = keeps_apart(today, NAME).form("/arrival");
    keeps_apart(therapist.press_on(&arrival).await, NAME);
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_form_that_comes_back_after_the_sign_in_ran_out_keeps_apart_what_was_typed() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.clock.advance(TimeDelta::days(30));
    let turned = format!("\u{202e}{WORDS}\u{2069}");
    let sent = [("name", MIRIAM.name), ("note", WORDS), ("from_time", &turned)];
    let door = therapist.sends("/admin/appointments", &sent).await;
    let sign_in = therapist.follow(&door).await.form("/admin/session");
    let signed_in = therapist.press(&sign_in.with("email", THERAPIST).with("password", PASSWORD)).await;
    let kept = therapist.follow(&signed_in).await.says("Not sent yet").says("From time: \u{2068}אחרי");
    let form = keeps_apart(kept, "אחרי").form("/admin/appointments");
    assert_eq!(
        (form.value("from_time"), form.value("name")),
        (&*turned, MIRIAM.name),
        "sent again as it was"
    );
    practice.close().await;
}

#[tokio::test]
async fn no_page_of_a_client_lets_what_was_typed_reorder_its_words() {
    let practice = practice().with_limits(|limits| limits.lock = Duration::from_secs(1)).open().await;
    let therapist = practice.therapist().await;
    let client = practice.visitor();
    let slip = Person { email: "\u{202e}levi@gmial.com", ..MIRIAM };
    let form = practice.filled(&slip, &TUESDAY).await;
    let question = client.press(&form).await.expect(200).says("Did you mean levi@gmail.com?");
    assert!(!question.text().contains('\u{202e}'), "what turns everything is left out");
    let form = practice.filled(&MIRIAM, &TUESDAY).await;
    let mut other = locked(&folder::database(&practice.data_dir())).await;
    let unsaved = client.press(&form).await.expect(503);
    assert!(unsaved.body().contains(&format!("dir=\"auto\">{}", MIRIAM.name)), "each in a block of its own");
    other.execute("ROLLBACK").await.expect("it lets go");

    let own = client.press_on(&form).await;
    therapist
        .press_on(
            &therapist.open("/admin/appointments/1/decline").await.form("/decline").with("sentence", WORDS),
        )
        .await;
    keeps_apart(client.open(own.asked.trim_start_matches("GET ")).await, WORDS);
    let late = practice.filled(&PETER, &WEDNESDAY).await;
    therapist.closes_requests(WORDS).await;
    keeps_apart(therapist.open("/admin").await, WORDS);
    for page in ["/", "/appointments/new", "/services", "/offices", "/offices/redding"] {
        keeps_apart(client.open(page).await, WORDS);
    }
    keeps_apart(client.press(&late).await.expect(409), WORDS);
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn no_email_lets_what_was_typed_reorder_its_words() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let page = practice.asks(&MIRIAM, &TUESDAY).await;
    therapist.press_on(&therapist.open("/admin/appointments/1").await.form("/confirmation")).await;
    practice.asks_to_move(&page, &WEDNESDAY).await;
    let mut emails = practice.emails().await;
    therapist
        .press_on(
            &therapist.open("/admin/appointments/1").await.form("/confirmation").with("sentence", WORDS),
        )
        .await;
    practice.passes(TimeDelta::days(1)).await;
    emails.extend(practice.emails().await);
    let client = practice.visitor();
    client.press_on(&client.open(&format!("{page}/cancellation")).await.form("/cancellation")).await;
    let article = "/articles/a-guide-to-neuromuscular-therapy/question";
    let question = client.open(article).await.form("/question").with("name", MIRIAM.name);
    client.press_on(&question.with("email", MIRIAM.email).with("question", WORDS)).await;
    emails.extend(practice.emails().await);
    let of = |begin: &str| emails.iter().filter(|email| email.subject.starts_with(begin)).count();
    for begin in ["Requested: ", "Confirmed: ", "Canceled: ", "Question: "] {
        assert!(of(begin) > 0, "{begin}: {emails:#?}");
    }
    for email in &emails {
        email_keeps_apart(email, NAME);
        email_keeps_apart(email, WORDS);
    }
    assert!(emails.iter().any(|email| email.subject.contains(NAME)));
    practice.close().await;
}

#[tokio::test]
async fn what_is_looked_for_reorders_nothing_around_it() {
    let practice = practice().open().await;
    let found = practice.visitor().open("/search?q=%E2%80%AEmassage+%D7%9B%D7%90%D7%91").await;
    let found = keeps_apart(found, "massage כאב");
    assert!(!found.body().contains('\u{202e}'), "what turns everything is left out");
    assert!(found.title().contains("\u{2068}massage כאב\u{2069}"), "{}", found.title());
    practice.close().await;
}
