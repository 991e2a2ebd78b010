//! What the practice is known by at a glance: its icon, on tabs and phones, and
//! the card beside an address of it that is shared. They lie beside the practice
//! file; a practice without an icon or a card of its own has ours.

use std::collections::BTreeMap;

use super::{
    images::{Image, LIES},
    sizes,
};
use crate::content::problem::{Problems, Source};

pub const ICON_SVG: &str = "icon.svg";
pub const ICON_PNG: &str = "icon.png";
pub const CARD: &str = "card.png";
pub const FILES: [&str; 3] = [CARD, ICON_PNG, ICON_SVG];

/// Width and height of every card, the size that the sites which show them ask for.
pub const CARD_SIZE: (u32, u32) = (1200, 630);
/// What browsers and phones ask for: on a tab, on a home screen, among others, at the start.
const ICON_SIZES: [u32; 4] = [32, 180, 192, 512];
/// The one for a home screen, where what can be seen through would be black.
const HOME_SCREEN: u32 = 180;
/// How wide and high the icon may be that the others are made of.
const SMALLEST_ICON: u32 = 512;
const LARGEST_ICON: u32 = 4096;

/// By the name of the file, those that there are.
pub type Branding = BTreeMap<String, Image>;

/// Looks at one of the [`FILES`], and makes the sizes that are asked for.
pub fn look_over(name: &str, image: Image, problems: &Problems) -> Image {
    let problem = |wrong: String| problems.add(Source::new(name, "").problem(0, wrong));
    if let Some(wrong) = wrong(name, &image) {
        problem(wrong);
        return image;
    }
    let image = image.turned();
    if image.lies {
        problems.remark(Source::new(name, "").problem(0, LIES));
    }
    if name != ICON_PNG {
        return image;
    }
    match sizes::of_icon(&image, &ICON_SIZES, HOME_SCREEN) {
        Ok(sizes) => Image { sizes, ..image },
        Err(_) => {
            problem("this picture is damaged; save it again".to_owned());
            image
        }
    }
}

fn wrong(name: &str, image: &Image) -> Option<String> {
    if let Some(wrong) = &image.wrong {
        return Some(wrong.clone());
    }
    let (wanted, kind) = if name == ICON_SVG { ("image/svg+xml", "SVG") } else { ("image/png", "PNG") };
    if image.media_type != wanted {
        return Some(format!("this isn't really {kind}; save it as {kind}"));
    }
    if name == ICON_SVG {
        return std::str::from_utf8(&image.bytes).ok().and_then(wrong_drawing);
    }
    let (width, height) = image.size.unwrap_or_default();
    let is = format!("this one is {width} by {height}");
    if name == CARD {
        let (wide, high) = CARD_SIZE;
        return ((width, height) != CARD_SIZE)
            .then(|| format!("a card has to be {wide} by {high} pixels; {is}"));
    }
    if width != height {
        Some(format!("an icon has to be square; {is}"))
    } else if width < SMALLEST_ICON {
        Some(format!("an icon has to be at least {SMALLEST_ICON} by {SMALLEST_ICON} pixels; {is}"))
    } else if width > LARGEST_ICON {
        Some(format!("an icon can be at most {LARGEST_ICON} by {LARGEST_ICON} pixels; {is}"))
    } else {
        None
    }
}

/// Why no browser would draw it as an icon, or not well.
fn wrong_drawing(svg: &str) -> Option<String> {
    let root = svg.split_once("<svg").and_then(|(_, rest)| rest.split_once('>')).map(|(root, _)| root)?;
    if attribute(root, "xmlns") != Some("http://www.w3.org/2000/svg") {
        return Some(
            "its `<svg>` needs xmlns=\"http://www.w3.org/2000/svg\", or browsers won't draw it".to_owned(),
        );
    }
    let of_box = attribute(root, "viewBox").and_then(|view_box| {
        let mut numbers = view_box.split([' ', ',']).filter(|number| !number.is_empty()).skip(2);
        Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    });
    let length = |name: &str| attribute(root, name)?.trim_end_matches("px").parse::<f64>().ok();
    let Some((width, height)) = of_box.or_else(|| Some((length("width")?, length("height")?))) else {
        return Some("its `<svg>` needs a size, like viewBox=\"0 0 32 32\"".to_owned());
    };
    let is_square = (width - height).abs() <= width.max(height) / 100.0;
    (!is_square).then(|| format!("an icon has to be square; the viewBox of this one is {width} by {height}"))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let is_begun = tag[..at].ends_with(|c: char| c.is_ascii_whitespace());
        let rest = tag[at + name.len()..].trim_start().strip_prefix('=').filter(|_| is_begun)?.trim_start();
        let quote = rest.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
        rest[1..].split_once(quote).map(|(value, _)| value.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_an_icon_when_it_is_square_and_browsers_draw_it() {
        let said = |root: &str| wrong_drawing(&format!("<?xml version=\"1.0\"?>\n<svg {root}><path/></svg>"));
        const XMLNS: &str = "xmlns=\"http://www.w3.org/2000/svg\"";
        for root in [
            "viewBox=\"0 0 32 32\"",
            "width=\"100%\" height=\"100%\" viewBox='-4,-4 , 40,40'",
            "width=\"512px\"\nheight=\"512px\"",
            "data-viewBox=\"0 0 1 2\" viewBox = \"0 0 24.0 24\"",
        ] {
            assert_eq!(said(&format!("{XMLNS} {root}")), None, "{root}");
            assert!(said(root).is_some_and(|wrong| wrong.contains("xmlns")), "{root}");
        }
        for (root, wrong) in [
            ("viewBox=\"0 0 34 30\"", "the viewBox of this one is 34 by 30"),
            ("width=\"32\" height=\"16\"", "has to be square"),
            ("", "like viewBox=\"0 0 32 32\""),
            ("width=\"100%\" height=\"100%\"", "like viewBox=\"0 0 32 32\""),
            ("viewBox=\"0 0 32\"", "like viewBox=\"0 0 32 32\""),
        ] {
            let said = said(&format!("{XMLNS} {root}")).unwrap_or_default();
            assert!(said.contains(wrong), "{root}: {said}");
        }
    }
}
