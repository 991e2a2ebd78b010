//! What an article shows besides its words: drawings, pictures, and the links
//! within it.

use std::{collections::BTreeSet, fs, path::Path};

use crate::support::{
    page::Page,
    practice::{practice, practice_as_shipped},
    visitor::Visitor,
};

/// The articles that the list names.
async fn articles(visitor: &Visitor) -> Vec<Page> {
    let mut articles = Vec::new();
    for address in visitor.open("/articles").await.some_hrefs("main .list a") {
        articles.push(visitor.open(&address).await);
    }
    articles
}

/// The values of an attribute, wherever it stands.
pub fn values(body: &str, attribute: &str) -> Vec<String> {
    let begin = format!(" {attribute}=\"");
    body.split(&begin).skip(1).filter_map(|rest| Some(rest.split('"').next()?.to_owned())).collect()
}

#[tokio::test]
async fn drawings_are_part_of_their_article_and_say_what_they_show() {
    let practice = practice_as_shipped().open().await;
    let mut seen = 0;
    for article in articles(&practice.visitor()).await {
        let body = article.body();
        for figure in body.split("<figure>").skip(1).filter_map(|rest| rest.split("</figure>").next()) {
            assert!(figure.starts_with("<svg class=\"fig\" viewBox=\"0 0 720 "), "{figure}");
            assert!(
                figure.contains(" role=\"img\"") && values(figure, "aria-label")[0].len() > 100,
                "{figure}"
            );
            assert!(figure.contains("<figcaption>"), "{figure}");
            // Where our stylesheet is not: in a feed, in a reader's own view.
            let root = figure.split('>').next().unwrap_or_default();
            assert!(root.contains(r#" fill="none" stroke="currentColor""#), "no shape is filled: {root}");
            assert!(!figure.contains("style"), "{figure}");
            seen += 1;
        }
    }
    assert!(seen >= 3, "{seen} drawings");
    practice.close().await;
}

/// As much of a PNG as says how large it is, and its end.
pub fn png(width: u8, height: u8) -> Vec<u8> {
    let head = [&b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..], &[0, 0, 0, width, 0, 0, 0, height], &[0; 9]];
    [&head.concat(), &b"\0\0\0\0IEND\xae\x42\x60\x82"[..]].concat()
}

/// As much of an AVIF as says how large it is.
fn avif(width: u8, height: u8) -> Vec<u8> {
    let iso_box = |kind: &[u8], inside: &[u8]| {
        [&[0, 0, 0, u8::try_from(inside.len() + 8).expect("small")], kind, inside].concat()
    };
    let extent = iso_box(b"ispe", &[0, 0, 0, 0, 0, 0, 0, width, 0, 0, 0, height]);
    let properties = iso_box(b"iprp", &iso_box(b"ipco", &extent));
    [iso_box(b"ftyp", b"avif"), iso_box(b"meta", &[&[0; 4], &properties[..]].concat())].concat()
}

fn write(content: &Path, file: &str, bytes: &[u8]) {
    fs::write(content.join(file), bytes).expect("written");
}

#[tokio::test]
async fn a_picture_comes_in_the_sizes_and_kinds_that_lie_beside_it() {
    let opening = practice();
    let content = opening.folder().join("content");
    for (file, bytes) in [
        ("images/creek.png", png(240, 160)),
        ("images/creek-60.png", png(60, 40)),
        ("images/creek.avif", avif(240, 160)),
        ("images/creek-60.avif", avif(60, 40)),
        ("images/creek-9.png", png(9, 9)),
    ] {
        write(&content, file, &bytes);
    }
    let article = "+++\ntitle = \"A creek\"\ndescription = \"B.\"\npublished = 2026-01-02\n+++\n\n\
                   ![A creek in June](/images/creek.png \"The creek.\")\n";
    write(&content, "articles/creek.md", article.as_bytes());
    let practice = opening.open().await;
    let visitor = practice.visitor();
    let body = visitor.open("/articles/creek").await.body();
    let figure = body.split("<figure>").nth(1).and_then(|rest| rest.split("</figure>").next()).expect("one");
    // Each address has the version of its file.
    let plain = |srcset: &String| {
        let files = srcset.split(", ").map(|file| file.split_once("?v=").expect("a version"));
        let files = files.map(|(address, rest)| [address, &rest[8..]].concat());
        files.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(
        values(figure, "srcset").iter().map(plain).collect::<Vec<_>>(),
        [
            "/images/creek-60.avif 60w, /images/creek.avif 240w",
            "/images/creek-60.png 60w, /images/creek.png 240w"
        ],
        "what has another shape is left out"
    );
    assert_eq!((values(figure, "width"), values(figure, "height")), (vec!["240".into()], vec!["160".into()]));
    assert_eq!(
        (values(figure, "loading"), values(figure, "decoding")),
        (vec!["lazy".into()], vec!["async".into()])
    );
    assert_eq!(values(figure, "alt"), ["A creek in June"]);
    assert!(figure.ends_with("<figcaption>The creek.</figcaption>"), "{figure}");
    for (address, kind) in [("/images/creek-60.avif", "image/avif"), ("/images/creek.png", "image/png")] {
        assert_eq!(visitor.open(address).await.header("content-type"), kind);
    }
    visitor.get("/images/none.png").await.expect(404);
    visitor.get("/images/..%2fpractice.toml").await.expect(404);
    practice.close().await;
}

#[tokio::test]
async fn every_heading_of_an_article_and_every_note_can_be_linked_to() {
    let practice = practice_as_shipped().open().await;
    let mut notes = 0;
    for article in articles(&practice.visitor()).await {
        let headings = article.texts(".body h2[id]");
        assert!(headings.len() > 3, "{headings:?}");
        assert_eq!(
            article.texts(".body h2[id] > a[href^='#']").len() + 1,
            headings.len(),
            "but the invitation"
        );
        let body = article.body();
        let ids = values(&body, "id");
        let different: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(different.len(), ids.len(), "no id twice: {ids:?}");
        for link in article.some_hrefs("a[href^='#']") {
            assert!(different.contains(&link[1..].to_owned()), "{link}");
        }
        let (there, back) = (article.hrefs("sup a"), article.hrefs(".footnotes a"));
        assert_eq!(there.len(), back.len(), "a way back from each");
        notes += there.len();
    }
    assert!(notes > 0, "an article has a footnote");
    practice.close().await;
}
