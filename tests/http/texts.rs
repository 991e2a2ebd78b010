//! Texts as people write them: with what a word processor left in them, notes to
//! oneself, headings that are called like a part of the page.

use crate::support::{page::Page, practice::practice};

const FILE: &str = "articles/sartorius.md";
const ARTICLE: &str = "/articles/sartorius";

fn article(title: &str, words: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\ndescription = \"A long muscle.<!-- secret -->\"\npublished = 2026-11-01\n+++\n\n{words}\n"
    )
}

/// True for what XML 1.0 lets stand in a document.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[tokio::test]
async fn what_xml_forbids_reaches_no_feed_sitemap_or_drawing() {
    for pasted in [
        "\u{b}",
        "\u{8}",
        "\u{ffff}",
        "\u{fffe}",
        "\u{1}",
        "\u{1f}",
        "\u{c}",
        "\u{1ffff}",
        "&#11;",
        "&#xFFFF;",
    ] {
        let drawing = format!("<svg viewBox=\"0 0 9 9\"><text x=\"1\">One{pasted} word</text></svg>");
        let text = article(
            &format!("The{pasted} sartorius"),
            &format!("It runs{pasted} aslant.\n\n![a](/images/a.svg)"),
        );
        let practice = practice()
            .with_file(FILE, &text)
            .with_file("images/a.svg", &drawing)
            .with_practice_file(|file| file.replacen("name = \"", &format!("name = \"{pasted}"), 1))
            .open()
            .await;
        let visitor = practice.visitor();
        for address in ["/articles/feed.xml", "/sitemap.xml", "/images/a.svg", ARTICLE] {
            let body = visitor.open(address).await.body();
            assert!(body.chars().all(is_xml), "{pasted:?} in {address}");
            assert!(!body.contains("&#11;") && !body.contains("#xFFFF"), "{pasted:?} in {address}");
        }
        visitor.open(ARTICLE).await.says("aslant");
        practice.close().await;
    }
}

#[tokio::test]
async fn a_note_to_oneself_reaches_nobody() {
    let notes = "<!-- secret one -->\n\nIt runs <!-- secret two --> aslant.\n\n> Quoted <!-- secret\n> three -->.\n\n\
                 <!--\nsecret four\n\n## Secret five\n-->\n\n## Where <!-- secret six -->\n\n- here<!-- secret seven -->\n";
    let question =
        "+++\ntitle = \"Questions\"\ndescription = \"All.\"\n+++\n\n## Why?\n\nSo.<!-- secret eight -->\n";
    let practice = practice()
        .with_file(FILE, &article("The sartorius", notes))
        .with_file("pages/faq.md", question)
        .open()
        .await;
    let visitor = practice.visitor();
    for address in [ARTICLE, "/articles/feed.xml", "/articles", "/faq", "/search?q=sartorius"] {
        let body = visitor.open(address).await.body().to_lowercase();
        assert!(!body.contains("secret"), "{address}: {body}");
        assert!(!body.contains("<!--") && !body.contains("&lt;!--"), "{address}");
    }
    visitor.open("/search?q=secret").await.says("Nothing found");
    visitor.open(ARTICLE).await.says("It runs").says("aslant").says("Where").says("here");
    practice.close().await;
}

/// The ids of a page, sorted.
fn ids(page: &Page) -> Vec<String> {
    let mut ids = super::figures::values(&page.body(), "id");
    ids.sort();
    ids
}

#[tokio::test]
async fn no_id_stands_twice_on_a_page_whatever_its_headings_are_called() {
    let words = "One[^1].\n\n## Contents\n\n## Main\n\n## Invitation\n\n## Note 1\n\n### Note 1 back\n\n## Q\n\n> ## Main\n\n\
                 [To it](#contents-2)\n\n## Next\n\n## Redding\n\n## Mt. Shasta\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n| c |\n|---|\n| 3 |\n\n\
                 ![a](/images/a.svg)\n\n![a](/images/a.svg)\n\n[^1]: Two.";
    let drawing =
        "<svg viewBox=\"0 0 9 9\"><linearGradient id=\"main\"/><path fill=\"url(#main)\" d=\"M0 0\"/></svg>";
    let page = format!("+++\ntitle = \"A page\"\ndescription = \"All.\"\n+++\n\n{words}\n");
    let said = "+++\nwho = \"N. L.\"\nyear = 2023\n+++\n\n## Main\n\nGood[^1].\n\n[^1]: Truly.\n";
    let practice = practice()
        .with_file(FILE, &article("The sartorius", words))
        .with_file("images/a.svg", drawing)
        .with_file("pages/home.md", &page)
        .with_file("pages/offices.md", &page)
        .with_file("pages/services.md", &page)
        .with_file("pages/faq.md", &page)
        .with_file("pages/about.md", &page)
        .with_file("pages/testimonials.md", &page)
        .with_file("testimonials/one.md", said)
        .with_file("testimonials/two.md", said)
        .open()
        .await;
    let visitor = practice.visitor();
    for address in [ARTICLE, "/", "/offices", "/services", "/faq", "/about", "/testimonials"] {
        let page = visitor.open(address).await;
        let ids = ids(&page);
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{address}: {ids:?}");
        for href in super::figures::values(&page.body(), "href") {
            if let Some(id) = href.strip_prefix('#') {
                assert!(ids.iter().any(|known| known == id), "{address}: {href}");
            }
        }
    }
    practice.close().await;
}

#[tokio::test]
async fn a_drawing_in_the_feed_is_a_picture_that_others_may_show() {
    let drawing = "<svg viewBox=\"0 0 9 9\" width=\"9\" height=\"9\"><path d=\"M0 0\"/></svg>";
    let practice = practice()
        .with_file(FILE, &article("The sartorius", "![A line](/images/a.svg \"So\")"))
        .with_file("images/a.svg", drawing)
        .open()
        .await;
    let visitor = practice.visitor();
    assert!(visitor.open(ARTICLE).await.body().contains("<svg class=\"fig\""));
    let feed = visitor.open("/articles/feed.xml").await;
    assert!(!feed.body().contains("svg class") && !feed.body().contains("&#60;svg"), "no drawing");
    let src = format!("src=&#34;{}?v=", practice.url("/images/a.svg"));
    assert!(feed.body().contains(&src), "{}", feed.body());
    let policy = "cross-origin-resource-policy";
    assert_eq!(feed.header(policy), "same-origin");
    for address in ["/images/a.svg", "/cards/a-guide-to-neuromuscular-therapy.png", "/images/none.png"] {
        assert_eq!(visitor.get(address).await.header(policy), "cross-origin", "{address}");
    }
    practice.close().await;
}

#[tokio::test]
async fn the_feed_holds_the_newest_twenty() {
    let mut opening = practice();
    for day in 1..=28 {
        let text = format!(
            "+++\ntitle = \"Day {day}\"\ndescription = \"A day.\"\npublished = 2026-10-{day:02}\n+++\n\nWords.\n"
        );
        opening = opening.with_file(&format!("articles/day-{day}.md"), &text);
    }
    let practice = opening.open().await;
    let feed = practice.visitor().open("/articles/feed.xml").await.body();
    assert_eq!(feed.matches("<entry>").count(), 20);
    assert!(feed.contains("Day 28") && !feed.contains("<title>Day 1</title>"), "the newest");
    practice.close().await;
}
