//! The file of a picture without what was written beside it: where and when a
//! photograph was taken and with what, who worked on it, smaller pictures of
//! what has been cut off, the film behind it. What is not known to be part of
//! the picture is left out. Colors stay as they were meant. How a picture is
//! turned is told beside it, for whoever turns it before it is served.

use std::cell::Cell;

use super::{bytes::Bytes, embedded, exif, iso};
use crate::content::pictures::photograph;

#[derive(Debug, PartialEq, Eq)]
pub struct Stripped {
    pub bytes: Vec<u8>,
    /// See `exif::orientation`.
    pub orientation: u8,
    /// It, or a picture in it, lies on its side and cannot be turned.
    pub lies: bool,
}

impl Stripped {
    fn new(bytes: Vec<u8>, orientation: Option<u8>) -> Self {
        let orientation = orientation.unwrap_or(1);
        // Of a film only the first picture would be turned.
        let lies = orientation != 1 && super::is_moving(&bytes);
        Self { orientation: if lies { 1 } else { orientation }, bytes, lies }
    }
}

/// `None` for a file of which it cannot be told what is picture and what is not.
pub fn strip(media_type: &str, bytes: Vec<u8>) -> Option<Stripped> {
    match media_type {
        "image/jpeg" => jpeg(Bytes(&bytes)),
        "image/png" => png(Bytes(&bytes)),
        "image/webp" => webp(Bytes(&bytes)),
        // Where a camera wrote something else, AVIF says itself how it is turned.
        "image/avif" => Some(Stripped::new(iso::strip(bytes)?, None)),
        "image/svg+xml" => svg(bytes),
        _ => None,
    }
}

/// Walks the segments and the scans to the mark of the end.
fn jpeg(file: Bytes<'_>) -> Option<Stripped> {
    file.is(0, b"\xff\xd8").then_some(())?;
    let (mut bytes, mut at, mut turned) = (b"\xff\xd8".to_vec(), 2, None);
    loop {
        let kind = match (file.big(at, 1)?, file.big(at + 1, 1)?) {
            (0xff, kind @ 0x01..=0xfe) => kind,
            // Padding, and what lies between the segments.
            _ => {
                at += 1;
                continue;
            }
        };
        if kind == 0xd9 {
            bytes.extend(b"\xff\xd9");
            return Some(Stripped::new(bytes, turned));
        }
        if matches!(kind, 0x01 | 0xd0..=0xd8) {
            at += 2;
            continue;
        }
        let segment = file.part(at, 2 + file.big(at + 2, 2)? as usize)?;
        let inside = segment.get(4..).unwrap_or_default();
        at += segment.len();
        match kind {
            // Without the small picture that there may be in it.
            0xe0 if inside.starts_with(b"JFIF\0") && inside.len() >= 14 => {
                bytes.extend([b"\xff\xe0\0\x10", &inside[..12], &[0, 0]].concat());
            }
            0xe1 if inside.starts_with(b"Exif\0\0") && turned.is_none() => {
                turned = exif::orientation(Bytes(&inside[6..]));
            }
            // The colors that were meant.
            0xe2 if inside.starts_with(b"ICC_PROFILE\0") => bytes.extend(segment),
            0xee if inside.starts_with(b"Adobe") => bytes.extend(segment),
            0xda => {
                let end = end_of_scan(file, at)?;
                bytes.extend(segment);
                bytes.extend(file.part(at, end - at)?);
                at = end;
            }
            // What it is drawn with.
            0xc0..=0xdf => bytes.extend(segment),
            _ => {}
        }
    }
}

/// Where the next mark stands. A byte of a scan that looks like a mark has a zero behind it.
fn end_of_scan(file: Bytes<'_>, mut at: usize) -> Option<usize> {
    loop {
        at += file.0.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match file.big(at + 1, 1)? {
            0x00 | 0x01 | 0xd0..=0xd8 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

/// What a PNG is drawn with, its colors and its films.
const PNG: [&[u8; 4]; 17] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP",
    b"mDCV", b"cLLI", b"bKGD", b"acTL", b"fcTL", b"fdAT",
];

fn png(file: Bytes<'_>) -> Option<Stripped> {
    file.is(0, b"\x89PNG\r\n\x1a\n").then_some(())?;
    let (mut bytes, mut at, mut turned) = (file.part(0, 8)?.to_vec(), 8, None);
    loop {
        let chunk = file.part(at, 12_usize.checked_add(file.big(at, 4)? as usize)?)?;
        let (kind, inside) = (&chunk[4..8], &chunk[8..chunk.len() - 4]);
        at += chunk.len();
        if kind == b"eXIf" && turned.is_none() {
            turned = exif::orientation(Bytes(inside));
        } else if PNG.iter().any(|known| known[..] == *kind) {
            bytes.extend(chunk);
        }
        if kind == b"IEND" {
            return Some(Stripped::new(bytes, turned));
        }
    }
}

/// What a WebP is drawn with, its colors and its films.
const WEBP: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
/// In the flags of a WebP: that it says how it was taken, and who worked on it.
const WEBP_EXIF: u8 = 0x08;
const WEBP_XMP: u8 = 0x04;

fn webp(file: Bytes<'_>) -> Option<Stripped> {
    (file.is(0, b"RIFF") && file.is(8, b"WEBP")).then_some(())?;
    let end = file.0.len().min(8_usize.checked_add(file.little(4, 4)? as usize)?);
    let (mut bytes, mut at, mut turned, mut flags) = (file.part(0, 12)?.to_vec(), 12, None, None);
    while at + 8 <= end {
        let length = file.little(at + 4, 4)? as usize;
        let (kind, inside) = (file.part(at, 4)?, file.part(at + 8, length)?);
        if kind == b"EXIF" && turned.is_none() {
            let tiff = inside.strip_prefix(b"Exif\0\0").unwrap_or(inside);
            turned = exif::orientation(Bytes(tiff)).filter(|turned| *turned > 1);
        } else if WEBP.iter().any(|known| known[..] == *kind) {
            flags = if kind == b"VP8X" { Some(bytes.len() + 8) } else { flags };
            webp_chunk(&mut bytes, kind, inside);
        }
        at += 8 + length + length % 2;
    }
    // Without the flags nobody would look for it.
    turned = turned.filter(|_| flags.is_some());
    if let Some(flags) = flags.and_then(|at| bytes.get_mut(at)) {
        *flags &= !(WEBP_EXIF | WEBP_XMP);
    }
    let length = u32::try_from(bytes.len() - 8).ok()?;
    bytes[4..8].copy_from_slice(&length.to_le_bytes());
    Some(Stripped::new(bytes, turned))
}

fn webp_chunk(bytes: &mut Vec<u8>, kind: &[u8], inside: &[u8]) {
    let length = u32::try_from(inside.len()).unwrap_or_default();
    bytes.extend(kind);
    bytes.extend(length.to_le_bytes());
    bytes.extend(inside);
    bytes.extend(vec![0; inside.len() % 2]);
}

/// Drawing programs say who drew in an element of its own, and put photographs
/// into a drawing as a camera has written them. Those are few, and turned at once.
fn svg(bytes: Vec<u8>) -> Option<Stripped> {
    let mut text = String::from_utf8(bytes).ok()?;
    for name in ["metadata", "svg:metadata"] {
        let (open, close) = (format!("<{name}"), format!("</{name}>"));
        while let Some(begin) = text.find(&open) {
            let rest = &text[begin..];
            let head = begin + rest.find('>')? + 1;
            let is_empty = text[..head].ends_with("/>");
            let end = if is_empty { head } else { begin + rest.find(&close)? + close.len() };
            text.replace_range(begin..end, "");
        }
    }
    let lies = Cell::new(false);
    let text = embedded::replaced(&text, |bytes| {
        let media_type = super::kind(&bytes)?;
        let found = strip(media_type, bytes)?;
        let upright = (found.orientation != 1)
            .then(|| photograph::upright(&found.bytes, media_type, found.orientation))
            .transpose();
        lies.set(lies.get() || found.lies || upright.is_err());
        Some(upright.ok().flatten().unwrap_or(found.bytes))
    })?;
    Some(Stripped { bytes: text.into_bytes(), orientation: 1, lies: lies.get() })
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use flate2::Crc;

    use super::*;

    fn png_chunk(kind: &[u8; 4], inside: &[u8]) -> Vec<u8> {
        let mut sum = Crc::new();
        sum.update(kind);
        sum.update(inside);
        let length = u32::try_from(inside.len()).expect("small").to_be_bytes();
        [&length, &kind[..], inside, &sum.sum().to_be_bytes()].concat()
    }

    /// A camera's: that the picture lies on its side, and where it was taken.
    fn camera() -> Vec<u8> {
        [&exif::of_orientation(6)[..], b"GPS 41.3N 122.3W"].concat()
    }

    fn segment(kind: u8, inside: &[u8]) -> Vec<u8> {
        let length = u16::try_from(inside.len() + 2).expect("small").to_be_bytes();
        [&[0xff, kind], &length[..], inside].concat()
    }

    fn says(bytes: &[u8], word: &str) -> bool {
        bytes.windows(word.len()).any(|part| part == word.as_bytes())
    }

    const TRACES: [&str; 8] = ["GPS", "XMP", "IPTC", "remark", "thumbnail", "film", "MPF", "Photoshop"];

    #[test]
    fn a_photograph_keeps_its_picture_and_its_colors_and_how_it_is_turned_is_told_beside_it() {
        let frame = segment(0xc0, b"\x08\0\x40\0\x60\x03");
        let profile = segment(0xe2, b"ICC_PROFILE\0\x01\x01colors");
        let scan = [&segment(0xda, b"scan")[..], b"one\xff\0two\xff\xd0three"].concat();
        let file = [
            b"\xff\xd8".to_vec(),
            segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x03thumbnail"),
            segment(0xe0, b"JFXX\0thumbnail"),
            segment(0xe1, &[b"Exif\0\0", &camera()[..]].concat()),
            segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0XMP"),
            profile.clone(),
            segment(0xe2, b"MPF\0"),
            segment(0xed, b"Photoshop 3.0\0IPTC"),
            segment(0xee, b"Adobe\0"),
            segment(0xfe, b"remark"),
            b"\xff\xff".to_vec(),
            frame.clone(),
            scan.clone(),
            scan.clone(),
            b"\xff\xd9film".to_vec(),
        ];
        let stripped = strip("image/jpeg", file.concat()).expect("a photograph");
        let wanted = [
            b"\xff\xd8".to_vec(),
            segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"),
            profile,
            segment(0xee, b"Adobe\0"),
            frame,
            scan.clone(),
            scan,
            b"\xff\xd9".to_vec(),
        ];
        assert_eq!(stripped, Stripped::new(wanted.concat(), Some(6)));
    }

    #[test]
    fn a_photograph_that_stands_upright_needs_nothing_of_its_camera() {
        let upright = [&exif::of_orientation(1)[..], b"GPS"].concat();
        let file =
            [&b"\xff\xd8"[..], &segment(0xe1, &[b"Exif\0\0", &upright[..]].concat()), b"\xff\xd9"].concat();
        assert_eq!(strip("image/jpeg", file), Some(Stripped::new(b"\xff\xd8\xff\xd9".to_vec(), Some(1))));
    }

    #[test]
    fn a_png_keeps_its_picture_and_its_colors() {
        let chunks = |kept: bool| {
            let others: [(&[u8; 4], &[u8]); 5] = [
                (b"tEXt", b"GPS"),
                (b"iTXt", b"XML:com.adobe.xmp\0XMP"),
                (b"zTXt", b"Raw profile type exif\0remark"),
                (b"tIME", b"1234567"),
                (b"prVt", b"IPTC"),
            ];
            let others = others.into_iter().filter(move |_| !kept);
            let all = [(b"IHDR", &b"head"[..]), (b"iCCP", b"colors")].into_iter().chain(others);
            all.chain([(b"IDAT", &b"one"[..]), (b"IDAT", b"two")])
                .map(|(kind, inside)| png_chunk(kind, inside))
        };
        let file = |kept: bool, exif: &[u8], behind: &[u8]| {
            let exif = if kept { Vec::new() } else { png_chunk(b"eXIf", exif) };
            let begin = b"\x89PNG\r\n\x1a\n".to_vec();
            let chunks: Vec<u8> = chunks(kept).flatten().collect();
            [begin, chunks, exif, png_chunk(b"IEND", b""), behind.to_vec()].concat()
        };
        let wanted = file(true, b"", b"");
        assert_eq!(strip("image/png", file(false, &camera(), b"film")), Some(Stripped::new(wanted, Some(6))));
    }

    #[test]
    fn a_webp_keeps_its_picture_and_its_colors() {
        let file = |chunks: &[(&[u8; 4], &[u8])]| {
            let mut bytes = b"RIFF\0\0\0\0WEBP".to_vec();
            chunks.iter().for_each(|(kind, inside)| webp_chunk(&mut bytes, &kind[..], inside));
            let length = u32::try_from(bytes.len() - 8).expect("small");
            bytes[4..8].copy_from_slice(&length.to_le_bytes());
            bytes
        };
        let extended = |flags: u8| [flags, 0, 0, 0, 95, 0, 0, 63, 0, 0];
        let whole = file(&[
            (b"VP8X", &extended(0x2c)),
            (b"ICCP", b"colors"),
            (b"VP8 ", b"odd"),
            (b"EXIF", &camera()),
            (b"XMP ", b"XMP GPS"),
            (b"prVt", b"remark"),
        ]);
        let wanted = file(&[(b"VP8X", &extended(0x20)), (b"ICCP", b"colors"), (b"VP8 ", b"odd")]);
        assert_eq!(strip("image/webp", whole), Some(Stripped::new(wanted, Some(6))));
        let film = file(&[(b"VP8X", &extended(0x0a)), (b"ANIM", b"loop"), (b"EXIF", &camera())]);
        let wanted = file(&[(b"VP8X", &extended(0x02)), (b"ANIM", b"loop")]);
        let lies = Stripped { bytes: wanted, orientation: 1, lies: true };
        assert_eq!(strip("image/webp", film), Some(lies), "a film is not turned");
        let upright = file(&[(b"VP8X", &extended(0x0c)), (b"VP8 ", b"even"), (b"EXIF", b"GPS")]);
        let wanted = file(&[(b"VP8X", &extended(0)), (b"VP8 ", b"even")]);
        assert_eq!(strip("image/webp", upright), Some(Stripped::new(wanted, Some(1))));
    }

    #[test]
    fn a_drawing_does_not_say_who_drew_it() {
        let drawing = "<svg><metadata id=\"a\"><rdf>GPS</rdf></metadata><metadata/><path d=\"M0 0\"/></svg>";
        let stripped = strip("image/svg+xml", drawing.into()).expect("a drawing");
        assert_eq!(String::from_utf8_lossy(&stripped.bytes), "<svg><path d=\"M0 0\"/></svg>");
    }

    #[test]
    fn a_photograph_in_a_drawing_says_no_more_than_one_by_itself() {
        let photograph = [
            b"\xff\xd8".to_vec(),
            segment(0xe1, &[b"Exif\0\0", &camera()[..]].concat()),
            segment(0xfe, b"remark"),
            b"\xff\xd9".to_vec(),
        ]
        .concat();
        let alone = strip("image/jpeg", photograph.clone()).expect("a photograph").bytes;
        let drawing = |photograph: &[u8]| {
            let inside = STANDARD.encode(photograph);
            format!("<svg><image href=\"data:image/jpeg;base64,{inside}\"/></svg>")
        };
        let stripped = strip("image/svg+xml", drawing(&photograph).into()).expect("a drawing");
        assert_eq!(String::from_utf8_lossy(&stripped.bytes), drawing(&alone));
        let within = |drawing: &str| {
            let inside = STANDARD.encode(drawing);
            format!("<svg><image href='data:image/svg+xml;base64,{inside}'/></svg>")
        };
        let stripped = strip("image/svg+xml", within(&drawing(&photograph)).into()).expect("a drawing");
        assert_eq!(String::from_utf8_lossy(&stripped.bytes), within(&drawing(&alone)));
        assert_eq!(strip("image/svg+xml", drawing(b"GIF89a").into()), None, "nobody knows what is in it");
        assert_eq!(strip("image/svg+xml", drawing(&photograph[..20]).into()), None, "it breaks off");
    }

    #[test]
    fn a_damaged_file_is_not_let_through() {
        let broken = [&b"\xff\xd8"[..], &segment(0xe1, &camera()), &segment(0xda, b""), b"GPS"].concat();
        for (kind, bytes) in [
            ("image/jpeg", broken),
            ("image/jpeg", b"GPS".to_vec()),
            ("image/png", b"\x89PNG\r\n\x1a\n\0\0\0\x09tEXtGPS".to_vec()),
            ("image/webp", b"RIFF\xff\0\0\0WEBPVP8 \xff\0\0\0GPS".to_vec()),
            ("image/heic", b"GPS".to_vec()),
        ] {
            let stripped = strip(kind, bytes);
            let is_clean = |it: &Stripped| TRACES.iter().all(|trace| !says(&it.bytes, trace));
            assert!(stripped.as_ref().is_none_or(is_clean), "{kind}: {stripped:?}");
        }
    }
}
