//! Whether a sentence that sounds like a claim is honest: it denies, or says that
//! others do it.

use super::{
    rules::{OTHERS, Rule},
    words::{Pause, Word},
};

/// How many words before a claim a "not" or a "doctor" may stand to be meant for it.
pub const REACH: usize = 6;
/// How the verbs begin that are named one after the other.
const LISTED: [&str; 6] = ["cur", "diagnos", "heal", "prescri", "prevent", "treat"];

/// True when the sentence says that it is not so, or that others do it.
pub fn is_honest(rule: &Rule, words: &[Word], at: usize, end: usize) -> bool {
    let text = |at: usize| words[at].text.as_str();
    let next = |at: usize| words.get(at + 1).map_or("", |next| next.text.as_str());
    let compares = compares(&words[end..]);
    // "Nothing cures it like my hands" claims more than "it cures".
    let praises = |at: usize| compares && is_nobody(text(at), next(at));
    let denies = |at: usize| is_denial(text(at)) && !turns(next(at)) && !praises(at);
    let mut left = REACH;
    for before in (0..at).rev() {
        let pause = words[before + 1].pause_before;
        let begins_anew = pause == Pause::Comma && is_subject(text(before + 1));
        // "It does not hurt and cures": what "not" denies has no -s.
        let goes_on = text(before) == "and" && before + 1 == at && text(at).ends_with('s');
        if pause >= Pause::Clause || begins_anew || goes_on || text(before) == "but" {
            break;
        }
        if denies(before) || (rule.is_for_others && OTHERS.contains(&text(before))) {
            return true;
        }
        // In "I do not diagnose, prescribe or treat diseases" the last is as near as the first.
        left = if LISTED.iter().any(|verb| text(before).starts_with(verb)) { REACH } else { left - 1 };
        if left == 0 {
            break;
        }
    }
    (at + 1..end).any(denies) || is_answered_no(words, end)
}

/// True when the sentence in which `at` stands asks, and what follows it begins with a "no".
fn is_answered_no(words: &[Word], at: usize) -> bool {
    let next = words.iter().skip(at).find(|word| word.pause_before >= Pause::Sentence);
    next.is_some_and(|next| {
        next.pause_before == Pause::Question && ["no", "never"].contains(&next.text.as_str())
    })
}

fn is_denial(word: &str) -> bool {
    let denials = [
        "not", "no", "never", "cannot", "nobody", "nothing", "none", "neither", "nor", "without", "wary",
        "beware",
    ];
    denials.contains(&word) || word.ends_with("n't")
}

fn is_nobody(word: &str, next: &str) -> bool {
    ["nothing", "nobody", "none"].contains(&word) || (word == "no" && next == "one")
}

/// True when the clause goes on to say than what, or like whom.
fn compares(rest: &[Word]) -> bool {
    let clause = rest.iter().take(REACH).take_while(|word| word.pause_before < Pause::Clause);
    clause
        .into_iter()
        .any(|word| ["like", "better", "faster", "sooner", "than"].contains(&word.text.as_str()))
}

/// After "not", these make it more and not less: "not only", "never fails".
fn turns(word: &str) -> bool {
    ["only", "just", "merely", "simply", "other", "doubt", "wonder", "fail", "fails"].contains(&word)
}

/// What begins a clause of its own after a comma.
fn is_subject(word: &str) -> bool {
    ["i", "it", "we", "this", "they", "he", "she", "you", "massage", "my", "our"].contains(&word)
}
