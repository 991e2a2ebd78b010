//! What headings make of the text below them: a section with a mark of its own,
//! `{.doctor}`, or the fold of a question.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, HeadingLevel};

/// How the second-level headings of a file are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape<'a> {
    Prose,
    /// Each heading is a question and what follows its answer.
    Questions,
    /// One of several texts on a page, each with ids of its own, by the name of its file.
    Said {
        by: &'a str,
    },
}

impl Shape<'_> {
    /// What stands before each id.
    pub fn prefix(&self) -> String {
        match self {
            Self::Said { by } => format!("{by}_"),
            Self::Prose | Self::Questions => String::new(),
        }
    }
}

/// The marks that a second-level heading may carry; they make a section of what it heads.
const MARKS: [&str; 4] = ["doctor", "questions", "directions", "waiver"];

/// The mark of a heading, where it has one that counts. One in a quote, a list or a note has none.
pub fn mark(classes: &[CowStr<'_>], is_within: bool, problem: impl Fn(String)) -> Option<String> {
    let is_mark = |class: &&CowStr<'_>| MARKS.contains(&class.as_ref());
    for class in classes.iter().filter(|class| !is_mark(class)) {
        problem(format!("unknown mark `.{class}`; choose from .{}", MARKS.join(", .")));
    }
    let mark = classes.iter().find(is_mark)?;
    if is_within {
        problem(format!("the mark `.{mark}` only works outside quotes, lists, and notes"));
        return None;
    }
    Some(mark.to_string())
}

/// What is open where the text has been read to.
pub struct Open {
    /// Each heading of the second level is a question, but for those with a mark.
    are_questions: bool,
    /// The mark of the open section, and where its inside began in the HTML.
    section: Option<(String, usize)>,
    /// The question whose answer is open: where it stands, and where the answer began in the HTML.
    answer: Option<(usize, usize)>,
}

impl Open {
    pub fn new(shape: Shape<'_>) -> Self {
        Self { are_questions: shape == Shape::Questions, section: None, answer: None }
    }

    /// True for a heading that is a question where the text has been read to.
    pub fn is_question(&self, level: HeadingLevel, mark: Option<&str>) -> bool {
        match level {
            HeadingLevel::H2 => self.are_questions && mark.is_none(),
            HeadingLevel::H3 => self.section.as_ref().is_some_and(|(mark, _)| mark == "questions"),
            _ => false,
        }
    }

    /// Begins what is marked. Its heading is written next, then [`Self::inside`] is called.
    pub fn begin_section(html: &mut String, mark: &str, id: &str) {
        html.push_str(&format!("<section class=\"{mark} flow\" aria-labelledby=\"{id}\">\n"));
    }

    /// What is written from here on is inside of the section.
    pub fn inside(&mut self, html: &str, mark: String) {
        self.section = Some((mark, html.len()));
    }

    /// Ends a marked section, whose inside is kept by its mark, too.
    pub fn end_section(&mut self, html: &mut String, marked: &mut BTreeMap<String, String>) {
        if let Some((mark, inside)) = self.section.take() {
            marked.insert(mark, html[inside..].trim().to_owned());
            html.push_str("</section>\n");
        }
    }

    /// Begins a fold. Its question is written next.
    pub fn begin_question(html: &mut String) {
        html.push_str("<details><summary>");
    }

    /// The question is written; what follows is its answer.
    pub fn begin_answer(&mut self, html: &mut String, id: &str, offset: usize) {
        // A browser opens the fold by itself for what stands in it, not for the fold.
        html.push_str(&format!("</summary>\n<div class=\"answer\" id=\"{id}\">\n"));
        self.answer = Some((offset, html.len()));
    }

    /// Ends the fold that is open. Returns where its question stands when it has no answer.
    pub fn end_answer(&mut self, html: &mut String) -> Option<usize> {
        let (offset, began) = self.answer.take()?;
        let has_none = html[began..].trim().is_empty();
        html.push_str("</div>\n</details>\n");
        has_none.then_some(offset)
    }
}
