//! Keeps the jobs at work: each has a name, and one that ends or panics is
//! started again. Meanwhile `/healthz` and the therapist's Today say so.

use std::{collections::HashMap, pin::Pin, sync::Arc, time::Duration};

use tokio::{
    sync::watch,
    task::{AbortHandle, Id, JoinError, JoinSet},
};

use crate::health::{Health, Job};

/// How jobs that end are started again.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long a job rests before it is started again: what ended it may last a while.
    pub rest: Duration,
    /// How long it has to work until it counts as up again.
    pub trial: Duration,
    /// How long the end waits for a job that finishes what it has under way.
    pub last: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { rest: seconds(2), trial: seconds(20), last: seconds(10) }
    }
}

type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Something that is done for as long as the program runs.
pub struct Kept {
    job: Job,
    start: Box<dyn Fn() -> Work + Send + Sync>,
    /// Ends by itself when the program does, after what it has under way.
    finishes: bool,
}

impl Kept {
    /// A job that can be stopped at any moment.
    pub fn new<F>(job: Job, start: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Self { job, start: Box::new(move || Box::pin(start())), finishes: false }
    }

    /// The same for one that ends by itself when it is told to.
    pub fn that_finishes(self) -> Self {
        Self { finishes: true, ..self }
    }
}

/// Runs jobs until `stop` says so, and then until those have finished that do.
pub async fn run(jobs: Vec<Kept>, health: Arc<Health>, limits: Limits, mut stop: watch::Receiver<bool>) {
    let mut at_work = AtWork { jobs, health, limits, tasks: JoinSet::new(), of_tasks: HashMap::new() };
    (0..at_work.jobs.len()).for_each(|which| at_work.start(which, false));
    let told = stop.clone();
    loop {
        tokio::select! {
            biased;
            _ = stop.wait_for(|stops| *stops) => break,
            Some(ended) = at_work.tasks.join_next_with_id() => match *told.borrow() {
                // One that finishes may have heard of the end sooner than we have.
                true => break,
                false => at_work.start_again(ended),
            },
            else => break,
        }
    }
    at_work.finish().await;
}

struct AtWork {
    jobs: Vec<Kept>,
    health: Arc<Health>,
    limits: Limits,
    tasks: JoinSet<()>,
    /// Which job each task does, and how it is stopped.
    of_tasks: HashMap<Id, (usize, AbortHandle)>,
}

impl AtWork {
    fn start(&mut self, which: usize, is_again: bool) {
        let Some(kept) = self.jobs.get(which) else { return };
        let (job, health, Limits { rest, trial, .. }) = (kept.job, self.health.clone(), self.limits);
        let mut work = (kept.start)();
        let task = self.tasks.spawn(async move {
            if is_again {
                tokio::time::sleep(rest).await;
                if tokio::time::timeout(trial, &mut work).await.is_ok() {
                    return;
                }
                health.job_is_up(job);
            }
            work.await;
        });
        self.of_tasks.insert(task.id(), (which, task));
    }

    fn start_again(&mut self, ended: Result<(Id, ()), JoinError>) {
        let (id, has_panicked) = match ended {
            Ok((id, ())) => (id, false),
            Err(error) => (error.id(), error.is_panic()),
        };
        let Some((which, _)) = self.of_tasks.remove(&id) else { return };
        if let Some(Kept { job, .. }) = self.jobs.get(which) {
            tracing::error!(%job, has_panicked, "a job ended; restarting it");
            self.health.job_is_down(*job);
            self.start(which, true);
        }
    }

    async fn finish(mut self) {
        for (which, task) in self.of_tasks.values() {
            if self.jobs.get(*which).is_none_or(|kept| !kept.finishes) {
                task.abort();
            }
        }
        let all = async { while self.tasks.join_next().await.is_some() {} };
        // What has not finished by then is dropped with the set.
        let _ = tokio::time::timeout(self.limits.last, all).await;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::sync::Notify;

    use super::*;

    const SHORT: Limits = Limits {
        rest: Duration::from_millis(1),
        trial: Duration::from_millis(1),
        last: Duration::from_secs(5),
    };

    /// A job that does something else at each start, and how often it was started.
    fn job<F>(each: impl Fn(u32) -> F + Send + Sync + 'static) -> (Kept, Arc<AtomicU32>)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let starts = Arc::new(AtomicU32::new(0));
        let counted = starts.clone();
        (Kept::new(Job::Courier, move || each(counted.fetch_add(1, Ordering::SeqCst))), starts)
    }

    #[tokio::test]
    async fn a_job_that_panics_or_ends_is_started_again_and_said_to_be_down_meanwhile() {
        let (health, (stop, stopping)) = (Arc::new(Health::default()), watch::channel(false));
        let (works, seen) = (Arc::new(Notify::new()), health.clone());
        let working = works.clone();
        let (job, starts) = job(move |start| {
            let (works, down) = (working.clone(), seen.jobs_down());
            async move {
                assert!(start != 0, "the first start panics");
                if start == 2 {
                    assert_eq!(down, [Job::Courier], "it has only just begun again");
                    works.notify_one();
                    std::future::pending::<()>().await;
                }
            }
        });
        let running = tokio::spawn(run(vec![job], health.clone(), SHORT, stopping));
        works.notified().await;
        while !health.jobs_down().is_empty() {
            tokio::task::yield_now().await;
        }
        assert_eq!(starts.load(Ordering::SeqCst), 3);
        stop.send_replace(true);
        running.await.expect("it ends");
    }

    #[tokio::test]
    async fn before_its_first_round_a_job_is_not_down() {
        let (job, _) = job(|_| std::future::pending());
        let (health, (stop, stopping)) = (Arc::new(Health::default()), watch::channel(false));
        let running = tokio::spawn(run(vec![job], health.clone(), SHORT, stopping));
        tokio::task::yield_now().await;
        assert!(health.jobs_down().is_empty());
        drop(stop);
        running.await.expect("it ends with the program");
    }

    #[tokio::test]
    async fn the_end_waits_for_what_finishes_and_for_nothing_else() {
        let done = Arc::new(AtomicU32::new(0));
        let (stop, stopping) = watch::channel(false);
        let (finished, told) = (done.clone(), stopping.clone());
        let (finishing, _) = job(move |_| {
            let (finished, mut told) = (finished.clone(), told.clone());
            async move {
                let _ = told.changed().await;
                tokio::task::yield_now().await;
                finished.fetch_add(1, Ordering::SeqCst);
            }
        });
        let (endless, _) = job(|_| std::future::pending());
        let jobs = vec![finishing.that_finishes(), endless];
        let running = tokio::spawn(run(jobs, Arc::default(), SHORT, stopping));
        tokio::task::yield_now().await;
        stop.send_replace(true);
        running.await.expect("it ends");
        assert_eq!(done.load(Ordering::SeqCst), 1);
    }
}
