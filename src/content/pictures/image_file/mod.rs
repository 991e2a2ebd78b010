//! What the file of a picture tells of itself: of which kind it is, how wide and
//! high the picture is as it is stored, and whether the file is whole.

mod bytes;
mod embedded;
mod exif;
mod iso;
pub mod stripped;

use std::io::Cursor;

use imagesize::{Compression, ImageType};

use self::bytes::Bytes;

/// The kinds of picture that every browser shows.
pub const SHOWN: [&str; 5] = ["image/avif", "image/jpeg", "image/png", "image/svg+xml", "image/webp"];

/// How far into a text a drawing may begin.
const BEFORE_A_DRAWING: usize = 4096;

type Size = (u32, u32);

/// The kind that the file begins like, whatever its name says. It need not be one of those [`SHOWN`].
pub fn kind(bytes: &[u8]) -> Option<&'static str> {
    let file = Bytes(bytes);
    if file.is(0, b"\xff\xd8\xff") {
        return Some("image/jpeg");
    } else if file.is(0, b"\x89PNG\r\n\x1a\n") {
        return Some("image/png");
    } else if file.is(0, b"RIFF") && file.is(8, b"WEBP") {
        return Some("image/webp");
    } else if file.is(0, b"GIF8") {
        return Some("image/gif");
    } else if file.is(4, b"ftyp") {
        let brands = file.part(8, (file.big(0, 4)? as usize).min(bytes.len()).checked_sub(8)?)?;
        let is_avif = brands.chunks(4).any(|brand| matches!(brand, b"avif" | b"avis"));
        return Some(if is_avif { "image/avif" } else { "image/heic" });
    }
    let begin = String::from_utf8_lossy(file.part(0, bytes.len().min(BEFORE_A_DRAWING))?);
    (begin.trim_start_matches('\u{feff}').trim_start().starts_with('<') && begin.contains("<svg"))
        .then_some("image/svg+xml")
}

/// True for a PNG or a WebP that is a film.
pub fn is_moving(bytes: &[u8]) -> bool {
    let file = Bytes(bytes);
    // The flags of a WebP say so, in their second bit.
    let is_moving_webp = file.is(8, b"WEBPVP8X") && file.big(20, 1).is_some_and(|flags| flags & 2 != 0);
    is_moving_webp || png_is_moving(file).unwrap_or(false)
}

/// Walks the chunks to the picture, before which a film says that it is one.
fn png_is_moving(file: Bytes<'_>) -> Option<bool> {
    png(file)?;
    let mut at = 8;
    while !file.is(at + 4, b"IDAT") && !file.is(at + 4, b"acTL") {
        at = at.checked_add(12_usize.checked_add(file.big(at, 4)? as usize)?)?;
    }
    Some(file.is(at + 4, b"acTL"))
}

/// `None` when the file is not what its name says, or is damaged.
pub fn size(media_type: &str, bytes: &[u8]) -> Option<Size> {
    let bytes = Bytes(bytes);
    let size = match media_type {
        "image/avif" => avif(bytes),
        "image/jpeg" => jpeg(bytes),
        "image/png" => png(bytes),
        "image/svg+xml" => svg(bytes),
        "image/webp" => webp(bytes),
        _ => None,
    };
    size.filter(|(width, height)| *width > 0 && *height > 0)
}

/// False when a file breaks off, as it does while it is still being copied.
pub fn is_whole(media_type: &str, bytes: &[u8]) -> bool {
    let file = Bytes(bytes);
    let is_whole = match media_type {
        "image/avif" => iso_is_whole(file),
        "image/jpeg" => jpeg_is_whole(file),
        "image/png" => png_is_whole(file),
        "image/svg+xml" => std::str::from_utf8(bytes).ok().map(|text| text.contains("</svg")),
        "image/webp" => file.little(4, 4).map(|length| length as usize + 8 <= bytes.len()),
        _ => Some(true),
    };
    is_whole.unwrap_or(false)
}

/// The title that a PNG tells of itself, in its `iTXt` chunk of that name.
pub fn title(bytes: &[u8]) -> Option<&str> {
    let file = Bytes(bytes);
    png(file)?;
    let mut at = 8;
    while !file.is(at + 4, b"IEND") {
        let length = file.big(at, 4)? as usize;
        if file.is(at + 4, b"iTXt") {
            // Not compressed, and in no language in particular.
            let title = file.part(at + 8, length)?.strip_prefix(b"Title\0\0\0\0\0");
            if let Some(title) = title.and_then(|title| std::str::from_utf8(title).ok()) {
                return Some(title);
            }
        }
        at = at.checked_add(length.checked_add(12)?)?;
    }
    None
}

/// Walks the chunks to the last, `IEND`.
fn png_is_whole(file: Bytes<'_>) -> Option<bool> {
    let mut at = 8;
    while !file.is(at + 4, b"IEND") {
        at = at.checked_add(12 + file.big(at, 4)? as usize)?;
    }
    Some(file.part(at, 12).is_some())
}

/// Walks the segments and the scans to the mark of the end. A small picture
/// within a segment has its own, and behind it there may be anything: cameras
/// write the film there that goes with a photograph.
fn jpeg_is_whole(file: Bytes<'_>) -> Option<bool> {
    let mut at = 2;
    while !file.is(at, b"\xff\xd9") {
        at += match (file.big(at, 1)?, file.big(at + 1, 1)?) {
            // In a scan; a byte of it that looks like a mark has a zero behind it.
            (0..=0xfe, _) | (0xff, 0xff) => 1,
            (_, 0x00 | 0x01 | 0xd0..=0xd8) => 2,
            _ => 2 + file.big(at + 2, 2)? as usize,
        };
    }
    Some(true)
}

/// Walks the boxes to the end of the file.
fn iso_is_whole(file: Bytes<'_>) -> Option<bool> {
    let mut at = 0;
    while at < file.0.len() {
        match file.big(at, 4)? as usize {
            // To the end, or a length of eight bytes, which is not looked into.
            0 | 1 => return Some(true),
            length => at = at.checked_add(length)?,
        }
    }
    Some(at > 0 && at == file.0.len())
}

fn png(file: Bytes<'_>) -> Option<Size> {
    file.is(0, b"\x89PNG\r\n\x1a\n").then_some(())?;
    Some((file.big(16, 4)?, file.big(20, 4)?))
}

/// Walks the segments to the frame's.
fn jpeg(file: Bytes<'_>) -> Option<Size> {
    file.is(0, b"\xff\xd8").then_some(())?;
    let mut at = 2;
    loop {
        let (mark, kind) = (file.big(at, 1)?, file.big(at + 1, 1)?);
        if mark != 0xff {
            return None;
        }
        match kind {
            // Padding, and marks that stand alone.
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            // A frame, whichever way it is coded.
            0xc0..=0xcf if !matches!(kind, 0xc4 | 0xc8 | 0xcc) => {
                return Some((file.big(at + 7, 2)?, file.big(at + 5, 2)?));
            }
            _ => at += 2 + file.big(at + 2, 2)? as usize,
        }
    }
}

fn webp(file: Bytes<'_>) -> Option<Size> {
    (file.is(0, b"RIFF") && file.is(8, b"WEBP")).then_some(())?;
    match file.part(12, 4)? {
        b"VP8 " => Some((file.little(26, 2)? & 0x3fff, file.little(28, 2)? & 0x3fff)),
        b"VP8L" => {
            let bits = file.little(21, 4)?;
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        b"VP8X" => Some((file.little(24, 3)? + 1, file.little(27, 3)? + 1)),
        _ => None,
    }
}

/// The largest extent that the file's properties name, turned as they say. The other kinds are read here:
/// `imagesize` takes the scale in a WebP for a part of its size, stumbles over padding in a JPEG, and knows no SVG.
fn avif(file: Bytes<'_>) -> Option<Size> {
    let size = ImageType::Heif(Compression::Av1).reader_size(&mut Cursor::new(file.0)).ok()?;
    Some((size.width.try_into().ok()?, size.height.try_into().ok()?))
}

/// The width and height that a drawing's root element states.
fn svg(file: Bytes<'_>) -> Option<Size> {
    let text = std::str::from_utf8(file.0).ok()?;
    let root = text.split_once("<svg")?.1.split_once('>')?.0;
    let attribute = |name: &str| {
        let value = root.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0;
        value.trim_end_matches("px").parse().ok()
    };
    Some((attribute("width")?, attribute("height")?))
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn joined(parts: &[&[u8]]) -> Vec<u8> {
        parts.concat()
    }

    fn iso_box(kind: &[u8; 4], inside: &[u8]) -> Vec<u8> {
        let length = u32::try_from(inside.len() + 8).expect("small").to_be_bytes();
        joined(&[&length, kind, inside])
    }

    const FRAME: &[u8] = b"\xff\xc2\x00\x11\x08\x00\x40\x00\x60\x03";

    #[test]
    fn each_kind_says_how_large_it_is() {
        let png = joined(&[b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", &[0, 0, 0, 96, 0, 0, 0, 64]]);
        assert_eq!(size("image/png", &png), Some((96, 64)));
        let jpeg = joined(&[b"\xff\xd8\xff\xe0\x00\x04ab", FRAME]);
        assert_eq!(size("image/jpeg", &jpeg), Some((96, 64)));
        let lossy = joined(&[b"RIFF\0\0\0\0WEBPVP8 ", &[0; 10], &[96, 0, 64, 0x40]]);
        assert_eq!(size("image/webp", &lossy), Some((96, 64)));
        let extended = joined(&[b"RIFF\0\0\0\0WEBPVP8X", &[0; 8], &[95, 0, 0, 63, 0, 0]]);
        assert_eq!(size("image/webp", &extended), Some((96, 64)));
        let lossless = joined(&[b"RIFF\0\0\0\0WEBPVP8L", &[0; 5], &(95_u32 | 63 << 14).to_le_bytes()]);
        assert_eq!(size("image/webp", &lossless), Some((96, 64)));
        let svg = r#"<svg viewBox="0 0 9 9" width="96" height="64px"><rect width="1" height="1"/></svg>"#;
        assert_eq!(size("image/svg+xml", svg.as_bytes()), Some((96, 64)));
        assert_eq!(size("image/svg+xml", br#"<svg><rect width="1" height="1"/></svg>"#), None);
    }

    fn avif(properties: &[u8]) -> Vec<u8> {
        let properties = iso_box(b"iprp", &iso_box(b"ipco", properties));
        joined(&[&iso_box(b"ftyp", b"avif"), &iso_box(b"meta", &joined(&[&[0; 4], &properties]))])
    }

    #[test]
    fn an_avif_is_as_large_as_its_largest_part() {
        let tile = iso_box(b"ispe", &[0, 0, 0, 0, 0, 0, 0, 32, 0, 0, 0, 32]);
        let whole = iso_box(b"ispe", &[0, 0, 0, 0, 0, 0, 0, 96, 0, 0, 0, 64]);
        assert_eq!(size("image/avif", &avif(&joined(&[&tile, &whole]))), Some((96, 64)));
        let turned = joined(&[&whole, &iso_box(b"irot", &[1])]);
        assert_eq!(size("image/avif", &avif(&turned)), Some((64, 96)));
    }

    #[test]
    fn a_file_is_what_it_begins_like() {
        for (bytes, kind) in [
            (&b"\xff\xd8\xff\xe1"[..], Some("image/jpeg")),
            (b"\x89PNG\r\n\x1a\n", Some("image/png")),
            (b"RIFF\0\0\0\0WEBPVP8X", Some("image/webp")),
            (b"\0\0\0\x14ftypmif1\0\0\0\0avif", Some("image/avif")),
            (b"\0\0\0\x14ftypmif1\0\0\0\0heic", Some("image/heic")),
            (b"GIF89a", Some("image/gif")),
            (b"<?xml version=\"1.0\"?>\n<!-- a --><svg>", Some("image/svg+xml")),
            (b"\xef\xbb\xbf <svg/>", Some("image/svg+xml")),
            (b"<html></html>", None),
            (b"a text about <svg>", None),
            (b"\0\0\0\x02ftyp", None),
            (b"", None),
        ] {
            assert_eq!(super::kind(bytes), kind, "{bytes:?}");
        }
    }

    #[test]
    fn a_file_that_breaks_off_is_not_whole() {
        let png = joined(&[b"\x89PNG\r\n\x1a\n\0\0\0\x02IDATab\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82"]);
        let thumbnail = b"\xff\xd8\xff\xe1\0\x09\xff\xda ab\xff\xd9";
        let jpeg =
            joined(&[thumbnail, b"\xff\xc2\0\x04ab", b"\xff\xda\0\x02one\xff\0\xff\xda\0\x02two\xff\xd9"]);
        let avif = joined(&[&iso_box(b"ftyp", b"avif"), &iso_box(b"mdat", b"abc")]);
        let svg = b"<svg viewBox=\"0 0 1 1\"><path/></svg>".to_vec();
        let webp = b"RIFF\x08\0\0\0WEBPVP8 ".to_vec();
        let kinds = [
            ("image/png", png, 4),
            ("image/jpeg", jpeg, 1),
            ("image/avif", avif, 1),
            ("image/svg+xml", svg, 6),
            ("image/webp", webp, 1),
        ];
        for (kind, file, missing) in kinds {
            assert!(is_whole(kind, &file), "{kind}");
            for length in 0..=file.len() - missing {
                // A file of whole boxes is one, however many are still to come.
                let is_boxes = kind == "image/avif" && length == 12;
                assert!(is_boxes || !is_whole(kind, &file[..length]), "{kind} {length}");
            }
        }
    }

    #[test]
    fn what_a_camera_writes_behind_a_photograph_is_no_part_of_it() {
        let photograph = b"\xff\xd8\xff\xda\0\x02one\xff\xd9";
        let film = b"\0\0\0\x08ftypmp42\xff\xda\xff\xe1";
        assert!(is_whole("image/jpeg", &joined(&[photograph, film])));
    }

    #[test]
    fn a_damaged_file_says_nothing() {
        for kind in ["image/avif", "image/jpeg", "image/png", "image/svg+xml", "image/webp", "text/plain"] {
            for bytes in
                [&b""[..], b"\xff\xd8\xff\xe1\0\0", b"RIFF", b"\0\0\0\x08ftyp\0\0\0\0meta", &[0xff; 99]]
            {
                assert_eq!(size(kind, bytes), None, "{kind} {bytes:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn whatever_a_file_holds_it_is_a_picture_or_none(
            begins in prop::sample::select(vec![
                &b""[..],
                b"\xff\xd8\xff",
                b"\x89PNG\r\n\x1a\n",
                b"RIFF\x20\x00\x00\x00WEBPVP8X",
                b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00avifmif1",
                b"<svg viewBox=\"0 0 6 4\">",
                b"GIF89a",
            ]),
            pieces in vec(prop_oneof![
                1 => vec(any::<u8>(), 0..12),
                3 => prop::sample::select(vec![
                    &b"\xff\xe1\x00\x10Exif\x00\x00MM"[..], b"\xff\xda", b"\xff\xd9", b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"IHDR", b"IDAT",
                    b"iTXt", b"IEND", b"acTL", b"EXIF", b"meta", b"iinf", b"iloc", b"ipco", b"\x00\x00\x00\x08", b"\x7f\xff\xff\xff", b"VP8 ", b"</svg>",
                    b"<image href=\"data:image/png;base64,", b"AAAA", b"\">", b"width=\"", b"<?xml",
                ]).prop_map(<[u8]>::to_vec),
            ], 0..14),
        ) {
            let bytes = [begins.to_vec(), pieces.concat()].concat();
            let _ = (kind(&bytes), is_moving(&bytes), title(&bytes));
            for media_type in SHOWN.into_iter().chain(["image/gif"]) {
                let _ = (size(media_type, &bytes), is_whole(media_type, &bytes));
                if let Some(stripped) = stripped::strip(media_type, bytes.clone()) {
                    let again = stripped::strip(media_type, stripped.bytes.clone());
                    prop_assert_eq!(again.map(|again| again.bytes), Some(stripped.bytes), "{}", media_type);
                }
            }
        }
    }
}
