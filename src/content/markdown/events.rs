//! Looking at Markdown's events a stretch at a time: where one ends, what its
//! plain text is.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

/// What Markdown is read with.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_SMART_PUNCTUATION)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);

/// An event and the bytes that it comes from.
pub type Placed<'e> = (Event<'e>, Range<usize>);

/// The events of a text. Braces at the end of a heading are its id and its marks,
/// `{#id .mark}`, or they are words: `{from $95}`.
pub fn events(text: &str, options: Options) -> Vec<Placed<'_>> {
    let mut events: Vec<Placed<'_>> = Vec::new();
    let mut words = None;
    for (event, span) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                words = words_in_braces(&text[span.clone()]);
                let heading = match words {
                    Some(_) => Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() },
                    None => Tag::Heading { level, id, classes, attrs },
                };
                events.push((Event::Start(heading), span));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some(words) = words.take() {
                    events.push((Event::Text(CowStr::from(format!(" {words}"))), span.clone()));
                }
                events.push((event, span));
            }
            event => events.push((event, span)),
        }
    }
    events
}

/// The braces at the end of a heading that hold more than an id and marks. The
/// parser takes any braces there for itself.
fn words_in_braces(heading: &str) -> Option<&str> {
    let heading = heading.trim();
    let heading = match heading.strip_prefix('#') {
        Some(_) => heading,
        // Below it stands a line of hyphens or equals signs.
        None => heading.rsplit_once('\n')?.0.trim_end(),
    };
    let braces = &heading[heading.rfind('{')?..];
    let inside = braces.strip_prefix('{')?.strip_suffix('}')?;
    let is_name = |piece: &str| piece.len() > 1 && piece.starts_with(['#', '.']);
    // What the parser makes nothing of, or what it makes an id and marks of.
    let is_read = inside.contains(['}', '<', '>', '\\', '\n', '\r'])
        || (!inside.trim().is_empty() && inside.split_whitespace().all(is_name));
    (!is_read).then_some(braces)
}

/// The index of the event that closes the one at `start`.
pub fn closing(events: &[Placed<'_>], start: usize) -> usize {
    let mut depth = 0;
    for (at, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    events.len() - 1
}

/// True when a paragraph holds one picture and nothing else.
pub fn is_picture_alone(events: &[Placed<'_>], start: usize) -> bool {
    matches!(events.get(start + 1), Some((Event::Start(Tag::Image { .. }), _)))
        && closing(events, start + 1) + 1 == closing(events, start)
}

/// True for what holds a link, to a note perhaps.
pub fn holds_link(events: &[Placed<'_>]) -> bool {
    let is_link =
        |event: &Event<'_>| matches!(event, Event::Start(Tag::Link { .. }) | Event::FootnoteReference(_));
    events.iter().any(|(event, _)| is_link(event))
}

/// How many words a reader reads, signs aside.
pub fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// The text of some events without their markup.
pub fn plain_text(events: &[Placed<'_>]) -> String {
    let mut plain = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => plain.push_str(text),
            Event::SoftBreak | Event::HardBreak => plain.push(' '),
            _ => {}
        }
    }
    plain
}

/// Text as it may stand in HTML and in an attribute.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    // Writing into a String cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut escaped, text);
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_at_the_end_of_a_heading_are_its_names_or_words() {
        for (heading, words) in [
            ("## A {from $95}", "A {from $95}"),
            ("## A {5}", "A {5}"),
            ("## A {}", "A {}"),
            ("## A {#a from $95}", "A {#a from $95}"),
            ("## A {a=b}", "A {a=b}"),
            ("A {new}\n-------", "A {new}"),
            ("## {new}", "{new}"),
            ("## A {.doctor}", "A"),
            ("## A {#a .doctor}", "A"),
            ("## A {one} two", "A {one} two"),
        ] {
            let events = events(heading, OPTIONS);
            assert_eq!(plain_text(&events).trim(), words, "{heading}");
        }
    }
}
