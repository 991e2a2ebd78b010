//! The lines between `+++` at the head of a Markdown file.

use super::table::{self, Table};
use crate::content::{
    markdown::comments,
    problem::{Problems, Source},
};

/// Splits a file, and lets `read` make something of the keys of its front matter
/// and of the Markdown below. A key that `read` does not ask for is a problem.
/// `None` when there is no front matter or it cannot be read; the problem is noted.
pub fn read<T>(
    source: Source<'_>,
    problems: &Problems,
    read: impl FnOnce(&Table<'_>, Source<'_>) -> T,
) -> Option<T> {
    let Some((head, body)) = halves(source) else {
        problems.add(source.problem(0, why_no_halves(source.text)));
        return None;
    };
    let (root, is_whole) = table::parse(head, problems);
    let keys = Table::new(head, &root, problems);
    let made = read(&keys, body);
    if is_whole {
        keys.unknown_keys();
    }
    Some(made)
}

/// A file without the comments in its Markdown.
pub fn without_comments(text: &str) -> String {
    let Some((_, body)) = halves(Source::new("", text)) else { return text.to_owned() };
    let head = &text[..text.len() - body.text.len()];
    format!("{head}{}", comments::without(body.text))
}

fn why_no_halves(text: &str) -> &'static str {
    let text = text.trim_start_matches('\u{feff}');
    if text.lines().next().is_some_and(|line| line.trim_end() == "+++") {
        "the front matter isn't closed; add a second line of `+++` below its keys"
    } else if text.trim_start().starts_with("+++") {
        "nothing can come before the first `+++`, not even a blank line or a space"
    } else {
        "the file should start with its front matter, between two lines of `+++`"
    }
}

fn halves(source: Source<'_>) -> Option<(Source<'_>, Source<'_>)> {
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(source.text);
    let rest = text.strip_prefix("+++")?.trim_start_matches('\r').strip_prefix('\n')?;
    let mut length = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "+++" {
            let head = Source { text: &rest[..length], lines_before: 1, ..source };
            let lines_before = 2 + head.text.lines().count();
            return Some((head, Source { text: &rest[length + line.len()..], lines_before, ..source }));
        }
        length += line.len();
    }
    None
}
