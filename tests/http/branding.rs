//! The practice's own icon, and its own card for where the site is shared.

use std::{fs, io::Cursor};

use image::{DynamicImage, GenericImageView, ImageFormat, Rgba, RgbaImage};
use serde_json::Value;

use super::check::Content;
use crate::support::{
    page::Page,
    practice::{Opening, practice},
    visitor::Visitor,
};

const DRAWN: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><path d=\"M0 0h32v32z\"/></svg>";
const BLUE: Rgba<u8> = Rgba([0, 0, 255, 255]);

/// A ring's worth of color in the middle, and nothing around it.
fn picture(width: u32, height: u32, color: Rgba<u8>) -> Vec<u8> {
    let pixels = RgbaImage::from_fn(width, height, |x, y| {
        let is_inside = (width / 4..width / 4 * 3).contains(&x) && (height / 4..height / 4 * 3).contains(&y);
        if is_inside { color } else { Rgba([0, 0, 0, 0]) }
    });
    stored(pixels.into(), ImageFormat::Png)
}

fn stored(pixels: DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let pixels = if format == ImageFormat::Jpeg { pixels.into_rgb8().into() } else { pixels };
    pixels.write_to(&mut bytes, format).expect("written");
    bytes.into_inner()
}

fn with(opening: Opening, file: &str, bytes: impl AsRef<[u8]>) -> Opening {
    fs::write(opening.folder().join("content").join(file), bytes).expect("a file");
    opening
}

/// The picture at an address, that can be kept for ever.
async fn pixels(visitor: &Visitor, address: &str) -> DynamicImage {
    let file = visitor.open(address).await;
    assert_eq!(file.header("content-type"), "image/png", "{address}");
    assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable", "{address}");
    image::load_from_memory(&file.bytes).expect("a picture")
}

async fn manifest(visitor: &Visitor) -> Vec<(String, String)> {
    let manifest: Value =
        serde_json::from_str(&visitor.open("/manifest.webmanifest").await.body()).expect("JSON");
    let icons = manifest["icons"].as_array().expect("icons").iter();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    icons.map(|icon| (text(&icon["sizes"]), text(&icon["src"]))).collect()
}

fn card(page: &Page) -> String {
    let card = page
        .body()
        .split("og:image\" content=\"")
        .nth(1)
        .and_then(|rest| Some(rest.split('"').next()?.to_owned()));
    card.expect("a card")
}

#[tokio::test]
async fn a_practice_without_its_own_has_ours() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    for none in ["/icon.svg", "/icon.png", "/card.png"] {
        visitor.get(none).await.expect(404);
    }
    let home = visitor.open("/").await;
    assert!(home.some_hrefs("link[rel=icon]").iter().all(|href| href.starts_with("/assets/")));
    assert!(card(&home).contains("/assets/card-"), "{}", card(&home));
    assert_eq!(home.texts("a.brand svg").len(), 1);
    practice.close().await;
}

#[tokio::test]
async fn the_practices_own_icon_is_everywhere_and_ours_nowhere() {
    let practice =
        with(with(practice(), "icon.png", picture(1000, 1000, BLUE)), "icon.svg", DRAWN).open().await;
    let visitor = practice.visitor();
    let therapist = practice.therapist().await;
    let pages = [
        visitor.open("/").await,
        visitor.open("/about").await,
        visitor.open("/appointments/new").await,
        visitor.get("/nowhere").await.expect(404),
        therapist.open("/admin").await,
    ];
    for page in pages {
        let drawn = page.hrefs("link[rel=icon][type='image/svg+xml']").concat();
        let file = visitor.open(&drawn).await;
        assert_eq!((file.body().as_str(), file.header("content-type")), (DRAWN, "image/svg+xml"));
        assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
        let small = pixels(&visitor, &page.hrefs("link[rel=icon][sizes='32x32']").concat()).await;
        assert_eq!(
            (small.dimensions(), small.get_pixel(16, 16), small.get_pixel(1, 1).0[3]),
            ((32, 32), BLUE, 0)
        );
        let touch = pixels(&visitor, &page.hrefs("link[rel=apple-touch-icon]").concat()).await;
        assert_eq!((touch.dimensions(), touch.get_pixel(90, 90)), ((180, 180), BLUE));
        assert_eq!(touch.get_pixel(1, 1).0[3], 255, "a phone would show it black");
        assert_eq!(page.hrefs("link[rel=icon]").len(), 2, "and no other");
        assert!(page.body().contains(&format!("<img src=\"{drawn}\" alt=\"\"")), "{}", page.body());
        assert!(page.texts("a.brand svg").is_empty());
    }
    let icons = manifest(&visitor).await;
    assert_eq!(
        icons.iter().map(|(sizes, _)| sizes.as_str()).collect::<Vec<_>>(),
        ["any", "192x192", "512x512"]
    );
    for (sizes, address) in icons.iter().filter(|(sizes, _)| sizes != "any") {
        let (width, height) = pixels(&visitor, address).await.dimensions();
        assert_eq!(&format!("{width}x{height}"), sizes);
    }
    let favicon = visitor.get("/favicon.ico").await.expect(302);
    assert_eq!(pixels(&visitor, favicon.header("location")).await.dimensions(), (32, 32));
    practice.close().await;
}

#[tokio::test]
async fn an_icon_of_one_kind_is_enough() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    practice.writes("icon.svg", DRAWN).await;
    let home = visitor.open("/").await;
    assert!(home.hrefs("link[rel=icon]").concat().starts_with("/icon.svg?v="), "{:?}", home.hrefs("link"));
    assert!(home.hrefs("link[rel=apple-touch-icon]").is_empty());
    assert!(visitor.get("/favicon.ico").await.expect(302).header("location").starts_with("/icon.svg?v="));
    assert_eq!(manifest(&visitor).await.len(), 1);

    practice.removes("icon.svg").await;
    practice.writes("icon.png", picture(512, 512, BLUE)).await;
    let home = visitor.open("/").await;
    assert!(home.hrefs("link[rel=icon]").concat().starts_with("/icon.png?v="), "{:?}", home.hrefs("link"));
    assert_eq!(manifest(&visitor).await.len(), 2);
    visitor.get("/icon.svg").await.expect(404);

    practice.removes("icon.png").await;
    assert!(visitor.open("/").await.hrefs("link[rel=icon]").concat().starts_with("/assets/"));
    practice.close().await;
}

#[tokio::test]
async fn what_has_changed_is_at_another_address() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let mut seen = Vec::new();
    for color in [BLUE, Rgba([255, 0, 0, 255])] {
        practice.writes("icon.png", picture(512, 512, color)).await;
        practice.writes("card.png", picture(1200, 630, color)).await;
        let home = visitor.open("/").await;
        let (icon, card) = (home.hrefs("link[rel=apple-touch-icon]").concat(), card(&home));
        assert_eq!(pixels(&visitor, &icon).await.get_pixel(90, 90), color);
        assert_eq!(pixels(&visitor, &card).await.get_pixel(600, 315), color);
        seen.extend([icon, card]);
        let unnamed = visitor.open("/card.png").await;
        unnamed.may_be_shared();
        assert!(unnamed.header("etag").starts_with("W/"));
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 4, "{seen:?}");
    practice.close().await;
}

#[tokio::test]
async fn the_practices_own_card_goes_with_every_page_but_articles_that_have_their_own() {
    let article = "+++\ntitle = \"Hips\"\ndescription = \"Some.\"\npublished = 2026-11-01\nslug = \"site\"\n+++\n\nHips.\n";
    let practice =
        with(practice().with_file("articles/site.md", article), "card.png", picture(1200, 630, BLUE))
            .open()
            .await;
    let visitor = practice.visitor();
    for address in ["/", "/about", "/offices/redding", "/articles/site"] {
        let page = visitor.open(address).await;
        let card = card(&page);
        assert!(card.starts_with(&practice.url("/card.png?v=")), "{address}: {card}");
        let alt = "og:image:alt\" content=\"A picture made for Dustin, Neuromuscular Massage.\"";
        assert!(page.body().contains(alt), "{address}");
        let file = visitor.open(&card).await;
        assert_eq!(file.header("cross-origin-resource-policy"), "cross-origin");
    }
    let home = visitor.open("/").await.body();
    assert!(home.contains(&format!("\"image\":\"{}/card.png?v=", practice.url(""))), "{home}");
    let own = "/articles/a-guide-to-neuromuscular-therapy";
    assert!(card(&visitor.open(own).await).contains("/cards/a-guide-to-neuromuscular-therapy.png"));
    // The icon is ours still.
    assert!(visitor.open("/").await.hrefs("link[rel=icon]").concat().starts_with("/assets/"));
    practice.close().await;
}

#[test]
fn the_check_says_what_an_icon_or_a_card_should_be() {
    let jpeg = |width, height| stored(RgbaImage::new(width, height).into(), ImageFormat::Jpeg);
    let whole = picture(512, 512, BLUE);
    let broken = [&whole[..60], &[0xff; 40], &whole[100..]].concat();
    let half = whole[..whole.len() / 2].to_vec();
    for (file, bytes, words) in [
        ("icon.png", picture(512, 300, BLUE), "an icon has to be square; this one is 512 by 300"),
        (
            "icon.png",
            picture(64, 64, BLUE),
            "an icon has to be at least 512 by 512 pixels; this one is 64 by 64",
        ),
        ("icon.png", picture(4097, 4097, BLUE), "an icon can be at most 4096 by 4096 pixels"),
        ("icon.png", jpeg(512, 512), "this isn't really PNG; save it as PNG"),
        ("icon.png", DRAWN.into(), "this isn't really PNG"),
        ("icon.png", b"what is this, then?".to_vec(), "this isn't a kind of picture"),
        ("icon.png", half, "this picture is cut off"),
        ("icon.png", broken, "this picture is damaged"),
        ("icon.svg", picture(512, 512, BLUE), "this isn't really SVG; save it as SVG"),
        ("icon.svg", DRAWN.replace("32 32", "32 16").into(), "the viewBox of this one is 32 by 16"),
        ("icon.svg", DRAWN.replace(" xmlns", " data-xmlns").into(), "xmlns=\"http://www.w3.org/2000/svg\""),
        ("icon.svg", DRAWN.replace(" viewBox", " box").into(), "like viewBox=\"0 0 32 32\""),
        (
            "card.png",
            picture(1200, 600, BLUE),
            "a card has to be 1200 by 630 pixels; this one is 1200 by 600",
        ),
        ("card.png", picture(630, 1200, BLUE), "a card has to be 1200 by 630 pixels"),
        ("card.png", jpeg(1200, 630), "this isn't really PNG"),
    ] {
        let content = Content::shipped();
        fs::write(content.path(file), bytes).expect("a file");
        content.has_a_problem(file, 1, words);
    }
    let content = Content::shipped();
    for (file, bytes) in
        [("icon.png", whole), ("icon.svg", DRAWN.into()), ("card.png", picture(1200, 630, BLUE))]
    {
        fs::write(content.path(file), bytes).expect("a file");
    }
    content.is_all_well();
    fs::remove_file(content.path("icon.png")).expect("no PNG");
    content.has_one_remark("icon.svg:1", "phones and some browsers need a PNG: add icon.png next to it");
}
