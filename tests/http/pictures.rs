//! The therapist's pictures as they are served: nothing that a camera wrote,
//! in sizes that fit, whatever their files are called.

use std::{collections::BTreeSet, fs, io::Cursor, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage};

use crate::{
    figures::values,
    support::{
        practice::{Opening, TestPractice, practice},
        program::{run, stillpoint},
    },
};

/// What must not leave, as it stands in the files below.
const TRACES: [&str; 7] = ["GPS", "Canon", "adobe", "Photoshop", "Ann's phone", "thumbnail", "film"];

/// Red above blue once it stands; stored lying on its left side.
fn lying(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| Rgb(if x < width / 2 { [255, 0, 0] } else { [0, 0, 255] }))
}

/// Hard to pack, as photographs are.
fn grainy(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let n = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).wrapping_mul(2_246_822_519);
        Rgb(n.to_be_bytes()[..3].try_into().expect("three"))
    })
}

fn stored(pixels: RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(pixels).write_to(&mut bytes, format).expect("written");
    bytes.into_inner()
}

/// Held sideways (6), in a place, with a camera.
fn exif() -> Vec<u8> {
    [&b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"[..], b"GPS 41.31N 122.31W Canon"]
        .concat()
}

fn segment(kind: u8, inside: &[u8]) -> Vec<u8> {
    let length = u16::try_from(inside.len() + 2).expect("small").to_be_bytes();
    [&[0xff, kind], &length[..], inside].concat()
}

/// What a telephone makes of it.
fn photograph(pixels: RgbImage) -> Vec<u8> {
    let plain = stored(pixels, ImageFormat::Jpeg);
    let written = [
        segment(0xe1, &[b"Exif\0\0", &exif()[..]].concat()),
        segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x>GPS</x>"),
        segment(0xe2, b"MPF\0thumbnail"),
        segment(0xed, b"Photoshop 3.0\0GPS"),
        segment(0xfe, b"Ann's phone"),
    ];
    [&plain[..2], &written.concat(), &plain[2..], b"film with GPS"].concat()
}

/// The same as a PNG.
fn drawn(pixels: RgbImage) -> Vec<u8> {
    let plain = stored(pixels, ImageFormat::Png);
    let chunk = |kind: &[u8; 4], inside: &[u8]| {
        let length = u32::try_from(inside.len()).expect("small").to_be_bytes();
        [&length[..], kind, inside, &[0; 4]].concat()
    };
    let written = [
        chunk(b"eXIf", &exif()),
        chunk(b"tEXt", b"Author\0Ann's phone"),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x>GPS</x>"),
        chunk(b"zTXt", b"Raw profile type exif\0\0Canon"),
    ];
    // Behind the head, which is 33 bytes long with the file's own mark.
    [&plain[..33], &written.concat(), &plain[33..], b"film"].concat()
}

/// The same as a WebP.
fn webp(pixels: RgbImage) -> Vec<u8> {
    let size = [pixels.width() - 1, pixels.height() - 1].map(|extent| extent.to_le_bytes());
    let chunk = |kind: &[u8; 4], inside: &[u8]| {
        let length = u32::try_from(inside.len()).expect("small").to_le_bytes();
        [&kind[..], &length, inside, &vec![0; inside.len() % 2]].concat()
    };
    let head = [&[0x0c, 0, 0, 0], &size[0][..3], &size[1][..3]].concat();
    let inside = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &head),
        // Behind the head of the whole file.
        stored(pixels, ImageFormat::WebP).split_off(12),
        chunk(b"EXIF", &exif()),
        chunk(b"XMP ", b"http://ns.adobe.com/xap/1.0/ GPS"),
    ];
    chunk(b"RIFF", &inside.concat())
}

/// A drawing that a drawing program has put a photograph into.
fn traced(photograph: &[u8]) -> Vec<u8> {
    traced_as("jpeg", photograph)
}

fn traced_as(kind: &str, photograph: &[u8]) -> Vec<u8> {
    let inside = STANDARD.encode(photograph);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 32\" width=\"64\" height=\"32\">\
         <image width=\"64\" height=\"32\" href=\"data:image/{kind};base64,{inside}\"/></svg>"
    )
    .into_bytes()
}

/// The photograph in a drawing as it is served.
fn photograph_in(drawing: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(drawing);
    let inside = text.split("base64,").nth(1).and_then(|rest| rest.split('"').next());
    STANDARD.decode(inside.expect("a photograph in it")).expect("base64")
}

fn with_pictures(pictures: &[(&str, Vec<u8>)], text: &str) -> Opening {
    let article =
        format!("+++\ntitle = \"A creek\"\ndescription = \"B.\"\npublished = 2026-01-02\n+++\n\n{text}\n");
    let opening = practice().with_file("articles/creek.md", &article);
    for (name, bytes) in pictures {
        let path = opening.folder().join("content/images").join(name);
        fs::write(path, bytes).expect("a picture");
    }
    opening
}

fn says(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|part| part == word.as_bytes())
}

/// Every address of a picture that the article names.
async fn addresses(practice: &TestPractice) -> BTreeSet<String> {
    let body = practice.visitor().open("/articles/creek").await.body();
    let article = body.split("<article").nth(1).unwrap_or(&body);
    let srcset = values(article, "srcset").into_iter().flat_map(|srcset| {
        srcset.split(", ").map(|one| one.split(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    });
    let named = values(article, "src").into_iter().chain(srcset);
    named.filter(|address| address.starts_with("/images/")).collect()
}

/// Marks of what a camera writes; none of them ever leaves.
const BLOCKS: [&str; 5] = ["Exif", "eXIf", "EXIF", "II*\0", "MM\0*"];

fn is_clean(address: &str, served: &[u8]) {
    for trace in TRACES.iter().chain(&BLOCKS) {
        assert!(!says(served, trace), "{address} says {trace}");
    }
}

/// Red above blue.
fn stands(address: &str, served: &[u8]) {
    let shown = image::load_from_memory(served).expect("a picture");
    assert_eq!(shown.dimensions(), (32, 64), "{address}");
    let (top, foot) = (shown.get_pixel(16, 8), shown.get_pixel(16, 56));
    assert!(top.0[0] > 200 && foot.0[2] > 200, "{address}: {top:?} {foot:?}");
}

const LYING: [&str; 4] = ["/images/creek.jpg", "/images/map.png", "/images/wood.webp", "/cards/creek.png"];

fn with_lying_pictures() -> Opening {
    let pictures = [
        ("creek.jpg", photograph(lying(64, 32))),
        ("map.png", drawn(lying(64, 32))),
        ("wood.webp", webp(lying(64, 32))),
    ];
    let text = "![A](/images/creek.jpg)\n\n![B](/images/map.png)\n\n![C](/images/wood.webp)";
    let opening = with_pictures(&pictures, text);
    fs::write(opening.folder().join("content/cards/creek.png"), drawn(lying(64, 32))).expect("a card");
    opening
}

#[tokio::test]
async fn nothing_that_a_camera_wrote_leaves_and_the_picture_stands_upright() {
    let practice = with_lying_pictures().open().await;
    let visitor = practice.visitor();
    let sizes = async || {
        let body = visitor.open("/articles/creek").await.body();
        let figures: Vec<&str> = body.split("<figure>").skip(1).collect();
        figures
            .iter()
            .map(|figure| (values(figure, "width").remove(0), values(figure, "height").remove(0)))
            .collect::<Vec<_>>()
    };
    let all_stand = async || {
        let named = addresses(&practice).await;
        assert_eq!(named.len(), 3, "{named:?}");
        for address in named.iter().map(String::as_str).chain(LYING) {
            let served = visitor.open(address).await.bytes;
            is_clean(address, &served);
            stands(address, &served);
        }
    };
    let upright = [("32", "64"); 3].map(|(w, h)| (w.to_owned(), h.to_owned()));
    // From the first request on, and no otherwise once all have been made.
    all_stand().await;
    assert_eq!(sizes().await, upright);
    practice.makes_sizes().await;
    all_stand().await;
    assert_eq!(sizes().await, upright);
    practice.close().await;
}

#[tokio::test]
async fn a_picture_is_turned_although_it_cannot_be_kept() {
    let opening = with_lying_pictures();
    // Where the folder of pictures would be.
    let practice = opening.open().await;
    fs::write(practice.data_dir().join("pictures"), "").expect("a file");
    for address in LYING {
        let served = practice.visitor().open(address).await.bytes;
        is_clean(address, &served);
        stands(address, &served);
    }
    practice.close().await;
}

#[tokio::test]
async fn many_who_ask_for_a_lying_picture_at_once_see_it_stand() {
    let practice = with_lying_pictures().open().await;
    let asked = LYING.into_iter().cycle().take(24).map(|address| {
        let visitor = practice.visitor();
        async move { (address, visitor.open(address).await.bytes) }
    });
    for (address, served) in futures_util::future::join_all(asked).await {
        stands(address, &served);
    }
    practice.close().await;
}

/// A WebP or a PNG that moves, on its side; of the PNG each part has its own sum.
fn films() -> [(&'static str, Vec<u8>); 2] {
    let mut film = webp(lying(64, 32));
    // In the flags of the whole file.
    film[20] |= 2;
    let plain = drawn(lying(64, 32));
    let moves = [&8_u32.to_be_bytes()[..], b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0], &[0; 4]].concat();
    [("film.webp", film), ("film.png", [&plain[..33], &moves, &plain[33..]].concat())]
}

#[tokio::test]
async fn what_cannot_be_turned_says_nothing_of_its_camera_either_and_is_remarked_upon() {
    let mut torn = photograph(lying(640, 320));
    let frame = torn.windows(2).position(|mark| mark == [0xff, 0xc0]).expect("a frame");
    // Of a kind of coding that nobody reads.
    torn[frame + 1] = 0xcb;
    let [webp, png] = films();
    let drawing = traced(&torn);
    let pictures = [webp, png, ("torn.jpg", torn), ("torn.svg", drawing)];
    let opening = with_pictures(&pictures, "![A](/images/film.webp)");
    let ended = run(stillpoint(opening.folder(), &["check"]).env("CONTENT_DIR", "content"));
    for (name, _) in &pictures {
        let remark =
            format!("images/{name}:1: this picture is stored on its side, and it can't be turned here");
        assert!(ended.err.contains(&remark), "{remark}: {}", ended.err);
    }
    let practice = opening.open().await;
    for (name, _) in &pictures[..3] {
        let address = format!("/images/{name}");
        is_clean(&address, &practice.visitor().open(&address).await.bytes);
    }
    is_clean("torn.svg", &photograph_in(&practice.visitor().open("/images/torn.svg").await.bytes));
    practice.close().await;
}

#[tokio::test]
async fn a_photograph_within_a_drawing_stands_and_says_nothing_of_its_camera() {
    let kinds =
        [("jpeg", photograph(lying(64, 32))), ("png", drawn(lying(64, 32))), ("webp", webp(lying(64, 32)))];
    let drawings =
        kinds.clone().map(|(kind, photograph)| (format!("{kind}.svg"), traced_as(kind, &photograph)));
    let pictures: Vec<_> = drawings.iter().map(|(name, drawing)| (name.as_str(), drawing.clone())).collect();
    let text = "![A](/images/jpeg.svg)\n\n![B](/images/png.svg)\n\n![C](/images/webp.svg)";
    let practice = with_pictures(&pictures, text).open().await;
    let named = addresses(&practice).await;
    assert_eq!(named.len(), 3);
    let plain = kinds.map(|(kind, _)| format!("/images/{kind}.svg"));
    for address in named.iter().chain(&plain) {
        let served = practice.visitor().open(address).await;
        assert_eq!(served.header("content-type"), "image/svg+xml");
        let inside = photograph_in(&served.bytes);
        is_clean(address, &inside);
        stands(address, &inside);
        let kind = image::guess_format(&inside).expect("a kind").to_mime_type();
        assert!(served.body().contains(&format!("href=\"data:{kind};base64,")), "{}", served.body());
    }
    practice.close().await;
}

#[tokio::test]
async fn a_large_photograph_is_served_in_sizes_that_are_made_once() {
    let large = photograph(grainy(36, 2500));
    let practice = with_pictures(&[("creek.jpg", large.clone())], "![A](/images/creek.jpg)").open().await;
    let visitor = practice.visitor();
    assert!(visitor.open("/images/creek.jpg").await.bytes.len() > large.len() / 2, "until they are made");
    practice.makes_sizes().await;
    let made = addresses(&practice).await;
    assert_eq!(made.len(), 4, "{made:?}");
    let mut widths = Vec::new();
    for address in &made {
        let served = visitor.open(address).await;
        assert_eq!(served.header("content-type"), "image/jpeg");
        assert!(served.header("cache-control").contains("immutable"), "{address}");
        widths.push(image::load_from_memory(&served.bytes).expect("a picture").width());
    }
    widths.sort_unstable();
    assert_eq!(widths, [480, 960, 1600, 2400]);
    assert!(visitor.open("/images/creek.jpg").await.bytes.len() < large.len());
    let body = visitor.open("/articles/creek").await.body();
    assert!(body.contains(" 2400w\" sizes=\""), "{body}");

    let folder = practice.data_dir().join("pictures");
    let files = || {
        let files = fs::read_dir(&folder).expect("a folder").map(|file| file.expect("a file"));
        files
            .map(|file| (file.file_name(), file.metadata().and_then(|it| it.modified()).expect("a date")))
            .collect::<BTreeSet<_>>()
    };
    let before = files();
    let practice = practice.opened_again(|file| file).await;
    assert_eq!(addresses(&practice).await, made, "they are there from the start");
    practice.makes_sizes().await;
    assert_eq!(files(), before, "and are not made again");
    practice.close().await;
}

#[tokio::test]
async fn the_sizes_come_by_themselves() {
    let large = stored(grainy(1700, 20), ImageFormat::Jpeg);
    let opening = with_pictures(&[("creek.jpg", large)], "![A](/images/creek.jpg)");
    let practice = opening.with_jobs().open().await;
    let come = async {
        while addresses(&practice).await.len() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), come).await.expect("they come");
    practice.close().await;
}

#[tokio::test]
async fn a_picture_may_be_called_anything() {
    // The second is the name as a text may write it; accents come in one piece or two.
    let names = [
        ("my photo.jpg", "</images/my photo.jpg>"),
        ("two words.jpg", "/images/two%20words.jpg"),
        ("a#b.jpg", "/images/a#b.jpg"),
        ("#1.jpg", "/images/%231.jpg"),
        ("100%.jpg", "/images/100%.jpg"),
        ("50%25.jpg", "/images/50%25.jpg"),
        ("what?.jpg", "/images/what?.jpg"),
        ("K\u{fc}che.jpg", "/images/Ku\u{308}che.jpg"),
        ("Mu\u{308}hle.jpg", "/images/M\u{fc}hle.jpg"),
        ("Ba\u{308}che.jpg", "/images/Ba\u{308}che.jpg"),
        ("a, b & c+d.jpg", "</images/a, b & c+d.jpg>"),
        ("it's (1) \"so\".jpg", "</images/it's (1) \"so\".jpg>"),
        ("\u{6c34}.jpg", "/images/\u{6c34}.jpg"),
    ];
    let picture = stored(lying(8, 4), ImageFormat::Jpeg);
    let pictures: Vec<_> = names.iter().map(|(name, _)| (*name, picture.clone())).collect();
    let texts: Vec<String> = names
        .iter()
        .map(|(name, written)| format!("![A]({written})\n\n[{}](/images/my%20photo.jpg)", name.len()))
        .collect();
    let practice = with_pictures(&pictures, &texts.join("\n\n")).open().await;
    let visitor = practice.visitor();
    let shown = addresses(&practice).await;
    assert_eq!(shown.len(), names.len(), "{shown:?}");
    for address in shown {
        assert!(address.is_ascii() && !address.contains([' ', '#', ',']), "{address}");
        assert_eq!(visitor.open(&address).await.header("content-type"), "image/jpeg", "{address}");
    }
    visitor.open("/images/Mu%CC%88hle.jpg").await;
    visitor.open("/images/M%C3%BChle.jpg").await;
    practice.close().await;
}

#[tokio::test]
async fn a_picture_is_served_as_what_it_is_whatever_its_name_says() {
    let drawn = stored(lying(8, 4), ImageFormat::Png);
    let practice = with_pictures(&[("creek.jpg", drawn)], "![A](/images/creek.jpg)").open().await;
    for address in addresses(&practice).await {
        assert_eq!(practice.visitor().open(&address).await.header("content-type"), "image/png");
    }
    let remarks: Vec<String> = practice.running.app().site.remarks.iter().map(ToString::to_string).collect();
    let remark = "images/creek.jpg:1: this file is really PNG";
    assert!(remarks.iter().any(|found| found.starts_with(remark)), "{remarks:?}");
    practice.close().await;
}

#[test]
fn what_cannot_be_shown_is_named_by_its_file() {
    let bomb = {
        let mut bomb = stored(lying(8, 4), ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        bomb
    };
    let text = "![A](/images/my photo.jpg)";
    let opening = with_pictures(
        &[
            ("phone.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec()),
            ("old.png", b"GIF89a".to_vec()),
            ("text.jpg", b"Dear Ann, here is the picture".to_vec()),
            ("half.jpg", photograph(lying(8, 4))[..300].to_vec()),
            ("bomb.png", bomb),
            ("heavy.webp", webp_of(600_000)),
            ("plan.svg", traced(b"GIF89a with GPS")),
        ],
        text,
    );
    let ended = run(stillpoint(opening.folder(), &["check"]).env("CONTENT_DIR", "content"));
    assert_eq!(ended.code, 1, "{ended:?}");
    for fault in [
        "images/phone.jpg:1: this file is really HEIC",
        "images/old.png:1: this file is really GIF",
        "images/text.jpg:1: this isn't a kind of picture",
        "images/half.jpg:1: this picture is cut off",
        "images/plan.svg:1: this drawing is damaged, or has a picture inside that can't be read; put that picture",
        "images/bomb.png:1: this picture is 60000 by 60000 pixels",
        "articles/creek.md:7: an address can't have spaces: write `/images/my%20photo.jpg`",
    ] {
        assert!(ended.out.contains(fault), "{fault}: {}", ended.out);
    }
    let heavy = "images/heavy.webp:1: 600 kB and 96 pixels wide is a lot for a phone";
    assert!(ended.err.contains(heavy), "{}", ended.err);
}

/// A WebP that is upright and takes so many bytes.
fn webp_of(length: usize) -> Vec<u8> {
    let inside = u32::try_from(length).expect("small").to_le_bytes();
    let head = [&b"WEBPVP8X\x0a\0\0\0"[..], &[0, 0, 0, 0, 95, 0, 0, 63, 0, 0], b"VP8 ", &inside].concat();
    let whole = u32::try_from(head.len() + length).expect("small").to_le_bytes();
    [&b"RIFF"[..], &whole, &head, &vec![0; length]].concat()
}
