//! What machines read about a page: JSON-LD in the words of schema.org. Only
//! what the page itself says stands here, and no rating that nobody gave.

use serde_json::{Value, json};

use super::card;
use crate::{
    app::App,
    content::{markdown::Section, read::article::Article},
    domain::{
        client::country::{self, Country},
        ids::ServiceSlug,
        practice::{
            office::Office,
            opening_hours::{OpeningHours, TimeOfDay},
            postal,
            price::Price,
            service::Service,
        },
        time,
    },
    urls,
};

/// Several things as one text, ready to stand in a `<script>` element: nothing
/// in it can end the element.
pub fn script(things: &[Value]) -> String {
    let graph = json!({ "@context": "https://schema.org", "@graph": things });
    graph.to_string().replace('<', "\\u003c")
}

/// The way from the home page, each step a name and an address.
pub fn breadcrumbs(app: &App, steps: &[(&str, &str)]) -> Value {
    let home = [(app.practice().name.as_str(), urls::HOME)];
    let steps = home.iter().chain(steps).enumerate().map(|(nth, (name, path))| {
        json!({ "@type": "ListItem", "position": nth + 1, "name": name, "item": app.base.to(path) })
    });
    json!({ "@type": "BreadcrumbList", "itemListElement": steps.collect::<Vec<_>>() })
}

/// The practice: one therapist, its offices, its services with their prices.
pub fn business(app: &App) -> Value {
    let practice = app.practice();
    let offers = practice.services_offered().map(|service| {
        let mut offer = offer(app, service.price);
        offer["itemOffered"] = service_in_short(app, service);
        offer
    });
    let mut business = json!({
        "@type": "HealthAndBeautyBusiness",
        "@id": practice_id(app),
        "name": practice.name,
        "url": app.base.to(urls::HOME),
        "image": card::of_site(app).address,
        "telephone": phone(app),
        "email": practice.therapist.email,
        "employee": therapist(app),
        "address": practice.offices.iter().map(|office| address(app, office)).collect::<Vec<_>>(),
        "location": practice.offices.iter().map(|office| place(app, office)).collect::<Vec<_>>(),
        "makesOffer": offers.collect::<Vec<_>>(),
        "currenciesAccepted": practice.currency,
    });
    let prices = || practice.services_offered().map(|service| service.price);
    if let (Some(least), Some(most)) = (prices().min(), prices().max()) {
        let words = |price| practice.price_words(price);
        business["priceRange"] =
            if least == most { words(least) } else { format!("{}–{}", words(least), words(most)) }.into();
    }
    business
}

/// The therapist, with the certificate where there is one.
pub fn therapist(app: &App) -> Value {
    let therapist = &app.practice().therapist;
    let mut person = json!({
        "@type": "Person",
        "@id": therapist_id(app),
        "name": therapist.name,
        "url": therapist_page(app),
        "worksFor": { "@id": practice_id(app) },
    });
    if let Some(title) = &therapist.title {
        person["jobTitle"] = title.as_str().into();
    }
    if let Some(identifier) = &therapist.credential {
        let mut credential = json!({
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": "certification",
            "identifier": identifier,
        });
        if let Some(title) = &therapist.title {
            credential["name"] = title.as_str().into();
        }
        person["hasCredential"] = credential;
    }
    person
}

/// An office as a place.
pub fn place(app: &App, office: &Office) -> Value {
    let path = urls::office(&office.slug);
    let mut place = json!({
        "@type": "Place",
        "@id": app.base.to(&format!("{path}#place")),
        "name": format!("{}, {}", app.practice().name, office.name),
        "url": app.base.to(&path),
        "telephone": phone(app),
        "address": address(app, office),
    });
    if let Some(at) = office.public_place() {
        place["geo"] =
            json!({ "@type": "GeoCoordinates", "latitude": at.latitude, "longitude": at.longitude });
    }
    place
}

/// The same with its opening hours.
pub fn place_with_hours(app: &App, office: &Office, hours: &OpeningHours) -> Value {
    let windows = hours.days().flat_map(|(day, windows)| windows.iter().map(move |window| (day, window)));
    let hours = windows.map(|(day, window)| {
        json!({
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": format!("https://schema.org/{}", time::weekday_words(day)),
            "opens": clock(window.from()),
            "closes": clock(window.to()),
        })
    });
    let mut place = place(app, office);
    place["openingHoursSpecification"] = hours.collect::<Vec<_>>().into();
    place
}

/// A service with its price.
pub fn service(app: &App, service: &Service) -> Value {
    let mut value = service_in_short(app, service);
    let offices = app.practice().offices.iter().filter(|office| service.is_given_at(&office.slug));
    let given_at: Vec<Value> = offices.map(|office| place(app, office)).collect();
    value["offers"] = offer(app, service.price);
    value["offers"]["url"] = app.base.to(&urls::openings(&service.slug)).into();
    value["provider"] = in_short(app);
    value["areaServed"] = given_at.into();
    value
}

fn service_in_short(app: &App, service: &Service) -> Value {
    let mut value = json!({
        "@type": "Service",
        "@id": service_id(app, &service.slug),
        "name": service.name,
        "url": app.base.to(&urls::service(&service.slug)),
    });
    let prose = app.site.services.get(&service.slug);
    if let Some(description) = prose.and_then(|prose| prose.description.as_deref()) {
        value["description"] = description.into();
    }
    value
}

pub fn article(app: &App, article: &Article) -> Value {
    let address = app.base.to(&urls::article(&article.slug.value));
    let topics = article.topics.iter().map(|topic| topic.name.as_str()).collect::<Vec<_>>();
    let mut value = json!({
        "@type": "Article",
        "@id": format!("{address}#article"),
        "headline": article.title,
        "description": article.description,
        "url": address,
        "mainEntityOfPage": address,
        "datePublished": article.published.to_string(),
        "dateModified": article.updated().to_string(),
        "inLanguage": "en",
        "wordCount": article.body.words,
        "image": card::of_article(app, article).address,
        "author": {
            "@type": "Person",
            "@id": therapist_id(app),
            "name": app.practice().therapist.name,
            "url": therapist_page(app),
        },
        "publisher": in_short(app),
    });
    if !topics.is_empty() {
        value["keywords"] = topics.join(", ").into();
    }
    value
}

/// Questions with their answers, out of the sections of a page.
pub fn questions(sections: &[Section]) -> Value {
    // A heading without words of its own asks nothing.
    let questions = sections.iter().filter(|section| !section.text.is_empty()).map(|section| {
        let answer = json!({ "@type": "Answer", "text": section.text });
        json!({ "@type": "Question", "name": section.heading, "acceptedAnswer": answer })
    });
    json!({ "@type": "FAQPage", "mainEntity": questions.collect::<Vec<_>>() })
}

/// The practice where it is not what the page is about.
fn in_short(app: &App) -> Value {
    json!({
        "@type": "HealthAndBeautyBusiness",
        "@id": practice_id(app),
        "name": app.practice().name,
        "url": app.base.to(urls::HOME),
        "image": card::of_site(app).address,
        "telephone": phone(app),
        "address": app.practice().offices.iter().map(|office| address(app, office)).collect::<Vec<_>>(),
    })
}

fn offer(app: &App, price: Price) -> Value {
    json!({
        "@type": "Offer",
        "price": format!("{}.{:02}", price.0 / 100, price.0 % 100),
        "priceCurrency": app.practice().currency,
    })
}

/// The postal address, taken apart where it is written as it is in the practice's country.
fn address(app: &App, office: &Office) -> Value {
    if office.address.is_empty() {
        return json!({ "@type": "PostalAddress", "addressLocality": office.name });
    }
    let zone = app.practice().zone;
    let postal =
        Country::of(zone).and_then(|country| Some((country, postal::take_apart(country, &office.address)?)));
    if !office.is_address_public {
        // The town alone, as whoever comes is told as well.
        let mut town = json!({ "@type": "PostalAddress", "addressLocality": office.name });
        if let Some(region) = postal.and_then(|(_, postal)| postal.region) {
            town["addressRegion"] = region.into();
        }
        return town;
    }
    let Some((country, postal)) = postal else {
        return json!({ "@type": "PostalAddress", "streetAddress": office.address_line() });
    };
    let country = if country::is_united_states(zone) { Country::UNITED_STATES } else { country };
    let mut address = json!({
        "@type": "PostalAddress",
        "addressLocality": postal.town,
        "postalCode": postal.code,
        "addressCountry": country.code(),
    });
    if !postal.street.is_empty() {
        address["streetAddress"] = postal.street.into();
    }
    if let Some(region) = postal.region {
        address["addressRegion"] = region.into();
    }
    address
}

fn practice_id(app: &App) -> String {
    app.base.to("/#practice")
}

fn therapist_id(app: &App) -> String {
    app.base.to("/#therapist")
}

fn therapist_page(app: &App) -> String {
    app.base.to(if app.site.pages.contains_key("about") { urls::ABOUT } else { urls::HOME })
}

fn service_id(app: &App, slug: &ServiceSlug) -> String {
    app.base.to(&format!("{}#service", urls::service(slug)))
}

fn phone(app: &App) -> String {
    app.practice().phone_link()
}

/// `09:00`; the end of the day is 23:59, since schema.org's day has no 24:00.
fn clock(time: TimeOfDay) -> String {
    let minutes = time.minutes().min(24 * 60 - 1);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_the_element() {
        let script = script(&[json!({ "name": "</script><b>" })]);
        assert!(!script.contains('<'), "{script}");
        let back: Value = serde_json::from_str(&script).expect("JSON");
        assert_eq!(back["@graph"][0]["name"], "</script><b>");
    }
}
