//! What other programs read: feed, sitemap, JSON-LD, manifest, the pictures
//! beside an address that is shared.
//!
//! The first three are compared with the files in `tests/http/snapshots/`,
//! made of the small content that stands there. After a change that is meant,
//! write them anew, and look at the difference before you keep it:
//!
//! ```sh
//! RENEW_SNAPSHOTS=1 cargo test --test http shared::
//! ```

use std::{fs, path::PathBuf};

use serde_json::Value;

use super::figures::{png, values};
use crate::support::{
    content,
    page::Page,
    practice::{TestPractice, practice, practice_as_shipped},
};

/// Stands for the address of the server, which is another each time.
const BASE: &str = "https://practice.example";

fn snapshots() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/http/snapshots")
}

/// A practice with the content of the snapshots.
async fn small() -> TestPractice {
    let opening = practice();
    let folder = opening.folder().join("small");
    content::copy(&snapshots().join("content"), &folder);
    fs::copy(opening.folder().join("content/practice.toml"), folder.join("practice.toml")).expect("a copy");
    opening.with_config(|config| config.content_dir = folder).open().await
}

/// Insists that a text is the one in a file, or writes that file anew.
#[track_caller]
fn is_as_in(file: &str, text: &str, practice: &TestPractice) {
    let path = snapshots().join(file);
    let text = with_plain_hashes(&text.replace(&practice.url(""), BASE));
    if std::env::var_os("RENEW_SNAPSHOTS").is_some() {
        fs::write(&path, &text).expect("a snapshot");
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        text, known,
        "{file} is another now; was that meant? tests/http/shared.rs says how to renew it"
    );
}

/// The hash in an asset's name is of what it holds, which is not looked at here.
fn with_plain_hashes(text: &str) -> String {
    let mut pieces = text.split("/assets/card-");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |plain, piece| {
        format!("{plain}/assets/card-…{}", piece.trim_start_matches(|c: char| c.is_ascii_hexdigit()))
    })
}

/// What machines read about a page.
fn graph(page: &Page) -> Value {
    let body = page.body();
    let begin = r#"<script type="application/ld+json">"#;
    let inside = body.split_once(begin).and_then(|(_, rest)| rest.split_once("</script>"));
    let (json, rest) = inside.unwrap_or_else(|| panic!("{} says nothing to machines", page.asked));
    assert!(!rest.contains(begin), "{}", page.asked);
    serde_json::from_str(json).expect("JSON")
}

#[tokio::test]
async fn the_feed_and_the_sitemap_are_as_they_were() {
    let practice = small().await;
    let visitor = practice.visitor();
    is_as_in("feed.xml", &visitor.open("/articles/feed.xml").await.body(), &practice);
    is_as_in("sitemap.xml", &visitor.open("/sitemap.xml").await.body(), &practice);
    practice.close().await;
}

#[tokio::test]
async fn what_pages_tell_machines_is_as_it_was() {
    let practice = small().await;
    for (path, file) in [
        ("/", "home.json"),
        ("/about", "about.json"),
        ("/faq", "faq.json"),
        ("/services", "services.json"),
        ("/services/first-visit", "service.json"),
        ("/offices/redding", "office.json"),
        ("/articles", "articles.json"),
        ("/articles/second", "article.json"),
        ("/topics/trigger-points", "topic.json"),
    ] {
        let graph = graph(&practice.visitor().open(path).await);
        let text = serde_json::to_string_pretty(&graph).expect("JSON");
        is_as_in(file, &format!("{text}\n"), &practice);
    }
    practice.close().await;
}

#[tokio::test]
async fn every_page_of_the_sitemap_says_what_it_is_and_gives_nobody_a_rating() {
    let practice = practice_as_shipped().open().await;
    let visitor = practice.visitor();
    for address in visitor.open("/sitemap.xml").await.locations() {
        let page = visitor.open(&address).await;
        let body = page.body();
        let said = graph(&page).to_string();
        assert!(!said.to_lowercase().contains("rating") && !said.contains("Review"), "{address}");
        for name in ["og:title", "og:type", "og:url", "og:image", "og:description"] {
            assert!(body.contains(&format!("<meta property=\"{name}\" content=\"")), "{address}: {name}");
        }
        assert!(body.contains(&format!("<meta property=\"og:url\" content=\"{address}\">")), "{address}");
        let card = body.split("og:image\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
        let card = visitor.open(card.expect("a card")).await;
        assert_eq!(card.header("content-type"), "image/png", "{address}");
        // Width and height stand in the first chunk of a PNG.
        let number = |at: usize| u32::from_be_bytes(card.bytes[at..at + 4].try_into().expect("four bytes"));
        assert_eq!((number(16), number(20)), (1200, 630), "{address}");
    }
    practice.close().await;
}

#[tokio::test]
async fn every_shipped_article_has_a_card_of_its_own() {
    let practice = practice_as_shipped().open().await;
    let visitor = practice.visitor();
    for article in visitor.open("/articles").await.some_hrefs("main .list a") {
        let body = visitor.open(&article).await.body();
        let card = practice.url(&article.replace("/articles/", "/cards/"));
        assert!(
            body.contains(&format!("og:image\" content=\"{card}.png\"")),
            "{article}: .pictures/draw cards"
        );
    }
    visitor.get("/cards/none.png").await.expect(404);
    practice.close().await;
}

#[tokio::test]
async fn a_card_says_what_is_drawn_in_it_and_the_therapist_hears_of_one_that_is_old() {
    let practice = practice_as_shipped().open().await;
    let (visitor, therapist) = (practice.visitor(), practice.therapist().await);
    let alt = async |article: &str| {
        let body = visitor.open(article).await.body();
        values(&body, "property=\"og:image:alt\" content").concat()
    };
    let article = "/articles/what-is-neuromuscular-massage";
    let drawn = "“What is neuromuscular massage, and when to consider it”, above a mountain";
    assert!(alt(article).await.starts_with(drawn), "{}", alt(article).await);
    therapist.open("/admin/articles").await.never_says("Worth a look");

    let file = "articles/what-is-neuromuscular-massage.md";
    practice.rewrites(file, |text| text.replacen("What is neuromuscular massage", "What it is", 1)).await;
    visitor.open(article).await.says("What it is, and when to consider it");
    assert!(alt(article).await.starts_with(drawn), "it is still the old drawing: {}", alt(article).await);
    therapist.open("/admin/articles").await.says(
        "cards/what-is-neuromuscular-massage.png:1: this card shows the title “What is neuromuscular massage, \
         and when to consider it”, but the article is now called “What it is, and when to consider it”",
    );

    // A picture from elsewhere says nothing of itself, and an article without one gets the site's.
    practice.writes("cards/what-is-neuromuscular-massage.png", png(120, 63)).await;
    assert_eq!(alt(article).await, "A picture made for this article.");
    therapist.open("/admin/articles").await.never_says("Worth a look");
    practice.removes("cards/what-is-neuromuscular-massage.png").await;
    assert!(alt(article).await.starts_with("A mountain drawn"), "{}", alt(article).await);
    therapist.open("/admin/articles").await.never_says("Worth a look");
    practice.close().await;
}

#[tokio::test]
async fn the_shipped_sitemap_says_of_each_page_when_it_changed() {
    let practice = practice_as_shipped().open().await;
    let visitor = practice.visitor();
    let sitemap = visitor.open("/sitemap.xml").await.body();
    let undated = sitemap.lines().filter(|line| line.starts_with("<url>") && !line.contains("<lastmod>"));
    let openings = format!("<url><loc>{}</loc></url>", practice.url("/appointments/new"));
    assert_eq!(undated.collect::<Vec<_>>(), [openings], "which changes all the time");
    // What a list shows has changed, and so the list has.
    for (file, page, list) in [
        ("services/first-visit.md", "/services/first-visit", "/services"),
        ("offices/redding.md", "/offices/redding", "/offices"),
        (
            "articles/a-guide-to-neuromuscular-therapy.md",
            "/articles/a-guide-to-neuromuscular-therapy",
            "/articles",
        ),
        ("articles/a-guide-to-neuromuscular-therapy.md", "/articles/a-guide-to-neuromuscular-therapy", "/"),
    ] {
        practice
            .rewrites(file, |text| {
                let lines = text.lines().filter(|line| !line.starts_with("revised = "));
                lines.collect::<Vec<_>>().join("\n").replacen("\n+++", "\nrevised = 2027-02-03\n+++", 1)
            })
            .await;
        let sitemap = visitor.open("/sitemap.xml").await.body();
        for path in [page, list] {
            let entry = format!("<loc>{}</loc><lastmod>2027-02-03</lastmod>", practice.url(path));
            assert!(sitemap.contains(&entry), "{path}: {sitemap}");
        }
    }
    practice.close().await;
}

#[tokio::test]
async fn the_icon_and_the_manifest_are_there() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let home = visitor.open("/").await;
    for (css, kind) in [
        ("link[rel=icon][type='image/svg+xml']", "image/svg+xml"),
        ("link[rel=icon][sizes]", "image/vnd.microsoft.icon"),
        ("link[rel=apple-touch-icon]", "image/png"),
        ("link[rel=manifest]", "application/manifest+json"),
    ] {
        assert_eq!(visitor.open(&home.hrefs(css).concat()).await.header("content-type"), kind);
    }
    let manifest: Value =
        serde_json::from_str(&visitor.open("/manifest.webmanifest").await.body()).expect("JSON");
    assert_eq!(manifest["name"], "Dustin, Neuromuscular Massage");
    for icon in manifest["icons"].as_array().expect("icons") {
        let file = visitor.open(icon["src"].as_str().expect("an address")).await;
        assert_eq!(file.header("content-type"), icon["type"].as_str().expect("a kind"));
    }
    let favicon = visitor.get("/favicon.ico").await.expect(302);
    visitor.open(favicon.header("location")).await;
    assert!(home.header("content-security-policy").contains("manifest-src 'self'"));
    practice.close().await;
}

#[tokio::test]
async fn a_text_with_markup_in_it_stays_data() {
    let spoilt = "+++\ntitle = \"</script><script>x\"\ndescription = \"<!-- <script>\"\npublished = 2026-11-01\n+++\n\nText.\n";
    let practice = practice().with_file("articles/spoilt.md", spoilt).open().await;
    let page = practice.visitor().open("/articles/spoilt").await;
    assert_eq!(page.body().matches("<script").count(), 1);
    assert_eq!(graph(&page)["@graph"][0]["headline"], "</script><script>x");
    practice.close().await;
}
