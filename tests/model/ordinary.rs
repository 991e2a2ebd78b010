//! A few ordinary weeks, step by step: what seldom comes about by chance is
//! lived through in each run.

use proptest::{prelude::*, sample::Index, strategy::ValueTree, test_runner::TestRunner};

use super::steps::{Answer, Content, Course, Keeps, Mail, Own, Place, Policy, Record, Step, Who};

/// Half hours of four mornings, at the other office in turn.
const MORNINGS: [(usize, u16); 4] = [(0, 150), (1, 252), (0, 354), (1, 456)];

pub fn weeks() -> Vec<Step> {
    let any_of = an_index(3);
    let taps = |place: Place, times: usize| vec![Step::Taps(place, any_of); times];
    let on_own_page = |what: Own| Step::OnOwnPage(any_of, what);
    let mut steps = Vec::new();

    // A regular asks as often as anybody may, and once more, and calls.
    steps.extend([0, 1, 0, 1].map(|service| Step::Asks(Who::Regular, service, any_of)));
    steps.extend(MORNINGS.map(|when| Step::Books(Who::Regular, 0, when, true)));
    steps.extend([Step::SendsAgain(any_of, None), Step::SendsAgain(any_of, Some((any_of, true)))]);
    steps.extend([Step::Asks(Who::ByEmail, 0, any_of), Step::SendsAgain(any_of, Some((any_of, false)))]);
    steps.extend([on_own_page(Own::CorrectsAddress), on_own_page(Own::Cancels)]);

    // Somebody asks for other times, until one of them suits.
    steps.extend(vec![Step::Answers(any_of, Answer::Confirmation); 5]);
    steps.extend([on_own_page(Own::Reschedules(any_of)), on_own_page(Own::TakesBack)]);
    steps.extend(vec![on_own_page(Own::Reschedules(any_of)); 3]);
    steps.extend([Step::Answers(any_of, Answer::Decline), on_own_page(Own::Reschedules(any_of))]);
    steps.extend(vec![Step::Answers(any_of, Answer::Confirmation); 3]);
    steps.extend([Step::Asks(Who::ByPhone, 0, any_of), Step::Answers(any_of, Answer::Decline)]);
    steps.push(Step::Answers(any_of, Answer::Confirmation));

    // The therapist thinks better of it.
    let answers = [Answer::Confirmation, Answer::Decline, Answer::Cancellation, Answer::ClientCancellation];
    for what in answers {
        steps.extend([Step::Asks(Who::ByEmail, 0, any_of), Step::Undoes(any_of, what, None)]);
        steps.extend([Step::Undoes(any_of, what, Some(Own::Cancels)), Step::Passes(1)]);
    }
    steps.extend([Step::Asks(Who::ByEmail, 0, any_of), Step::Answers(any_of, Answer::Decline)]);
    steps.extend(vec![Step::Answers(any_of, Answer::PutBack); 3]);
    steps.extend([Answer::Cancellation, Answer::PutBack].map(|what| Step::Answers(any_of, what)));
    steps.push(Step::Undoes(any_of, Answer::Cancellation, Some(Own::Reschedules(any_of))));

    // The therapist plans, and plans otherwise.
    steps.extend([Step::ClosesRequests, Step::TakesOff(4, Some(0))]);
    steps.extend(taps(Place::TimeOff, 4));
    steps.extend([Step::Plans(2, None), Step::Plans(3, Some(1))]);
    steps.extend(taps(Place::Day(2), 4));
    steps.extend(taps(Place::Day(3), 4));
    steps.extend([Step::ChangesWeek(0, 0, true), Step::ChangesWeek(1, 1, false), Step::FirstBooking(true)]);
    steps.extend(taps(Place::Hours, 4));
    steps.extend((0..5).map(|day| Step::TakesOff(day, None)));
    steps.extend(taps(Place::Today, 5));
    steps.extend(vec![
        Step::Answers(any_of, Answer::Cancellation),
        Step::Answers(any_of, Answer::ClientCancellation),
    ]);

    // Redding moves, twice.
    for _ in 0..2 {
        steps.extend([Step::Books(Who::ByEmail, 0, (1, 552), true), Step::Writes(Content::Moves)]);
        steps.extend(taps(Place::Today, 4));
    }
    steps.extend([Step::Writes(Content::Hours(0)), Step::Writes(Content::Problem)]);
    steps.push(Step::Writes(Content::Price(0)));

    // Somebody is late, and so is the therapist.
    steps.extend([118, 121].map(|when| Step::Books(Who::ByEmail, 0, (0, when), true)));
    steps.extend([on_own_page(Own::Attends), Step::Nears]);
    for _ in 0..3 {
        steps.extend([on_own_page(Own::RunsLate), Step::RunsLate(2), Step::RunsLate(0), Step::Passes(90)]);
    }

    // Mail goes wrong, and time goes by.
    steps.extend([Step::Mail(Mail::Later), Step::Asks(Who::ByBoth, 0, any_of), Step::Passes(1)]);
    steps.extend([Step::Mail(Mail::Never), Step::Asks(Who::ByEmail, 0, any_of), Step::Mail(Mail::Kind)]);
    steps.extend(taps(Place::Today, 5));
    steps.extend([
        Step::ChangesPolicy(Policy::Hold(0)),
        Step::Asks(Who::ByEmail, 0, any_of),
        Step::Passes(25 * 60),
    ]);
    steps.push(Step::Answers(any_of, Answer::Confirmation));
    steps.extend(vec![Step::Passes(3 * 24 * 60); 3]);
    steps.extend([Answer::NoShow, Answer::Arrival, Answer::NoShow].map(|what| Step::Answers(any_of, what)));
    steps.extend(vec![Step::Answers(any_of, Answer::Arrival); 3]);
    steps.push(Step::BooksAgain(any_of, any_of));
    for nth in 0..8 {
        steps.extend([Step::SeesToMoney(nth), Step::SeesToMoney(nth + 1)]);
        let what = if nth % 2 == 0 { Answer::NoShow } else { Answer::Arrival };
        steps.push(Step::Undoes(an_index(nth % 4 + 1), what, None));
    }

    // The same time again, every week.
    steps.extend([Step::BooksSeries(any_of, 1, 3), Step::BooksSeries(any_of, 4, 1)]);

    // Two days are closed; some choose other times, and one is opened again.
    steps.extend([320, 324, 328].map(|when| Step::Books(Who::ByEmail, 0, (0, when), true)));
    steps.extend([420, 424].map(|when| Step::Books(Who::ByPhone, 0, (1, when), true)));
    let closes = |day: u8, keeps: Keeps, course: Course| Step::ClosesDay(day, 0, keeps, course);
    steps.extend([closes(3, Keeps::Nobody, Course::Undone), closes(3, Keeps::TheFirst, Course::Meanwhile)]);
    steps.extend([closes(3, Keeps::TheFirst, Course::Stale), closes(4, Keeps::Nobody, Course::AtOnce)]);
    steps.extend([Step::SeesClosing(any_of), Step::Rebooks(any_of, any_of), Step::Rebooks(any_of, any_of)]);
    steps.extend([Course::Undone, Course::Stale, Course::AtOnce].map(|course| Step::Reopens(any_of, course)));

    // Everybody proves their email first, or is called.
    steps.push(Step::AsksProof(true));
    steps.extend([
        Step::Asks(Who::ByEmail, 0, any_of),
        Step::Proves(any_of),
        Step::Asks(Who::ByPhone, 0, any_of),
    ]);
    steps.extend(vec![Step::Asks(Who::ByPhone, 0, any_of); 4]);
    steps.extend(taps(Place::Today, 12));
    steps.push(Step::AsksProof(false));
    steps.extend(vec![Step::Asks(Who::ByEmail, 0, any_of); 2]);
    steps.extend([Step::DeclinesMany(false), Step::DeclinesMany(true)]);

    // The regular is blocked for a day, asks in vain, and is welcome again.
    let blocks = Step::KeepsRecord(any_of, Record::Blocks);
    steps.extend([blocks.clone(), Step::Asks(Who::Regular, 0, any_of), Step::Passes(25 * 60), blocks]);
    steps.push(Step::KeepsRecord(any_of, Record::Erases));
    steps
}

/// One that picks what fits, so many fifths from the first of it.
fn an_index(fifths: usize) -> Index {
    let mut runner = TestRunner::deterministic();
    loop {
        let index = any::<Index>().new_tree(&mut runner).expect("an index").current();
        if index.index(5) == fifths {
            return index;
        }
    }
}
