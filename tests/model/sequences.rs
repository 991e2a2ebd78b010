//! Whatever happens, by whomever and whenever, every promise holds and the
//! practice goes on. `MODEL_CASES` says how many sequences there are (`400` is a
//! long look), `MODEL_SEED` which ones; what fails is made as short as possible
//! and printed, step by step.

use std::{
    collections::BTreeMap,
    env,
    panic::AssertUnwindSafe,
    sync::{Mutex, PoisonError},
};

use chrono::TimeDelta;
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{RngSeed, TestRunner},
};
use tokio::runtime::Runtime;

use super::{
    actors::{Actors, SERVICES},
    failing_writes::{writes_fail, writes_succeed},
    ordinary, promises, reached,
    steps::{Mail, REFUSED, Step, a_step},
    story,
};

/// How many sequences there are where nothing else is said, and how long one is at the most.
const CASES: u64 = 12;
const STEPS: usize = 80;
/// After so many steps somebody whom nobody knows comes.
const FRESH: usize = 15;
/// After so many steps the therapist sees to the money of some visit.
const MONEY: usize = 4;
/// How many run at a time.
const AT_ONCE: u64 = 2;

/// What was reached, and in how many sequences.
type Reached = Mutex<BTreeMap<String, usize>>;

#[test]
fn whatever_happens_every_promise_holds_and_the_practice_goes_on() {
    let number = |name: &str, usual: u64| {
        env::var(name).map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
    };
    let (cases, seed) = (number("MODEL_CASES", CASES), number("MODEL_SEED", 2026));
    let reached = Reached::default();
    std::thread::scope(|scope| {
        for nth in 0..AT_ONCE {
            let reached = &reached;
            scope.spawn(move || {
                if nth == 0 {
                    let runtime = Runtime::new().expect("a runtime");
                    runtime.block_on(live(false, &ordinary::weeks(), reached));
                }
                run(cases.div_ceil(AT_ONCE), seed + nth, reached);
            });
        }
    });
    let reached = reached.into_inner().unwrap_or_else(PoisonError::into_inner);
    if cases >= CASES {
        Runtime::new().expect("a runtime").block_on(reached::everything(&reached));
    }
}

fn run(cases: u64, seed: u64, reached: &Reached) {
    let config = ProptestConfig {
        cases: u32::try_from(cases).expect("a number of sequences"),
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        max_shrink_iters: 200,
        max_shrink_time: 60_000,
        ..ProptestConfig::default()
    };
    // Among the invented visits of the demo, or in an empty practice.
    let sequences = (prop::bool::weighted(0.25), vec(a_step(), STEPS / 2..STEPS));
    let outcome = TestRunner::new(config).run(&sequences, |(has_demo, steps)| {
        let runtime = Runtime::new().expect("a runtime");
        let lived =
            std::panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on(live(has_demo, &steps, reached))));
        runtime.shutdown_background();
        lived.map_err(|panic| {
            let said = panic.downcast_ref::<String>().cloned();
            TestCaseError::fail(said.unwrap_or_else(|| "it panicked".to_owned()))
        })
    });
    if let Err(failure) = outcome {
        panic!("with MODEL_SEED={seed}: {failure}");
    }
}

/// Lives through the steps, and looks after each whether all is well.
async fn live(has_demo: bool, steps: &[Step], reached: &Reached) {
    let mut actors = Actors::come().await;
    if has_demo {
        actors.practice().has_demo().await;
        actors.has("among invented visits");
    }
    let mut file = actors.file().await;
    let mut refused = None;
    for (nth, step) in steps.iter().enumerate() {
        if let Step::Fails(which) = step {
            refused = Some(REFUSED[*which]);
            continue;
        }
        // A start is no place to try it: it writes nothing of a visit.
        let refuses = refused.take().filter(|_| !matches!(step, Step::Restarts | Step::Writes(_)));
        actors.is_refused = refuses.is_some();
        if let Some((event, when)) = refuses {
            writes_fail(actors.practice(), event, when).await;
        }
        let status = actors.does(step).await;
        if refuses.is_some() {
            writes_succeed(actors.practice()).await;
        }
        let answers = [200, 303, 404, 409, 410, 422, 429];
        let is_answered = |status: u16| answers.contains(&status) || (actors.is_refused && status == 500);
        assert!(status.is_none_or(is_answered), "step {nth}, {step:?}, is answered with {status:?}");
        file = promises::hold(&mut actors, step, status, &file).await;
        if actors.is_refused {
            actors.is_refused = false;
            actors.has(match step {
                Step::Passes(_) => "a tick meets a file that refuses",
                _ if status == Some(500) => "an act meets a file that refuses",
                _ => "nothing that is refused is written",
            });
            // The next tick does what could not be done.
            actors.passes(TimeDelta::zero()).await;
            file = promises::hold(&mut actors, &Step::Passes(0), None, &file).await;
        }
        if nth % MONEY == MONEY - 1 {
            let step = Step::SeesToMoney(nth / MONEY);
            let status = actors.does(&step).await;
            file = promises::hold(&mut actors, &step, status, &file).await;
        }
        if nth % FRESH == FRESH - 1 {
            let reached = actors.reached.clone();
            story::somebody_fresh(&mut actors, SERVICES[0]).await;
            actors.reached = reached;
            file = actors.file().await;
        }
    }
    ends(&mut actors).await;
    let mut all = reached.lock().unwrap_or_else(PoisonError::into_inner);
    for what in &actors.reached {
        *all.entry(what.clone()).or_default() += 1;
    }
}

/// Once the mail server takes everything, every email finds its end.
async fn ends(actors: &mut Actors) {
    let file = actors.file().await;
    actors.does(&Step::Mail(Mail::Kind)).await;
    let mut file = promises::hold(actors, &Step::Mail(Mail::Kind), None, &file).await;
    for _ in 0..3 {
        actors.passes(TimeDelta::minutes(61)).await;
        file = promises::hold(actors, &Step::Passes(61), None, &file).await;
    }
    let waits = file.emails.values().find(|email| email.outcome == "waiting");
    assert!(waits.is_none(), "it is never sent: {waits:?}");
    actors.practice.take().expect("a practice").close().await;
}
