//! A picture on a page. A drawing becomes part of the page, so that the page's
//! tones reach it; any other picture comes in the sizes and kinds that lie
//! beside it, with its width and height, so that nothing moves when it arrives.

use super::events::escaped;
use crate::content::pictures::images::{self, Image, Images, variants};

/// Kinds that take fewer bytes than the one that was named, the smallest first.
const SMALLER: [&str; 2] = ["image/avif", "image/webp"];
/// How wide a figure stands in a text: all of a phone, a column, a wide column.
const SIZES: &str = "(min-width: 72em) 44rem, (min-width: 42em) 38rem, 92vw";

/// How wide a picture stands on a page, as `sizes` says it, and whether one sees it before all else.
#[derive(Clone, Copy)]
pub struct Place {
    pub sizes: &'static str,
    pub is_first: bool,
}

const IN_A_TEXT: Place = Place { sizes: SIZES, is_first: false };

/// A picture as Markdown names it.
pub struct Picture<'a> {
    pub name: &'a str,
    pub image: &'a Image,
    /// What it shows, for whoever does not see it.
    pub alt: &'a str,
    /// Its caption; empty for none.
    pub caption: &'a str,
}

/// A picture with its caption.
pub struct Figure {
    pub html: String,
    /// The drawing in it that has become part of the page.
    pub drawing: Option<String>,
}

impl<'a> Picture<'a> {
    /// The picture that a text names, if there is one.
    pub fn named(written: &str, alt: &'a str, caption: &'a str, images: &'a Images) -> Option<Self> {
        let (name, image) = images::find(images, written.strip_prefix("/images/")?)?;
        Some(Self { name, image, alt, caption })
    }

    /// What lies beside it under its name and cannot stand in its place, each in a sentence.
    pub fn misfits(&self, images: &Images) -> Vec<String> {
        let others = variants(images, self.name).filter(|(_, other)| !self.has_shape_of(other));
        let wrong =
            |(other, _)| format!("`{other}` isn't the same shape as `{}`, so it isn't used", self.name);
        others.map(wrong).collect()
    }
    /// Alone in its paragraph. What has an id in a drawing has it behind `prefix`.
    pub fn figure(&self, images: &Images, prefix: &str) -> Figure {
        let drawing = self.drawn(prefix);
        let picture = drawing.clone().unwrap_or_else(|| self.inline(images));
        let caption = match self.caption {
            "" => String::new(),
            caption => format!("<figcaption>{}</figcaption>", escaped(caption)),
        };
        Figure { html: format!("<figure>{picture}{caption}</figure>\n"), drawing }
    }

    /// By itself, where a page has a place for it.
    pub fn standing(&self, images: &Images, prefix: &str, place: Place) -> String {
        self.drawn(prefix).unwrap_or_else(|| self.photograph(images, place))
    }

    /// As a part of the page.
    fn drawn(&self, prefix: &str) -> Option<String> {
        let drawing = self.image.drawing.as_ref()?;
        Some(format!(
            r#"<svg class="fig" viewBox="{}"{} role="img" aria-label="{}">{}</svg>"#,
            drawing.view_box,
            drawing.pen,
            escaped(self.alt),
            drawing.inside_behind(prefix)
        ))
    }

    /// Among words.
    pub fn inline(&self, images: &Images) -> String {
        self.photograph(images, IN_A_TEXT)
    }

    fn photograph(&self, images: &Images, place: Place) -> String {
        let kind = self.image.media_type;
        let own = self.srcset(kind, images);
        let own = if own.len() > 1 { sized(&own, place.sizes) } else { String::new() };
        let size = self.image.size;
        let size =
            size.map_or(String::new(), |(width, height)| format!(r#" width="{width}" height="{height}""#));
        let loading = if place.is_first { "" } else { r#" loading="lazy""# };
        let img = format!(
            r#"<img src="{}"{own} alt="{}"{size}{loading} decoding="async">"#,
            escaped(&self.image.address(self.name)),
            escaped(self.alt)
        );
        let smaller = SMALLER.iter().take_while(|smaller| **smaller != kind).filter_map(|smaller| {
            let srcset = self.srcset(smaller, images);
            (!srcset.is_empty())
                .then(|| format!(r#"<source type="{smaller}"{}>"#, sized(&srcset, place.sizes)))
        });
        let smaller: String = smaller.collect();
        if smaller.is_empty() { img } else { format!("<picture>{smaller}{img}</picture>") }
    }

    /// The files of one kind, each with its width, the smallest first.
    fn srcset(&self, kind: &str, images: &Images) -> Vec<(u32, String)> {
        let all = std::iter::once((self.name, self.image)).chain(variants(images, self.name));
        // Sizes of one picture go together, although one may be of another kind.
        let of_kind = all.filter(|(_, image)| image.media_type == kind && self.has_shape_of(image));
        let mut files: Vec<_> = of_kind
            .flat_map(|(name, image)| {
                let sizes = if image.sizes.is_empty() { std::slice::from_ref(image) } else { &image.sizes };
                sizes.iter().map(move |size| (name, size))
            })
            .filter_map(|(name, image)| Some((image.size?.0, escaped(&image.address(name)))))
            .collect();
        files.sort();
        files.dedup_by_key(|(width, _)| *width);
        files
    }

    /// Another size of the same picture, a pixel of rounding aside; else the page would move.
    fn has_shape_of(&self, other: &Image) -> bool {
        let (Some((width, height)), Some((other_width, other_height))) = (self.image.size, other.size) else {
            return false;
        };
        let wanted = f64::from(other_width) * f64::from(height) / f64::from(width);
        (wanted - f64::from(other_height)).abs() <= 1.0 + wanted * 0.005
    }
}

fn sized(files: &[(u32, String)], sizes: &str) -> String {
    let files: Vec<_> = files.iter().map(|(width, address)| format!("{address} {width}w")).collect();
    format!(r#" srcset="{}" sizes="{sizes}""#, files.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture that is nothing but the head of its file.
    fn image(name: &str, width: u32, height: u32) -> Image {
        let mut image = Image::new(name, Vec::new()).expect("a picture");
        image.size = Some((width, height));
        image
    }

    fn shown(name: &str, others: &[(&str, u32, u32)]) -> String {
        let images: Images = others
            .iter()
            .map(|(name, width, height)| (name.to_string(), image(name, *width, *height)))
            .collect();
        Picture { name, image: &images[name], alt: "A <map>", caption: "" }.figure(&images, "").html
    }

    #[test]
    fn a_picture_alone_says_its_size() {
        assert_eq!(
            shown("a.png", &[("a.png", 600, 400), ("b.avif", 600, 400)]),
            "<figure><img src=\"/images/a.png?v=e3b0c442\" alt=\"A &lt;map&gt;\" width=\"600\" height=\"400\" \
             loading=\"lazy\" decoding=\"async\"></figure>\n"
        );
    }

    #[test]
    fn what_lies_beside_a_picture_is_offered_in_its_sizes_and_kinds() {
        let page = shown(
            "a.jpg",
            &[("a.jpg", 1200, 800), ("a-480.jpg", 480, 320), ("a.avif", 1200, 800), ("a-480.avif", 481, 321)],
        );
        let sizes = format!("sizes=\"{SIZES}\"");
        assert_eq!(
            page,
            format!(
                "<figure><picture><source type=\"image/avif\" \
                 srcset=\"/images/a-480.avif?v=e3b0c442 481w, /images/a.avif?v=e3b0c442 1200w\" {sizes}>\
                 <img src=\"/images/a.jpg?v=e3b0c442\" srcset=\"/images/a-480.jpg?v=e3b0c442 480w, /images/a.jpg?v=e3b0c442 1200w\" {sizes} \
                 alt=\"A &lt;map&gt;\" width=\"1200\" height=\"800\" loading=\"lazy\" decoding=\"async\">\
                 </picture></figure>\n"
            )
        );
    }

    #[test]
    fn a_file_of_another_shape_is_another_picture() {
        let page = shown("a.jpg", &[("a.jpg", 1200, 800), ("a-480.jpg", 480, 480), ("a.avif", 800, 1200)]);
        assert!(!page.contains("srcset"), "{page}");
    }

    #[test]
    fn a_drawing_becomes_part_of_the_page() {
        let svg = r#"<svg viewBox="0 0 6 4" width="6" height="4"><path d="M0 0h6"/></svg>"#;
        let image = Image::new("a.svg", svg.into()).expect("a picture");
        let picture = Picture { name: "a.svg", image: &image, alt: "A \"line\"", caption: "So & so" };
        assert_eq!(
            picture.figure(&Images::new(), "").html,
            "<figure><svg class=\"fig\" viewBox=\"0 0 6 4\" role=\"img\" aria-label=\"A &quot;line&quot;\">\
             <path d=\"M0 0h6\"/></svg><figcaption>So &amp; so</figcaption></figure>\n"
        );
    }
}
