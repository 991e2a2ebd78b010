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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::example::any_text;

    const PIECES: &[&str] = &[
        "+++",
        "\n",
        "\r\n",
        "\u{feff}",
        "title",
        " = ",
        "\"a\"",
        "'''",
        "[",
        "]",
        "[[x]]",
        "{",
        "}",
        "2026-10-03",
        "1",
        ".",
        "<!--",
        "-->",
        "# ",
        "\\",
        "\u{0}",
    ];

    proptest! {
        #[test]
        fn whatever_a_file_holds_reading_ends_and_each_problem_names_a_line_of_it(text in any_text(PIECES)) {
            let problems = Problems::default();
            let source = Source::new("a.md", &text);
            read(source, &problems, |keys, _| (keys.optional_text("title"), keys.texts("tags")));
            let lines = text.split('\n').count();
            for problem in problems.into_sorted() {
                prop_assert!((1..=lines + 1).contains(&problem.line), "{problem} of {text:?}");
            }
            let _ = without_comments(&text);
        }

        #[test]
        fn what_stands_between_the_lines_and_below_them_is_read_as_it_was_written(
            title in any_text(PIECES), body in any_text(PIECES), end in prop_oneof!["\n", "\r\n"],
        ) {
            // A line of `+++` ends it, within a text of several lines too.
            let key = toml::Value::String(title.replace(['\n', '\r'], " "));
            let text = format!("+++{end}title = {key}{end}+++{end}{body}");
            let problems = Problems::default();
            let read = read(Source::new("a.md", &text), &problems, |keys, below| {
                (keys.optional_text("title").map(|title| title.value), below.text.to_owned())
            });
            let problems = problems.into_sorted();
            prop_assert_eq!(read.map(|(_, below)| below), Some(body), "{:?}", problems);
        }
    }
}
