//! An AVIF without what was written beside the picture. Its parts are found by
//! their places in the file, so nothing may move: what goes is written over.

use std::{collections::BTreeSet, ops::Range};

use super::bytes::Bytes;

struct IsoBox {
    kind: [u8; 4],
    /// Where its kind is written.
    kind_at: usize,
    inside: Range<usize>,
}

/// What the file is made of at its outermost.
const OUTERMOST: [&[u8; 4]; 8] = [b"ftyp", b"meta", b"mdat", b"moov", b"moof", b"mfra", b"sidx", b"styp"];
/// What says how a film is put together, and what such a part is made of.
const OF_A_FILM: [&[u8; 4]; 13] = [
    b"mvhd", b"trak", b"mvex", b"tkhd", b"tref", b"edts", b"mdia", b"mdhd", b"hdlr", b"minf", b"trgr",
    b"dinf", b"stbl",
];
/// What says how a picture is put together.
const OF_A_PICTURE: [&[u8; 4]; 10] =
    [b"hdlr", b"pitm", b"iinf", b"iloc", b"iprp", b"iref", b"idat", b"dinf", b"ipro", b"grpl"];
/// The kinds of item that are pictures, or put pictures together.
const PICTURES: [&[u8; 4]; 5] = [b"av01", b"grid", b"iden", b"iovl", b"tmap"];

/// `None` when it cannot be told what is picture and what is not.
pub fn strip(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let (mut names, mut blanks) = (Vec::new(), Vec::new());
    let file = Bytes(&bytes);
    let mut others = |boxes: &[IsoBox], known: &[&[u8; 4]]| {
        for other in boxes.iter().filter(|found| !known.contains(&&found.kind)) {
            names.push(other.kind_at);
            blanks.push((other.inside.clone(), 0));
        }
    };
    let outermost = boxes(file, 0..bytes.len())?;
    others(&outermost, &OUTERMOST);
    let mut films: Vec<Range<usize>> = Vec::new();
    let mut items = Vec::new();
    for found in &outermost {
        match &found.kind {
            b"moov" => films.push(found.inside.clone()),
            b"meta" => {
                let parts = boxes(file, found.inside.start.checked_add(4)?..found.inside.end)?;
                others(&parts, &OF_A_PICTURE);
                items.push(besides_pictures(file, &parts)?);
            }
            _ => {}
        }
    }
    while let Some(film) = films.pop() {
        let parts = boxes(file, film)?;
        others(&parts, &OF_A_FILM);
        let tracks = parts.iter().filter(|part| matches!(&part.kind, b"trak" | b"mdia"));
        films.extend(tracks.map(|part| part.inside.clone()));
    }
    for found in items {
        names.extend(found.exif_names);
        blanks.extend(found.places.into_iter().map(|place| (place, BLANK)));
    }
    for at in names {
        bytes.get_mut(at..at + 4)?.copy_from_slice(b"free");
    }
    for (range, filling) in blanks {
        bytes.get_mut(range)?.fill(filling);
    }
    Some(bytes)
}

/// What a text is written over with, since somebody may read it.
const BLANK: u8 = b' ';

/// The boxes one after the other. `None` when the last does not end where they should.
fn boxes(file: Bytes<'_>, within: Range<usize>) -> Option<Vec<IsoBox>> {
    let (mut at, mut found) = (within.start, Vec::new());
    while at < within.end {
        let kind = file.part(at + 4, 4)?.try_into().ok()?;
        let (head, length) = match file.big(at, 4)? as usize {
            0 => (8, within.end - at),
            1 => (16, usize::try_from(number(file, at + 8, 8)?).ok()?),
            length => (8, length),
        };
        let end = at.checked_add(length)?;
        (length >= head && end <= within.end).then_some(())?;
        found.push(IsoBox { kind, kind_at: at + 4, inside: at + head..end });
        at = end;
    }
    Some(found)
}

fn number(file: Bytes<'_>, at: usize, length: usize) -> Option<u64> {
    Some(file.part(at, length)?.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

/// The items that are no pictures.
#[derive(Default)]
struct Besides {
    places: Vec<Range<usize>>,
    /// Where it is written of one that a camera wrote it.
    exif_names: Vec<usize>,
}

fn besides_pictures(file: Bytes<'_>, parts: &[IsoBox]) -> Option<Besides> {
    let part = |kind: &[u8; 4]| parts.iter().find(|part| part.kind == *kind).map(|part| part.inside.clone());
    let mut besides = Besides::default();
    let Some(list) = part(b"iinf") else { return Some(besides) };
    let count = if file.big(list.start, 1)? == 0 { 2 } else { 4 };
    let mut others = BTreeSet::new();
    for entry in boxes(file, list.start + 4 + count..list.end)?.iter().filter(|entry| entry.kind == *b"infe")
    {
        let at = entry.inside.start;
        let (wide, has_kind) = match file.big(at, 1)? {
            0 | 1 => (2, false),
            2 => (2, true),
            _ => (4, true),
        };
        let id = number(file, at + 4, wide)?;
        let kind_at = at + 4 + wide + 2;
        let kind = if has_kind { file.part(kind_at, 4)? } else { b"mime" };
        if !PICTURES.iter().any(|known| known[..] == *kind) {
            others.insert(id);
        }
        if kind == b"Exif" {
            besides.exif_names.push(kind_at);
        }
    }
    if others.is_empty() {
        return Some(besides);
    }
    let within = part(b"idat").map_or(0, |inside| inside.start);
    for (id, range) in places(file, part(b"iloc")?, within)? {
        if others.contains(&id) {
            besides.places.push(range?);
        }
    }
    Some(besides)
}

/// Where each item lies in the file; none where that is said in another way.
type Place = (u64, Option<Range<usize>>);

fn places(file: Bytes<'_>, list: Range<usize>, within: usize) -> Option<Vec<Place>> {
    let version = file.big(list.start, 1)?;
    let sizes = file.big(list.start + 4, 2)? as usize;
    let wide = if version < 2 { 2 } else { 4 };
    let mut at = list.start + 6;
    let mut next = |length: usize| {
        let read = number(file, at, length);
        at += length;
        read
    };
    let mut found = Vec::new();
    for _ in 0..next(wide)? {
        let id = next(wide)?;
        let method = if version > 0 { next(2)? & 0xf } else { 0 };
        let elsewhere = next(2)?;
        let base = next(sizes >> 4 & 0xf)?;
        for _ in 0..next(2)? {
            next(if version > 0 { sizes & 0xf } else { 0 })?;
            let (offset, length) = (next(sizes >> 12)?, next(sizes >> 8 & 0xf)?);
            let begin = usize::try_from(base.checked_add(offset)?).ok()?;
            let begin = begin.checked_add(if method == 1 { within } else { 0 })?;
            let end = begin.checked_add(usize::try_from(length).ok()?)?;
            let is_here = method < 2 && elsewhere == 0 && length > 0 && end <= file.0.len();
            found.push((id, is_here.then_some(begin..end)));
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso_box(kind: &[u8; 4], inside: &[u8]) -> Vec<u8> {
        let length = u32::try_from(inside.len() + 8).expect("small").to_be_bytes();
        [&length[..], kind, inside].concat()
    }

    /// Three items: a picture, what the camera wrote, and a text.
    fn avif(at: u8, data: &[u8]) -> Vec<u8> {
        let entry = |id: u8, kind: &[u8; 4]| {
            iso_box(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], &kind[..], b"\0"].concat())
        };
        let entries = [entry(1, b"av01"), entry(2, b"Exif"), entry(3, b"mime")].concat();
        let place = |id: u8, from: u8, length: u8| [0, id, 0, 0, 0, 1, 0, 0, 0, at + from, 0, 0, 0, length];
        let places =
            [&[0, 0, 0, 0, 0x44, 0, 0, 3][..], &place(1, 0, 7), &place(2, 7, 20), &place(3, 27, 4)].concat();
        let inside = [
            &[0; 4][..],
            &iso_box(b"iinf", &[&[0, 0, 0, 0, 0, 3][..], &entries].concat()),
            &iso_box(b"iloc", &places),
            &iso_box(b"xml ", b"GPS"),
        ];
        let film = iso_box(b"moov", &[iso_box(b"mvhd", b"1"), iso_box(b"udta", b"GPS")].concat());
        [
            iso_box(b"ftyp", b"avif"),
            iso_box(b"meta", &inside.concat()),
            film,
            iso_box(b"uuid", b"XMP GPS"),
            iso_box(b"mdat", data),
        ]
        .concat()
    }

    #[test]
    fn what_lies_beside_a_picture_is_written_over() {
        let data = b"picture\0\0\0\0MM\0*GPS 41.3N 12GPS.";
        let at = avif(0, data).len() - data.len();
        let file = avif(u8::try_from(at).expect("small"), data);
        let stripped = strip(file.clone()).expect("a picture");
        assert_eq!(stripped.len(), file.len(), "nothing moves");
        assert!(!stripped.windows(3).any(|part| part == b"GPS"), "{stripped:?}");
        assert_eq!(&stripped[at..at + 7], b"picture");
        assert_eq!(&stripped[at + 7..], [b' '; 24]);
        assert!(!stripped.windows(4).any(|part| part == b"Exif"), "there is no such block");
        assert_eq!(strip(stripped.clone()), Some(stripped), "there is nothing more to take out");
    }

    #[test]
    fn what_cannot_be_found_is_not_let_through() {
        assert_eq!(strip(avif(220, b"picture")), None, "the places lie behind the end");
        assert_eq!(strip(iso_box(b"ftyp", b"avif")[..11].to_vec()), None);
    }
}
