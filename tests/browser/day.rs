//! A whole day of the therapist's, on a phone: from the first request to signing out.

use std::{fs, path::Path, time::Duration};

use chrono::TimeDelta;

use crate::{
    browser::Browser,
    chromium::{Device, PHONE},
    support::{
        mailbox::Email,
        people::{JUNE, Opening, PASSWORD, PETER, Person, TUESDAY, WALT, WEDNESDAY},
        practice::{TestPractice, practice},
    },
};

const ADA: Person = Person { name: "Ada Brook", email: "ada@example.com", phone: "", note: "" };
const NOAH: Person = Person { name: "Noah Reyes", email: "", phone: "(530) 555-0144", note: "" };
const MARA: Person = Person { name: "Mara Silva", email: "mara@example.com", phone: "", note: "" };
const VERA: Person =
    Person { name: "Vera Stone", email: "vera@example.com", phone: "(530) 555-0155", note: "" };
const INES: Person =
    Person { name: "Ines Moreau", email: "ines@example.com", phone: "", note: "I come by train." };
const OTTO: Person = Person { name: "Otto Lund", email: "otto@example.com", phone: "", note: "Both knees." };

const MONDAY: Opening = Opening { start: "2026-11-23T17:00:00Z", ..WEDNESDAY };
/// Whom the therapist sees on Monday, in Mt. Shasta, and on Tuesday, in Redding.
const BOOKED: [(Person, Opening); 7] = [
    (JUNE, MONDAY),
    (ADA, Opening { start: "2026-11-23T18:30:00Z", ..MONDAY }),
    (WALT, Opening { start: "2026-11-23T20:00:00Z", ..MONDAY }),
    (NOAH, Opening { start: "2026-11-23T21:30:00Z", ..MONDAY }),
    (PETER, TUESDAY),
    (MARA, Opening { start: "2026-11-24T18:30:00Z", ..TUESDAY }),
    (VERA, Opening { start: "2026-11-24T20:00:00Z", ..TUESDAY }),
];

/// Somebody with a phone, who never has to push a page sideways.
struct Phone {
    browser: Browser,
    has_script: bool,
}

impl Phone {
    async fn open(device: Device) -> Self {
        Self { browser: Browser::open(device).await, has_script: device.has_script }
    }

    /// Waits for words of a page, and insists that it is as wide as the screen.
    async fn says(&self, words: &str) {
        self.browser.says(words).await;
        let root = "const root = document.documentElement; return [root.clientWidth, root.scrollWidth]";
        let widths = self.browser.probe::<[u32; 2]>(root).await;
        assert_eq!(widths, [PHONE.width; 2], "sideways, where it says “{words}”");
    }

    async fn press(&self, name: &str) {
        self.browser.press(name).await;
    }

    /// Insists that nobody reads these words.
    async fn is_silent_about(&self, words: &str) {
        let text: String = self.browser.probe("return document.body.innerText").await;
        assert!(!text.contains(words), "“{words}”:\n{text}");
    }

    /// Opens a page of the navigation, in its line or under More.
    async fn opens(&self, path: &str) {
        let link = format!("nav a[href='{path}']");
        let in_line = format!("return document.querySelector(\"{link}\").checkVisibility()");
        if !self.browser.probe::<bool>(&in_line).await {
            self.press("More").await;
        }
        self.browser.press_at(&link).await;
    }

    /// Finds a client by a part of the name: the list follows what is typed, or the button asks for it.
    async fn finds(&self, part: &str, name: &str) {
        self.browser.types("Name, phone or email", part).await;
        if !self.has_script {
            self.browser.press_at(".find button").await;
        }
        self.says("Found").await;
        self.press(name).await;
    }
}

#[tokio::test]
async fn the_therapists_whole_day_on_a_phone() {
    whole_day(PHONE).await;
}

#[tokio::test]
async fn the_therapists_whole_day_on_a_phone_without_script() {
    whole_day(PHONE.without_script()).await;
}

async fn whole_day(device: Device) {
    let practice = practice().at("2026-11-22T16:00:00Z").open().await;
    let therapist = practice.therapist().await;
    for (person, opening) in &BOOKED {
        practice.has_asked(person, opening).await;
        therapist.confirms(person).await;
    }
    practice.reaches(TimeDelta::hours(24)).await; // Monday, 8:00 am
    practice.has_asked(&INES, &WEDNESDAY).await;
    practice.has_asked(&OTTO, &WEDNESDAY.at("2026-11-25T18:30:00Z")).await;

    let phone = Phone::open(device).await;
    phone.browser.signs_in_with_password(&practice).await;
    requests_are_answered(&phone).await;
    somebody_books_by_telephone(&phone).await;
    a_visit_is_moved(&phone).await;
    let emails = practice.emails().await;
    assert!(one_to(&emails, &INES).subject.starts_with("Confirmed: Wednesday, November 25, 9:00 am"));
    let declined = one_to(&emails, &OTTO);
    assert!(declined.subject.starts_with("Declined: "), "{}", declined.subject);
    declined.says("I have a class until noon.");
    assert!(declined.links().len() > 1, "other times are offered: {}", declined.text);
    assert!(one_to(&emails, &MARA).subject.starts_with("Changed: Tuesday, November 24, 3:00 pm"));

    visits_are_marked(&practice, &phone).await;
    tomorrow_is_closed(&practice, &phone, device).await;
    the_books_are_looked_at(&phone).await;

    phone.press("Sign out").await;
    phone.browser.find("#password").await;
    phone.browser.goto(&practice.url("/admin")).await;
    phone.says("Sign in").await;
    practice.emails().await;
    practice.close().await;
}

/// The one email to somebody, among others.
fn one_to<'a>(emails: &'a [Email], person: &Person) -> &'a Email {
    let to: Vec<&Email> = emails.iter().filter(|email| email.to == person.email).collect();
    assert_eq!(to.len(), 1, "emails to {}: {to:#?}", person.name);
    to[0]
}

/// The note is read, one is confirmed; the other is declined, requested again, and declined in other words.
async fn requests_are_answered(phone: &Phone) {
    phone.says("Monday, November 23").await;
    phone.says("2 requests to answer").await;
    phone.says("I come by train.").await;
    phone.press("Confirm Ines Moreau").await;
    phone.says("Ines Moreau: Confirmed. Undo until 8:01:00.").await;
    phone.says("One request to answer").await;

    phone.says("Both knees.").await;
    phone.press("Decline… Otto Lund").await;
    phone.says("Not declined yet.").await;
    phone.browser.find("input[name=offer_times]:checked").await;
    phone.browser.types("Add a sentence of your own", "I am away.").await;
    phone.press("Decline and email Otto Lund").await;
    phone.says("Declined. Undo until 8:01:00.").await;
    phone.press("Undo: Otto Lund").await;
    phone.says("Requested").await;
    phone.press("Decline…").await;
    phone.says("Not declined yet.").await;
    phone.browser.types("Add a sentence of your own", "I have a class until noon.").await;
    phone.press("Decline and email Otto Lund").await;
    phone.says("Declined. Undo until 8:01:00.").await;
    phone.opens("/admin").await;
    phone.says("No requests to answer").await;
}

async fn somebody_books_by_telephone(phone: &Phone) {
    phone.browser.press_at("a[href='/admin/appointments/new']").await;
    phone.says("Who is it for?").await;
    phone.finds("okaf", "June Okafor").await;
    phone.says("For June Okafor.").await;
    phone.press("Tuesday, November 24, 1:30 pm, Redding").await;
    phone.says("For June Okafor, (530) 555-0133").await;
    phone.browser.press_at("form[action='/admin/appointments'] button").await;
    phone.says("Confirmed: June Okafor").await;
    phone.says("Tuesday, November 24, 1:30 pm").await;
}

async fn a_visit_is_moved(phone: &Phone) {
    phone.opens("/admin/clients").await;
    phone.finds("silva", "Mara Silva").await;
    phone.says("Coming up").await;
    phone.press("Tuesday, November 24, 10:30 am").await;
    phone.says("Confirmed: Mara Silva").await;
    phone.press("Reschedule").await;
    phone.press("Tuesday, November 24, 3:00 pm, Redding").await;
    phone.says("Mara Silva gets this email").await;
    phone.browser.press_at("form[action$='/reschedule'] button").await;
    phone.says("Undo until 8:01:00.").await;
    phone.says("Tuesday, November 24, 3:00 pm").await;
}

/// One has come and paid, one has not come, and for the rest one tap says it.
async fn visits_are_marked(practice: &TestPractice, phone: &Phone) {
    practice.reaches(TimeDelta::hours(25)).await; // 9:00 am
    phone.opens("/admin").await;
    phone.says("Now").await;
    phone.press("Arrived: June Okafor").await;
    phone.says("How was the $95 paid?").await;
    phone.press("Cash: June Okafor").await;
    phone.says("Paid $95 in cash.").await;

    practice.reaches(TimeDelta::minutes(26 * 60 + 50)).await; // 10:50 am
    phone.opens("/admin").await;
    phone.press("No-show: Ada Brook").await;
    phone.says("Ada Brook No-show").await;

    practice.reaches(TimeDelta::hours(31)).await; // 3:00 pm
    phone.opens("/admin").await;
    phone.says("Did they come?").await;
    phone.press("Everyone came").await;
    phone.says("Walt Brennan Arrived").await;
    phone.says("Noah Reyes Arrived").await;
    phone.is_silent_about("Did they come?").await;
    practice.emails().await;
}

/// One of four is kept and called, one has no phone, and chooses another time from the email.
async fn tomorrow_is_closed(practice: &TestPractice, phone: &Phone, device: Device) {
    phone.press("Close this day… Tuesday, November 24").await;
    phone.says("4 people are affected").await;
    phone.browser.types("Your sentence", "The road is icy.").await;
    phone.browser.field("Keep, I'll call Vera Stone").await.click().await.expect("a box to tick");
    // Without script the button can't follow the ticks, and says what is true either way.
    let counted =
        if device.has_script { "Close and email 3 people" } else { "Close, and email everyone I don't keep" };
    phone.press(counted).await;
    phone.says("Undo until").await;
    let emails = practice.emails().await;
    assert!(emails.iter().all(|email| email.to != VERA.email), "whoever is kept is called");
    for person in [&JUNE, &PETER, &MARA] {
        assert!(one_to(&emails, person).subject.starts_with("Canceled: Tuesday, November 24"));
    }

    phone.opens("/admin").await;
    phone.says("2 calls to make and 2 people to hear from").await;
    phone.press("I called Vera Stone").await;
    phone.says("One call to make and 2 people to hear from").await;
    phone.says("No phone on file; emailed Monday, 3:").await;

    let client = Phone::open(device).await;
    client.browser.goto(one_to(&emails, &PETER).page()).await;
    client.says("The road is icy.").await;
    client.says("Please don't come in; you owe nothing.").await;
    client.browser.press_at("main a.t").await;
    client.says("It's confirmed as soon as you press the button").await;
    client.browser.press_at("form[action$='/rebooking'] button").await;
    client.says("Confirmed").await;
    assert!(client.browser.title().await.starts_with("Confirmed: "));
    let emails = practice.emails().await;
    assert!(one_to(&emails, &PETER).subject.starts_with("Confirmed: "));
    phone.opens("/admin").await;
    phone.says("One call to make and one person to hear from").await;
}

/// The week, a day, an email, the numbers; and a table of all clients is taken along.
async fn the_books_are_looked_at(phone: &Phone) {
    phone.opens("/admin/week").await;
    phone.says("Vera Stone").await;
    phone.press("Tuesday, November 24").await;
    phone.browser.press_at(".wk h2 a[href='/admin/days/2026-11-24']").await;
    phone.says("Closed, all day").await;
    phone.says("Vera Stone").await;

    phone.opens("/admin/emails").await;
    phone.says("Every email, the newest first.").await;
    phone.press("Canceled: Tuesday, November 24, 9:00 am, Redding").await;
    phone.says("What it says").await;
    phone.says("The road is icy.").await;

    phone.opens("/admin/numbers").await;
    phone.says("Numbers 2026").await;
    phone.says("noted for 1 of 3 visits").await;
    phone.browser.press_at("main a[href='/admin/exports']").await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    phone.browser.downloads_into(folder.path()).await;
    phone.browser.field("Clients").await.click().await.expect("a choice");
    phone.browser.types("Your password", PASSWORD).await;
    phone.press("Download").await;
    let table = downloaded(folder.path()).await;
    for (person, _) in &BOOKED {
        assert!(table.contains(person.name), "{}: {table}", person.name);
    }
    phone.says("Take your records with you.").await;
}

/// The text of the one file that comes into a folder.
async fn downloaded(folder: &Path) -> String {
    for _ in 0..500 {
        let files = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path());
        let whole = files.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "csv"));
        match whole.map(fs::read_to_string) {
            Some(Ok(text)) if !text.is_empty() => return text,
            _ => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
    panic!("nothing was downloaded");
}
