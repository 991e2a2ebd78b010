//! Looking at Markdown's events a stretch at a time: where one ends, what its
//! plain text is.

use pulldown_cmark::{Event, Tag};

/// An event and the byte at which it begins.
pub type Placed<'e> = (Event<'e>, usize);

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
