//! The pictures in `content/images/`, kept whole in memory: there are few, and
//! they are small.

use std::{collections::BTreeMap, sync::Arc};

use sha2::{Digest, Sha256};

use super::{
    drawing::{self, Drawing},
    image_file,
};
use crate::urls;

pub type Images = BTreeMap<String, Image>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Shared with every answer that carries it.
    pub bytes: Arc<[u8]>,
    pub media_type: &'static str,
    /// Tells it from what was, or will be, under the same name.
    pub version: String,
    /// Width and height as the page should reserve them, where the file says.
    pub size: Option<(u32, u32)>,
    /// A drawing of plain shapes, which can become part of a page.
    pub drawing: Option<Drawing>,
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

/// The kind of picture that a file's name says it is.
pub fn media_type(name: &str) -> Option<&'static str> {
    let (stem, ending) = name.rsplit_once('.')?;
    KINDS
        .into_iter()
        .find(|(known, _)| *known == ending && !stem.is_empty())
        .map(|(_, media_type)| media_type)
}

/// `.avif, .jpeg, …`: how the names of pictures end.
pub fn endings() -> String {
    KINDS.map(|(ending, _)| format!(".{ending}")).join(", ")
}

impl Image {
    /// Takes a file in; `None` when its name is not that of a picture.
    pub fn new(name: &str, bytes: Vec<u8>) -> Option<Self> {
        let media_type = media_type(name)?;
        let text = (media_type == "image/svg+xml").then(|| std::str::from_utf8(&bytes).ok()).flatten();
        let drawing = text.and_then(drawing::parse);
        let version = Sha256::digest(&bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        Some(Self {
            size: image_file::size(media_type, &bytes),
            drawing,
            version,
            media_type,
            bytes: bytes.into(),
        })
    }

    /// False while the file is still being copied, or when it is damaged.
    pub fn is_whole(&self) -> bool {
        image_file::is_whole(self.media_type, &self.bytes)
    }

    /// The title that is drawn in it, where the file says so.
    pub fn title(&self) -> Option<&str> {
        image_file::title(&self.bytes)
    }

    /// The address that pages name: that of this picture and no other.
    pub fn address(&self, name: &str) -> String {
        format!("{}?v={}", urls::image(name), self.version)
    }
}

/// The other sizes and kinds of a picture, by their names: of `hands.jpg` they
/// are `hands.avif`, `hands-480.jpg`, `hands-480.avif` and so on.
pub fn variants<'a>(images: &'a Images, name: &'a str) -> impl Iterator<Item = (&'a str, &'a Image)> {
    let stem = stem(name);
    images.iter().map(|(other, image)| (other.as_str(), image)).filter(move |(other, _)| {
        let rest = self::stem(other).strip_prefix(stem);
        *other != name && rest.is_some_and(|rest| rest.is_empty() || is_width(rest))
    })
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// `-480`, at the end of a name.
fn is_width(text: &str) -> bool {
    text.strip_prefix('-')
        .is_some_and(|width| !width.is_empty() && width.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_a_picture_by_its_name() {
        let svg = r#"<svg viewBox="0 0 6 4" width="6" height="4"><path d="M0 0h6"/></svg>"#;
        let image = Image::new("a.svg", svg.into()).expect("a picture");
        assert_eq!((image.media_type, image.size), ("image/svg+xml", Some((6, 4))));
        assert!(image.drawing.is_some());
        assert_eq!(Image::new("notes.txt", Vec::new()), None);
    }

    #[test]
    fn a_picture_is_known_in_its_other_sizes_and_kinds() {
        let names = ["a.jpg", "a.avif", "a-480.jpg", "a-480.avif", "a-left.jpg", "a-.jpg", "ab.jpg", "b.jpg"];
        let images: Images = names
            .iter()
            .map(|name| (name.to_string(), Image::new(name, Vec::new()).expect("a picture")))
            .collect();
        let found: Vec<_> = variants(&images, "a.jpg").map(|(name, _)| name).collect();
        assert_eq!(found, ["a-480.avif", "a-480.jpg", "a.avif"]);
    }
}
