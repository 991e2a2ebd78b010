//! Pages that the site has no place for: each stands at its name.

use std::collections::BTreeSet;

use reqwest::Method;

use super::check::Content;
use crate::support::{page::Page, practice::practice};

/// A page with these lines in its front matter.
fn page(title: &str, keys: &str, body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndescription = \"About it.\"\n{keys}\n+++\n\n{body}\n")
}

fn impressum() -> String {
    page("Impressum", "menu = \"footer\"\nrevised = 2026-11-14", "Stillpoint, [as ever](/parking#spaces).")
}

fn for_doctors() -> String {
    page("For doctors", "lead = \"Dear colleagues.\"\nmenu = \"header\"", "I gladly *call* you back.")
}

fn parking() -> String {
    page("Parking", "aliases = [\"/where/to-park.html\"]", "## Spaces\n\nBehind the bakery.")
}

fn header(page: &Page) -> Vec<String> {
    page.texts("header nav a")
}

fn footer(page: &Page) -> Vec<String> {
    page.texts("footer nav a")
}

#[tokio::test]
async fn any_page_is_served_at_its_name_and_stands_in_the_menu_that_it_asks_for() {
    let practice = practice()
        .with_file("pages/impressum.md", &impressum())
        .with_file("pages/for-doctors.md", &for_doctors())
        .with_file("pages/parking.md", &parking())
        .open()
        .await;
    let visitor = practice.visitor();
    for address in ["/", "/about", "/impressum", "/for-doctors", "/parking", "/appointments/new"] {
        let page = visitor.open(address).await;
        assert_eq!(header(&page), ["Articles", "Services", "Offices", "About", "For doctors"], "{address}");
        let footer = footer(&page);
        assert_eq!(
            footer[footer.len() - 3..],
            ["Accessibility", "Impressum", "Call (530) 555-0100"],
            "{address}"
        );
        let shown = page.hrefs("nav a");
        assert!(!shown.contains(&"/parking".to_owned()), "{address}: {shown:?}");
    }
    let doctors = visitor.open("/for-doctors").await.says("Dear colleagues.").says("I gladly call you back.");
    assert_eq!(doctors.texts("h1"), ["For doctors"]);
    assert!(doctors.title().starts_with("For doctors · "), "{}", doctors.title());
    assert_eq!(doctors.hrefs("link[rel=canonical]"), [practice.url("/for-doctors")]);
    assert_eq!(doctors.texts("header nav [aria-current]"), ["For doctors"]);
    assert!(visitor.open("/parking").await.texts("header nav [aria-current]").is_empty());
    assert!(doctors.body().contains(r#"<meta name="description" content="About it.">"#));
    assert!(doctors.body().contains(r#""name":"For doctors","position":2"#));
    practice.close().await;
}

#[tokio::test]
async fn it_is_found_as_every_other_page_is() {
    let practice = practice()
        .with_file("pages/impressum.md", &impressum())
        .with_file("pages/parking.md", &parking())
        .open()
        .await;
    let visitor = practice.visitor();
    let sitemap = visitor.open("/sitemap.xml").await.body();
    for entry in [
        format!("<loc>{}</loc><lastmod>2026-11-14</lastmod>", practice.url("/impressum")),
        format!("<loc>{}</loc></url>", practice.url("/parking")),
    ] {
        assert!(sitemap.contains(&entry), "{entry}: {sitemap}");
    }
    assert_eq!(visitor.open("/search?q=bakery").await.hrefs("main h3 a"), ["/parking#spaces"]);
    for (asked, place) in [
        ("/where/to-park.html", "/parking"),
        ("/where/to-park.html/", "/parking"),
        ("/parking/", "/parking"),
        ("/impressum/?from=card", "/impressum?from=card"),
    ] {
        assert_eq!(visitor.get(asked).await.expect(301).header("location"), place, "{asked}");
    }
    let nearly = visitor.get("/Impresum").await.expect(404);
    assert!(nearly.hrefs("main li a").contains(&"/impressum".to_owned()), "{:?}", nearly.hrefs("main li a"));
    visitor.head("/impressum").await.expect(200).may_be_shared();
    let sent = visitor.sends("/impressum", &[]).await.expect(405);
    assert_eq!(sent.header("allow"), "GET,HEAD");
    for none in ["/nothing", "/%FF", "/home", "/impressum.md"] {
        visitor.get(none).await.expect(404);
        assert_eq!(visitor.sends(none, &[]).await.expect(404).header("allow"), "", "{none}");
    }
    let delete = visitor.request(Method::DELETE, "/impressum");
    visitor.send(delete).await.expect(405);
    practice.close().await;
}

#[tokio::test]
async fn it_appears_changes_and_goes_while_the_site_is_open() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    visitor.get("/impressum").await.expect(404);
    practice.writes("pages/parking.md", &parking()).await;
    practice.writes("pages/impressum.md", &impressum()).await;
    visitor.open("/impressum").await.says("as ever");
    assert!(footer(&visitor.open("/").await).contains(&"Impressum".to_owned()));

    practice.writes("pages/impressum.md", &page("Imprint", "menu = \"header\"", "Changed.")).await;
    visitor.open("/impressum").await.says("Changed.").never_says("as ever");
    let home = visitor.open("/").await;
    assert_eq!(header(&home).last().map(String::as_str), Some("Imprint"));
    assert!(!footer(&home).contains(&"Impressum".to_owned()));

    practice.removes("pages/impressum.md").await;
    visitor.get("/impressum").await.expect(404);
    assert!(!header(&visitor.open("/").await).contains(&"Imprint".to_owned()));
    assert!(!visitor.open("/sitemap.xml").await.body().contains("/impressum"));
    practice.close().await;
}

#[tokio::test]
async fn a_name_that_begins_like_an_address_of_the_site_is_a_page_like_any_other() {
    let names = ["about-us", "services-for-children", "admin-fees", "appointments-explained", "images-of-us"];
    let mut opening = practice();
    for name in names {
        opening = opening.with_file(&format!("pages/{name}.md"), &page("Like any other", "", "Words."));
    }
    let practice = opening.open().await;
    let visitor = practice.visitor();
    for name in names {
        let page = visitor.open(&format!("/{name}")).await;
        assert!(page.texts("header nav [aria-current]").is_empty(), "{name}");
        assert_eq!(page.header("x-robots-tag"), "", "{name}");
        page.may_be_shared();
    }
    let robots = visitor.open("/robots.txt").await.body();
    assert!(robots.lines().any(|line| line == "Disallow: /admin/"), "{robots}");
    assert!(!robots.lines().any(|line| line == "Disallow: /admin"), "{robots}");
    practice.close().await;
}

#[test]
fn an_address_of_the_sites_own_is_no_name_for_a_page() {
    for taken in [
        "admin",
        "appointments",
        "assets",
        "book",
        "calendar",
        "cards",
        "feed",
        "healthz",
        "images",
        "search",
        "topics",
        "waitlist",
    ] {
        let (file, words) = (format!("pages/{taken}.md"), format!("the site already uses /{taken}"));
        Content::shipped().with(&file, &page("Mine", "", "Words.")).has_a_problem(&file, 1, &words);
    }
}

#[test]
fn every_address_of_the_url_map_is_kept_from_pages() {
    let patterns = stillpoint::web::router::patterns();
    let first = patterns.iter().filter_map(|pattern| pattern.split('/').nth(1));
    let is_name = |first: &&str| !first.is_empty() && !first.contains(['{', '.']);
    let first: BTreeSet<&str> = first.filter(is_name).collect();
    assert!(first.len() > 15, "{first:?}");
    for name in first {
        let file = format!("pages/{name}.md");
        // The site's own pages are shown in their place, and in no other.
        let content = Content::shipped().with(&file, &page("Mine", "menu = \"footer\"", "Words."));
        let ended = content.check();
        let told = ["the site already uses", "this page is already in the menus"];
        let is_told = told.iter().any(|words| ended.out.contains(words));
        assert!(ended.code == 1 && is_told, "{name}: {ended:?}");
    }
}

#[test]
fn a_name_that_is_no_address_is_told_one_that_is() {
    for (name, better) in [
        ("Impressum", "call it `impressum.md`"),
        ("for parents", "call it `for-parents.md`"),
        ("Über uns", "call it `uber-uns.md`"),
        ("u\u{308}ber", "call it `uber.md`"),
        ("my_page", "call it `my-page.md`"),
        ("a--b", "call it `a-b.md`"),
        ("-a", "call it `a.md`"),
        ("robots.txt", "call it `robots-txt.md`"),
        ("what's new?", "call it `whats-new.md`"),
        ("日本", "call it something like `for-doctors.md`"),
        ("Admin", "call it something like `for-doctors.md`"),
    ] {
        let file = format!("pages/{name}.md");
        Content::shipped().with(&file, &page("Mine", "", "Words.")).has_a_problem(&file, 1, better);
    }
    let content = Content::shipped().with("pages/Über uns.MD", &page("Mine", "", "Words."));
    content.has_one_remark("pages/Über uns.MD:1", "rename it to `uber-uns.md`");
}

#[test]
fn a_menu_that_there_is_not_and_a_page_that_needs_none_are_told() {
    for menu in ["\"top\"", "\"Header\"", "\"\"", "true", "[\"header\"]"] {
        let content =
            Content::shipped().with("pages/mine.md", &page("Mine", &format!("menu = {menu}"), "Words."));
        let words = "`menu` should be “header” or “footer”, as in `menu = \"footer\"`";
        content.has_a_problem("pages/mine.md", 4, words);
    }
    let content = Content::shipped().with("pages/mine.md", &page("Mine", "menus = \"header\"", "Words."));
    content.has_a_problem("pages/mine.md", 4, "unknown key `menus`; did you mean `menu`?");
    for name in ["about", "faq", "home", "services", "privacy"] {
        let file = format!("pages/{name}.md");
        let content = Content::shipped().changed(&file, "+++\n", "+++\nmenu = \"header\"\n");
        content.has_a_problem(&file, 2, "this page is already in the menus; leave out `menu`");
    }
}

#[test]
fn the_check_reads_it_as_it_reads_every_text() {
    let with = |body: &str| Content::shipped().with("pages/mine.md", &page("Mine", "", body));
    with("See [here](/mine#a), [there](/about) and [so on](#a).\n\n## A").is_all_well();
    with("[Nowhere](/mine#b)").has_a_problem("pages/mine.md", 7, "the link `/mine#b` leads nowhere");
    with("This cures migraine.").has_one_remark("pages/mine.md:7", "cure");
    with("日本").has_one_remark("pages/mine.md:7", "fonts");
    let linked = Content::shipped().with(
        "articles/a.md",
        "+++\ntitle = \"A\"\ndescription = \"B.\"\npublished = 2026-01-02\n+++\n\n[Mine](/mine)\n",
    );
    linked.has_a_problem("articles/a.md", 7, "the link `/mine` leads nowhere");
    linked.with("pages/mine.md", &page("Mine", "", "Words.")).is_all_well();

    let alias = "aliases = [\"/mine\"]";
    let twice = Content::shipped()
        .with("pages/mine.md", &page("Mine", "", "Words."))
        .with("pages/other.md", &page("Other", alias, "Words."));
    twice.has_a_problem("pages/other.md", 4, "the alias `/mine` is already an address on the site");
}

#[test]
fn a_page_of_the_sites_that_is_written_wrong_is_asked_about() {
    for (name, meant) in [("testimonial", "testimonials"), ("servces", "services")] {
        let content = Content::shipped();
        let meant_file = content.path(&format!("pages/{meant}.md"));
        if meant_file.exists() {
            std::fs::remove_file(&meant_file).expect("one page less");
        }
        let file = format!("pages/{name}.md");
        let words = format!("this makes a page of its own at /{name}; did you mean `{meant}.md`?");
        content.with(&file, &page("Mine", "", "Words.")).has_one_remark(&format!("{file}:1"), &words);
    }
}
