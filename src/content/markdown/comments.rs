//! HTML comments, `<!-- a note to oneself -->`: they reach nobody. They are taken
//! out of a text before anything else reads it, but for those in code.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::events::OPTIONS;

pub const BEGIN: &str = "<!--";
const END: &str = "-->";

/// A Markdown text without its comments. The ends of their lines stay, so that
/// everything else stands in the line where it stood. One that is never closed
/// stays as well: whoever renders the text says so.
pub fn without(text: &str) -> String {
    let mut left = text.to_owned();
    for range in ranges(text).into_iter().rev() {
        let ends: String = text[range.clone()].chars().filter(|c| matches!(c, '\r' | '\n')).collect();
        left.replace_range(range, &ends);
    }
    left
}

/// A value without the comments in it.
pub fn without_in_value(text: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(BEGIN)
        && let Some((_, after)) = after.split_once(END)
    {
        left.push_str(before);
        rest = after;
    }
    left + rest
}

/// Where the comments are, in order, each cut at what is no part of it: the
/// marks of a quotation at the beginning of a line.
fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    if !text.contains(BEGIN) {
        return ranges;
    }
    // How many ranges there were before the comment that is open.
    let mut open: Option<usize> = None;
    for (event, span) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::InlineHtml(html) if html.starts_with(BEGIN) => ranges.push(span),
            Event::Html(_) => in_line(text, span, &mut open, &mut ranges),
            Event::Start(Tag::HtmlBlock) => open = None,
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(before) = open.take() {
                    ranges.truncate(before);
                }
            }
            _ => {}
        }
    }
    ranges
}

/// Adds what is comment in a line of HTML.
fn in_line(text: &str, line: Range<usize>, open: &mut Option<usize>, ranges: &mut Vec<Range<usize>>) {
    let mut at = line.start;
    while at < line.end {
        let rest = &text[at..line.end];
        let (begins, from) = match open {
            Some(_) => (at, at),
            None => match rest.find(BEGIN) {
                // `<!-->` is a whole one: its end may begin within its beginning.
                Some(found) => (at + found, at + found + 2),
                None => return,
            },
        };
        if open.is_none() {
            *open = Some(ranges.len());
        }
        let ends = text[from..line.end].find(END).map(|found| from + found + END.len());
        ranges.push(begins..ends.unwrap_or(line.end));
        match ends {
            Some(end) => (*open, at) = (None, end),
            None => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_taken_out_and_the_lines_stay() {
        for (text, left) in [
            ("<!-- a -->", ""),
            ("a <!-- b --> c", "a  c"),
            ("<!-- a --> *b*", " *b*"),
            ("a\n<!-- b\nc\n\nd -->\ne", "a\n\n\n\n\ne"),
            ("## A <!-- b --> {#a}", "## A  {#a}"),
            ("> <!-- a\n> b -->\n> c", "> \n> \n> c"),
            ("- a\n  <!-- b -->\n- c", "- a\n  \n- c"),
            ("<!-- a --><!-- b -->c", "c"),
            ("<!-->a", "a"),
            ("| a <!-- b --> |\n|---|\n| c |", "| a  |\n|---|\n| c |"),
            ("a <!-- b\r\nc --> d", "a \r\n d"),
            ("[^1]: a <!-- b -->\n\n[^1]", "[^1]: a \n\n[^1]"),
            ("<div>\n<!-- a -->\n</div>", "<div>\n\n</div>"),
            ("`<!-- a -->`", "`<!-- a -->`"),
            ("```\n<!-- a -->\n```", "```\n<!-- a -->\n```"),
            ("\\<!-- a -->", "\\<!-- a -->"),
            ("<!-- a\n\nb", "<!-- a\n\nb"),
            ("<!-- a --> b <!-- c\n\nd", " b <!-- c\n\nd"),
            ("plain", "plain"),
        ] {
            assert_eq!(without(text), left, "{text:?}");
        }
    }

    #[test]
    fn a_value_has_none_either() {
        for (text, left) in [("a <!-- b --> c", "a  c"), ("a <!-- b", "a <!-- b"), ("<!--a--><!--b-->", "")] {
            assert_eq!(without_in_value(text), left, "{text:?}");
        }
    }
}
