//! Pictures that stand within a drawing, as `data:` addresses (RFC 2397).

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, percent_encode};

/// As browsers read it: with or without what fills up its end.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);
/// Characters as XML may write them within an address.
const ESCAPED: [(&str, &str); 15] = [
    ("&#9;", ""),
    ("&#10;", ""),
    ("&#13;", ""),
    ("&#32;", " "),
    ("&#x9;", ""),
    ("&#xa;", ""),
    ("&#xA;", ""),
    ("&#xd;", ""),
    ("&#xD;", ""),
    ("&#x20;", " "),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&apos;", "'"),
    ("&amp;", "&"),
];

/// A drawing with what `strip` makes of each picture in it; `None` where one
/// cannot be read. What is no picture, such as a font, stays as it is.
pub fn replaced(drawing: &str, strip: impl Fn(Vec<u8>) -> Option<Vec<u8>>) -> Option<String> {
    let (mut replaced, mut done) = (String::new(), 0);
    for (begin, _) in drawing.to_ascii_lowercase().match_indices("data:") {
        let Some(address) = Address::at(drawing, begin).filter(|_| begin >= done) else { continue };
        let Some(bytes) = address.bytes() else {
            if address.is_picture {
                return None;
            }
            continue;
        };
        if !address.is_picture && super::kind(&bytes).is_none() {
            continue;
        }
        let stripped = strip(bytes.clone())?;
        let end = address.begin + address.inside.len();
        if stripped != bytes {
            replaced.push_str(&drawing[done..begin + "data:".len()]);
            replaced.push_str(&address.head_of(&bytes, &stripped));
            replaced.push_str(&address.written(&stripped));
            done = end;
        }
    }
    replaced.push_str(&drawing[done..]);
    Some(replaced)
}

struct Address<'a> {
    /// It says of itself that it is one.
    is_picture: bool,
    is_base64: bool,
    /// What stands before its inside, with the comma.
    head: &'a str,
    /// Where its inside begins in the drawing.
    begin: usize,
    inside: &'a str,
}

impl<'a> Address<'a> {
    /// The one whose `data:` stands at a place; `None` for words that look like it.
    fn at(drawing: &'a str, at: usize) -> Option<Self> {
        let behind = &drawing[at + "data:".len()..];
        let comma = behind.find([',', '<', '>', '"', '\''])?;
        let small = behind[..comma].to_ascii_lowercase();
        let inside = behind[comma..].strip_prefix(',')?;
        let (is_picture, is_base64) = (small.contains("image/"), small.trim_end().ends_with("base64"));
        let ends: &[char] = match drawing[..at].trim_end().chars().next_back() {
            Some('"') => &['"'],
            Some('\'') => &['\''],
            Some('(') => &[')'],
            _ => &['"', '\'', '(', ')', '<', '>', '&'],
        };
        let inside = &inside[..inside.find(ends).unwrap_or(inside.len())];
        let begin = at + "data:".len() + comma + 1;
        let head = &behind[..=comma];
        (is_picture || is_base64).then_some(Self { is_picture, is_base64, head, begin, inside })
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        let inside = ESCAPED.iter().fold(self.inside.to_owned(), |inside, (escaped, plain)| {
            if inside.contains('&') { inside.replace(escaped, plain) } else { inside }
        });
        let mut bytes: Vec<u8> = percent_decode_str(&inside).collect();
        if self.is_base64 {
            bytes.retain(|byte| !byte.is_ascii_whitespace());
            return BASE64.decode(bytes).ok();
        }
        Some(bytes)
    }

    /// What stands before the inside of a picture that has become another. A photograph
    /// that was turned may be of another kind than it was.
    fn head_of(&self, was: &[u8], is: &[u8]) -> String {
        match super::kind(is) {
            Some(kind) if super::kind(was) != Some(kind) => {
                format!("{kind}{},", if self.is_base64 { ";base64" } else { "" })
            }
            _ => self.head.to_owned(),
        }
    }

    fn written(&self, bytes: &[u8]) -> String {
        match self.is_base64 {
            true => BASE64.encode(bytes),
            false => percent_encode(bytes, NON_ALPHANUMERIC).to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes `GPS` out of a JPEG, and lets nothing else through.
    fn replaced(drawing: &str) -> Option<String> {
        super::replaced(drawing, |bytes| {
            let text = bytes.strip_prefix(b"\xff\xd8\xff")?;
            let text = String::from_utf8(text.to_vec()).ok()?.replace("GPS", "");
            Some([b"\xff\xd8\xff", text.as_bytes()].concat())
        })
    }

    #[test]
    fn a_picture_is_found_however_its_address_is_written() {
        let (gps, none) = (BASE64.encode(b"\xff\xd8\xffa GPS b"), BASE64.encode(b"\xff\xd8\xffa  b"));
        let (broken, unfilled) = (gps.replace('e', "e\n  "), gps.trim_end_matches('='));
        let (escaped, percent) = (gps.replace('e', "e&#xA;"), gps.replace('/', "%2F"));
        for (with, without) in [
            (
                format!("<image href=\"data:image/jpeg;base64,{gps}\"/>"),
                format!("<image href=\"data:image/jpeg;base64,{none}\"/>"),
            ),
            (
                format!("<image xlink:href='data:image/jpeg;base64,{gps}'/>"),
                format!("<image xlink:href='data:image/jpeg;base64,{none}'/>"),
            ),
            (
                format!("href=\" DATA:Image/JPEG;Base64,{gps}\""),
                format!("href=\" DATA:Image/JPEG;Base64,{none}\""),
            ),
            (
                format!("href=\"data:image/jpg;charset=utf-8;base64,{gps}\""),
                format!("href=\"data:image/jpg;charset=utf-8;base64,{none}\""),
            ),
            (format!("href=\"data:;base64,{gps}\""), format!("href=\"data:;base64,{none}\"")),
            (
                format!("href=\"data:application/octet-stream;base64,{gps}\""),
                format!("href=\"data:application/octet-stream;base64,{none}\""),
            ),
            (
                format!("a{{fill:url(data:image/jpeg;base64,{gps})}}"),
                format!("a{{fill:url(data:image/jpeg;base64,{none})}}"),
            ),
            (
                format!("style=\"fill:url(&quot;data:image/jpeg;base64,{gps}&quot;)\""),
                format!("style=\"fill:url(&quot;data:image/jpeg;base64,{none}&quot;)\""),
            ),
            (
                format!("<!ENTITY a \"data:image/jpeg;base64,{gps}\">"),
                format!("<!ENTITY a \"data:image/jpeg;base64,{none}\">"),
            ),
            (
                format!("href=\"data:image/jpeg;base64,\n  {broken}\""),
                format!("href=\"data:image/jpeg;base64,{none}\""),
            ),
            (
                format!("href=\"data:image/jpeg;base64,{escaped}\""),
                format!("href=\"data:image/jpeg;base64,{none}\""),
            ),
            (
                format!("href=\"data:image/jpeg;base64,{percent}\""),
                format!("href=\"data:image/jpeg;base64,{none}\""),
            ),
            (
                format!("href=\"data:image/jpeg;base64,{unfilled}\""),
                format!("href=\"data:image/jpeg;base64,{none}\""),
            ),
            (
                "href=\"data:image/jpeg,%FF%D8%FFaGPS\"".to_owned(),
                "href=\"data:image/jpeg,%FF%D8%FFa\"".to_owned(),
            ),
            (
                format!("\"data:image/jpeg;base64,{gps}\" ü \"data:image/jpeg;base64,{gps}\""),
                format!("\"data:image/jpeg;base64,{none}\" ü \"data:image/jpeg;base64,{none}\""),
            ),
        ] {
            assert_eq!(replaced(&with).as_deref(), Some(&*without), "{with}");
            assert_eq!(replaced(&without).as_deref(), Some(&*without), "there is nothing more to take out");
        }
    }

    #[test]
    fn what_is_no_picture_stays_and_what_cannot_be_read_is_not_let_through() {
        for stays in [
            "<svg><path d=\"M0 0\"/></svg>",
            "<text>data: 3, 4 and 5</text>",
            "<text>Metadata: image/jpeg</text>",
            "@font-face{src:url(data:font/woff2;base64,d09GMgABAAAA)}",
            "@font-face{src:url(\"data:application/font-woff;base64,d09GRg==\")}",
            "<a href=\"data:text/plain,GPS\"/>",
        ] {
            assert_eq!(replaced(stays).as_deref(), Some(stays));
        }
        for wrong in [
            "href=\"data:image/jpeg;base64,/9j/*GPS*\"",
            "href=\"data:image/tiff;base64,SUkqAEdQUw==\"",
            "href=\"data:image/jpeg,GPS\"",
            "href=\"data:;base64,R0lGODlhR1BT\"",
        ] {
            assert_eq!(replaced(wrong), None, "{wrong}");
        }
    }
}
