//! What headings make of the text below them: a section with a mark of its own,
//! `{.doctor}`, or the fold of a question.

use pulldown_cmark::{CowStr, HeadingLevel};

use super::rendered::Marked;

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
    section: Option<OpenSection>,
    /// The question whose answer is open: where it stands, and where the answer began in the HTML.
    answer: Option<(usize, usize)>,
}

/// A marked section that is open.
struct OpenSection {
    mark: String,
    /// Where it began in the HTML.
    begins: usize,
    /// Where what is below its heading did.
    inside: Option<usize>,
    /// The headings in it so far.
    ids: Vec<String>,
}

impl Open {
    pub fn new(shape: Shape<'_>) -> Self {
        Self { are_questions: shape == Shape::Questions, section: None, answer: None }
    }

    /// True for a heading that is a question where the text has been read to.
    pub fn is_question(&self, level: HeadingLevel, mark: Option<&str>) -> bool {
        match level {
            HeadingLevel::H2 => self.are_questions && mark.is_none(),
            HeadingLevel::H3 => self.section.as_ref().is_some_and(|open| open.mark == "questions"),
            _ => false,
        }
    }

    /// Begins what is marked. Its heading is written next, then [`Self::inside`] is called.
    pub fn begin_section(&mut self, html: &mut String, mark: String, id: &str) {
        let begins = html.len();
        html.push_str(&format!("<section class=\"{mark} flow\" aria-labelledby=\"{id}\">\n"));
        self.section = Some(OpenSection { mark, begins, inside: None, ids: Vec::new() });
    }

    /// A heading is written. After its own, what follows is inside of the section that is open.
    pub fn inside(&mut self, html: &str) {
        if let Some(section) = &mut self.section {
            section.inside.get_or_insert(html.len());
        }
    }

    /// Notes a heading, which may be in a section.
    pub fn heads(&mut self, id: &str) {
        if let Some(section) = &mut self.section {
            section.ids.push(id.to_owned());
        }
    }

    /// Ends a marked section.
    pub fn end_section(&mut self, html: &mut String) -> Option<Marked> {
        let OpenSection { mark, begins, inside, ids } = self.section.take()?;
        let inside = html[inside.unwrap_or(begins)..].trim().to_owned();
        html.push_str("</section>\n");
        Some(Marked { mark, inside, place: begins..html.len(), ids })
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
