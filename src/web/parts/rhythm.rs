//! Every how many weeks, and how often: what can be chosen, and what was.

use crate::{
    domain::series::rhythm::{Choices, Rhythm},
    web::http::{field::Field, submission::Submission},
    words,
};

/// A number that can be chosen, what it says, and whether it is chosen.
type Choice = (u8, String, bool);

pub struct RhythmView {
    pub weeks: Vec<Choice>,
    pub times: Vec<Choice>,
}

impl RhythmView {
    pub fn new(form: &Submission, choices: Choices) -> Self {
        let choice = |field, number: u8, words| (number, words, form.value(field) == number.to_string());
        let times = 1..=choices.most;
        Self {
            weeks: choices.weeks.iter().map(|weeks| choice(Field::Weeks, *weeks, every(*weeks))).collect(),
            times: times.map(|times| choice(Field::Times, times, visits(times))).collect(),
        }
    }
}

/// Reads what was chosen; the form keeps what is wrong.
pub fn read(form: &mut Submission, choices: Choices) -> Option<Rhythm> {
    let number = |text: &str| text.parse::<u8>().unwrap_or_default();
    let (weeks, times) = (number(form.value(Field::Weeks)), number(form.value(Field::Times)));
    if !choices.weeks.contains(&weeks) {
        form.refuse(Field::Weeks, "Please choose how many weeks lie between.");
    }
    if !(1..=choices.most).contains(&times) {
        form.refuse(Field::Times, "Please choose how many visits.");
    }
    choices.rhythm(weeks, times)
}

/// `Every 2 weeks`
fn every(weeks: u8) -> String {
    match weeks {
        1 => "Every week".to_owned(),
        weeks => format!("Every {weeks} weeks"),
    }
}

/// `One visit`, `4 visits`
fn visits(times: u8) -> String {
    words::listed::begun(&words::listed::counted(times.into(), "visit", "visits").unwrap_or_default())
}
