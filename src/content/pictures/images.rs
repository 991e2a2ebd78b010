//! The pictures in `content/images/`, as they are served: without what was
//! written beside them, in memory, since there are few and they are small.

use std::{collections::BTreeMap, sync::Arc};

use image::ImageError;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::{
    drawing::{self, Drawing},
    image_file::{self, stripped},
    photograph,
};
use crate::urls;

/// By name. An accent may be a character of its own in a file's name; here it never is.
pub type Images = BTreeMap<String, Image>;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 64_000_000;
/// More than the cameras of telephones make, and few enough to be held in memory whole.
const MOST_PIXELS: u64 = 50_000_000;
/// A file over this, in bytes, or wider than [`WIDE`], takes too long on a phone.
const LARGE: usize = 500_000;
const WIDE: u32 = 2400;

const BREAKS_OFF: &str = "this picture is cut off; was all of it copied?";

/// Said of a film, and of what nothing can be read of.
pub const LIES: &str = "this picture is stored on its side, and it can't be turned here; save it upright";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Shared with every answer that carries it.
    pub bytes: Arc<[u8]>,
    /// What it is, whatever its name says.
    pub media_type: &'static str,
    /// Of what was in the file, whatever sizes there are of it.
    pub hash: String,
    /// Tells it from what was, or will be, under the same name.
    pub version: String,
    /// Width and height as the page should reserve them, where the file says.
    pub size: Option<(u32, u32)>,
    /// A drawing of plain shapes, which can become part of a page.
    pub drawing: Option<Drawing>,
    /// The title that the file told of itself, as cards do.
    pub title: Option<String>,
    /// The same in other sizes, the smallest first; see [`sizes`](super::sizes).
    pub sizes: Vec<Image>,
    /// How the picture is turned, as cameras number it; 1 is upright. Another is turned before it is served.
    pub orientation: u8,
    /// It, or a picture in it, lies on its side and cannot be turned here.
    pub lies: bool,
    /// Why it cannot be shown.
    pub wrong: Option<String>,
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
        let named = media_type(name)?;
        let kind = image_file::kind(&bytes);
        let media_type = kind.unwrap_or(named);
        let title = image_file::title(&bytes).map(str::to_owned);
        let is_whole = image_file::is_whole(media_type, &bytes);
        // So much of it tells what it is.
        let is_begun = bytes.len() >= 12;
        let stripped = if is_whole { stripped::strip(media_type, bytes) } else { None };
        let wrong = match (kind, &stripped) {
            (None, _) if is_begun => {
                Some(format!("this isn't a kind of picture the site can show ({})", endings()))
            }
            (Some(kind), _) if !image_file::SHOWN.contains(&kind) => Some(format!(
                "this file is really {}, and not every browser shows that; save it as JPEG",
                kind.trim_start_matches("image/").to_uppercase()
            )),
            _ if !is_whole => Some(BREAKS_OFF.to_owned()),
            (Some("image/svg+xml"), None) => Some(
                "this drawing is damaged, or has a picture inside that can't be read; put that picture in images/ by itself"
                    .to_owned(),
            ),
            (_, None) => Some("this picture is damaged; save it again".to_owned()),
            _ => None,
        };
        // What cannot be told apart from what was written beside it is never served.
        let (bytes, orientation, lies) = stripped
            .map_or((Vec::new(), 1, false), |stripped| (stripped.bytes, stripped.orientation, stripped.lies));
        let text = (media_type == "image/svg+xml").then(|| std::str::from_utf8(&bytes).ok()).flatten();
        let drawing = text.and_then(drawing::parse);
        let size = image_file::size(media_type, &bytes);
        let mut hash = Sha256::new_with_prefix(&bytes);
        // Turned otherwise it is another picture.
        if orientation != 1 {
            hash.update([orientation]);
        }
        let hash: String = hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        let is_on_its_side = orientation > 4;
        let image = Self {
            size: size.map(|(width, height)| if is_on_its_side { (height, width) } else { (width, height) }),
            drawing,
            version: hash.chars().take(8).collect(),
            hash,
            media_type,
            bytes: bytes.into(),
            title,
            sizes: Vec::new(),
            orientation,
            lies,
            wrong,
        };
        Some(Self { wrong: image.wrong.clone().or_else(|| image.too_large()), ..image })
    }

    fn too_large(&self) -> Option<String> {
        let (width, height) = self.size?;
        (u64::from(width) * u64::from(height) > MOST_PIXELS && self.media_type != "image/svg+xml")
            .then(|| format!("this picture is {width} by {height} pixels; save it {WIDE} wide or less"))
    }

    /// What of a file with this name should be looked at, although it can be shown.
    pub fn remarkable(&self, name: &str) -> Option<String> {
        let is_named = media_type(name) == Some(self.media_type);
        let kind = self.media_type.trim_start_matches("image/").trim_end_matches("+xml").to_uppercase();
        if self.lies {
            Some(LIES.to_owned())
        } else if self.size.is_none() {
            Some("it gives no width and height, so the page jumps when it loads".to_owned())
        } else if !is_named {
            Some(format!("this file is really {kind}, and it's shown that way"))
        } else if !self.can_have_sizes() && self.is_large() {
            let (width, _) = self.size.unwrap_or_default();
            Some(format!(
                "{} kB and {width} pixels wide is a lot for a phone, and {kind} can't be made smaller here; \
                 save it {WIDE} wide or less, in less than {} kB",
                self.bytes.len() / 1000,
                LARGE / 1000
            ))
        } else {
            None
        }
    }

    fn is_large(&self) -> bool {
        self.bytes.len() > LARGE || self.is_photograph() && self.size.is_some_and(|(width, _)| width > WIDE)
    }

    /// True for what is made of pixels.
    fn is_photograph(&self) -> bool {
        self.media_type != "image/svg+xml"
    }

    /// True for what we can make smaller ones of. Of a WebP they would be no
    /// lighter, so that it is only turned.
    fn can_have_sizes(&self) -> bool {
        let is_of_a_kind = match self.media_type {
            "image/webp" => self.is_turned(),
            kind => matches!(kind, "image/jpeg" | "image/png"),
        };
        is_of_a_kind && !image_file::is_moving(&self.bytes)
    }

    /// True for one that is never to be shown as it is.
    pub fn is_turned(&self) -> bool {
        self.orientation != 1
    }

    /// False for one that lies on its side, and of which nothing can be read.
    pub fn can_be_turned(&self) -> bool {
        !self.is_turned() || self.wrong.is_some() || self.upright().is_ok()
    }

    fn upright(&self) -> Result<Vec<u8>, ImageError> {
        photograph::upright(&self.bytes, self.media_type, self.orientation)
    }

    /// The same, turned at once; for small ones of which there are few.
    pub fn turned(self) -> Self {
        if !self.is_turned() || self.wrong.is_some() {
            return self;
        }
        match self.upright() {
            Ok(bytes) => {
                let media_type = image_file::kind(&bytes).unwrap_or(self.media_type);
                Self { bytes: bytes.into(), media_type, orientation: 1, ..self }
            }
            Err(_) => Self { lies: true, orientation: 1, ..self },
        }
    }

    /// True for a picture that is better served in other sizes, or turned.
    pub fn wants_sizes(&self) -> bool {
        let is_wide = self.size.is_some_and(|(width, _)| width > 1600);
        let wants = is_wide || self.bytes.len() > LARGE || self.is_turned();
        self.sizes.is_empty() && self.wrong.is_none() && wants && self.can_have_sizes()
    }

    /// The address that pages name: that of this picture and no other.
    pub fn address(&self, name: &str) -> String {
        format!("{}?v={}", urls::image(name), self.version)
    }

    /// The one of its sizes that an address names, or itself.
    pub fn of_version(&self, version: Option<&str>) -> &Self {
        self.sizes.iter().find(|size| Some(size.version.as_str()) == version).unwrap_or(self)
    }
}

/// A file's name as it is known by.
pub fn known_as(name: &str) -> String {
    name.nfc().collect()
}

/// The name by which a file is known: its own in `images/`, its path in another folder.
pub fn name_of(path: &str) -> String {
    known_as(path.strip_prefix("images/").unwrap_or(path))
}

/// The file of a picture with this name.
pub fn path_of(name: &str) -> String {
    if name.contains('/') { name.to_owned() } else { format!("images/{name}") }
}

/// A picture by its name as it stands in a text: as the file is called, or as addresses are written.
pub fn find<'a>(images: &'a Images, written: &str) -> Option<(&'a str, &'a Image)> {
    let decoded = percent_encoding::percent_decode_str(written).decode_utf8().ok()?;
    let found = images.get_key_value(&known_as(written));
    let (name, image) = found.or_else(|| images.get_key_value(&known_as(&decoded)))?;
    Some((name.as_str(), image))
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
