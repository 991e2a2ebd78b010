//! Words with which a bodyworker claims too much: what only a physician or
//! another profession may do, or what nobody can promise. They are remarked
//! upon, each with its reason, and the therapist may keep one by saying why.
//!
//! An honest sentence uses the same words: "I do not diagnose", "Can you treat
//! it? No.", "Your doctor treats it." Such a sentence passes without a remark.

mod forms;
mod honest;
mod rules;
mod words;

use self::{
    forms::{COMPILED, Compiled, end_of, may_begin},
    honest::{REACH, is_honest},
    rules::{RULES, Rule},
    words::{Word, Words},
};
use super::{
    problem::{Problems, Source},
    read::table::Table,
};

/// Remarks on the claims in a file: in the texts of its keys, and in the
/// Markdown below them. `allow.cure = "why"` among the keys lets one word
/// stand; what is allowed and not said is remarked upon, too. The practice file
/// has no Markdown; what it allows may be said in every file.
pub fn look_over(keys: &Table<'_>, body: Option<Source<'_>>, problems: &Problems) {
    let mut texts = Words::default();
    for text in keys.all_texts("allow") {
        texts.read(text.value, text.offset);
        texts.end();
    }
    let mut claims: Vec<_> =
        claims_in(&texts.into_vec()).into_iter().map(|claim| (keys.source(), claim)).collect();
    if let Some(body) = body {
        claims.extend(claims_in(&Words::of_markdown(body.text)).into_iter().map(|claim| (body, claim)));
    }

    let allowed = keys.named_texts("allow");
    for (source, claim) in &claims {
        let is_allowed = allowed.iter().any(|(word, _)| word.value == claim.rule.word);
        if body.is_none() || !is_allowed {
            problems.remark_claim(claim.rule.word, source.problem(claim.offset, claim.sentence("say why")));
        }
    }
    for (word, _) in &allowed {
        let name = &word.value;
        if !RULES.iter().any(|rule| rule.word == *name) {
            let known: Vec<_> = RULES.iter().map(|rule| rule.word).collect();
            keys.problem(word.offset, format!("`allow.{name}` should be one of: {}", known.join(", ")));
        } else if body.is_none() {
            let wrong = format!("nothing in the content needs `allow.{name}`");
            problems.allow(name, keys.source().problem(word.offset, wrong));
        } else if !claims.iter().any(|(_, claim)| claim.rule.word == name) {
            let wrong = format!("nothing in this file needs `allow.{name}`");
            problems.remark(keys.source().problem(word.offset, wrong));
        }
    }
}

/// Remarks on the claims in the words of a drawing.
pub fn look_over_drawing(drawing: Source<'_>, problems: &Problems) {
    for claim in claims_in(&Words::of_drawing(drawing.text)) {
        let remark = drawing.problem(claim.offset, claim.sentence("say why in practice.toml"));
        problems.remark_claim(claim.rule.word, remark);
    }
}

/// A claim in a text.
struct Claim {
    rule: &'static Rule,
    /// The words with which it is made.
    said: String,
    offset: usize,
}

impl Claim {
    /// What is said, why it is too much, and how to keep it.
    fn sentence(&self, how: &str) -> String {
        let Rule { word, reason, .. } = self.rule;
        let key = if word.contains(' ') { format!("\"{word}\"") } else { (*word).to_owned() };
        format!("{}: {reason} (to keep it, {how}: allow.{key} = \"…\")", self.said)
    }
}

fn claims_in(words: &[Word]) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    let may_begin: Vec<u32> = words.iter().map(|word| may_begin(&word.text)).collect();
    let may_stand = may_begin.iter().fold(0, |all, rules| all | rules);
    for (nth, Compiled { rule, forms, fine }) in COMPILED.iter().enumerate() {
        if may_stand & 1 << nth == 0 {
            continue;
        }
        let mut at = 0;
        while at < words.len() {
            if may_begin[at] & 1 << nth == 0 {
                at += 1;
                continue;
            }
            let end = forms.iter().filter_map(|form| end_of(form, words, at)).max();
            let Some(end) = end else {
                at += 1;
                continue;
            };
            let is_fine = (at.saturating_sub(REACH)..=at)
                .any(|start| fine.iter().any(|fine| end_of(fine, words, start).is_some_and(|end| end > at)));
            if !is_fine && !is_honest(rule, words, at, end) {
                let said: Vec<_> = words[at..end].iter().map(|word| word.text.as_str()).collect();
                claims.push(Claim { rule, said: said.join(" "), offset: words[at].offset });
            }
            at = end;
        }
    }
    claims
}

#[cfg(test)]
mod tests {
    use super::forms::{compile, first_words};
    use super::*;
    use crate::content::{problem::Problem, read::front_matter};

    /// The words that are remarked upon, by their rules.
    fn found(text: &str) -> Vec<&'static str> {
        claims_in(&Words::of_markdown(text)).iter().map(|claim| claim.rule.word).collect()
    }

    #[test]
    fn a_claim_is_found_in_each_of_its_forms() {
        for (text, word) in [
            ("Massage cures headaches.", "cure"),
            ("You can be **cured**.", "cure"),
            ("An all-natural cure-all.", "cure"),
            ("It heals your migraine.", "heal"),
            ("I treat migraine.", "treat"),
            ("I have treated many people for arthritis.", "treat"),
            ("Treatment of chronic fibromyalgia", "treat"),
            ("Migraine treatment in Redding", "treat"),
            ("I will diagnose what is wrong.", "diagnose"),
            ("After the diagnosis we begin.", "diagnose"),
            ("I prescribe exercises.", "prescribe"),
            ("You can throw away, or drop, your pain medication.", "medicine"),
            ("Licensed massage therapist", "licensed"),
            ("Dustin, LMT", "licensed"),
            ("It flushes out toxins.", "detox"),
            ("A detoxifying massage", "detox"),
            ("Results guaranteed!", "guarantee"),
            ("Medical massage", "medical"),
            ("A doctor-approved method", "proven"),
            ("Doctor-recommended", "proven"),
            ("It is clinically proven to help.", "proven"),
            ("It prevents strokes and prevents migraines.", "prevent"),
            ("It boosts your immune system.", "immune"),
            ("It has no side effects.", "safe"),
            ("It is 100% safe.", "safe"),
            ("For permanent relief", "permanent"),
            ("I adjust the spine.", "adjust"),
            ("Spinal adjustments", "adjust"),
            ("I offer massage and physical therapy.", "physical therapy"),
            ("## Physical therapy", "physical therapy"),
            ("Physical therapy for your back", "physical therapy"),
            ("What my patients say", "patients"),
            ("![x](/x.svg \"It cures.\")", "cure"),
            ("## How it cures {#cure}", "cure"),
            ("It does not hurt and cures migraine.", "cure"),
            ("It is not only pleasant: it cures.", "cure"),
            ("It never fails to cure.", "cure"),
            ("Does it hurt? No. It cures.", "cure"),
            ("It is not massage alone, it cures.", "cure"),
            ("Nothing cures migraine like my hands.", "cure"),
            ("No one cures headaches better.", "cure"),
            ("Treats: migraine, arthritis, cancer.", "treat"),
            ("I treat:\n\n- migraine\n- arthritis", "treat"),
            ("## Conditions I treat\n\n- Back pain\n- Migraine", "treat"),
            ("I can relieve fibromyalgia.", "relieve"),
            ("Relieves depression and anxiety.", "relieve"),
            ("License #93004.", "licensed"),
            ("I promise that it will help.", "guarantee"),
            ("100% success rate.", "guarantee"),
            ("You will be pain-free after three sessions.", "permanent"),
        ] {
            assert_eq!(found(text), [word], "{text}");
        }
    }

    #[test]
    fn every_form_begins_with_a_word() {
        assert!(RULES.len() <= u32::BITS as usize, "a rule has no bit");
        for rule in RULES {
            for form in rule.forms {
                assert!(!first_words(&compile(form)).is_empty(), "{form} would never be found");
            }
        }
    }

    #[test]
    fn an_honest_sentence_passes() {
        for text in [
            "I do not diagnose, and I do not treat diseases.",
            "I don’t diagnose, prescribe, or treat any disease or illness.",
            "Massage cannot cure migraine. Nobody can promise a cure.",
            "No honest therapist promises a cure.",
            "Be wary of anyone who promises to cure you.",
            "This sketch is not a diagnosis.",
            "I am neither licensed as a doctor nor a nurse.",
            "Can you treat my migraine?\n\nNo. That is for your doctor.",
            "Should I stop taking my medicine? No.",
            "Migraine is something that your doctor treats.",
            "Take what your doctor has prescribed. Your doctor recommended it. You are in medical treatment.",
            "if you are being treated for cancer, in treatment for cancer, or in cancer treatment",
            "Have you been diagnosed with arthritis?",
            "Get medical help at once. This is no medical advice.",
            "Ask a licensed physician. Check the license or certificate.",
            "Physical therapy and chiropractic may have a place. Ask your physical therapist.",
            "The wound has begun to heal. It was healing and opening. Health is not in the form.",
            "Treat stress as a real load. The procedure is secure. I adjust the pillow.",
            "See [this](/articles/the-cure#toxins).",
            "Nothing cures migraine. No one can cure it, and massage does not.",
            "I do not treat:\n\n- migraine",
            "I promise that I will listen. I promise to begin on time. I do not promise that it will help.",
            "Massage may help to relieve the worry that comes with a headache.",
            "Nobody is pain-free all the time.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    /// The remarks on a file, and its problems.
    fn looked_over(keys: &str, body: &str) -> (Vec<String>, Vec<String>) {
        let problems = Problems::default();
        let whole = format!("+++\n{keys}\n+++\n{body}");
        front_matter::read(Source::new("a.md", &whole), &problems, |keys, body| {
            keys.optional_text("title");
            look_over(keys, Some(body), &problems);
        });
        let words = |problems: Vec<Problem>| problems.iter().map(ToString::to_string).collect();
        (words(problems.remarks(chrono::NaiveDate::MIN)), words(problems.into_sorted()))
    }

    #[test]
    fn a_remark_names_the_line_the_words_and_the_reason() {
        let (remarks, problems) = looked_over("title = \"Detox\"", "\nIt is kind\nand cures you.");
        assert_eq!(problems, [""; 0]);
        assert_eq!(remarks.len(), 2, "{remarks:?}");
        assert!(remarks[0].starts_with("a.md:2: detox: Massage hasn't been shown"), "{remarks:?}");
        assert!(remarks[1].starts_with("a.md:6: cures: Nobody can say"), "{remarks:?}");
        assert!(remarks[1].ends_with("(to keep it, say why: allow.cure = \"…\")"), "{remarks:?}");
    }

    #[test]
    fn the_words_of_a_drawing_are_read() {
        let svg = "<svg viewBox=\"0 0 9 9\">\n<!-- cures -->\n<text>It <tspan>cures</tspan> you</text></svg>";
        let problems = Problems::default();
        look_over_drawing(Source::new("images/a.svg", svg), &problems);
        let remarks = problems.remarks(chrono::NaiveDate::MIN);
        assert_eq!(remarks.len(), 1, "{remarks:?}");
        assert!(remarks[0].to_string().starts_with("images/a.svg:3: cures: "), "{remarks:?}");
    }

    #[test]
    fn a_word_may_be_kept_by_saying_why() {
        let kept = "allow.cure = \"It is a quotation.\"";
        assert_eq!(looked_over(kept, "It cures."), (vec![], vec![]));
        let (remarks, _) = looked_over(kept, "It cares.");
        assert_eq!(remarks, ["a.md:2: nothing in this file needs `allow.cure`"]);
        assert_eq!(
            looked_over("allow.cure = \"\"", "").1,
            ["a.md:2: `allow.cure` should be text in quotes, not empty"]
        );
        let (_, problems) = looked_over("allow.curing = \"So.\"", "");
        assert!(
            problems[0].starts_with("a.md:2: `allow.curing` should be one of: cure, heal, "),
            "{problems:?}"
        );
    }
}
