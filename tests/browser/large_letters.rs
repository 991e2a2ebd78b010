//! Letters twice as large on the narrowest phone: what has to be read stays whole.

use crate::{
    browser::Browser,
    chromium::PHONE,
    support::{
        people::{SESSION, TUESDAY, path_of},
        practice::practice,
    },
};

/// The words that stand in two lines, where nothing in them says that they may.
const CUT: &str = "
    await document.fonts.ready;
    document.querySelectorAll('details').forEach(fold => fold.open = true);
    const cut = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode;
        if (text.parentElement.closest('.vh, svg, textarea') || !text.parentElement.checkVisibility()) continue;
        for (const word of text.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
            const range = document.createRange();
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            const lines = [...range.getClientRects()].filter(line => line.width).map(line => line.top);
            if (new Set(lines).size > 1) cut.push(word[0]);
        }
    }
    return cut";

#[tokio::test]
async fn no_word_is_cut() {
    let practice = practice().open().await;
    let phone = Browser::open(PHONE.narrow_with_large_letters()).await;
    let visitor = practice.visitor();
    let sitemap = visitor.open("/sitemap.xml").await.locations();
    let pages = sitemap.iter().map(|address| path_of(address).to_owned());
    let others =
        [format!("/appointments/new?service={SESSION}"), TUESDAY.form(), "/search?q=pain".to_owned()];
    for page in pages.chain(others) {
        phone.goto(&practice.url(&page)).await;
        let size: String = phone.probe("return getComputedStyle(document.documentElement).fontSize").await;
        assert_eq!(size, "32px");
        assert_eq!(phone.probe::<Vec<String>>(CUT).await, [""; 0], "{page}");
        let width: u32 = phone.probe("return document.documentElement.scrollWidth").await;
        assert_eq!(width, 320, "{page}");
    }
    practice.close().await;
}
