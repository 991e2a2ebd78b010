//! What stands in a text as words although it was probably meant as something
//! else: a comment that is left open, an address with a space, HTML.

use std::ops::Range;

use super::comments;
use crate::content::problem::{Problems, Source};

pub const COMMENT_LEFT_OPEN: &str =
    "the comment that begins here doesn't end with `-->` in its own paragraph, so readers would see it";

/// Looks at words; `span` is where they stand.
pub fn look_at_text(source: Source<'_>, span: &Range<usize>, problems: &Problems) {
    let (all, problem) = (source.text, |at, wrong: String| problems.add(source.problem(at, wrong)));
    if all[..span.start].ends_with('\\') {
        return;
    }
    let text = &all[span.clone()];
    if let Some(at) = text.find('<').filter(|at| all[span.start + at..].starts_with(comments::BEGIN)) {
        problem(span.start + at, COMMENT_LEFT_OPEN.to_owned());
    }
    for at in text.match_indices("(/").map(|(at, _)| span.start + at) {
        let address = all[at + 1..].split([')', '\n']).next().unwrap_or_default().trim_end();
        if all[..at].ends_with(']') && address.contains(' ') {
            let whole = address.replace(' ', "%20");
            problem(at, format!("an address can't have spaces: write `{whole}`, not `{address}`"));
        }
    }
    for at in text.match_indices('[').map(|(at, _)| span.start + at) {
        // With its definition it would be a reference, and no text.
        let label = all[at..].strip_prefix("[^").and_then(|rest| rest.split_once(']'));
        if let Some((label, after)) = label
            && !label.is_empty()
            && !label.contains(char::is_whitespace)
            && !after.starts_with(':')
        {
            problem(at, format!("the footnote `{label}` is never defined"));
        }
    }
}

/// Looks at HTML, which is shown as the text that it is.
pub fn look_at_html(source: Source<'_>, raw: &str, offset: usize, problems: &Problems) {
    if raw.trim_start().starts_with(comments::BEGIN) {
        problems.add(source.problem(offset, COMMENT_LEFT_OPEN));
    } else if raw.contains('<') {
        let wrong = "HTML isn't used here, so readers see it as it's written; use Markdown";
        problems.remark(source.problem(offset, wrong));
    }
}
