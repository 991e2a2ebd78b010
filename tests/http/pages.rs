//! Pages that everybody reads.

use crate::support::{
    practice::{practice, practice_as_shipped},
    visitor::Visitor,
};

/// The addresses of the sitemap.
async fn sitemap(visitor: &Visitor) -> Vec<String> {
    let sitemap = visitor.open("/sitemap.xml").await;
    assert!(sitemap.header("content-type").contains("xml"));
    sitemap.locations()
}

#[tokio::test]
async fn every_page_of_the_sitemap_is_there_and_so_is_whatever_it_links_to() {
    let practice = practice_as_shipped().open().await;
    let visitor = practice.visitor();
    let addresses = sitemap(&visitor).await;
    assert!(addresses.len() > 15, "{addresses:?}");
    let mut linked = std::collections::BTreeSet::new();
    for address in addresses {
        assert!(address.starts_with(&practice.url("/")), "{address}");
        let page = visitor.open(&address).await;
        assert_eq!(page.texts("h1").len(), 1, "{address}");
        let links = [page.hrefs("a[href^='/']"), page.hrefs("link[href^='/']")].concat();
        linked.extend(links.into_iter().map(|link| link.split('#').next().unwrap_or_default().to_owned()));
    }
    for link in linked {
        visitor.open(&link).await;
    }
    practice.close().await;
}

#[tokio::test]
async fn the_feed_holds_the_articles_newest_first() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let feed = visitor.open("/articles/feed.xml").await;
    assert!(
        feed.header("content-type").starts_with("application/atom+xml"),
        "{}",
        feed.header("content-type")
    );
    let body = feed.body();
    let entries: Vec<&str> = body.split("<entry>").skip(1).collect();
    assert!(entries.len() >= 5);
    let published: Vec<&str> =
        entries.iter().filter_map(|entry| entry.split("<published>").nth(1)?.split('<').next()).collect();
    assert_eq!(published.len(), entries.len());
    assert!(published.is_sorted_by(|newer, older| newer >= older), "{published:?}");
    for entry in entries {
        let link = entry.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
        visitor.open(link).await;
    }
    practice.close().await;
}

#[tokio::test]
async fn robots_are_told_where_the_sitemap_is_and_what_is_not_theirs() {
    let practice = practice().open().await;
    let robots = practice.visitor().open("/robots.txt").await;
    assert!(robots.header("content-type").starts_with("text/plain"));
    let body = robots.body();
    assert!(body.contains(&format!("Sitemap: {}", practice.url("/sitemap.xml"))), "{body}");
    assert!(body.contains("Disallow: /admin"), "{body}");
    assert_eq!(practice.visitor().open("/healthz").await.body(), "ok\n");
    practice.close().await;
}

#[tokio::test]
async fn every_page_names_the_therapist_and_the_number() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    for address in sitemap(&visitor).await {
        visitor.open(&address).await.says("CAMTC #93004").link("(530) 555-0100");
    }
    practice.close().await;
}

#[tokio::test]
async fn an_unknown_address_is_a_404_with_a_way_out() {
    let practice = practice().open().await;
    for address in ["/topics/none", "/articles/none", "/offices/atlantis", "/index.html", "/.env"] {
        practice.visitor().get(address).await.expect(404).has_a_way_out();
    }
    practice.close().await;
}
