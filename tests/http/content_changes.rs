//! What the therapist writes appears without a restart, and a problem keeps the
//! last good version.

use chrono::TimeDelta;
use reqwest::{Method, header};
use stillpoint::{
    booking::{
        confirm,
        request::{self, Asker, Wanted},
    },
    domain::{
        appointment::refusal::{Refusal, SlotRefusal},
        client::{Contact, EmailAddress, Name},
        ids::{AppointmentId, OfficeSlug, ServiceSlug},
        time,
    },
    jobs::content_watch,
    operation, serve,
};

use super::figures::{self, png};
use crate::support::{
    content,
    page::Page,
    people::{JUNE, PASSWORD, PETER, SESSION, THERAPIST, TUESDAY, WEDNESDAY, path_of},
    practice::{TestPractice, practice},
    program::{Server, run, stillpoint},
};

const ARTICLE: &str = "/articles/sartorius";
const FILE: &str = "articles/sartorius.md";

/// An article, its text on line 7.
fn article(words: &str) -> String {
    format!(
        "+++\ntitle = \"The sartorius\"\ndescription = \"A long muscle.\"\npublished = 2026-11-01\n+++\n\n{words}\n"
    )
}

#[tokio::test]
async fn a_changed_article_shows_everywhere() {
    let practice = practice().with_file(FILE, &article("It runs aslant.")).open().await;
    let visitor = practice.visitor();
    let before = visitor.open(ARTICLE).await.says("aslant");
    visitor.open("/search?q=pivoting").await.says("Nothing found");
    for list in ["/articles", "/", "/articles/feed.xml", "/sitemap.xml"] {
        visitor.open(list).await;
    }
    let revised = article("It is pivoting.").replace("+++\n\n", "revised = 2026-11-20\n+++\n\n");
    practice.writes(FILE, &revised.replace("The sartorius", "The tailor")).await;
    let after = visitor.open(ARTICLE).await.says("The tailor").says("It is pivoting.").never_says("aslant");
    assert_ne!(before.header("etag"), after.header("etag"));
    assert_eq!(visitor.open("/search?q=pivoting").await.hrefs("main h3 a"), [ARTICLE]);
    visitor.open("/search?q=aslant").await.says("Nothing found");
    visitor.open("/articles").await.says("The tailor").never_says("The sartorius");
    assert!(visitor.open("/articles/feed.xml").await.body().contains("It is pivoting."));
    let entry = format!("<loc>{}</loc><lastmod>2026-11-20</lastmod>", practice.url(ARTICLE));
    assert!(visitor.open("/sitemap.xml").await.body().contains(&entry));
    practice.close().await;
}

#[tokio::test]
async fn an_article_can_be_added_moved_and_removed() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    visitor.get(ARTICLE).await.expect(404);
    practice.writes(FILE, &article("It runs aslant.")).await;
    visitor.open(ARTICLE).await.says("aslant");
    practice.removes(FILE).await;
    visitor.get(ARTICLE).await.expect(404);
    assert!(!visitor.open("/sitemap.xml").await.body().contains(ARTICLE));
    visitor.open("/search?q=aslant").await.says("Nothing found");
    let aliases = format!("+++\naliases = [\"{ARTICLE}\"]\n");
    practice.writes("articles/tailor.md", &article("Moved.").replacen("+++\n", &aliases, 1)).await;
    assert_eq!(visitor.get(ARTICLE).await.expect(301).header("location"), "/articles/tailor");
    practice.close().await;
}

#[tokio::test]
async fn a_fault_keeps_the_last_good_version_and_says_so() {
    let practice = practice().with_file(FILE, &article("It runs aslant.")).open().await;
    let (visitor, therapist) = (practice.visitor(), practice.therapist().await);
    let content = therapist.open("/admin/articles").await.says("No problems.").says(FILE);
    content.says("The sartorius").says("Published November 1, 2026.");
    practice.clock.advance(TimeDelta::minutes(10));
    practice.writes(FILE, &article("It leads [nowhere](/no/such/page).")).await;
    visitor.open(ARTICLE).await.says("aslant");
    let content = therapist.open("/admin/articles").await.says("1 problem").never_says("No problems.");
    content.says(&format!("{FILE}:7: the link `/no/such/page` leads nowhere")).says("8:00 am").says("PST");
    let today = therapist.open("/admin").await.says("1 problem in your content.");
    therapist.open(&today.link("See what to fix")).await;

    // What is good waits for what is not, and every problem is told.
    practice.writes("articles/other.md", "No front matter.\n").await;
    therapist.open("/admin/articles").await.says("2 problems").says("articles/other.md:1: ");
    practice.writes("articles/other.md", &article("Another.")).await;
    visitor.get("/articles/other").await.expect(404);

    practice.writes(FILE, &article("It leads somewhere.")).await;
    visitor.open(ARTICLE).await.says("It leads somewhere.");
    visitor.open("/articles/other").await.says("Another.");
    therapist.open("/admin/articles").await.says("No problems.").says("8:10 am").never_says("leads nowhere");
    therapist.open("/admin").await.never_says("in your content.");
    practice.close().await;
}

#[tokio::test]
async fn what_is_shown_but_hardly_meant_stands_on_the_page_of_the_content() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.open("/admin/articles").await.never_says("Worth a look");
    practice.writes("services/astrology.md", "+++\ndescription = \"Stars.\"\n+++\n\nStars.\n").await;
    let content = therapist.open("/admin/articles").await.says("No problems.").says("Worth a look");
    content.says("services/astrology.md:1: `astrology` isn't in practice.toml");
    practice.close().await;
}

#[tokio::test]
async fn a_folder_with_another_name_is_a_problem_until_it_is_gone() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let drafts = practice.content_dir().join("drafts");
    std::fs::create_dir(&drafts).expect("a folder");
    practice.reads_again().await;
    therapist.open("/admin/articles").await.says("drafts:1: this folder isn't used");
    std::fs::remove_dir(&drafts).expect("gone");
    practice.reads_again().await;
    therapist.open("/admin/articles").await.says("No problems.");
    practice.close().await;
}

#[tokio::test]
async fn what_keeps_changing_is_named_on_the_page_of_the_content() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let note = |file: Option<&str>| {
        content_watch::note_unsettled(&practice.running.current, file.map(str::to_owned));
    };
    note(Some("pages/about.md"));
    let content = therapist.open("/admin/articles").await.says("pages/about.md keeps changing.");
    content.says("Your changes show up once no file has changed");
    note(None);
    therapist.open("/admin/articles").await.never_says("keeps changing");
    practice.close().await;
}

#[tokio::test]
async fn every_link_of_the_content_leads_to_a_page() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await;
    let content = therapist.open(&today.link("Content")).await;
    let links = content.hrefs("main .calls a");
    for link in ["/about", "/services/neuromuscular-60", "/offices/redding", "/testimonials"] {
        assert!(links.iter().any(|href| href == link), "{link}: {links:?}");
    }
    for link in links {
        therapist.open(&link).await;
    }
    practice.visitor().get("/admin/articles").await.expect(303);
    practice.close().await;
}

#[tokio::test]
async fn a_new_price_shows_and_what_was_agreed_stays() {
    let practice = practice().open().await;
    let own = practice.has_asked(&JUNE, &TUESDAY).await;
    let visitor = practice.visitor();
    let service = format!("/services/{SESSION}");
    visitor.open(&service).await.says("$95");
    practice.rewrites("practice.toml", |file| file.replacen("price = 95", "price = 97", 1)).await;
    visitor.open(&service).await.says("$97").never_says("$95");
    visitor.open("/services").await.says("$97");
    visitor.open(&WEDNESDAY.form()).await.says("$97");
    visitor.open(&own).await.says("$95").never_says("$97");
    practice.therapist().await.confirms(&JUNE).await.says("$95");
    practice.email_to(JUNE.email).await.says("$95");
    practice.close().await;
}

#[tokio::test]
async fn what_changes_while_a_form_is_open_is_said_before_it_is_agreed_on() {
    let practice = practice().open().await;
    let (client, therapist) = (practice.visitor(), practice.therapist().await);
    let form = practice.filled(&JUNE, &TUESDAY).await.with("note", "By the door.");
    practice.rewrites("practice.toml", |file| file.replacen("price = 95", "price = 97", 1)).await;

    let wrong = client.press(&form.clone().with("name", "")).await.expect(422).form("/appointments");
    let page = client.press(&wrong.with("name", JUNE.name)).await.expect(409);
    let back = page
        .says("now 60 minutes for $97")
        .says("After that it's $48.50 (half the session).")
        .form("/appointments");
    for field in ["service", "office", "start", "name", "email", "phone", "note"] {
        assert_eq!(back.value(field), form.value(field), "{field}");
    }
    assert!(!back.is_ticked("agreed"), "something else is to be agreed on");
    therapist.sets_policy(&[("cancellation_notice_hours", "48")]).await;
    let page = client.press(&back.ticked("agreed")).await.expect(409).says("until an hour after I confirm");
    assert!(practice.busy().await.all().is_empty(), "no row");
    client.press_on(&page.form("/appointments").ticked("agreed")).await.says("Requested").says("$97");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn what_has_changed_is_said_too_when_the_time_had_to_be_another() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&PETER, &TUESDAY).await;
    practice.asks(&JUNE, &TUESDAY).await;
    practice.rewrites("practice.toml", |file| file.replacen("price = 95", "price = 97", 1)).await;
    let nearest = client.press(&form).await.expect(409).says("Sorry, that time").forms("/appointments");
    let back =
        client.press(&nearest[0]).await.expect(409).says("now 60 minutes for $97").form("/appointments");
    assert_eq!(back.value("start"), nearest[0].value("start"));
    client.press_on(&back.ticked("agreed")).await.says("Requested").says("$97");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_service_that_is_retired_while_its_form_is_open_leads_to_the_others() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&JUNE, &TUESDAY).await;
    let openings = format!("/appointments/new?service={SESSION}");
    client.open(&openings).await.says("9:00 am");
    let slug = format!("slug = \"{SESSION}\"\n");
    let retire = |file: String| file.replacen(&slug, &format!("{slug}retired = true\n"), 1);
    practice.rewrites("practice.toml", retire).await;
    client.open(&openings).await.says("I no longer offer this session.").never_says("Neuromuscular session");
    for page in [client.press(&form).await, client.get(&TUESDAY.form()).await] {
        let page = page.expect(409).says("I no longer offer this session.").never_says("Press one of these");
        assert!(page.forms("/appointments").is_empty() && page.hrefs("a[href*='start=']").is_empty());
        client.open(&page.link("See what I offer")).await.says("Biodynamic craniosacral session");
    }
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn an_office_in_use_cannot_vanish() {
    let practice = practice().open().await;
    let own = practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.rewrites("practice.toml", |file| file.replace("\"mt-shasta\"", "\"weed\"")).await;
    let therapist = practice.therapist().await;
    let content = therapist.open("/admin/articles").await;
    content.says("practice.toml:1: the office `mt-shasta` is used by upcoming appointments");
    practice.visitor().open("/offices/mt-shasta").await;
    practice.visitor().get("/offices/weed").await.expect(404);
    practice.visitor().open(&own).await.says("Mt. Shasta");
    practice.close().await;
}

#[tokio::test]
async fn who_comes_outside_of_new_hours_stands_and_is_marked() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    let day = "/admin/days/2026-11-24";
    therapist.open(day).await.says("June Okafor").never_says("outside your hours");
    practice.rewrites("practice.toml", |file| file.replace("from = \"09:00\"", "from = \"11:00\"")).await;
    for page in [day, "/admin"] {
        therapist.open(page).await.says("June Okafor").says("it's outside your hours in Redding");
    }
    practice.passes(TimeDelta::seconds(10)).await;
    practice.email_to(THERAPIST).await;
    practice.close().await;
}

#[tokio::test]
async fn the_zone_and_the_currency_stay_while_appointments_are_to_come() {
    let practice = practice().open().await;
    let change = |file: String| file.replace("Los_Angeles", "New_York").replace("USD", "EUR");
    practice.rewrites("practice.toml", change).await;
    practice.visitor().open(&WEDNESDAY.form()).await.says("€95").says("EST");
    let back = |file: String| file.replace("New_York", "Los_Angeles").replace("EUR", "USD");
    practice.rewrites("practice.toml", back).await;

    let own = practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.rewrites("practice.toml", change).await;
    let content = practice.therapist().await.open("/admin/articles").await;
    content
        .says("were agreed on in the time zone America/Los_Angeles: it can't change to America/New_York")
        .says("were agreed on in the currency USD: it can't change to EUR until they're over");
    practice.visitor().open(&own).await.says("$95").says("9:00 am").says("PST");
    practice.rewrites("practice.toml", back).await;
    let Err(serve::Error::Content(problems)) = practice.opens_again(change).await else {
        panic!("it does not open")
    };
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[tokio::test]
async fn an_office_that_has_moved_asks_whether_to_write_to_those_who_come() {
    let practice = practice().open().await;
    practice.asks(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    let moved = |file: String| file.replace("100 Example Street", "7 Pine Street");
    practice.rewrites("practice.toml", moved).await;
    practice.visitor().open("/offices/mt-shasta").await.says("7 Pine Street");
    let today = therapist
        .open("/admin")
        .await
        .says("Mt. Shasta has a new address. One person has an appointment there.");
    therapist.press_on(&today.form("/admin/offices/mt-shasta/new-address/emails")).await;
    practice.email_to(JUNE.email).await.says("7 Pine Street");
    practice.close().await;
}

#[tokio::test]
async fn the_next_openings_follow_the_practice_file() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let before = visitor.open("/").await.hrefs("a.go");
    practice
        .rewrites("practice.toml", |file| {
            file.replace("minimum_notice_hours = 12", "minimum_notice_hours = 96")
        })
        .await;
    assert_ne!(visitor.open("/").await.hrefs("a.go"), before);
    practice.close().await;
}

#[tokio::test]
async fn whatever_is_half_there_keeps_the_last_good_version() {
    let practice = practice().with_file(FILE, &article("It runs aslant.")).open().await;
    let (visitor, therapist) = (practice.visitor(), practice.therapist().await);
    let is_kept = async |problem: &str| {
        therapist.open("/admin/articles").await.says(problem);
        visitor.open(ARTICLE).await.says("aslant");
        visitor.open("/search?q=aslant").await.says("The sartorius");
        visitor.open("/offices/redding").await;
    };
    practice.renames("content", "elsewhere").await;
    is_kept("practice.toml:1: this can't be read").await;
    practice.renames("elsewhere", "content").await;
    therapist.open("/admin/articles").await.says("No problems.");

    practice.renames("content/articles", "content/artikel").await;
    is_kept("artikel:1: this folder isn't used").await;
    practice.renames("content/artikel", "content/articles").await;
    therapist.open("/admin/articles").await.says("No problems.");

    for (file, text, problem) in [
        ("practice.toml", "name = \"", "practice.toml:1: "),
        (FILE, "+++\ntitle = \"The sar", "articles/sartorius.md:1: "),
        (FILE, "", "articles/sartorius.md:1: "),
        ("images/a-session.svg", "<svg viewBox=\"0 0 72", "images/a-session.svg:1: this picture is cut off"),
        ("cards/sartorius.png", "\u{fffd}PNG", "cards/sartorius.png:1: this picture is cut off"),
    ] {
        let path = practice.content_dir().join(file);
        let before = std::fs::read(&path);
        practice.writes(file, text).await;
        is_kept(problem).await;
        match before {
            Ok(before) => practice.writes(file, before).await,
            Err(_) => practice.removes(file).await,
        }
        therapist.open("/admin/articles").await.says("No problems.");
    }
    practice.close().await;
}

#[tokio::test]
async fn content_that_is_emptied_closes_nothing_and_shows_again_when_it_is_back() {
    let practice = practice().with_file(FILE, &article("It runs aslant.")).open().await;
    let (visitor, therapist) = (practice.visitor(), practice.therapist().await);
    practice.renames("content", "elsewhere").await;
    std::fs::create_dir(practice.content_dir()).expect("a folder");
    practice.reads_again().await;
    therapist.open("/admin").await.says("1 problem in your content.");
    let picture = "/images/shoulder-trigger-point.svg";
    for page in ["/", "/about", ARTICLE, "/offices/redding", picture, "/search?q=aslant"] {
        visitor.open(page).await;
    }
    let own = practice.has_asked(&JUNE, &TUESDAY).await;
    therapist.confirms(&JUNE).await;
    practice.email_to(JUNE.email).await.says("You're confirmed.");
    visitor.open(&own).await.says("Confirmed");
    std::fs::remove_dir(practice.content_dir()).expect("an empty folder");
    practice.renames("elsewhere", "content").await;
    therapist.open("/admin").await.never_says("in your content.");
    practice.close().await;
}

#[test]
fn content_that_is_empty_at_the_start_is_said_and_the_next_start_finds_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let content_dir = folder.path().join("content");
    std::fs::create_dir(&content_dir).expect("a folder");
    let program = || {
        let mut program = stillpoint(folder.path(), &[]);
        program.env("CONTENT_DIR", &content_dir);
        program
    };
    let ended = run(&mut program());
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.err.contains("content/practice.toml:1: "), "{ended:?}");
    assert!(!folder.path().join("data").exists(), "nothing was begun");
    content::copy_shipped(&content_dir);
    assert_eq!(Server::start(&mut program()).terminate(), 0);
}

#[tokio::test]
async fn what_editors_leave_beside_a_file_is_no_content() {
    let practice = practice().with_file(FILE, &article("It runs aslant.")).open().await;
    let therapist = practice.therapist().await;
    for file in [
        "articles/.sartorius.md.swp",
        "articles/.#sartorius.md",
        "articles/#sartorius.md#",
        "articles/sartorius.md~",
        "articles/4913",
        "articles/~sartorius.md",
        "images/creek.png.part",
        "images/creek.png~",
        "cards/.sartorius.png.aX3",
    ] {
        practice.writes(file, "half").await;
        therapist.open("/admin/articles").await.says("No problems.").never_says("Worth a look");
    }
    practice.visitor().open(ARTICLE).await.says("aslant");
    practice.close().await;
}

/// Which picture an article shows.
fn source(article: Page) -> String {
    let body = article.body();
    let figure = body.split("<figure>").nth(1).expect("a figure");
    figures::values(figure, "src").remove(0)
}

#[tokio::test]
async fn a_changed_picture_is_fetched_anew() {
    let with_picture = article("![A creek](/images/creek.png)");
    let practice = practice().open().await;
    let visitor = practice.visitor();
    std::fs::write(practice.content_dir().join("images/creek.png"), png(240, 160)).expect("a picture");
    practice.writes(FILE, with_picture).await;
    let named = source(visitor.open(ARTICLE).await);
    assert!(visitor.open(&named).await.header("cache-control").contains("immutable"));
    let plain = visitor.open("/images/creek.png").await;
    plain.may_be_shared();
    let tag = plain.header("etag").to_owned();
    let again = async || {
        let ask = visitor.request(Method::GET, "/images/creek.png").header(header::IF_NONE_MATCH, &tag);
        let answer = visitor.send(ask).await;
        (answer.status, answer.bytes.len())
    };
    assert_eq!(again().await, (304, 0));

    practice.writes("images/creek.png", png(120, 80)).await;
    let now = source(visitor.open(ARTICLE).await);
    assert_ne!(now, named);
    assert_eq!(visitor.open(&now).await.bytes, png(120, 80));
    assert_eq!(again().await, (200, png(120, 80).len()));
    // What is not the version is not kept as it.
    visitor.open(&named).await.may_be_shared();
    practice.close().await;
}

fn june_wants() -> Wanted {
    let name = Name::parse(JUNE.name).expect("a name");
    let contact = Contact { email: EmailAddress::parse(JUNE.email).ok(), phone: None };
    Wanted {
        service: ServiceSlug::parse(SESSION).expect("a service"),
        office: OfficeSlug::parse(WEDNESDAY.office).expect("an office"),
        start: time::parse_instant(WEDNESDAY.start).expect("an instant"),
        asker: Asker::Typed { name, contact },
        guest: None,
        second: None,
        note: None,
        key: "0123456789abcdef0123456789abcdef".to_owned(),
        terms: None,
    }
}

async fn mt_shasta_goes(practice: &TestPractice) {
    practice.rewrites("practice.toml", |file| file.replace("\"mt-shasta\"", "\"weed\"")).await;
}

#[tokio::test]
async fn who_has_waited_for_the_lock_agrees_on_nothing_that_is_gone() {
    let practice = practice().open().await;
    let current = practice.running.current.clone();
    let lock = current.app().store.write().await.expect("the lock");
    let asking = async {
        let is_publishing = || async {
            tokio::select! { biased; _open = current.no_publishing() => false, () = async {} => true }
        };
        while !is_publishing().await {
            tokio::task::yield_now().await;
        }
        let (answer, ()) = tokio::join!(request::request(&current, june_wants()), async { drop(lock) });
        answer
    };
    let ((), answer) = tokio::join!(mt_shasta_goes(&practice), asking);
    practice.visitor().get("/offices/mt-shasta").await.expect(404);
    let refusal = Refusal::Slot(SlotRefusal::NotGivenThere);
    assert!(matches!(&answer, Err(operation::Error::Refused(said)) if *said == refusal), "{answer:?}");
    practice.close().await;
}

#[tokio::test]
async fn a_late_yes_finds_that_the_office_is_gone() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.asks(&JUNE, &WEDNESDAY).await;
    practice.emails().await;
    practice.passes(TimeDelta::hours(25)).await;
    practice.emails().await;
    mt_shasta_goes(&practice).await;
    therapist.open("/admin/articles").await.says("No problems.");
    therapist.open("/admin/appointments/1").await.says("Expired");
    therapist.sends("/admin/appointments/1/confirmation", &[]).await.expect(409);
    let answer =
        confirm::confirm(&practice.running.current, AppointmentId(1), confirm::Answer::default()).await;
    assert!(answer.is_err(), "{answer:?}");
    practice.close().await;
}

#[tokio::test]
async fn a_change_waits_for_the_last_appointment_that_is_in_its_way() {
    let practice = practice().open().await;
    practice.asks(&JUNE, &WEDNESDAY).await;
    practice.emails().await;
    mt_shasta_goes(&practice).await;
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.says("1 problem in your content.");
    practice.passes(TimeDelta::hours(25)).await;
    practice.emails().await;
    practice.reads_again().await;
    therapist.open("/admin").await.never_says("in your content.");
    practice.visitor().open("/offices/weed").await;
    practice.close().await;
}

#[tokio::test]
async fn what_has_no_effect_or_waits_for_a_start_is_said() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let content = therapist.open("/admin/articles").await.says("wait for a restart");
    content.never_says("no longer does anything");
    therapist.sets_policy(&[("horizon_days", "59")]).await;
    let content = therapist.open("/admin/articles").await.says("no longer does anything");
    content.says("the policy comes from the admin pages, not from practice.toml");
    practice.close().await;
}

#[tokio::test]
async fn what_is_changed_in_the_file_after_the_pages_is_said_at_once() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let pages = ["/admin", "/admin/hours", "/admin/settings"];
    let tell = async |words: &str, telling: &[&str]| {
        for page in pages {
            let page = therapist.open(page).await;
            let told = telling.iter().any(|telling| page.asked.ends_with(telling));
            if told {
                page.says(words)
            } else {
                page.never_says(words)
            };
        }
    };
    let hours = "This change in practice.toml does nothing: the opening hours of Redding.";
    let policy = "This change in practice.toml does nothing: minimum_notice_hours, horizon_days.";
    let friday =
        |file: String| file.replace("from = \"12:00\", to = \"18:00\"", "from = \"13:00\", to = \"18:00\"");
    let notice = |file: String| {
        file.replace("minimum_notice_hours = 12", "minimum_notice_hours = 36")
            .replace("horizon_days = 60", "horizon_days = 40")
    };

    // While the file holds, its changes do.
    practice.rewrites("practice.toml", |file| file.replace("to = \"18:00\"", "to = \"17:30\"")).await;
    practice.visitor().open("/offices/redding").await.says("12:00 pm – 5:30 pm");
    practice.rewrites("practice.toml", |file| file.replace("to = \"17:30\"", "to = \"18:00\"")).await;
    tell("does nothing", &[]).await;
    therapist.changes_hours("redding", &[("friday", "2 pm – 4 pm")]).await.expect(303);
    therapist.sets_policy(&[("horizon_days", "59")]).await;
    tell("does nothing", &[]).await;

    practice.rewrites("practice.toml", friday).await;
    tell(hours, &["/admin", "/admin/hours"]).await;
    practice.visitor().open("/offices/redding").await.says("2:00 pm – 4:00 pm");
    practice.rewrites("practice.toml", notice).await;
    tell(hours, &["/admin", "/admin/hours"]).await;
    tell(policy, &["/admin", "/admin/settings"]).await;

    // What is no longer so is no longer said.
    therapist.sets_policy(&[("horizon_days", "40"), ("minimum_notice_hours", "36")]).await;
    tell(policy, &[]).await;
    tell(hours, &["/admin", "/admin/hours"]).await;
    practice.rewrites("practice.toml", |file| file.replace("from = \"13:00\"", "from = \"12:00\"")).await;
    tell("does nothing", &[]).await;
    // The other office's hours are still the file's.
    practice.rewrites("practice.toml", |file| file.replace("to = \"17:00\"", "to = \"16:30\"")).await;
    practice.visitor().open("/offices/mt-shasta").await.says("9:00 am – 4:30 pm");
    tell(hours, &["/admin", "/admin/hours"]).await;
    practice.close().await;
}

#[tokio::test]
async fn the_running_program_logs_what_was_changed_in_the_file_in_vain() {
    let folder = tempfile::tempdir().expect("a folder");
    let content_dir = folder.path().join("content");
    content::copy_shipped(&content_dir);
    let file = content_dir.join("practice.toml");
    std::fs::write(&file, include_str!("../support/practice.toml")).expect("a practice file");
    let server = Server::start(stillpoint(folder.path(), &[]).env("CONTENT_DIR", &content_dir));
    let link = run(&mut stillpoint(folder.path(), &["therapist", "link"])).out;
    let visitor = server.visitor();
    let link = path_of(link.trim());
    visitor.press_on(&visitor.open(link).await.form(link).with("password", PASSWORD)).await;
    let week = visitor.open("/admin/hours").await.form("/admin/hours/redding").with("friday", "2 pm – 4 pm");
    visitor.press(&week).await.expect(303);
    let before = std::fs::read_to_string(&file).expect("a practice file");
    std::fs::write(&file, before.replace("to = \"18:00\"", "to = \"18:30\"")).expect("a practice file");
    server.says("the opening hours of Redding: this change in practice.toml does nothing");
    assert_eq!(server.terminate(), 0);
}
