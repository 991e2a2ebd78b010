//! What the therapist takes out: tables for a spreadsheet, and everything as one
//! archive that is read without Stillpoint.

use std::io::{Cursor, Read};

use chrono::TimeDelta;
use flate2::read::GzDecoder;
use zip::ZipArchive;

use super::second_step::turns_on;
use crate::support::{
    page::{Form, Page},
    people::{JUNE, PASSWORD, PETER, Person, TUESDAY, Therapist, WALT, WEDNESDAY},
    practice::{TestPractice, practice},
};

/// Somebody who tries a spreadsheet, and a page.
const SLY: Person = Person {
    name: "Sly Fox",
    email: "sly@example.com",
    phone: "",
    note: "=HYPERLINK(\"http://evil.example\") <script>alert(1)</script>",
};

async fn form(therapist: &Therapist, what: &str) -> Form {
    let form = therapist.open("/admin/exports").await.form("/admin/exports");
    form.with("what", what).with("password", PASSWORD)
}

async fn takes(therapist: &Therapist, what: &str) -> Page {
    let page = therapist.press(&form(therapist, what).await).await.expect(200);
    assert_eq!(page.header("cache-control"), "no-store");
    page
}

/// A table as a reader of CSV has it: the first row names the columns.
fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").expect("the mark of UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(false).from_reader(bytes);
    let rows = reader.records().map(|row| row.expect("as many cells as columns"));
    rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
}

fn column<'t>(rows: &'t [Vec<String>], name: &str) -> Vec<&'t str> {
    let at = rows[0].iter().position(|head| head == name).unwrap_or_else(|| panic!("{name}: {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].as_str()).collect()
}

/// Everything as one archive: its files, each with its text.
pub async fn archive(therapist: &Therapist) -> Vec<(String, String)> {
    files(&takes(therapist, "everything").await)
}

/// The files of an archive, each with its text.
fn files(page: &Page) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(page.bytes.clone())).expect("a whole archive");
    let count = archive.len();
    let read = |at: usize| {
        let mut file = archive.by_index(at).expect("a file");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("UTF-8");
        (file.name().expect("a name").into_owned(), text)
    };
    (0..count).map(read).collect()
}

fn file<'f>(files: &'f [(String, String)], name: &str) -> &'f str {
    let found = files.iter().find(|(path, _)| path == name);
    &found.unwrap_or_else(|| panic!("{name}: {:?}", files.iter().map(|(path, _)| path).collect::<Vec<_>>())).1
}

/// June came on Tuesday and paid, Sly was confirmed for Wednesday.
async fn has_visits(practice: &TestPractice, therapist: &Therapist) {
    practice.has_asked(&JUNE, &TUESDAY).await;
    therapist.confirms(&JUNE).await;
    practice.has_asked(&SLY, &WEDNESDAY).await;
    therapist.confirms(&SLY).await;
    practice.passes(TimeDelta::hours(28)).await;
    practice.emails().await;
    let page = therapist.open("/admin/appointments/1").await;
    therapist.press_on(&page.form("/arrival")).await;
}

#[tokio::test]
async fn appointments_are_a_table_with_dates_twice_and_harmless_cells() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    has_visits(&practice, &therapist).await;
    let page = takes(&therapist, "appointments").await;
    assert_eq!(
        page.header("content-disposition"),
        "attachment; filename=\"dustin-neuromuscular-massage-appointments-2026-11-24.csv\""
    );
    assert_eq!(page.header("content-type"), "text/csv; charset=utf-8");
    let rows = rows(&page.bytes);
    assert_eq!(column(&rows, "Client"), ["June Okafor", "Sly Fox"]);
    assert_eq!(column(&rows, "Status"), ["Arrived", "Confirmed"]);
    assert_eq!(column(&rows, "Starts at"), ["2026-11-24T09:00:00-08:00", "2026-11-25T09:00:00-08:00"]);
    assert_eq!(column(&rows, "Starts")[0], "Tuesday, November 24, 2026, 9:00 am PST");
    assert_eq!(column(&rows, "Price"), ["95.00", "95.00"]);
    assert_eq!(column(&rows, "Phone"), ["(530) 555-0133", ""]);
    assert!(column(&rows, "Note")[1].starts_with("'=HYPERLINK("), "no spreadsheet runs it");
    practice.close().await;
}

#[tokio::test]
async fn a_table_comes_whole_to_a_browser_which_takes_it_compressed() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    has_visits(&practice, &therapist).await;
    for what in ["appointments", "clients", "emails"] {
        let plain = takes(&therapist, what).await;
        let asked = therapist.post("/admin/exports", form(&therapist, what).await.encoded());
        let page = therapist.send(asked.header("accept-encoding", "gzip")).await.expect(200);
        assert_eq!(page.header("content-encoding"), "gzip");
        let mut unpacked = Vec::new();
        GzDecoder::new(&page.bytes[..]).read_to_end(&mut unpacked).expect("the whole of it");
        assert_eq!(rows(&unpacked), rows(&plain.bytes), "{what}");
    }
    practice.close().await;
}

#[tokio::test]
async fn what_was_paid_stands_with_its_appointment() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    has_visits(&practice, &therapist).await;
    let page = therapist.open("/admin/appointments/1").await;
    let pay = page.forms("/payment").into_iter().next().expect("a form to pay");
    therapist.press_on(&pay).await;
    let rows = rows(&takes(&therapist, "appointments").await.bytes);
    assert_eq!(column(&rows, "Paid"), ["95.00", ""]);
    let table = therapist.open("/admin/numbers.csv").await;
    assert!(table.body().contains("Year,2026,1,95.00,95.00,0.00"), "{}", table.body());
    practice.close().await;
}

#[tokio::test]
async fn merged_clients_are_one_and_erased_ones_are_in_no_export() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    has_visits(&practice, &therapist).await;
    practice.has_asked(&PETER, &WEDNESDAY.at("2026-11-25T21:00:00Z")).await;
    therapist.confirms(&PETER).await;
    practice.has_asked(&WALT, &TUESDAY.at("2026-12-01T17:00:00Z")).await;
    therapist.answers(&WALT, "decline", "Try the doctor first, Walt.").await.expect(303);
    practice.deliver().await;
    let merge = therapist.open("/admin/clients/1/merge?with=3").await.form("/admin/clients/1/merge");
    therapist.press_on(&merge).await;
    let erase = therapist.open("/admin/clients/4/erasure").await.form("/admin/clients/4/erasure");
    therapist.press(&erase).await.expect(303);
    practice.emails().await;

    let clients = rows(&takes(&therapist, "clients").await.bytes);
    assert_eq!(column(&clients, "Name"), ["June Okafor", "Sly Fox"]);
    assert_eq!(column(&clients, "Also known as"), ["Peter Lindqvist, peter@example.com", ""]);
    assert_eq!(column(&clients, "Visits"), ["1", "0"]);
    let appointments = rows(&takes(&therapist, "appointments").await.bytes);
    assert_eq!(
        column(&appointments, "Client"),
        ["June Okafor", "Sly Fox", "June Okafor", "Erased client"],
        "in order of time"
    );
    assert_eq!(column(&appointments, "Client id"), ["1", "2", "1", ""]);
    for what in ["appointments", "clients", "emails"] {
        let page = takes(&therapist, what).await;
        assert!(!page.body().contains("Walt"), "{what}");
    }
    for (name, text) in files(&takes(&therapist, "everything").await) {
        assert!(!text.contains("Walt"), "{name}");
    }
    practice.close().await;
}

#[tokio::test]
async fn everything_is_one_archive_that_is_read_without_stillpoint() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    has_visits(&practice, &therapist).await;
    let note =
        therapist.open("/admin/clients/1").await.form("/note").with("note", "Likes <quiet> & a window.");
    therapist.press_on(&note).await;
    let page = takes(&therapist, "everything").await;
    assert!(page.header("content-disposition").ends_with("-everything-2026-11-24.zip\""));
    assert_eq!(page.header("content-type"), "application/zip");
    let files = files(&page);
    let index = file(&files, "index.html");
    for link in ["clients.html", "appointments/2026.html", "emails/1.html", "hours.html", "emails.csv"] {
        assert!(index.contains(&format!("href=\"{link}\"")), "{link}");
        file(&files, link);
    }
    assert!(file(&files, "clients/1.html").contains("Likes &#60;quiet&#62; &#38; a window."));
    assert!(file(&files, "clients/1.html").contains("Tuesday, November 24, 2026, 9:00 am PST"));
    assert!(file(&files, "appointments/2026.html").contains("&#60;script&#62;alert(1)"));
    assert!(file(&files, "emails/1.html").contains("Requested: Tuesday, November 24, 9:00 am, Redding"));
    assert!(file(&files, "hours.html").contains("9:00 am – 5:00 pm"));
    assert_eq!(rows(file(&files, "clients.csv").as_bytes()).len(), 3);
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        for out in ["<script", "http://", "https://", "onload=", "src=", "style="] {
            // What somebody wrote may say anything; it is text.
            let own = text.replace("http://evil.example", "").replace("http://127.0.0.1", "");
            assert!(!own.contains(out), "{name} has {out}");
        }
        // Every page that a page links is in the archive.
        for link in text.split("href=\"").skip(1).filter_map(|rest| rest.split(['"', '#']).next()) {
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let path = match link.strip_prefix("../") {
                Some(path) => path.to_owned(),
                None if folder.is_empty() => link.to_owned(),
                None => format!("{folder}/{link}"),
            };
            assert!(files.iter().any(|(name, _)| *name == path), "{name} links {link}");
        }
    }
    practice.close().await;
}

#[tokio::test]
async fn no_secret_leaves() {
    let practice = practice().open().await;
    let own_page = practice.asks(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let form = practice.visitor().open("/admin/session/forgotten").await.form("/admin/session/forgotten");
    practice.visitor().press(&form.with("email", crate::support::people::THERAPIST)).await;
    let emails = practice.emails().await;
    let link = emails
        .iter()
        .find_map(|email| email.text.split("/admin/welcome/").nth(1))
        .expect("the password link");
    let token = link.split_whitespace().next().expect("a token").to_owned();
    let own = own_page.rsplit('/').next().expect("a token");
    let cookie = therapist.cookies();
    let session = cookie.split('=').nth(1).expect("a session");
    for what in ["appointments", "clients", "emails", "everything"] {
        let page = takes(&therapist, what).await;
        let texts = match what {
            "everything" => files(&page).into_iter().map(|(_, text)| text).collect(),
            _ => vec![page.body()],
        };
        for text in texts {
            for secret in [token.as_str(), own, session, "argon2", PASSWORD, "Set a new password"] {
                assert!(!text.contains(secret), "{what} has {secret}");
            }
        }
    }
    practice.close().await;
}

#[tokio::test]
async fn the_password_is_asked_again_and_tries_are_bounded() {
    let practice = practice().with("per_address_10_seconds", "4").open().await;
    let therapist = practice.therapist().await;
    for (what, password, words) in [
        ("clients", "not the one", "That's not your password."),
        ("clients", "", "Please enter the password"),
        ("passwords", PASSWORD, "Please choose what to download."),
    ] {
        let form = form(&therapist, what).await.with("password", password);
        let page = therapist.press(&form).await.expect(422).says(words);
        assert!(page.header("content-disposition").is_empty());
        assert!(!page.body().contains("not the one"), "a password never comes back");
    }
    let form = form(&therapist, "clients").await.with("password", "not the one");
    let mut tries = 0;
    while therapist.press(&form).await.status != 429 {
        tries += 1;
        assert!(tries < 10, "tries are bounded");
    }
    therapist.press(&form.with("password", PASSWORD)).await.expect(429).says("Too many tries.");
    // From outside nothing comes at all.
    let stranger = practice.visitor();
    assert!(stranger.get("/admin/exports").await.leads_to().starts_with("/admin/session"));
    practice.close().await;
}

#[tokio::test]
async fn with_one_time_codes_on_the_password_alone_takes_nothing_and_no_code_does_twice() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let (phone, recovery) = turns_on(&practice, &therapist).await;
    let asked = form(&therapist, "clients").await;
    let refused = async |code: &str, words: &str| {
        let page = therapist.press(&asked.clone().with("code", code)).await.expect(422);
        assert_eq!(page.texts("#code-error").len(), 1, "{code:?}");
        page.says(words);
    };
    refused("", "That code isn't right").await;
    let code = phone.code(&practice);
    let wrong = asked.clone().with("password", "not the one").with("code", &code);
    let page = therapist.press(&wrong).await.expect(422).says("That's not your password.");
    assert_eq!(page.form("/admin/exports").value("what"), "clients", "what was chosen stays");
    let taken = therapist.press(&asked.clone().with("code", &code)).await.expect(200);
    assert_eq!(rows(&taken.bytes).len(), 1);
    refused(&code, "That code isn't right, or it's been used.").await;
    therapist.press(&asked.clone().with("code", &recovery[0])).await.expect(200);
    refused(&recovery[0], "That code isn't right, or it's been used.").await;
    practice.close().await;
}

#[tokio::test]
async fn the_history_has_what_was_downloaded_and_nothing_that_was_not() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for what in ["everything", "appointments", "clients", "emails"] {
        let form = form(&therapist, what).await;
        therapist.press(&form.clone().with("password", "not the one")).await.expect(422);
        takes(&therapist, what).await;
    }
    let told = therapist.open("/admin/history").await.texts(".happened li");
    for (line, words) in told.iter().zip([
        "You downloaded the table of emails.",
        "You downloaded the table of clients.",
        "You downloaded the table of appointments.",
        "You downloaded everything as an archive.",
        "You set your password.",
    ]) {
        assert!(line.ends_with(words), "{line:?} is not {words:?}");
    }
    assert_eq!(told.len(), 5, "{told:?}");
    practice.close().await;
}

#[tokio::test]
async fn what_blocked_clients_ask_for_stands_among_the_appointments_as_what_it_is() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    has_visits(&practice, &therapist).await;
    therapist.press_on(&therapist.open("/admin/clients/2").await.form("/block")).await;
    let later = |start| TUESDAY.at(start);
    practice.has_asked(&SLY, &later("2026-12-01T17:00:00Z")).await;
    practice.has_asked(&PETER, &later("2026-12-03T22:00:00Z")).await;
    practice.has_asked(&SLY, &later("2026-12-08T17:00:00Z")).await;
    practice.emails().await;

    let table = rows(&takes(&therapist, "appointments").await.bytes);
    assert_eq!(column(&table, "Id"), ["1", "2", "blocked-1", "3", "blocked-2"], "in order of time");
    assert_eq!(column(&table, "Requested while blocked"), ["no", "no", "yes", "no", "yes"]);
    assert_eq!(column(&table, "Client id")[2], "2");
    assert_eq!(column(&table, "Status")[2], "Requested");
    let emails = rows(&takes(&therapist, "emails").await.bytes);
    assert!(column(&emails, "About appointment").contains(&"blocked-1"), "the same word there");
    let files = files(&takes(&therapist, "everything").await);
    for page in ["appointments/2026.html", "clients/2.html"] {
        let count = file(&files, page).matches("Requested, requested while blocked").count();
        assert_eq!(count, 2, "{page}");
    }
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn the_archives_hours_say_until_when_they_hold_and_what_clients_read_in_time_off() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let summer = [("monday", "10-14"), ("from", "2027-06-01"), ("until", "2027-08-31")];
    therapist.changes_hours("redding", &summer).await.expect(303);
    let note = ("note", "At <the> coast");
    let off = [("from", "2026-12-24"), ("to", "2026-12-26"), note, ("for_clients", "Back on the 27th.")];
    therapist.takes_off(&off).await;
    let files = files(&takes(&therapist, "everything").await);
    let hours = file(&files, "hours.html");
    for words in [
        "<h3>From June 1, 2027 until August 31, 2027</h3>",
        "10:00 am – 2:00 pm",
        "Thursday, December 24, 2026",
        "<b>Your note:</b> <span class=\"words\">At &#60;the&#62; coast</span>",
        "<b>Clients read:</b> <span class=\"words\">Back on the 27th.</span>",
    ] {
        assert!(hours.contains(words), "{words}: {hours}");
    }
    practice.close().await;
}

#[tokio::test]
async fn exports_are_linked_from_numbers_and_the_account() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for page in ["/admin/numbers", "/admin/account"] {
        let links = therapist.open(page).await.hrefs("main a");
        assert!(links.iter().any(|link| link == "/admin/exports"), "{page}: {links:?}");
    }
    therapist.open("/admin/exports").await.says("Everything").says("What to download");
    practice.close().await;
}

#[tokio::test]
async fn an_empty_practice_has_tables_with_their_heads_and_an_archive() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for what in ["appointments", "clients", "emails"] {
        assert_eq!(rows(&takes(&therapist, what).await.bytes).len(), 1, "{what}");
    }
    assert!(file(&files(&takes(&therapist, "everything").await), "index.html").contains("0 clients"));
    practice.close().await;
}
