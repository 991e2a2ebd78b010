//! What stands around an article: its topics, what goes with it, and the next
//! openings, true at that moment.

use chrono::TimeDelta;

use crate::support::{
    people::{JUNE, SESSION},
    practice::practice,
};

const ARTICLE: &str = "/articles/headache-relief-with-neuromuscular-massage";

#[tokio::test]
async fn an_article_leads_to_its_topics_and_a_topic_to_its_articles() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let article = visitor.open(ARTICLE).await;
    let topics = article.hrefs(".topics a");
    assert!(topics.contains(&"/topics/headache".to_owned()), "{topics:?}");
    for topic in &topics {
        let page = visitor.open(topic).await;
        assert!(page.hrefs(".list a").contains(&ARTICLE.to_owned()), "{topic}");
        assert_eq!(page.hrefs("link[rel=canonical]"), [practice.url(topic)]);
        let sitemap = visitor.open("/sitemap.xml").await.body();
        assert!(sitemap.contains(&format!("<loc>{}</loc><lastmod>", practice.url(topic))), "{topic}");
    }
    let others = visitor.open("/topics/headache").await.hrefs("ul.topics a");
    assert!(!others.is_empty() && !others.contains(&"/topics/headache".to_owned()), "{others:?}");
    practice.close().await;
}

#[tokio::test]
async fn articles_of_the_same_topic_and_words_are_related_and_neighbours_in_time_are_linked() {
    let article = |published: &str, words: &str, topics: &str| {
        format!(
            "+++\ntitle = \"About {words}\"\ndescription = \"On it.\"\npublished = {published}\ntopics = [{topics}]\n+++\n\n{words} {words}.\n"
        )
    };
    let practice = practice()
        .with_file("articles/zebra.md", &article("2020-01-01", "zebra stripes", "\"savanna\""))
        .with_file("articles/giraffe.md", &article("2020-01-02", "giraffe necks", "\"savanna\""))
        .with_file("articles/herd.md", &article("2020-01-03", "stripes and herds", ""))
        .open()
        .await;
    let visitor = practice.visitor();
    let zebra = visitor.open("/articles/zebra").await;
    let mut related = zebra.hrefs("ul.rel a");
    related.truncate(2);
    related.sort();
    assert_eq!(related, ["/articles/giraffe", "/articles/herd"]);
    assert_eq!(zebra.hrefs("a[rel=prev]"), [""; 0], "the oldest of all");
    assert_eq!(zebra.hrefs("a[rel=next]"), ["/articles/giraffe"]);
    let giraffe = visitor.open("/articles/giraffe").await;
    assert_eq!(giraffe.hrefs("a[rel=prev]"), ["/articles/zebra"]);
    assert_eq!(giraffe.hrefs("a[rel=next]"), ["/articles/herd"]);
    practice.close().await;
}

#[tokio::test]
async fn the_next_opening_at_each_office_is_true_at_that_moment() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    for page in [ARTICLE, "/"] {
        let before = visitor.open(page).await.hrefs("a.go");
        assert_eq!(before.len(), 2, "{before:?}");
        assert_eq!(visitor.open(page).await.says("First visit, 90 minutes").hrefs("a.go"), before);
        // Somebody takes the first of them: nobody is offered it any more.
        let form = visitor.open(&before[0]).await.form("/appointments");
        let mine = visitor.press(&JUNE.fills(form)).await.leads_to();
        let taken = visitor.open(page).await.hrefs("a.go");
        assert!(!taken.contains(&before[0]), "{taken:?}");
        // And when it is given back, somebody is.
        let back = visitor.open(&format!("{mine}/cancellation")).await.form("/cancellation");
        visitor.press(&back).await.expect(303);
        assert_eq!(visitor.open(page).await.hrefs("a.go"), before);
        practice.emails().await;
    }
    // Nothing is written, but time goes by.
    let before = visitor.open(ARTICLE).await.hrefs("a.go");
    practice.clock.advance(TimeDelta::hours(30));
    let after = visitor.open(ARTICLE).await.hrefs("a.go");
    assert!(!after.contains(&before[1]), "it is tomorrow at nine, and so it is in the past: {after:?}");
    assert!(visitor.open(&format!("/appointments/new?service={SESSION}")).await.text().contains("pm"));
    practice.close().await;
}

#[tokio::test]
async fn a_short_article_takes_one_minute() {
    let short = "+++\ntitle = \"Short\"\ndescription = \"B.\"\npublished = 2026-11-20\n+++\n\nFew words.\n";
    let practice = practice().with_file("articles/short.md", short).open().await;
    let visitor = practice.visitor();
    assert_eq!(visitor.open("/articles/short").await.texts(".byline span")[0], "1-minute read");
    assert_eq!(visitor.open("/articles").await.texts(".list .meta span")[1], "1-minute read");
    practice.close().await;
}

#[tokio::test]
async fn pages_of_answers_and_of_clients_words_lead_on_to_the_openings() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    for page in ["/faq", "/testimonials"] {
        assert_eq!(visitor.open(page).await.link("See available times"), "/appointments/new", "{page}");
    }
    let faq = visitor.open("/faq").await;
    assert_eq!(faq.hrefs("main a[href^=tel]").len(), 1, "{}", faq.text());
    // It has one name, wherever it is named.
    let name = faq.texts("h1").concat();
    for page in ["/", "/about", "/articles/a-guide-to-neuromuscular-therapy", "/none"] {
        let links = visitor.get(page).await.texts("a[href='/faq']");
        assert!(!links.is_empty(), "{page} leads to it");
        for link in links {
            assert_eq!(link.to_lowercase(), name.to_lowercase(), "{page}");
        }
    }
    practice.close().await;
}

#[tokio::test]
async fn the_list_of_articles_names_its_feed() {
    let practice = practice().open().await;
    let page = practice.visitor().open("/articles").await;
    assert_eq!(page.hrefs("main a[href$='.xml']"), ["/articles/feed.xml"]);
    practice.close().await;
}
