//! A practice of its own for each test: own folder, own port, own clock.

use std::{fs, path::Path, sync::Arc};

use stillpoint::{
    config::Config,
    jobs::courier,
    serve::{self, Running},
};
use tempfile::TempDir;

use super::{clock::TestClock, content};

pub struct TestPractice {
    pub running: Running,
    pub clock: Arc<TestClock>,
    folder: TempDir,
}

/// How a practice is opened.
pub struct Opening {
    folder: TempDir,
    clock: Arc<TestClock>,
    config: Config,
    jobs: bool,
}

/// The shipped practice on Monday, November 23, 2026, 8 am in California, with
/// limits that no test reaches by accident. Jobs are run by hand.
pub fn practice() -> Opening {
    let folder = tempfile::tempdir().expect("a temporary folder");
    content::copy_shipped(&folder.path().join("content"));
    let config = Config {
        listen: ([127, 0, 0, 1], 0).into(),
        base_url: None,
        data_dir: folder.path().join("data"),
        content_dir: folder.path().join("content"),
        smtp_url: None,
        mail_from: None,
        trusted_proxies: Vec::new(),
    };
    let clock = Arc::new(TestClock::at("2026-11-23T16:00:00Z"));
    let opening = Opening { folder, clock, config, jobs: false };
    opening.with_practice_file(|file| {
        file.replace("per_address_10_seconds = 6", "per_address_10_seconds = 10000")
            .replace("per_address_hour = 20", "per_address_hour = 10000")
    })
}

impl Opening {
    /// Changes `practice.toml` before the practice opens.
    pub fn with_practice_file(self, change: impl FnOnce(String) -> String) -> Self {
        let path = self.config.content_dir.join("practice.toml");
        let before = fs::read_to_string(&path).expect("a practice file");
        fs::write(&path, change(before)).expect("a practice file");
        self
    }

    /// Changes the configuration before the practice opens.
    pub fn with_config(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// Sets the clock.
    pub fn at(mut self, instant: &str) -> Self {
        self.clock = Arc::new(TestClock::at(instant));
        self
    }

    /// Lets letters go out and holds end by themselves.
    pub fn with_jobs(mut self) -> Self {
        self.jobs = true;
        self
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub async fn open(self) -> TestPractice {
        let running =
            serve::start(&self.config, self.clock.clone(), self.jobs).await.expect("the practice opens");
        TestPractice { running, clock: self.clock, folder: self.folder }
    }
}

impl TestPractice {
    /// The whole address of a path.
    pub fn url(&self, path: &str) -> String {
        self.running.base.to(path)
    }

    pub fn data_dir(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    /// Carries every letter that is due, as the courier does.
    pub async fn deliver(&self) {
        courier::deliver(&self.running.app).await.expect("the outbox can be read");
    }
}
