//! The reader's story: reads an article, goes on to the next, finds by words.

use crate::{
    browser::Browser,
    chromium::{DESK, PHONE},
    support::{
        people::{JUNE, THERAPIST},
        practice::practice,
    },
};

/// Where the address of the page leads within it.
const HERE: &str = ":target";

#[tokio::test]
async fn a_reader_on_a_phone_without_script_goes_from_an_article_to_an_appointment() {
    let practice = practice().open().await;
    let phone = Browser::open(PHONE.without_script()).await;
    phone.goto(&practice.url("/articles")).await;
    phone.press("Headache relief").await;
    phone.press("When to see a doctor first").await;
    is_at(&phone, "#doctor", "When to see a doctor first").await;
    phone.press("Footnote 1").await;
    is_at(&phone, "#note_1", "The word means that pain is felt away").await;
    phone.press("Back to the text").await;
    is_at(&phone, "#note_1_back", "1").await;

    phone.press("Chronic pain, from headaches to the back").await;
    phone.says("When pain stays").await;
    let article = phone.address().await;
    assert!(article.ends_with("/articles/chronic-pain-from-headaches-to-the-back"), "{article}");
    assert_eq!(phone.texts(".offer .office").await, ["Mt. Shasta", "Redding"]);
    let times = phone.texts(".offer time").await;
    assert_eq!(times, ["Wednesday, November 25, 9:00 am", "Tuesday, November 24, 9:00 am"]);
    for (office, time) in ["Mt. Shasta", "Redding"].into_iter().zip(&times) {
        phone.goto(&article).await;
        phone.press(&format!("{time} PST, {office}")).await;
        phone.says("Request this time").await;
        assert_eq!(phone.texts(".slot .office").await, [office]);
        assert_eq!(phone.texts(".slot .when").await, [time.as_str()]);
    }
    phone.asks_as(&JUNE).await;
    phone.says("It is not confirmed yet.").await;
    let received = practice.email_to(JUNE.email).await;
    assert_eq!(received.subject, "Requested: Tuesday, November 24, 9:00 am, Redding");
    practice.mailbox.one_to(THERAPIST);

    phone.goto(&article).await;
    assert_ne!(phone.texts(".offer time").await, times, "offered, but taken");
    practice.close().await;
}

#[tokio::test]
async fn a_reader_finds_by_words_and_by_topic() {
    let practice = practice().open().await;
    let desk = Browser::open(DESK).await;
    desk.goto(&practice.url("/articels")).await;
    desk.says("Did you mean").await;
    assert_eq!(desk.texts("h2 + .rel li:first-child").await, ["Articles"]);
    desk.types("Search the site", "referred").await;
    desk.press("Search").await;
    desk.says("1 result for “referred”").await;
    assert_eq!(desk.texts("mark").await, ["referred"]);
    let back = desk.field("Search the site").await.prop("value").await.expect("a field");
    assert_eq!(back.as_deref(), Some("referred"));

    desk.press("Where a headache may begin").await;
    is_at(&desk, "#trigger-point", "Where a headache may begin").await;
    desk.press("headache").await;
    desk.says("Articles about headache").await;
    let mut titles = desk.texts(".list h2").await;
    titles.sort();
    assert_eq!(
        titles,
        ["Chronic pain, from headaches to the back", "Headache relief with neuromuscular massage"]
    );
    desk.press("posture").await;
    desk.says("Articles about posture").await;
    practice.close().await;
}

/// A link to an answer opens it, and the question stands above it, with no script of ours.
#[tokio::test]
async fn a_link_to_an_answer_leads_into_an_open_fold() {
    let practice = practice().open().await;
    let phone = Browser::open(PHONE.without_script()).await;
    let article = "/articles/headache-relief-with-neuromuscular-massage";
    for (address, fragment, answer) in [
        ("/faq#pain", "#pain", "Neuromuscular work can be"),
        (&format!("{article}#will-it-hurt"), "#will-it-hurt", "Pressing on a trigger point"),
    ] {
        phone.goto(&practice.url(address)).await;
        phone.find("[open]").await;
        is_at(&phone, fragment, answer).await;
        phone.sees("[open] > summary").await;
        assert_eq!(phone.all("[open]").await.len(), 1, "the others stay closed");
    }
    phone.goto(&practice.url("/search?q=what+should+I+wear")).await;
    phone.press("What should I wear?").await;
    phone.find("[open]").await;
    is_at(&phone, "#clothing", "Wear something loose").await;
    practice.close().await;
}

/// What could be written some day, and is not in an article of ours.
#[tokio::test]
async fn an_article_without_headings_has_the_wide_column_and_its_code_stays_in_it() {
    let line = "and on ".repeat(60);
    let head =
        "+++\ntitle = \"Knees\"\ndescription = \"On them.\"\npublished = 2020-01-01\ntopics = []\n+++\n";
    let practice = practice()
        .with_file("articles/knees.md", &format!("{head}\nA paragraph.\n\n```\n{line}\n```\n"))
        .open()
        .await;
    let desk = Browser::open(DESK).await;
    desk.goto(&practice.url("/articles/knees")).await;
    let wide = "return document.querySelector('.invite').getBoundingClientRect().width > 480";
    assert!(desk.probe::<bool>(wide).await, "the invitation stands in a column of its own");
    desk.is_sized(320, 844, true).await;
    let fits = "return document.documentElement.scrollWidth === 320";
    assert!(desk.probe::<bool>(fits).await, "the page scrolls sideways");
    practice.close().await;
}

#[tokio::test]
async fn a_marked_word_can_be_read_in_colors_of_ones_own() {
    let practice = practice().open().await;
    let desk = Browser::open(DESK).await;
    desk.goto(&practice.url("/search?q=headache")).await;
    desk.has_forced_colors().await;
    let tones = "
        const { color, backgroundColor } = getComputedStyle(document.querySelector('mark'));
        return [color, backgroundColor]";
    let [letters, ground] = desk.probe::<[String; 2]>(tones).await;
    assert_ne!(letters, ground);
    assert_ne!(ground, "rgba(0, 0, 0, 0)", "the letters are meant for a ground of their own");
    practice.close().await;
}

/// Insists that the address ends with a fragment, and that what it leads to can be seen.
async fn is_at(browser: &Browser, fragment: &str, words: &str) {
    let text = browser.find(HERE).await.text().await.expect("a text");
    assert!(text.starts_with(words), "{text}");
    let address = browser.address().await;
    assert!(address.ends_with(fragment), "{address}");
    browser.sees(HERE).await;
}
