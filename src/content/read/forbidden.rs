//! Characters that no page, feed or drawing may hold: XML 1.0 knows none of them,
//! or HTML calls them an error. They come along unseen with pasted text, so they
//! are left out where a file is read, and remarked upon.

use std::borrow::Cow;

use crate::content::problem::{Problems, Source};

/// Control characters and what Unicode has set aside for no use at all.
pub fn is_forbidden(c: char) -> bool {
    let is_space = matches!(c, '\t' | '\n' | '\r');
    let is_noncharacter = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    (c.is_control() && !is_space) || is_noncharacter
}

/// A text without such characters; what divides words becomes a space.
pub fn without(text: &str) -> Cow<'_, str> {
    if !text.contains(is_forbidden) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(instead).collect())
}

fn instead(c: char) -> Option<char> {
    match c {
        // A line's end in a word processor, a page's, and a line's end on a mainframe.
        '\u{b}' | '\u{c}' | '\u{85}' => Some(' '),
        c => (!is_forbidden(c)).then_some(c),
    }
}

/// The text of a file without such characters, whether they stand there or are
/// written `&#11;`. Each line that has one is remarked upon.
pub fn left_out(source: Source<'_>, problems: &Problems) -> String {
    let mut text = source.text.to_owned();
    for (at, c) in source.text.char_indices().filter(|(_, c)| is_forbidden(*c)) {
        remark(source, at, u32::from(c), problems);
    }
    if let Cow::Owned(cleaned) = without(&text) {
        text = cleaned;
    }
    // What is left of a text may be such a reference again.
    while let Some((at, length, number)) = reference(&text) {
        remark(Source { text: &text, ..source }, at, number, problems);
        text.replace_range(at..at + length, "");
    }
    text
}

/// Remarks on a character, by its number.
pub fn remark(source: Source<'_>, offset: usize, number: u32, problems: &Problems) {
    let wrong = format!(
        "the character U+{number:04X} can't be shown, so it's left out; it may have come with something you pasted"
    );
    problems.remark(source.problem(offset, wrong));
}

/// The first `&#11;` or `&#xFFFF;` that stands for such a character, or for none
/// at all: where it begins, how long it is, and the number.
fn reference(text: &str) -> Option<(usize, usize, u32)> {
    text.match_indices("&#").find_map(|(at, _)| {
        let (number, _) = text[at + 2..].split_once(';').filter(|(number, _)| number.len() <= 10)?;
        let length = number.len() + 3;
        let number = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
            None => number.parse(),
        };
        let number = number.ok()?;
        char::from_u32(number).is_none_or(is_forbidden).then_some((at, length, number))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of a text, and the lines that are remarked upon.
    fn read(text: &str) -> (String, Vec<usize>) {
        let problems = Problems::default();
        let left = left_out(Source::new("a.md", text), &problems);
        (left, problems.remarks(chrono::NaiveDate::MAX).iter().map(|remark| remark.line).collect())
    }

    #[test]
    fn what_neither_xml_nor_html_knows_is_left_out_and_named_with_its_line() {
        for (text, left, lines) in [
            ("a\u{b}b", "a b", &[1][..]),
            ("a\nb\u{8}c", "a\nbc", &[2]),
            ("a\u{ffff}", "a", &[1]),
            ("a\u{fffe}\nb\u{fdd0}", "a\nb", &[1, 2]),
            ("\u{1ffff}a\u{10fffe}", "a", &[1, 1]),
            ("a\u{0}b", "ab", &[1]),
            ("a\u{7f}b\u{9b}c\u{85}d", "abc d", &[1, 1, 1]),
            ("a\u{c}b", "a b", &[1]),
            ("a\n\n&#11;b", "a\n\nb", &[3]),
            ("&#xFFFF;&#xd800;a&#x110000;", "a", &[1, 1, 1]),
            ("&#1&#11;1;a", "a", &[1]),
            ("\ta\r\nb &#38; &#x2028; \u{feff}\u{fffd}😀", "\ta\r\nb &#38; &#x2028; \u{feff}\u{fffd}😀", &[]),
            ("&# &#; &#x; &#99999999999; &#12", "&# &#; &#x; &#99999999999; &#12", &[]),
        ] {
            assert_eq!(read(text), (left.to_owned(), lines.to_vec()), "{text:?}");
        }
    }
}
