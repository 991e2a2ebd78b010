//! The HTML part of an email, whichever it is: what must not be torn over two lines
//! is held together here, once for all of them.

use std::ops::RangeInclusive;

use askama::Template;

/// Renders the part.
pub(super) fn part(template: &impl Template) -> askama::Result<String> {
    Ok(unbroken(&template.render()?))
}

/// How many digits a number has that can be called, with what is dialed before it (E.164 has
/// fifteen at most): a longer row of them would be wider than a phone.
const CALLED: RangeInclusive<usize> = 7..=18;
/// Between a number and its extension.
const EXTENSION: &str = " ext. ";

/// Around a number: browsers break one at its space and behind its hyphen. Other signs in
/// the place of those would be copied along with it.
pub(super) const IN_ONE_LINE: (&str, &str) = (r#"<span style="white-space:nowrap">"#, "</span>");

/// The page with every phone number in one line; what stands in tags, and in the head, is left alone.
fn unbroken(html: &str) -> String {
    let (head, body) = html.split_at(html.find("<body").unwrap_or(0));
    let mut unbroken = String::with_capacity(html.len() + 256);
    unbroken.push_str(head);
    let mut rest = body;
    while let Some(c) = rest.chars().next() {
        let (length, is_number) = match c {
            '<' => (rest.find('>').map_or(rest.len(), |at| at + 1), false),
            _ => number(rest).unwrap_or_default(),
        };
        if length == 0 {
            // Digits that are no number are passed over whole, so that none begins in the midst of them.
            let passed =
                rest.find(|c: char| !c.is_ascii_digit()).filter(|at| *at > 0).unwrap_or(c.len_utf8());
            unbroken.push_str(&rest[..passed]);
            rest = &rest[passed..];
        } else {
            let (piece, after) = rest.split_at(length);
            match is_number {
                true => unbroken.extend([IN_ONE_LINE.0, piece, IN_ONE_LINE.1]),
                false => unbroken.push_str(piece),
            }
            rest = after;
        }
    }
    unbroken
}

/// How long the row of digits is with which a text begins, and whether it can be a phone number;
/// `None` for one that is shorter than any.
fn number(text: &str) -> Option<(usize, bool)> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || "+(".contains(c)) {
        return None;
    }
    let (mut digits, mut end, mut last) = (0, 0, ' ');
    for (at, c) in text.char_indices() {
        let goes_on = match c {
            '0'..='9' => true,
            // Brackets and what stands between digits; a sentence that ends begins no other number.
            ' ' => !" .".contains(last),
            '(' | ')' | '-' | '.' | '/' => true,
            '+' => at == 0,
            _ => false,
        };
        if !goes_on {
            break;
        }
        if c.is_ascii_digit() {
            digits += 1;
            end = at + 1;
        }
        last = c;
    }
    if digits < *CALLED.start() {
        return None;
    }
    let extension = text[end..].strip_prefix(EXTENSION).map_or(0, |rest| {
        let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if length == 0 { 0 } else { EXTENSION.len() + length }
    });
    Some((end + extension, CALLED.contains(&digits)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::example::any_text;

    #[test]
    fn a_phone_number_breaks_nowhere_and_nothing_else_is_touched() {
        for (html, held) in [
            ("<p>Call (530) 555-0100.</p>", "<p>Call {(530) 555-0100}.</p>"),
            (
                "<p>+49 30 1234567, or 0049 (0)30 12 34 567</p>",
                "<p>{+49 30 1234567}, or {0049 (0)30 12 34 567}</p>",
            ),
            ("(530) 555-0142 ext. 12.", "{(530) 555-0142 ext. 12}."),
            ("555.0100. 24 hours", "{555.0100}. 24 hours"),
            (
                r#"<td style="margin:0 0 0 0 0 0 0 0">2:30 pm</td>"#,
                r#"<td style="margin:0 0 0 0 0 0 0 0">2:30 pm</td>"#,
            ),
            ("<title>(530) 555-0100</title><body>5550100", "<title>(530) 555-0100</title><body>{5550100}"),
            (
                "Tuesday, December 8, 2:30 pm, $95, 60 minutes",
                "Tuesday, December 8, 2:30 pm, $95, 60 minutes",
            ),
            ("200 Example Avenue, CA 96001", "200 Example Avenue, CA 96001"),
            ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16"),
            ("<b", "<b"),
            ("é (", "é ("),
            ("", ""),
        ] {
            let held = held.replace('{', IN_ONE_LINE.0).replace('}', IN_ONE_LINE.1);
            assert_eq!(unbroken(html), held, "{html}");
        }
    }

    proptest! {
        #[test]
        fn what_a_page_says_stays_as_it_is(html in any_text(&["<b>", "<", ">", "(530) 555-0100", "555", " ", "0", "+49", " ext. ", "12", ".", "é", "\u{a0}"])) {
            let plain = |text: &str| text.replace(IN_ONE_LINE.0, "").replace(IN_ONE_LINE.1, "");
            prop_assert_eq!(plain(&unbroken(&html)), plain(&html));
        }
    }
}
