//! The pictures in `content/images/`, kept whole in memory: there are few, and
//! they are small.

use std::collections::BTreeMap;

pub type Images = BTreeMap<String, Image>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    pub bytes: Vec<u8>,
    pub media_type: &'static str,
    /// Width and height as the page should reserve them, where the file says.
    pub size: Option<(u32, u32)>,
}

/// The kinds of picture that every browser shows, by the ending of their name.
const KINDS: [(&str, &str); 6] = [
    ("avif", "image/avif"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("webp", "image/webp"),
];

impl Image {
    /// Takes a file in; `None` when its name is not that of a picture.
    pub fn new(name: &str, bytes: Vec<u8>) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1;
        let (_, media_type) = KINDS.into_iter().find(|(known, _)| *known == ending)?;
        let size = if ending == "svg" { svg_size(&bytes) } else { None };
        Some(Self { bytes, media_type, size })
    }
}

/// The width and height that a drawing's root element states.
fn svg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let root = text.split_once("<svg")?.1.split_once('>')?.0;
    let attribute = |name: &str| {
        let value = root.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0;
        value.trim_end_matches("px").parse().ok()
    };
    Some((attribute("width")?, attribute("height")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_says_how_large_it_is() {
        let size = |svg: &str| Image::new("a.svg", svg.into()).expect("a picture").size;
        assert_eq!(
            size(r#"<svg viewBox="0 0 9 9" width="620" height="400px"><path/></svg>"#),
            Some((620, 400))
        );
        assert_eq!(size(r#"<svg viewBox="0 0 9 9"><rect width="1" height="1"/></svg>"#), None);
        assert_eq!(Image::new("notes.txt", Vec::new()), None);
    }
}
