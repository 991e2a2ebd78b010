//! The forms in which a claim is made, as [`rules`](super::rules) writes them, and
//! where one of them stands in a text.

use std::sync::LazyLock;

use super::{
    rules::{AILMENTS, RULES, Rule},
    words::{Pause, Word},
};

/// How many words a `..` stands for at most.
const GAP: usize = 3;

/// One element of a form, see [`Rule::forms`].
pub enum Element {
    /// Any of these; true for those of which the word is only the beginning.
    OneOf(Vec<(&'static str, bool)>),
    Gap,
    /// Where a sentence begins or ends.
    Edge,
    /// A colon, or a dash: what is listed follows.
    Colon,
}

pub type Form = Vec<Element>;

pub struct Compiled {
    pub rule: &'static Rule,
    pub forms: Vec<Form>,
    pub fine: Vec<Form>,
}

/// The rules as they are looked for.
pub static COMPILED: LazyLock<Vec<Compiled>> = LazyLock::new(|| {
    let forms = |forms: &'static [&'static str]| forms.iter().map(|form| compile(form)).collect();
    RULES.iter().map(|rule| Compiled { rule, forms: forms(rule.forms), fine: forms(rule.fine) }).collect()
});

/// With what word a rule's forms may begin.
struct Beginning {
    /// The word, or how it begins.
    word: (&'static str, bool),
    /// A bit for each rule, by its place among the rules.
    rules: u32,
}

/// The beginnings by the first byte. Most words of a text begin no form at all, and this tells so at a glance.
static BEGINNINGS: LazyLock<[Vec<Beginning>; 256]> = LazyLock::new(|| {
    let mut beginnings = [const { Vec::new() }; 256];
    for (nth, Compiled { forms, .. }) in COMPILED.iter().enumerate() {
        for &word in forms.iter().flat_map(|form| first_words(form)) {
            let known: &mut Vec<Beginning> = &mut beginnings[first_byte(word.0)];
            match known.iter_mut().find(|beginning| beginning.word == word) {
                Some(beginning) => beginning.rules |= 1 << nth,
                None => known.push(Beginning { word, rules: 1 << nth }),
            }
        }
    }
    beginnings
});

/// The words of which one stands where a form begins.
pub fn first_words(form: &Form) -> &[(&'static str, bool)] {
    let is_sign = |element: &&Element| matches!(element, Element::Edge | Element::Colon);
    match form.iter().find(|element| !is_sign(element)) {
        Some(Element::OneOf(words)) => words,
        _ => &[],
    }
}

fn first_byte(word: &str) -> usize {
    word.bytes().next().unwrap_or_default().into()
}

/// The rules of which a form may begin with a word, a bit each.
pub fn may_begin(word: &str) -> u32 {
    let known = &BEGINNINGS[first_byte(word)];
    let known = known.iter().filter(|beginning| is_one_of(word, &[beginning.word]));
    known.fold(0, |rules, beginning| rules | beginning.rules)
}

pub fn compile(form: &'static str) -> Form {
    form.split(' ').map(element).collect()
}

fn element(text: &'static str) -> Element {
    match text {
        ".." => return Element::Gap,
        "." => return Element::Edge,
        ":" => return Element::Colon,
        _ => {}
    }
    let words = if text == "@ailment" { AILMENTS } else { text };
    Element::OneOf(
        words
            .split(['|', ' ', '\n'])
            .filter(|word| !word.is_empty())
            .map(|word| word.strip_suffix('*').map_or((word, false), |beginning| (beginning, true)))
            .collect(),
    )
}

fn is_one_of(word: &str, words: &[(&str, bool)]) -> bool {
    words.iter().any(|(known, begins)| if *begins { word.starts_with(known) } else { word == *known })
}

/// Where a form that begins at `at` ends, if it stands there. It stays within a clause.
pub fn end_of(form: &[Element], words: &[Word], at: usize) -> Option<usize> {
    let Some((first, rest)) = form.split_first() else { return Some(at) };
    let same_clause = |at: usize| words.get(at).is_some_and(|word| word.pause_before < Pause::Clause);
    match first {
        Element::Edge => {
            let is_edge = at == 0 || words.get(at).is_none_or(|word| word.pause_before >= Pause::Sentence);
            is_edge.then(|| end_of(rest, words, at)).flatten()
        }
        Element::Colon => {
            let is_colon = words.get(at).is_some_and(|word| word.pause_before == Pause::Clause);
            is_colon.then(|| end_of(rest, words, at)).flatten()
        }
        Element::Gap => (at..=at + GAP)
            .take_while(|next| *next == at || same_clause(*next))
            .find_map(|next| end_of(rest, words, next)),
        Element::OneOf(known) => {
            let stands = words.get(at).is_some_and(|word| is_one_of(&word.text, known));
            let goes_on =
                matches!(rest.first(), None | Some(Element::Edge | Element::Colon)) || same_clause(at + 1);
            (stands && goes_on).then(|| end_of(rest, words, at + 1)).flatten()
        }
    }
}
