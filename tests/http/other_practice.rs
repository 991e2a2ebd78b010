//! Another therapist's practice: one file of their own, and nothing of Dustin's.

use std::fs;

use crate::support::{
    people::{Opening, Person},
    practice::{self, TestPractice, practice},
};

/// Three offices in Switzerland, open at the same time, with drives of their own.
const PRACTICE: &str = r#"
name = "Praxis am See"
time_zone = "Europe/Zurich"
currency = "CHF"
[therapist]
name = "Zoë Müller"
credential = "EMR 12345"
email = "zoe@example.ch"
phone = "+41 44 555 01 00"
[mail]
from = "zoe@example.ch"
[policy]
slot_step_minutes = 20
[[offices]]
slug = "zurich"
name = "Zürich"
address = ["Seestrasse 1", "8001 Zürich"]
hours = [{ days = ["tuesday"], from = "08:00", to = "18:00" }]
[[offices]]
slug = "bern"
name = "Bern"
address = ["Gasse 2", "3011 Bern"]
hours = [{ days = ["tuesday"], from = "08:00", to = "18:00" }]
[[offices]]
slug = "basel"
name = "Basel"
address = ["Platz 3", "4051 Basel"]
hours = [{ days = ["tuesday"], from = "08:00", to = "18:00" }]
[[travel]]
between = ["zurich", "bern"]
minutes = 80
[[travel]]
between = ["bern", "basel"]
minutes = 70
[[travel]]
between = ["basel", "zurich"]
minutes = 60
[[services]]
slug = "session"
name = "Sitzung"
minutes = 50
buffer_minutes = 10
price = 120
offices = ["zurich", "bern", "basel"]
"#;

const ARTICLE: &str =
    "+++\ntitle = \"Hips\"\ndescription = \"Some.\"\npublished = 2026-11-01\n+++\n\nHips.\n";

const HEIDI: Person =
    Person { name: "Heidi Frei", email: "heidi@example.ch", phone: "079 555 01 33", note: "" };
/// Tuesday, November 24, 12:00.
const NOON: Opening = Opening { service: "session", office: "bern", start: "2026-11-24T11:00:00Z" };

async fn practice_at_the_lake() -> TestPractice {
    with_nothing_but(PRACTICE.to_owned()).open().await
}

/// A practice of which nothing is written but this file.
fn with_nothing_but(file: String) -> practice::Opening {
    let opening = practice();
    let content = opening.folder().join("content");
    fs::remove_dir_all(&content).expect("the shipped prose is gone");
    fs::create_dir(&content).expect("a folder");
    fs::write(content.join("practice.toml"), "").expect("a practice file");
    opening.with_practice_file(|_| file)
}

#[tokio::test]
async fn a_practice_of_one_file_opens_and_every_page_of_it_is_there() {
    let practice = practice_at_the_lake().await;
    let visitor = practice.visitor();
    let addresses = visitor.open("/sitemap.xml").await.locations();
    for office in ["/offices/zurich", "/offices/bern", "/offices/basel", "/services/session"] {
        assert!(addresses.contains(&practice.url(office)), "{office}: {addresses:?}");
    }
    for address in addresses {
        let page = visitor.open(&address).await.says("Praxis am See").says("EMR 12345");
        assert!(page.texts(".portrait, .room, .with-portrait").is_empty(), "{address} has no pictures");
        for theirs in ["Dustin", "Redding", "Shasta", "CAMTC", "PST"] {
            assert!(!page.body().contains(theirs), "{address} says {theirs}");
        }
        for link in page.hrefs("a[href^='/']") {
            visitor.open(&link).await;
        }
    }
    visitor.get("/faq").await.expect(404);
    practice.close().await;
}

#[tokio::test]
async fn a_therapist_is_named_with_a_title_and_a_credential_or_without() {
    for (title, credential, named) in [
        (Some("Naturheilpraktikerin"), Some("EMR 12345"), "Zoë Müller, Naturheilpraktikerin, EMR 12345"),
        (Some("Naturheilpraktikerin"), None, "Zoë Müller, Naturheilpraktikerin"),
        (None, Some("EMR 12345"), "Zoë Müller, EMR 12345"),
        (None, None, "Zoë Müller"),
    ] {
        let line = |key: &str, value: Option<&str>| {
            value.map(|value| format!("{key} = \"{value}\"\n")).unwrap_or_default()
        };
        let written = line("title", title) + &line("credential", credential);
        let file = PRACTICE.replace("credential = \"EMR 12345\"\n", &written);
        let about = "+++\ntitle = \"About\"\ndescription = \"Zoë.\"\n+++\n\nSoon.\n";
        let opening = with_nothing_but(file).with_file("pages/about.md", about);
        let practice = opening.with_file("articles/hips.md", ARTICLE).open().await;
        let visitor = practice.visitor();
        for address in ["/", "/about", "/articles/hips", "/appointments/new"] {
            let body = visitor.open(address).await.body();
            assert!(body.contains(&format!("<p class=\"legal\">{named}</p>")), "{address}: {named}: {body}");
            assert!(!body.contains("null"), "{address}: {body}");
        }
        assert!(visitor.open("/articles/hips").await.body().contains(&format!("<span>{named}</span>")));
        let feed = visitor.open("/articles/feed.xml").await.body();
        assert!(feed.contains(&format!("<author><name>{named}</name></author>")), "{feed}");

        for address in ["/", "/about"] {
            let body = visitor.open(address).await.body();
            let certified = body.contains(r#""hasCredential":{"@type":"EducationalOccupationalCredential""#);
            assert_eq!(certified, credential.is_some(), "{address}: {body}");
            assert_eq!(body.contains("identifier"), credential.is_some(), "{address}: {body}");
            assert_eq!(body.contains("jobTitle"), title.is_some(), "{address}: {body}");
        }
        let page = practice.asks(&HEIDI, &NOON).await;
        let email = practice.email_to(HEIDI.email).await;
        assert!(email.text.contains(&format!("\n{named}\n")), "{}", email.text);
        assert!(email.html.contains(named), "{}", email.html);
        let invitation = visitor.open(&format!("{page}/calendar.ics")).await.body().replace("\r\n ", "");
        let described = format!("DESCRIPTION:{}\\n+41 44 555 01 00\r\n", named.replace(", ", "\\, "));
        assert!(invitation.contains(&described), "{described}: {invitation}");
        practice.close().await;
    }
}

#[tokio::test]
async fn its_openings_are_in_its_zone_and_currency_and_can_be_booked() {
    let practice = practice_at_the_lake().await;
    let openings = practice.visitor().open("/appointments/new?service=session").await;
    openings.clone().says("CHF").says("CET");
    openings.link("Tuesday, November 24, 12:00 pm, Basel");
    let page = practice.asks(&HEIDI, &NOON).await;
    practice.visitor().open(&page).await.says("Tuesday, November 24, 12:00 pm").says("until 12:50 pm (CET)");
    let email = practice.email_to(HEIDI.email).await;
    assert_eq!(email.subject, "Requested: Tuesday, November 24, 12:00 pm, Bern");
    email.says("CHF");
    email.says("3011 Bern");
    practice.mailbox.one_to("zoe@example.ch").says("Phone: +41795550133");
    practice.close().await;
}

#[tokio::test]
async fn its_three_offices_are_named_as_they_are_said_and_are_where_they_are() {
    let practice = practice_at_the_lake().await;
    let visitor = practice.visitor();
    let openings = visitor.open("/appointments/new").await.title();
    assert!(openings.starts_with("Available times in Zürich, Bern, and Basel"), "{openings}");
    let chosen = visitor.open("/appointments/new?service=session").await.title();
    assert!(chosen.starts_with("Sitzung: available times in Zürich, Bern, and Basel"), "{chosen}");
    let office = visitor.open("/offices/zurich").await.body();
    for machine in [
        r#""streetAddress":"Seestrasse 1""#,
        r#""addressLocality":"Zürich""#,
        r#""postalCode":"8001""#,
        r#""addressCountry":"CH""#,
    ] {
        assert!(office.contains(machine), "{machine}: {office}");
    }
    practice.close().await;
}

#[tokio::test]
async fn each_drive_between_its_three_offices_is_its_own() {
    let practice = practice_at_the_lake().await;
    practice.has_asked(&HEIDI, &NOON).await;
    let visitor = practice.visitor();
    // Until 12:50, ten minutes of buffer, then the drive: Basel from 2:10 pm, Zürich from 2:20 pm.
    for (office, taken, free) in [
        ("bern", "2026-11-24T11:40:00Z", "2026-11-24T12:00:00Z"),
        ("basel", "2026-11-24T13:00:00Z", "2026-11-24T13:20:00Z"),
        ("zurich", "2026-11-24T13:00:00Z", "2026-11-24T13:20:00Z"),
    ] {
        visitor.get(&NOON.in_office(office).at(taken).form()).await.expect(409);
        visitor.open(&NOON.in_office(office).at(free).form()).await;
    }
    practice.close().await;
}

/// One office and nothing else written, somewhere where addresses only look American.
async fn practice_of_one_room() -> TestPractice {
    let file = PRACTICE
        .split("[[offices]]")
        .next()
        .unwrap_or_default()
        .replace("Europe/Zurich", "America/Sao_Paulo");
    let office = r#"
[[offices]]
slug = "centro"
name = "Centro"
address = ["Rua 1", "São Paulo, SP 01001"]
hours = [{ days = ["tuesday"], from = "08:00", to = "18:00" }]
[[services]]
slug = "session"
name = "Sessão"
minutes = 50
price = 120
offices = ["centro"]
"#;
    with_nothing_but(file + office).open().await
}

#[tokio::test]
async fn a_practice_of_one_office_says_nothing_of_others() {
    let practice = practice_of_one_room().await;
    let (visitor, therapist) = (practice.visitor(), practice.therapist().await);
    visitor
        .open("/appointments/new")
        .await
        .says("Choose a session, then a time.")
        .never_says("any office")
        .never_says("either office");
    let openings = visitor.open("/appointments/new?service=session").await;
    openings.says("Choose a time.").never_says("any office").never_says("either office");
    therapist.open("/admin/days/2026-11-24").await.says("Other hours").never_says("two offices");
    let home = visitor.open("/").await.body();
    assert!(home.contains("<title>Praxis am See</title>"), "{home}");
    let office = visitor.open("/offices/centro").await.body();
    for machine in [r#""addressCountry":"BR""#, r#""addressRegion":"SP""#, r#""postalCode":"01001""#] {
        assert!(office.contains(machine), "{machine}: {office}");
    }
    practice.close().await;
}

#[tokio::test]
async fn whoever_asks_is_sent_to_their_own_emergency_number() {
    let question = "/articles/hips/question";
    let here = practice().with_file("articles/hips.md", ARTICLE).open().await;
    here.visitor().open(question).await.says("or 911 in an emergency.");
    here.close().await;
    let abroad = practice().with_file("articles/hips.md", ARTICLE).with("time_zone", "\"Europe/Berlin\"");
    let abroad = abroad.open().await;
    abroad.visitor().open(question).await.says("or emergency services in an emergency.").never_says("911");
    abroad.close().await;
}

#[tokio::test]
async fn a_practice_without_articles_leads_nobody_to_them() {
    let practice = practice_of_one_room().await;
    let visitor = practice.visitor();
    let lost = visitor.get("/artcles").await.expect(404).never_says("Read the articles");
    assert!(!lost.hrefs("a").iter().any(|href| href == "/articles"), "{:?}", lost.hrefs("a"));
    assert!(!visitor.open("/sitemap.xml").await.body().contains("/articles"));
    visitor.open("/articles").await;
    let feed = visitor.open("/articles/feed.xml").await.body();
    assert!(feed.contains("<updated>2026-11-23T16:00:00Z</updated>"), "{feed}");
    practice.close().await;
}

#[tokio::test]
async fn where_nothing_is_offered_nothing_is_confirmed_at_once() {
    let practice = practice_of_one_room().await;
    let practice =
        practice.opened_again(|file| file.replace("minutes = 50", "minutes = 50\nretired = true")).await;
    practice.visitor().open("/appointments/new").await.never_says("confirmed right away");
    practice.close().await;
}
