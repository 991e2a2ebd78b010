//! A reader's question: to the therapist, to nobody else.

use crate::support::{
    page::Form,
    people::{JUNE, THERAPIST},
    practice::{TestPractice, practice},
};

const ARTICLE: &str = "/articles/a-guide-to-neuromuscular-therapy";
const WORDS: &str = "Does it help & <hurt>?\n\nAnd how long?";

async fn filled(practice: &TestPractice) -> Form {
    let visitor = practice.visitor();
    let address = visitor.open(ARTICLE).await.link("Ask a question");
    let form = visitor.open(&address).await.form("/question");
    form.with("name", JUNE.name).with("email", "o'june+1@example.com").with("question", WORDS)
}

#[tokio::test]
async fn a_question_reaches_the_therapist_and_nobody_else() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let sent = visitor.press_on(&filled(&practice).await).await;
    assert_eq!(sent.title().split(" · ").next(), Some("Your question is on its way to me"));
    let email = practice.email_to(THERAPIST).await;
    assert_eq!(email.subject, "Question: A guide to neuromuscular therapy");
    for words in [JUNE.name, WORDS, "o'june+1@example.com", "CAMTC #93004"] {
        email.says(words);
    }
    assert_eq!(email.links(), [practice.url(ARTICLE)]);
    assert!(email.html.contains("Does it help &#38; &#60;hurt&#62;?"), "{}", email.html);
    assert!(email.html.contains("href=\"mailto:o&#39;june+1@example.com\""), "{}", email.html);
    practice.mailbox.is_empty();
    for page in [ARTICLE, "/faq", "/articles"] {
        visitor.open(page).await.never_says("And how long?");
    }
    practice.close().await;
}

#[tokio::test]
async fn the_same_question_twice_is_one_email_and_another_is_another() {
    let practice = practice().open().await;
    let form = filled(&practice).await;
    for form in [&form, &form, &form.clone().with("question", "Another?")] {
        practice.visitor().press(form).await.expect(303);
    }
    assert_eq!(practice.emails().await.len(), 2);
    practice.close().await;
}

#[tokio::test]
async fn a_wrong_question_comes_back_with_what_was_typed() {
    let practice = practice().open().await;
    let right = filled(&practice).await;
    for (field, value, words) in [
        ("name", "", "Please tell me your name."),
        ("name", "buy.example", "like a web address"),
        ("email", "", "Please leave an email address"),
        ("email", "june@", "like name@example.com"),
        ("question", " \n ", "Please write your question."),
        ("question", &"x".repeat(2001), "2,000 characters"),
        ("website", "http://spam.example", "Please leave this field empty"),
    ] {
        let form = right.clone().with(field, value);
        let page = practice.visitor().press(&form).await.expect(422).says(words);
        assert_eq!(page.hrefs(".sum a"), [format!("#{field}")]);
        assert!(page.title().starts_with("Not sent: Ask about “A guide"), "{}", page.title());
        let back = page.form("/question");
        for field in ["name", "email", "question", "website"] {
            assert_eq!(back.value(field).trim(), form.value(field).trim(), "{field}");
        }
    }
    practice.close().await;
}

#[tokio::test]
async fn too_many_questions_are_429_and_nothing_typed_is_lost() {
    let practice = practice().with("per_address_hour", "1").open().await;
    let form = filled(&practice).await;
    practice.visitor().press(&form).await.expect(303);
    let page = practice.visitor().press(&form).await.expect(429).says("nothing you typed is lost");
    assert!(page.title().starts_with("Not sent: "), "{}", page.title());
    assert_eq!(page.texts(".sum[role=alert][tabindex='-1'][autofocus]").len(), 1, "the first that is read");
    assert_eq!(page.form("/question").value("question").replace("\r\n", "\n"), WORDS);
    practice.email_to(THERAPIST).await;
    practice.close().await;
}

#[tokio::test]
async fn an_article_about_questions_is_an_article() {
    let article =
        "+++\ntitle = \"Questions to ask\"\ndescription = \"Some.\"\npublished = 2026-11-01\n+++\n\nAsk.\n";
    let practice = practice().with_file("articles/questions-to-ask.md", article).open().await;
    let page = practice.visitor().open("/articles/questions-to-ask").await;
    assert_eq!(page.header("x-robots-tag"), "", "it may be indexed");
    page.may_be_shared();
    practice.close().await;
}

#[tokio::test]
async fn a_question_is_kept_by_no_browser_and_is_about_an_article_that_is_there() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    for address in [format!("{ARTICLE}/question"), format!("{ARTICLE}/question/sent")] {
        let page = visitor.open(&address).await;
        assert_eq!(page.header("cache-control"), "private, no-cache");
        assert_eq!(page.header("x-robots-tag"), "noindex");
        assert!(page.body().contains(r#"<meta name="robots" content="noindex">"#));
    }
    visitor.get("/articles/none/question").await.expect(404);
    visitor.get("/articles/none/question/sent").await.expect(404);
    let form = filled(&practice).await;
    let forged = visitor.post(&form.action, form.encoded()).header("sec-fetch-site", "cross-site");
    visitor.send(forged).await.expect(403);
    practice.close().await;
}
