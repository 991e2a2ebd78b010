//! The whole way, from a search engine to the visit that is called off.

use crate::support::{
    page::Page,
    people::{JUNE, THERAPIST, path_of},
    practice::practice,
    visitor::Visitor,
};

#[tokio::test]
async fn from_the_sitemap_to_the_calendar_and_back_out_of_it() {
    let practice = practice().open().await;
    let client = practice.visitor();

    let openings = openings_over_an_article(&client).await;
    let first = openings.link("Tuesday, November 24, 9:00 am, Redding");
    let form = JUNE.fills(client.open(&first).await.form("/appointments"));
    let own_page = client.press(&form).await.leads_to();
    let requested = client.open(&own_page).await.says("It is not confirmed yet.");
    assert!(requested.title().starts_with("Requested: Tuesday, November 24, 9:00 am, Redding"));

    let received = practice.email_to(JUNE.email).await;
    assert_eq!(received.subject, "Requested: Tuesday, November 24, 9:00 am, Redding");
    let arrived = practice.mailbox.one_to(THERAPIST);
    assert_eq!(arrived.subject, "Requested: June Okafor, Tuesday, November 24, 9:00 am, Redding");

    let therapist = practice.therapist().await;
    let answer = therapist.open(arrived.page()).await.form("/confirmation");
    therapist.press_on(&answer).await.says("Confirmed: June Okafor");
    let confirmed = practice.email_to(JUNE.email).await;
    assert_eq!(confirmed.subject, "Confirmed: Tuesday, November 24, 9:00 am, Redding");
    assert!(confirmed.invitation().contains(&"DTSTART:20261124T170000Z".to_owned()));

    let page = client.open(confirmed.page()).await.says("I look forward to seeing you.");
    let file = client.open(&page.link("Add to calendar")).await.body();
    assert!(file.contains("STATUS:CONFIRMED\r\n"), "{file}");

    let cancellation = client.open(&page.link("Cancel")).await.form("/cancellation");
    client.press_on(&cancellation).await.says("is canceled. Thanks for letting me know.");
    let canceled = practice.email_to(JUNE.email).await;
    assert_eq!(canceled.subject, "Canceled: Tuesday, November 24, 9:00 am, Redding");
    assert_eq!(canceled.method.as_deref(), Some("CANCEL"), "it leaves the calendar");
    let told = practice.mailbox.one_to(THERAPIST);
    assert_eq!(told.subject, "Canceled: June Okafor, Tuesday, November 24, 9:00 am, Redding");
    therapist.open(told.page()).await.says("Canceled: June Okafor");
    client.open(&first).await; // The time is offered again.
    assert_eq!(client.cookies(), "", "public pages set no cookie");
    practice.close().await;
}

#[tokio::test]
async fn the_home_page_leads_to_the_openings_of_a_service() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let services = client.open(&client.open("/").await.link("Book a session")).await;
    client.open(&services.link("Neuromuscular session")).await.link("Tuesday, November 24, 9:00 am, Redding");
    assert_eq!(client.get("/book").await.leads_to(), "/appointments/new");
    practice.close().await;
}

async fn openings_over_an_article(client: &Visitor) -> Page {
    let sitemap = client.open("/sitemap.xml").await.locations();
    let article = sitemap.iter().rfind(|address| address.contains("/articles/")).expect("an article");
    let article = client.open(path_of(article)).await;
    let services = client.open(&article.link("See available times")).await;
    client.open(&services.link("Neuromuscular session")).await
}
