//! What the therapist and the offices look like: drawn as shipped, photographs in their place, or nothing at all.

use std::{fs, io::Cursor};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::check::Content;
use crate::support::practice::{Opening, practice, practice_as_shipped};

fn photograph(width: u32, height: u32) -> Vec<u8> {
    let pixels = RgbImage::from_pixel(width, height, Rgb([120, 90, 60]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(pixels).write_to(&mut bytes, ImageFormat::Jpeg).expect("written");
    bytes.into_inner()
}

fn with_portrait(file: &str, bytes: &[u8]) -> Opening {
    let opening = practice();
    fs::write(opening.folder().join("content/images").join(file), bytes).expect("a picture");
    let key = format!("[therapist]\nportrait = \"{file}\"\n");
    opening.with_practice_file(|practice| practice.replace("[therapist]\n", &key))
}

#[tokio::test]
async fn the_shipped_drawings_become_part_of_the_pages_and_say_what_they_show() {
    let practice = practice_as_shipped().open().await;
    let visitor = practice.visitor();
    for (address, places, says) in [
        ("/", ".portrait svg", "The room where I work"),
        ("/about", ".portrait svg", "The room where I work"),
        ("/offices", ".room svg", "The room in Redding"),
        ("/offices/mt-shasta", ".room svg", "The room in Mt. Shasta"),
    ] {
        let page = visitor.open(address).await;
        assert!(!page.texts(places).is_empty(), "{address}");
        assert!(page.body().contains(&format!("role=\"img\" aria-label=\"{says}")), "{address}: {says}");
    }
    practice.close().await;
}

#[tokio::test]
async fn a_photograph_of_the_therapist_is_on_the_home_page_and_on_about_in_sizes() {
    let practice = with_portrait("dustin.jpg", &photograph(1800, 2250)).open().await;
    practice.makes_sizes().await;
    let visitor = practice.visitor();
    for address in ["/", "/about"] {
        let body = visitor.open(address).await.body();
        let portrait =
            body.split("<div class=\"portrait\">").nth(1).and_then(|rest| rest.split("</div>").next());
        let portrait = portrait.unwrap_or_else(|| panic!("{address} has a portrait"));
        assert!(portrait.starts_with("<img src=\"/images/dustin.jpg?v="), "{portrait}");
        assert!(portrait.contains("alt=\"Dustin\" width=\"1800\" height=\"2250\""), "{portrait}");
        assert!(portrait.contains(" 480w, ") && portrait.contains("19rem"), "{portrait}");
        assert!(!portrait.contains("lazy"), "it's seen first: {portrait}");
    }
    practice.close().await;
}

#[tokio::test]
async fn a_photograph_of_an_office_takes_the_place_of_its_drawing() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    practice.writes("offices/redding.jpg", photograph(900, 600)).await;
    for address in ["/offices", "/offices/redding"] {
        let page = visitor.open(address).await;
        let body = page.body();
        let (_, picture) =
            body.split_once("<img src=\"/images/offices/redding.jpg?v=").expect("the photograph");
        assert!(picture.contains("alt=\"The Redding office\" width=\"900\" height=\"600\""), "{picture}");
        assert!(!body.contains("The room in Redding"), "{address} shows its drawing no longer");
        let version = picture.split('"').next().unwrap_or_default();
        let file = visitor.open(&format!("/images/offices/redding.jpg?v={version}")).await;
        assert_eq!(file.header("content-type"), "image/jpeg");
        assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
    }
    let other = visitor.open("/offices/mt-shasta").await.body();
    assert!(other.contains("The room in Mt. Shasta") && !other.contains("redding.jpg"), "{other}");

    practice.removes("offices/redding.jpg").await;
    practice.removes("offices/redding-room.svg").await;
    let page = visitor.open("/offices/redding").await;
    assert!(page.texts(".room").is_empty());
    assert!(page.body().contains("viewBox=\"0 0 28 14\""), "its mark is no picture of it");
    visitor.get("/images/offices/redding.jpg").await.expect(404);
    practice.close().await;
}

#[tokio::test]
async fn a_practice_without_pictures_has_no_empty_place_for_them() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    for address in ["/", "/about"] {
        let page = visitor.open(address).await;
        assert!(page.texts(".portrait").is_empty() && page.texts(".with-portrait").is_empty(), "{address}");
    }
    practice.close().await;
}

#[test]
fn the_check_names_a_portrait_that_is_not_there() {
    for (file, words) in [
        ("walter.jpg", "`therapist.portrait`: there's no picture `walter.jpg` in images/"),
        ("dustin.sgv", "did you mean `dustin.svg`?"),
        ("../practice.toml", "there's no picture `../practice.toml` in images/"),
        ("offices/redding-room.svg", "there's no picture `offices/redding-room.svg` in images/"),
    ] {
        let content = Content::shipped().changed(
            "practice.toml",
            "portrait = \"dustin.svg\"",
            &format!("portrait = \"{file}\""),
        );
        let line = content.line("practice.toml", "portrait =");
        content.has_a_problem("practice.toml", line, words);
    }
    let content = Content::shipped().changed("practice.toml", "\"dustin.svg\"", "\"/images/dustin.svg\"");
    content.is_all_well();
}

#[test]
fn the_check_says_which_picture_of_an_office_is_not_shown_and_which_is_none() {
    let with = |file: &str, bytes: &[u8]| {
        let content = Content::shipped();
        fs::write(content.path(file), bytes).expect("a file");
        content
    };
    with("offices/redding.jpg", &photograph(900, 600)).has_one_remark(
        "offices/redding-room.svg:1",
        "this isn't shown, because `offices/redding.jpg` is there",
    );
    with("offices/weed.jpg", &photograph(900, 600))
        .has_one_remark("offices/weed.jpg:1", "`weed` isn't in practice.toml, so this isn't shown");
    with("offices/redding.jpg", b"what is this, then?").has_a_problem(
        "offices/redding.jpg",
        1,
        "this isn't a kind of picture the site can show",
    );
}
