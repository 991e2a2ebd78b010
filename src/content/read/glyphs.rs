//! Which characters the site's fonts can draw. Others are shown in whatever
//! font the reader's device has for them, so they are remarked upon.

use std::{collections::BTreeSet, ops::RangeInclusive};

use super::table::Table;
use crate::content::problem::{Problem, Problems, Source};

/// What all files of both families hold together; `static/fonts/subset` makes them.
const DRAWN: [RangeInclusive<char>; 17] = [
    ' '..='~',
    '\u{a0}'..='\u{148}',
    '\u{14a}'..='\u{17e}',
    'Ș'..='ț',
    'ẞ'..='ẞ',
    '–'..='—',
    '‘'..='‚',
    '“'..='„',
    '•'..='•',
    '…'..='…',
    '′'..='″',
    '‹'..='›',
    '€'..='€',
    '™'..='™',
    '↑'..='↑',
    '↓'..='↓',
    '−'..='−',
];

/// What needs no glyph of its own: line ends, accents that join the letter
/// before them, and what is never seen.
const UNSEEN: [RangeInclusive<char>; 8] = [
    '\0'..='\u{1f}',
    '\u{7f}'..='\u{9f}',
    '\u{300}'..='\u{36f}',
    '\u{61c}'..='\u{61c}',
    '\u{2000}'..='\u{200f}',
    '\u{2028}'..='\u{202f}',
    '\u{2060}'..='\u{206f}',
    '\u{fe00}'..='\u{feff}',
];

/// How many characters of one file are named.
const NAMED: usize = 5;

/// Remarks on what the texts of a file's keys and the Markdown below them hold that
/// the fonts cannot draw.
pub fn look_over(keys: &Table<'_>, body: Option<Source<'_>>, problems: &Problems) {
    let source = keys.source();
    let texts = keys.all_texts("allow").into_iter();
    let of_keys = texts.flat_map(|text| undrawn(text.value).map(move |(_, c)| (source.line(text.offset), c)));
    let of_body = body.into_iter().flat_map(|body| undrawn(body.text).map(move |(at, c)| (body.line(at), c)));
    remark(source, of_keys.chain(of_body), problems);
}

/// The same for a drawing, whose words are in the same fonts.
pub fn look_over_drawing(drawing: Source<'_>, problems: &Problems) {
    remark(drawing, undrawn(drawing.text).map(|(at, c)| (drawing.line(at), c)), problems);
}

/// One remark per file, at the first of the characters: a text in another
/// alphabet is one matter, not a thousand.
fn remark(source: Source<'_>, undrawn: impl Iterator<Item = (usize, char)>, problems: &Problems) {
    let mut undrawn = undrawn.peekable();
    let Some((line, _)) = undrawn.peek().copied() else { return };
    let mut seen = BTreeSet::new();
    let characters: Vec<char> = undrawn.map(|(_, c)| c).filter(|c| seen.insert(*c)).collect();
    let named = characters.iter().take(NAMED).map(|c| format!("“{c}” (U+{:04X})", u32::from(*c)));
    let mut named = named.collect::<Vec<_>>().join(", ");
    if characters.len() > NAMED {
        named.push_str(&format!(" and {} more", characters.len() - NAMED));
    }
    let (are, it) = if characters.len() == 1 { ("isn't", "it") } else { ("aren't", "them") };
    let wrong = format!("{named} {are} in the site's fonts; readers see {it} in a font of their own");
    problems.remark(Problem { file: source.file.to_owned(), line, wrong });
}

/// What the fonts cannot draw, with where it stands.
fn undrawn(text: &str) -> impl Iterator<Item = (usize, char)> {
    let has_glyph = |c: &char| DRAWN.iter().chain(&UNSEEN).any(|range| range.contains(c));
    text.char_indices().filter(move |(_, c)| !has_glyph(c))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The characters that the stylesheet asks the second and third file of a family for.
    fn asked_for(family: &str) -> Vec<RangeInclusive<u32>> {
        let style = include_str!("../../../static/site.css");
        let faces = style.split("@font-face").filter(|face| face.contains(&format!("/{family}-latin")));
        let lists = faces.filter_map(|face| face.split_once("unicode-range:")?.1.split_once(';'));
        let number = |text: &str| u32::from_str_radix(text, 16).expect("a number");
        let range = |text: &str| {
            let text = text.trim().strip_prefix("U+").expect("a range");
            let (first, last) = text.split_once('-').unwrap_or((text, text));
            number(first)..=number(last)
        };
        lists.flat_map(|(list, _)| list.split(',').map(range).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn the_stylesheet_asks_for_what_is_drawn_and_nothing_else() {
        for family in ["literata", "national-park"] {
            let asked = asked_for(family);
            let is_asked = |c: char| asked.iter().any(|range| range.contains(&u32::from(c)));
            for c in asked.iter().flat_map(|range| range.clone()).filter_map(char::from_u32) {
                assert_eq!(undrawn(&c.to_string()).count(), 0, "{family}: U+{:04X}", u32::from(c));
            }
            for c in "ÄäßÆæŒœÿ¡¿«»‹›‚ĀāČčŁłŐőŞşŽžıẞȘț".chars() {
                assert!(is_asked(c), "{family}: {c}");
            }
            for c in "azAZ09éñü„“”’€£–—".chars() {
                assert!(!is_asked(c), "{family}: {c} is in the first file");
            }
        }
    }

    #[test]
    fn what_the_pages_themselves_say_is_drawn() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
        for room in ["layouts", "parts", "site", "appointments", "admin", "errors"] {
            for file in fs::read_dir(format!("{root}/{room}")).expect("a room") {
                let path = file.expect("a file").path();
                let text = fs::read_to_string(&path).expect("a template");
                assert_eq!(undrawn(&text).next(), None, "{}", path.display());
            }
        }
    }

    #[test]
    fn each_character_without_a_glyph_is_named_once_with_its_line() {
        for (text, line, named) in [
            ("one\ntwo → three →", 2, "“→” (U+2192) isn't"),
            ("☎ and ✉ and ☎", 1, "“☎” (U+260E), “✉” (U+2709) aren't"),
            ("Пётр", 1, "“П” (U+041F), “ё” (U+0451), “т” (U+0442), “р” (U+0440) aren't"),
            ("Αλφάβητο", 1, " and 3 more aren't"),
            ("a\n\n\n🙂", 4, "(U+1F642) isn't"),
        ] {
            let problems = Problems::default();
            look_over_drawing(Source::new("file.md", text), &problems);
            let remarks = problems.remarks(chrono::NaiveDate::MIN);
            assert_eq!((remarks.len(), remarks[0].line), (1, line), "{text}");
            assert!(remarks[0].wrong.contains(named), "{}", remarks[0].wrong);
        }
        for text in [
            "plain words, “quoted” – and – dashed…",
            "Straße, Ærø, naïve, Łódź, Dvořák, Şişli, Țepeș",
            "„so“ ‚oder‘ «ainsi» ‹ou›",
            "cafe\u{301}, soft\u{ad}hyphen, no\u{a0}break, zero\u{200b}width",
            "€ 95, £ 80, 5′ 11″, 1 − 1",
            "line\r\nend\ttab",
        ] {
            assert_eq!(undrawn(text).next(), None, "{text}");
        }
    }
}
