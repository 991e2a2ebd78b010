//! Finding: the search, the pages that a wrong address may have meant, and
//! addresses that have moved.

use crate::support::practice::practice;

/// An article about one thing, at an address of its own.
fn article(keys: &str) -> String {
    format!(
        "+++\ntitle = \"The sartorius\"\ndescription = \"A long muscle.\"\npublished = 2026-11-01\n{keys}\n+++\n\n\
         Before.\n\n## Where it runs {{#way}}\n\nIt crosses the thigh & the knee <aslant>.\n"
    )
}

#[tokio::test]
async fn a_word_is_found_in_its_section_and_marked() {
    let practice = practice().with_file("articles/sartorius.md", &article("")).open().await;
    let visitor = practice.visitor();
    let page = visitor.open("/search?q=aslant").await;
    let page = page.says("The sartorius").says("1 result for");
    assert_eq!(page.hrefs("main h3 a"), ["/articles/sartorius#way"]);
    assert_eq!(page.texts("mark"), ["aslant"]);
    assert!(page.body().contains("the knee &#60;<mark>aslant</mark>&#62;"), "{}", page.body());
    assert!(page.body().contains(r#"name="q" type="search" value="aslant""#), "{}", page.body());
    assert!(page.body().contains(r#"<meta name="robots" content="noindex">"#));
    practice.close().await;
}

#[tokio::test]
async fn a_section_is_found_by_its_heading_and_shown_with_it() {
    let practice = practice().open().await;
    for (query, address, heading, page) in [
        ("who i am", "/#about", "Who I am", "Patient, skilled hands for headaches"),
        (
            "where a headache may begin",
            "/articles/headache-relief-with-neuromuscular-massage#trigger-point",
            "Where a headache may begin",
            "Headache relief",
        ),
        ("what was checked", "/accessibility#checked", "What was checked", "Accessibility"),
    ] {
        let found = practice.visitor().open(&format!("/search?q={}", query.replace(' ', "+"))).await;
        assert_eq!(found.hrefs("main .list h3 a")[0], address, "{query}");
        assert_eq!(found.texts("main .list h3")[0], heading, "{query}");
        assert!(found.texts("main .list .meta")[0].starts_with(page), "{query}: {}", found.text());
    }
    // Nobody has to choose between two results that read the same.
    let found = practice.visitor().open("/search?q=headache").await;
    let mut results = found.texts("main .list li");
    let shown = results.len();
    results.sort();
    results.dedup();
    assert_eq!(results.len(), shown, "{results:#?}");
    let excerpts = found.texts("main .list li p:not(.meta)");
    assert!(excerpts.len() == shown && !excerpts.contains(&String::new()), "{excerpts:#?}");
    practice.close().await;
}

#[tokio::test]
async fn pages_questions_services_and_offices_are_found_as_well() {
    let practice = practice().open().await;
    for (query, address) in [
        ("wear", "/faq#clothing"),
        ("cancelling", "/policies#cancellation"),
        ("craniosacral", "/services/craniosacral-60"),
        ("redding", "/offices/redding"),
    ] {
        let page = practice.visitor().open(&format!("/search?q={query}")).await;
        let found = page.hrefs("main .list a");
        assert!(found.iter().any(|href| href.starts_with(address)), "{query}: {found:?}");
    }
    practice.close().await;
}

#[tokio::test]
async fn every_page_leads_to_the_search_and_some_have_it() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    for page in ["/", "/about", "/services/first-visit", "/articles", "/appointments/new"] {
        assert!(visitor.open(page).await.hrefs("footer nav a").contains(&"/search".to_owned()), "{page}");
    }
    for page in ["/articles", "/faq", "/search"] {
        let page = visitor.open(page).await;
        assert_eq!(page.texts("main form[role=search] label"), ["Search the site"], "{}", page.asked);
    }
    practice.close().await;
}

#[tokio::test]
async fn what_clients_say_is_found() {
    let practice = practice().open().await;
    let found =
        practice.visitor().open("/search?q=rejuvenated").await.says("1 result for").says("What clients say");
    assert_eq!(found.hrefs("main .list a"), ["/testimonials"]);
    assert_eq!(found.texts("main .list h3"), ["N. L., 2023"]);
    practice.close().await;
}

#[tokio::test]
async fn a_mistyped_word_is_put_right_by_the_words_of_the_site() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    for (typed, meant) in [
        ("headche", "headache"),
        ("migrane", "migraine"),
        ("massge xylophone", "massage xylophone"),
        ("Massge for headakes", "massage for headaches"),
    ] {
        let page = visitor.open(&format!("/search?q={}", typed.replace(' ', "+"))).await;
        let page = page.says(&format!("Did you mean {meant}?"));
        let found = visitor.open(&page.link(meant)).await.never_says("Did you mean");
        assert!(!found.hrefs("main .list a").is_empty(), "{typed}");
    }
    // A word in another form is no mistake, and a word like none is not replaced.
    for right in ["headaches", "headach", "xylophone", "headache+xylophone", "", "%3Cb%3E"] {
        visitor.open(&format!("/search?q={right}")).await.never_says("Did you mean");
    }
    practice.close().await;
}

#[tokio::test]
async fn where_no_text_holds_all_words_that_is_said() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let page = visitor.open("/search?q=headache+xylophone").await;
    let page = page.says("Nothing has all of those words. These have some of them.");
    assert!(!page.hrefs("main .list a").is_empty());
    visitor.open("/search?q=headache+doctor").await.says("doctor").never_says("Nothing has all");
    practice.close().await;
}

#[tokio::test]
async fn all_results_can_be_read_a_page_at_a_time() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let mut page = visitor.open("/search?q=a+%26+headache").await;
    assert!(page.texts("main h2")[0].starts_with("The best 12 of "), "{}", page.text());
    let count: usize =
        page.texts("main h2")[0].split(' ').nth(4).and_then(|n| n.parse().ok()).expect("a number");
    let mut seen = page.hrefs("main .list a");
    while let Some(next) = page.hrefs("a[rel=next]").first() {
        page = visitor.open(next).await;
        let shown = page.hrefs("main .list a");
        let said = format!(
            "Results {} to {} of {count} for “a & headache”",
            seen.len() + 1,
            seen.len() + shown.len()
        );
        page = page.says(&said);
        seen.extend(shown);
    }
    assert_eq!(seen.len(), count);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), count, "each once");
    assert_eq!(page.hrefs("a[rel=prev]").len(), 1);
    let last = page.texts("main h2")[0].clone();
    for beyond in ["99", "18446744073709551615"] {
        visitor.open(&format!("/search?q=a+%26+headache&page={beyond}")).await.says(&last);
    }
    for first in ["0", "-1", "two", "1"] {
        visitor.open(&format!("/search?q=a+%26+headache&page={first}")).await.says("The best 12 of");
    }
    practice.close().await;
}

#[tokio::test]
async fn when_nothing_is_found_there_is_a_way_on_and_whatever_is_typed_is_safe() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    visitor.open("/search?q=xylophone").await.says("Nothing found for “xylophone”").link("headache");
    visitor.open("/search").await.says("the articles, the pages, and the questions").has_a_way_out();
    let long = format!("/search?q={}", "headache+".repeat(800));
    for address in [
        "/search?q=%22",
        "/search?q=%22%22%22+OR",
        "/search?q=NEAR(",
        "/search?q=title%3Ax*",
        "/search?q=%00",
        "/search?q=%ff%fe",
        "/search?q=a&q=b",
        "/search?q[]=a",
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/search?q=%EE%80%80x%EE%80%81",
        &long,
    ] {
        visitor.open(address).await.never_says("<script");
    }
    practice.close().await;
}

#[tokio::test]
async fn a_wrong_address_names_the_pages_that_may_have_been_meant() {
    let practice = practice().open().await;
    for (address, meant) in [
        ("/articels", "/articles"),
        ("/article/headache-relief.html", "/articles/headache-relief-with-neuromuscular-massage"),
        ("/redding", "/offices/redding"),
        ("/office/mt-shasta.php", "/offices/mt-shasta"),
        ("/questions", "/faq"),
        ("/topics/headaches", "/topics/headache"),
        ("/articels/headake", "/topics/headache"),
        ("/clothing", "/faq#clothing"),
        ("/book-now", "/appointments/new"),
    ] {
        let page = practice.visitor().get(address).await.expect(404).says("Did you mean");
        let found = page.hrefs("main ul.rel a");
        let found = &found[..found.len().min(5)];
        assert!(found.iter().any(|href| href == meant), "{address}: {found:?}");
        assert!(page.body().contains(r#"action="/search""#), "{address}");
    }
    assert!(practice.visitor().open("/articles").await.body().contains(r#"action="/search""#));
    let page = practice.visitor().get("/zzz/qqq").await.expect(404).never_says("Did you mean");
    page.has_a_way_out();
    practice.close().await;
}

#[tokio::test]
async fn a_wrong_address_below_a_list_leads_to_the_list_first() {
    let practice = practice().open().await;
    for (address, list) in [
        ("/services/nothing", "/services"),
        ("/services/zzz", "/services"),
        ("/office/zzz", "/offices"),
        ("/articles/headache", "/articles"),
        ("/topics/nothing-at-all", "/articles"),
        ("/contact", "/offices"),
        ("/phone-numbers", "/offices"),
        ("/prices.html", "/services"),
    ] {
        let page = practice.visitor().get(address).await.expect(404).says("Did you mean");
        let found = page.hrefs("main ul.rel a");
        assert_eq!(found[0], list, "{address}: {found:?}");
        let mut once = found.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), found.len(), "{address} names a page twice: {found:?}");
    }
    let page = practice.visitor().get("/services/nothing").await;
    assert_eq!(page.texts("main ul.rel")[0], "Services", "and no text that says “nothing”");
    // Words that stand in every text say nothing.
    for address in ["/nothing", "/what-have-you.html", "/undefined", "/null"] {
        practice.visitor().get(address).await.expect(404).never_says("Did you mean");
    }
    let found = practice.visitor().get("/booking").await.expect(404).hrefs("main a");
    assert_eq!(found.iter().filter(|href| *href == "/appointments/new").count(), 1, "{found:?}");
    practice.close().await;
}

#[tokio::test]
async fn the_therapist_stays_among_their_own_pages_when_one_is_not_there() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for address in ["/admin/nothing", "/admin/appointments/999", "/admin/"] {
        let page = therapist.get(address).await.expect(404).says("Page not found");
        let page = page.never_says("Links in my emails").never_says("tel:").never_says("Book a session");
        assert_eq!(page.texts("header nav a").first().map(String::as_str), Some("Today"), "{address}");
        page.form("/session/end");
        assert_eq!(page.hrefs("main a"), ["/admin"]);
        // Nobody else is told whether there is such a page.
        practice.visitor().get(address).await.expect(303);
    }
    // What only begins with the same emails is a page like any other.
    let page = practice.visitor().get("/administrator").await.expect(404).says("See available times");
    page.has_a_way_out();
    practice.close().await;
}

#[tokio::test]
async fn an_address_that_is_private_is_not_looked_for() {
    let practice = practice().open().await;
    for address in ["/appointments/headache", "/appointments/00000000000000000000000000000000/massage"] {
        practice.visitor().get(address).await.expect(404).never_says("Did you mean");
    }
    practice.therapist().await.get("/admin/articles/headache").await.expect(404).never_says("Did you mean");
    practice.close().await;
}

#[tokio::test]
async fn who_comes_to_a_former_address_is_led_to_the_new_one() {
    let aliases = "aliases = [\"/muscles/sartorius.html\", \"/articles/the-sartorius/\"]";
    let practice = practice().with_file("articles/sartorius.md", &article(aliases)).open().await;
    let visitor = practice.visitor();
    for former in ["/muscles/sartorius.html", "/articles/the-sartorius", "/articles/the-sartorius/"] {
        let page = visitor.get(former).await.expect(301);
        assert_eq!(page.header("location"), "/articles/sartorius", "{former}");
        assert_eq!(visitor.head(former).await.expect(301).header("location"), "/articles/sartorius");
    }
    for (former, now) in [
        ("/muscles/sartorius.html?a=b&c=%20", "/articles/sartorius?a=b&c=%20"),
        ("/search/?q=headache", "/search?q=headache"),
        ("/appointments/new/?service=first-visit", "/appointments/new?service=first-visit"),
        ("/articles/sartorius/question/", "/articles/sartorius/question"),
        ("/faq/?", "/faq?"),
        ("/faq/?//example.com", "/faq?//example.com"),
    ] {
        assert_eq!(visitor.get(former).await.expect(301).header("location"), now);
    }
    for elsewhere in ["//example.com/?/faq/", "//faq/", "/articles/none/question/"] {
        visitor.get(elsewhere).await.expect(404);
    }
    assert_eq!(visitor.get("/faq/").await.expect(301).header("location"), "/faq");
    assert_eq!(
        visitor.get("/articles/sartorius/").await.expect(301).header("location"),
        "/articles/sartorius"
    );
    practice.close().await;
}
